/*
 * sample_row: fills rows in from samples.
 */
#include "rawlog/log/sample_row.h"

static int64_t
pid_of(const void *groups, size_t i)
{
	return cgroups_value(groups, i);
}

/* Describes the cgroup that the struct handed out last is in, or that it is itself. */
static void
set_cgroup(struct rawlog_row *r, const struct rawlog_sample *sample)
{
	const struct cgroups *g = &sample->groups;
	const struct cgroup *group = sample->group;
	struct row_cgroup *to = &r->cgroup;

	*to = (struct row_cgroup){ .path = r->path };
	if (group != NULL)
		to->path_size = cgroups_path(g, group, r->path);
	if (sample->of->tail != NULL) {
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
	r->row.cgroup = to;
}

const struct row *
rawlog_row_of_header(struct rawlog_row *r, const struct layout *layout, const void *host)
{
	r->row = (struct row){ .of = layout->release->rawheader, .host = host };
	return &r->row;
}

const struct row *
rawlog_row_of_record(struct rawlog_row *r, const struct rawlog_sample *sample)
{
	r->sample = (struct row_sample){
		.number = sample->number,
		.offset = sample->offset,
		.time = sample->frame.facts.curtime,
		.since_boot = sample->frame.facts.since_boot,
	};
	r->row = (struct row){
		.of = sample->layout->release->rawrecord,
		.host = sample->record,
		.sample = &r->sample,
		.unverified = sample->header_fault,
	};
	return &r->row;
}

const struct row *
rawlog_row_of_struct(struct rawlog_row *r, const struct rawlog_sample *sample, const void *host)
{
	r->row = (struct row){
		.of = sample->of->entry,
		.host = host,
		.sample = &r->sample,
		.nulls = sample->nulls,
		.unverified = sample->unverified,
	};
	if (sample->of->tail != NULL || sample->grouped)
		set_cgroup(r, sample);
	return &r->row;
}
