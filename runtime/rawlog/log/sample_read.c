/*
 * sample_read: the structs of a sample, block after block, and what is wrong with a block.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/catalog/parts.h"
#include "rawlog/log/damage_block.h"
#include "rawlog/log/groups.h"
#include "rawlog/log/sample.h"
#include "rawlog/log/sums.h"

/*
 * Begins block `i`, of any kind, as compressed bytes. A block whose checksum is wrong has a wrong byte somewhere; if it has
 * only one struct, that struct is wrong, and nothing of it is usable.
 */
static void
begin_block(struct rawlog_sample *sample, size_t i)
{
	const struct frame_block *b = &sample->frame.blocks[i];
	enum block_result state;

	sample->current = i;
	sample->index = sample->ndecoded = 0;
	sample->finished = false;
	sample->group = NULL;
	state = block_begin(&sample->block, sample->file, b->offset, b->length, b->inflated);
	if (b->count == 1 && (state == BLOCK_CHECKSUM || state == BLOCK_LONG))
		sample->block.usable = 0;
	sample->state = state;
	sample->flaw = NULL;
	sums_begin(sample);
}

enum rawlog_result
rawlog_groups(struct rawlog_sample *sample, int *error)
{
	size_t chain;

	cgroups_clear(&sample->groups);
	if (!cgroups_find_chain(sample->layout->release, &chain))
		return RAWLOG_OK;
	if (!groups_read(sample)) {
		*error = sample->file->error != 0 ? sample->file->error : ENOMEM;
		return RAWLOG_FAILED;
	}
	sample->has_groups = true;
	sample->finished = true;
	return RAWLOG_OK;
}

/* Whether the structs of block `i` are those that the release's list names. */
static bool
is_named(const struct catalog_release *release, size_t i)
{
	size_t list;

	return cgroups_find_list(release, &list) && release->blocks[list].named == i;
}

void
rawlog_block(struct rawlog_sample *sample, size_t i)
{
	const struct catalog_block *of = &sample->layout->release->blocks[i];

	if (of->kind == CATALOG_PLAIN)
		begin_block(sample, i);
	sample->current = i;
	sample->index = 0;
	sample->finished = false;
	sample->of = of;
	sample->grouped = is_named(sample->layout->release, i);
	sample->group = NULL;
	sample->first = CATALOG_WHOLE;
	sample->size = of->entry->size[sample->layout->model];
	groups_prepare(sample);
	sample->unverified = !block_is_verified(of->kind == CATALOG_PLAIN ? sample->state : sample->chain_state);
}

/* Ends the block: no more structs can be read from it. rawlog_next reports it if the end of the log cuts the block. */
static enum rawlog_result
finish_block(struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	enum block_result state = sample->state;

	sample->finished = true;
	if (state == BLOCK_OK) /* inflating it a second time may give another result */
		state = sample->block.result;
	if (state == BLOCK_NO_MEMORY || sample->file->error != 0) {
		*error = sample->file->error != 0 ? sample->file->error : ENOMEM;
		return RAWLOG_FAILED;
	}
	if (state == BLOCK_OK && sample->grouped && sample->nuntold > 0)
		return groups_describe_untold(sample, damage);
	if (state == BLOCK_OK)
		return sums_compare(sample, damage);
	if (state == BLOCK_CUT && sample->flaw == NULL)
		return RAWLOG_END;
	damage_describe(damage, damage_block(state), b->offset, b->length, sample->number,
	    "%s; %" PRIu64 " of %" PRIu64 " structs read", block_reason(state), sample->index, b->count);
	if (sample->flaw != NULL)
		damage_add(damage, "; the next cannot be one: %s", sample->flaw);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* Describes that the current struct could not be decoded. */
static enum rawlog_result
lose_struct(const struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const struct fault *fault = &sample->fault;
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const char *member = fault->member != NULL ? fault->member : "its size";

	damage_describe(damage, DAMAGE_COUNT, b->offset, b->length, sample->number,
	    "struct %" PRIu64 " of %" PRIu64 ": %s is %" PRId64 ", not within 0 and %" PRIu64, sample->index, b->count,
	    member, fault->count, fault->limit);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* --- structs in parts ------------------------------------------------------------------------------------------- */

/*
 * A struct that no checksum covers is checked as a whole, and so is one whose recorder has known faults. Of others, counts
 * are checked in any case, and the sums are made that are compared with the record.
 */
void
sample_want(struct rawlog_sample *sample, uint64_t parts)
{
	const struct catalog_release *release = sample->layout->release;
	const struct catalog_block *of = sample->of;
	const enum block_result state = of->kind == CATALOG_PLAIN ? sample->state : sample->chain_state;
	size_t list;

	if (of->entry->decode_parts == NULL || of->faults != NULL || !block_is_verified(state))
		return;
	sample->first = parts | of->entry->checked;
	if ((parts & CATALOG_NULLS) != 0)
		sample->first |= of->nulls_parts;
	if (sample->held == release)
		sample->first |= of->sums_parts;
	if (sample->grouped && cgroups_find_list(release, &list))
		sample->first |= parts_at(of->entry->definition, release->blocks[list].id.offset);
}

/* Decodes the `size` bytes at `p`, which are enough unless there are no parts. */
static inline bool
decode(struct rawlog_sample *sample, void *host, const unsigned char *p, size_t size)
{
	const struct layout *layout = sample->layout;
	const struct catalog_struct *s = sample->of->entry;

	sample->bytes = p;
	sample->parts = sample->first;
	return sample->first == CATALOG_WHOLE
	    ? s->decode(host, p, size, layout->model, layout->order, &sample->fault)
	    : s->decode_parts(host, p, sample->first, layout->model, layout->order, &sample->fault);
}

static void
find_nulls(struct rawlog_sample *sample, const void *host)
{
	const struct catalog_block *of = sample->of;
	const void *header = sample->header != NULL ? sample->header : sample->no_header;

	if (of->nulls != NULL && !sample->as_stored)
		sample->nulls = of->nulls(header, sample->record, host, sample->faults);
}

void
sample_fill(struct rawlog_sample *sample, uint64_t parts)
{
	const struct layout *layout = sample->layout;
	const struct catalog_block *of = sample->of;
	void *host = sample->hosts[sample->current];

	if ((parts & CATALOG_NULLS) != 0)
		parts |= of->nulls_parts;
	parts &= ~sample->parts;
	if (parts == 0)
		return;
	of->entry->decode_parts(host, sample->bytes, parts, layout->model, layout->order, &sample->fault);
	sample->parts |= parts;
	if ((parts & CATALOG_NULLS) != 0)
		find_nulls(sample, host);
}

/* Finds the known faults in the struct just decoded, corrects them, and finds which of its members mean nothing. */
static inline void
judge(struct rawlog_sample *sample, void *host)
{
	const struct catalog_block *of = sample->of;
	const void *header = sample->header != NULL ? sample->header : sample->no_header;

	sample->faults = sample->nulls = 0;
	if (of->faults != NULL && !sample->as_stored)
		sample->faults = of->faults(header, sample->record, host);
	if ((sample->parts & CATALOG_NULLS) != 0)
		find_nulls(sample, host);
	if (sample->faults != 0 && of->mend != NULL)
		of->mend(host, sample->faults);
}

/* --- one struct after another ----------------------------------------------------------------------------------- */

/* Returns the next cgroup of the chain, which rawlog_groups has read. */
static enum rawlog_result
next_group(struct rawlog_sample *sample, void *room, const void **host, struct rawlog_damage *damage)
{
	const struct cgroups *g = &sample->groups;

	if (!sample->has_groups || sample->index == g->ngroups)
		return groups_finish(sample, damage);
	sample->group = &g->groups[sample->index++];
	decode(sample, room, g->chain + sample->group->offset, g->chain_size - sample->group->offset);
	judge(sample, room);
	*host = room;
	return RAWLOG_OK;
}

/* Whether the struct in `host`, which no checksum covers, cannot be one; the block ends before it then. */
static bool
is_flawed(struct rawlog_sample *sample, const void *host)
{
	if (sample->of->flaw != NULL)
		sample->flaw = sample->of->flaw(host, sample->record);
	return sample->flaw != NULL;
}

/* The next struct of a block that holds nothing else: it has been taken, and is `size` bytes at `p`. */
static inline enum rawlog_result
next_plain(struct rawlog_sample *sample, void *room, const unsigned char *p, size_t size, struct rawlog_damage *damage,
    int *error)
{
	const bool decoded = decode(sample, room, p, size);

	if (sample->unverified && decoded && is_flawed(sample, room))
		return finish_block(sample, damage, error);
	sample->index++;
	if (!decoded)
		return lose_struct(sample, damage);
	sample->ndecoded++;
	if (!sums_add(sample, p, size, room)) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	judge(sample, room);
	if (sample->grouped)
		groups_find(sample, room, size);
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_struct(struct rawlog_sample *sample, const void **host, struct rawlog_damage *damage, int *error)
{
	void **room = &sample->hosts[sample->current];
	const unsigned char *p;

	if (sample->finished)
		return RAWLOG_END;
	if (*room == NULL && (*room = host_new(sample->of->entry)) == NULL) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	if (sample->of->kind == CATALOG_CHAIN)
		return next_group(sample, *room, host, damage);
	if (sample->of->kind == CATALOG_LIST)
		return groups_finish(sample, damage);
	p = block_take(&sample->block, sample->size);
	if (p == NULL)
		return finish_block(sample, damage, error);
	*host = *room;
	return next_plain(sample, *room, p, sample->size, damage, error);
}
