/*
 * rawlog: the functions of rawlog.h that are not in log/reader.c and log/sample_read.c. They open a log with a layout given
 * as text, and return facts about logs, samples, structs and damage.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/log/reader.h"
#include "rawlog/rawlog.h"
#include "rawlog/rawlog_source.h"

#ifndef ATOPDUMP_VERSION
#define ATOPDUMP_VERSION "unversioned"
#endif

#define PIECE (256u << 10) /* bytes that rawlog_bytes passes at once */

_Static_assert(RAWLOG_ERROR_MAX >= HEADER_MESSAGE_MAX && RAWLOG_ERROR_MAX >= CHOICE_MESSAGE_MAX, "messages fit");
_Static_assert(RAWLOG_PATH_MAX == CGROUP_PATH_MAX, "paths fit");

const char *
rawlog_version(void)
{
	return ATOPDUMP_VERSION;
}

const char *
rawlog_libraries(void)
{
	return inflate_libraries();
}

const char *
rawlog_library(size_t i, const char **version)
{
	return inflate_library(i, version);
}

/* --- opening ------------------------------------------------------------------------------------------------ */

/* The choice that `layout` names. False: it names none, and `error` says so. */
static bool
parse_layout(const char *layout, struct choice *choice, struct rawlog_error *error)
{
	*choice = (struct choice){ .release = NULL, .model = -1 };
	*error = (struct rawlog_error){ .code = 0 };
	return layout == NULL || choice_parse(choice, layout, error->text);
}

bool
rawlog_is_layout(const char *layout, struct rawlog_error *error)
{
	struct choice choice;

	return parse_layout(layout, &choice, error);
}

int
rawlog_descriptor(const char *path, int flags)
{
	return source_descriptor(path, flags);
}

enum rawlog_result
rawlog_open_fd(struct rawlog **log, int fd, const char *layout, struct rawlog_error *error)
{
	return rawlog_open_source(log, &(struct rawlog_source){ .fd = fd }, false, layout, error);
}

enum rawlog_result
rawlog_open(struct rawlog **log, const char *path, const char *layout, struct rawlog_error *error)
{
	return rawlog_open_fd(log, source_descriptor(path, 0), layout, error);
}

enum rawlog_result
rawlog_open_memory(struct rawlog **log, const void *bytes, size_t size, const char *layout, struct rawlog_error *error)
{
	struct choice choice;

	return parse_layout(layout, &choice, error) ? rawlog_open_bytes(log, bytes, size, &choice, error)
						    : RAWLOG_REFUSED;
}

enum rawlog_result
rawlog_carve_fd(struct rawlog **log, int fd, const char *layout, struct rawlog_error *error)
{
	return rawlog_open_source(log, &(struct rawlog_source){ .fd = fd }, true, layout, error);
}

enum rawlog_result
rawlog_open_source(struct rawlog **log, const struct rawlog_source *source, bool carve, const char *layout,
    struct rawlog_error *error)
{
	struct choice choice;

	if (parse_layout(layout, &choice, error))
		return rawlog_open_from(log, source, carve, &choice, error);
	if (source->feed == NULL && source->fd > STDIN_FILENO)
		close(source->fd);
	return RAWLOG_REFUSED;
}

enum rawlog_result
rawlog_bytes(struct rawlog *log, void (*take)(void *context, const void *bytes, size_t size), void *context, int *error)
{
	struct source again;
	uint64_t offset = 0;
	void *buffer;
	size_t n;

	*error = source_open_again(&again, &rawlog_file(log)->source);
	if (*error != 0)
		return RAWLOG_FAILED;
	buffer = malloc(PIECE);
	while (buffer != NULL && (n = source_read(&again, buffer, PIECE, offset)) > 0) {
		take(context, buffer, n);
		offset += n;
	}
	*error = buffer == NULL ? ENOMEM : again.error;
	free(buffer);
	source_close(&again);
	return *error == 0 ? RAWLOG_OK : RAWLOG_FAILED;
}

/* --- logs --------------------------------------------------------------------------------------------------- */

/* The dictionary is what the catalog calls a definition. */
static const struct rawlog_type *
type_of(const struct catalog_struct *s)
{
	return (const struct rawlog_type *)s->definition;
}

const char *
rawlog_release(const struct rawlog *log)
{
	return rawlog_layout(log)->release->version;
}

const char *
rawlog_model(const struct rawlog *log)
{
	return catalog_models[rawlog_layout(log)->model];
}

bool
rawlog_is_big_endian(const struct rawlog *log)
{
	return rawlog_layout(log)->order == ORDER_BIG;
}

uint64_t
rawlog_number(const struct rawlog *log)
{
	return rawlog_part(log)->number;
}

uint64_t
rawlog_run_number(const struct rawlog *log)
{
	return rawlog_run(log)->number;
}

uint64_t
rawlog_header_offset(const struct rawlog *log)
{
	return rawlog_part(log)->offset;
}

uint64_t
rawlog_records_offset(const struct rawlog *log)
{
	return rawlog_part(log)->begin;
}

const char *
rawlog_compression(const struct rawlog *log)
{
	return rawlog_file((struct rawlog *)log)->source.gunzip != NULL ? "gzip" : NULL;
}

bool
rawlog_contradicts(const struct rawlog *log, struct rawlog_contradiction *c)
{
	const struct recorder_run *run = rawlog_run(log);

	if (!run->contradicts)
		return false;
	c->sample = run->sample;
	c->offset = run->offset;
	c->stated = run->stated->version;
	c->recorded_by = run->recorded_by;
	return true;
}

const char *
rawlog_certainty(const struct rawlog *log)
{
	static const char *const words[] = {
		[CARVE_HEADED] = "header",
		[CARVE_RELEASE] = "release",
		[CARVE_ALIKE] = "lengths",
	};
	const struct carve *carve = rawlog_carving(log);

	return carve != NULL ? words[carve->sure] : NULL;
}

const char *
rawlog_fits(const struct rawlog *log)
{
	const struct carve *carve = rawlog_carving(log);

	return carve != NULL ? carve->names : rawlog_release(log);
}

const struct rawlog_type *
rawlog_header_type(const struct rawlog *log)
{
	return type_of(rawlog_part(log)->layout.release->rawheader);
}

size_t
rawlog_host(const struct rawlog *log, const char **name)
{
	const struct header_facts *facts = rawlog_facts(log);

	*name = facts->host;
	return facts->host != NULL ? strnlen(facts->host, facts->host_size) : 0;
}

/* --- samples ------------------------------------------------------------------------------------------------ */

struct rawlog_sample *
rawlog_sample_new(void)
{
	return calloc(1, sizeof(struct rawlog_sample));
}

void
rawlog_sample_delete(struct rawlog_sample *sample)
{
	if (sample != NULL)
		rawlog_sample_free(sample);
	free(sample);
}

uint64_t
rawlog_sample_number(const struct rawlog_sample *sample)
{
	return sample->number;
}

uint64_t
rawlog_sample_offset(const struct rawlog_sample *sample)
{
	return sample->offset;
}

int64_t
rawlog_sample_time(const struct rawlog_sample *sample)
{
	return sample->frame.facts.curtime;
}

uint64_t
rawlog_sample_interval(const struct rawlog_sample *sample)
{
	return sample->frame.facts.interval;
}

bool
rawlog_sample_since_boot(const struct rawlog_sample *sample)
{
	return sample->frame.facts.since_boot;
}

bool
rawlog_sample_is_unverified(const struct rawlog_sample *sample)
{
	return sample->header_fault;
}

const void *
rawlog_record(const struct rawlog_sample *sample)
{
	return sample->record;
}

const struct rawlog_type *
rawlog_record_type(const struct rawlog_sample *sample)
{
	return type_of(sample->layout->release->rawrecord);
}

/* --- blocks and structs ------------------------------------------------------------------------------------- */

size_t
rawlog_nblocks(const struct rawlog_sample *sample)
{
	return sample->layout->release->nblocks;
}

const char *
rawlog_block_role(const struct rawlog_sample *sample, size_t block)
{
	return sample->layout->release->blocks[block].entry->role;
}

const struct rawlog_type *
rawlog_block_type(const struct rawlog_sample *sample, size_t block)
{
	return type_of(sample->layout->release->blocks[block].entry);
}

void
rawlog_block_extent(const struct rawlog_sample *sample, size_t block, struct rawlog_extent *extent)
{
	const struct frame_block *b = &sample->frame.blocks[block];

	*extent = (struct rawlog_extent){ b->offset, b->length, b->inflated, b->count };
}

size_t
rawlog_find_block(const struct rawlog_sample *sample, const char *role)
{
	for (size_t i = 0; i < rawlog_nblocks(sample); i++)
		if (strcmp(rawlog_block_role(sample, i), role) == 0)
			return i;
	return RAWLOG_NONE;
}

void
rawlog_as_stored(struct rawlog_sample *sample, bool as_stored)
{
	sample->as_stored = as_stored;
}

bool
rawlog_is_unverified(const struct rawlog_sample *sample)
{
	return sample->unverified;
}

uint64_t
rawlog_nulls(const struct rawlog_sample *sample)
{
	return sample->nulls;
}

const char *
rawlog_fault(const struct rawlog_sample *sample, size_t i, const char **explanation)
{
	const struct catalog_release *release = sample->layout->release;

	for (size_t bit = 0; bit < release->nfaults; bit++) {
		if ((sample->faults & UINT64_C(1) << bit) == 0 || i-- > 0)
			continue;
		*explanation = release->faults[bit].note;
		return release->faults[bit].name;
	}
	return NULL;
}

size_t
rawlog_cgroup_path(const struct rawlog_sample *sample, char path[RAWLOG_PATH_MAX])
{
	return sample->group != NULL ? cgroups_path(&sample->groups, sample->group, path) : 0;
}

/* The cgroup that the last struct describes; NULL: it describes none. */
static const struct cgroup *
described(const struct rawlog_sample *sample)
{
	return sample->of != NULL && sample->of->kind == CATALOG_CHAIN ? sample->group : NULL;
}

size_t
rawlog_cgroup_name(const struct rawlog_sample *sample, const char **name)
{
	const struct cgroup *group = described(sample);

	if (group == NULL || !group->has_name)
		return 0;
	*name = (const char *)sample->groups.chain + group->name;
	return group->name_size;
}

bool
rawlog_cgroup_npids(const struct rawlog_sample *sample, size_t *npids)
{
	const struct cgroup *group = described(sample);

	if (group == NULL || !sample->groups.shared)
		return false;
	*npids = group->count;
	return true;
}

int64_t
rawlog_cgroup_pid(const struct rawlog_sample *sample, size_t i)
{
	return cgroups_value(&sample->groups, described(sample)->first + i);
}

/* --- damage ------------------------------------------------------------------------------------------------- */

struct rawlog_damage *
rawlog_damage_new(void)
{
	return calloc(1, sizeof(struct rawlog_damage));
}

void
rawlog_damage_delete(struct rawlog_damage *damage)
{
	free(damage);
}

uint64_t
rawlog_damage_offset(const struct rawlog_damage *damage)
{
	return damage->offset;
}

uint64_t
rawlog_damage_length(const struct rawlog_damage *damage)
{
	return damage->length;
}

uint64_t
rawlog_damage_sample(const struct rawlog_damage *damage)
{
	return damage->sample;
}

const char *
rawlog_damage_role(const struct rawlog_damage *damage)
{
	return damage->block;
}

const char *
rawlog_damage_text(const struct rawlog_damage *damage)
{
	return damage->reason;
}

const char *
rawlog_damage_kind(const struct rawlog_damage *damage)
{
	return damage_word(damage->kind);
}

int64_t
rawlog_gap_from(const struct rawlog_damage *gap)
{
	return gap->from;
}

int64_t
rawlog_gap_to(const struct rawlog_damage *gap)
{
	return gap->to;
}

uint64_t
rawlog_gap_interval(const struct rawlog_damage *gap)
{
	return gap->interval;
}

/* --- releases ----------------------------------------------------------------------------------------------- */

size_t
rawlog_nreleases(void)
{
	return catalog_nreleases;
}

const char *
rawlog_release_name(size_t i)
{
	return catalog_releases[i]->version;
}

const char *
rawlog_release_covers(size_t i)
{
	return catalog_releases[i]->covers;
}
