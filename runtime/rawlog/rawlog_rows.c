/*
 * rawlog_rows: fills rows in from logs and samples.
 */
#include "rawlog/rawlog_rows.h"
#include "rawlog/log/groups.h"
#include "rawlog/log/reader.h"

static int64_t
pid_of(const void *groups, size_t i)
{
	return cgroups_value(groups, i);
}

/* Describes the cgroup that the struct handed out last is in, or that it is itself. */
static void
set_cgroup(struct rawlog_row *r)
{
	const struct rawlog_sample *sample = r->from;
	const struct cgroups *g = &sample->groups;
	const struct cgroup *group = sample->group;
	struct row_cgroup *to = &r->cgroup;

	*to = (struct row_cgroup){ .path = r->path };
	if (group == NULL) /* the row is no cgroup, and its process is in none that is known */
		return;
	to->path_size = cgroups_path(g, group, r->path);
	if (sample->of->kind == CATALOG_CHAIN) {
		to->name_key = sample->of->tail;
		to->name = (const char *)g->chain + group->name;
		to->name_size = group->name_size;
		to->has_name = group->has_name;
		to->has_pids = g->shared;
		to->npids = group->count;
		to->first_pid = group->first;
		to->pids = g;
		to->pid = pid_of;
	}
}

const struct catalog_release *
rawlog_catalog_release(const struct rawlog *log)
{
	return rawlog_layout(log)->release;
}

const struct catalog_release *const *
rawlog_catalog_fits(const struct rawlog *log, size_t *n)
{
	const struct carve *carve = rawlog_carving(log);

	*n = carve != NULL ? carve->nfits : 0;
	return carve != NULL ? carve->fits : NULL;
}

void
rawlog_row_of_header(struct rawlog_row *r, const struct rawlog *log)
{
	r->row = (struct row){ .of = rawlog_layout(log)->release->rawheader, .host = rawlog_header(log) };
}

void
rawlog_row_of_record(struct rawlog_row *r, const struct rawlog_sample *sample)
{
	r->sample = (struct row_sample){
		.number = sample->number,
		.offset = sample->offset,
		.time = sample->frame.facts.curtime,
		.since_boot = sample->frame.facts.since_boot,
		.interval = sample->frame.facts.interval,
		.run = sample->run,
	};
	r->row = (struct row){
		.of = sample->layout->release->rawrecord,
		.host = sample->record,
		.sample = &r->sample,
		.unverified = sample->header_fault,
	};
}

static void
fill(void *filler, uint64_t parts)
{
	struct rawlog_row *r = filler;

	sample_fill(r->from, parts);
	r->row.nulls = r->from->nulls;
	r->row.missing = ~r->from->parts;
}

static const struct row_joined *
join(void *filler, int64_t number)
{
	struct rawlog_row *r = filler;
	const struct cgroup *group = groups_join(r->from, number, &r->joined.host);

	if (group == NULL)
		return NULL;
	if (group != r->joined_of) {
		r->joined.path = r->joined_path;
		r->joined.path_size = cgroups_path(&r->from->groups, group, r->joined_path);
		r->joined_of = group;
	}
	return &r->joined;
}

void
rawlog_rows_of_block(struct rawlog_row *r, struct rawlog_sample *sample, size_t block, uint64_t parts)
{
	rawlog_block(sample, block);
	sample_want(sample, parts);
	r->from = sample;
	r->joined_of = NULL;
	r->row = (struct row){
		.of = sample->of->entry,
		.sample = &r->sample,
		.cgroup = sample->of->kind == CATALOG_CHAIN || sample->grouped ? &r->cgroup : NULL,
		.unverified = sample->unverified,
		.fill = fill,
		.filler = r,
		.join = groups_are_listed(sample) ? join : NULL,
	};
}

enum rawlog_result
rawlog_row_of_struct(struct rawlog_row *r, struct rawlog_damage *damage, int *error)
{
	const enum rawlog_result result = rawlog_struct(r->from, &r->row.host, damage, error);

	r->faults = r->from->faults;
	r->row.nulls = r->from->nulls;
	r->row.missing = ~r->from->parts;
	if (r->row.cgroup != NULL && result == RAWLOG_OK)
		set_cgroup(r);
	return result;
}
