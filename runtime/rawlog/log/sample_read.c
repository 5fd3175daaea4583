/*
 * sample_read: the structs of a sample, block after block, and what is wrong with a block.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "rawlog/catalog/host.h"
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
	memset(sample->sums, 0, sizeof sample->sums);
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
	groups_prepare(sample);
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
lose_struct(struct rawlog_sample *sample, const struct fault *fault, struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const char *member = fault->member != NULL ? fault->member : "its size";

	damage_describe(damage, DAMAGE_COUNT, b->offset, b->length, sample->number,
	    "struct %" PRIu64 " of %" PRIu64 ": %s is %" PRId64 ", not within 0 and %" PRIu64, sample->index, b->count,
	    member, fault->count, fault->limit);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* Finds the known faults in the struct just decoded, corrects them, and finds which of its members mean nothing. */
static void
judge(struct rawlog_sample *sample, void *host)
{
	const struct catalog_block *of = sample->of;
	const void *header = sample->header != NULL ? sample->header : sample->no_header;

	sample->faults = sample->nulls = 0;
	if (sample->as_stored)
		return;
	if (of->faults != NULL)
		sample->faults = of->faults(header, sample->record, host);
	if (of->nulls != NULL)
		sample->nulls = of->nulls(header, sample->record, host, sample->faults);
	if (sample->faults != 0 && of->mend != NULL)
		of->mend(host, sample->faults);
}

/* Returns the next cgroup of the chain, which rawlog_groups has read. */
static enum rawlog_result
next_group(struct rawlog_sample *sample, void *room, const void **host, struct rawlog_damage *damage)
{
	const struct layout *layout = sample->layout;
	const struct cgroups *g = &sample->groups;
	struct fault fault;

	if (!sample->has_groups || sample->index == g->ngroups)
		return groups_finish(sample, damage);
	sample->group = &g->groups[sample->index++];
	sample->unverified = !block_is_verified(sample->chain_state);
	sample->of->entry->decode(room, g->chain + sample->group->offset, g->chain_size - sample->group->offset,
	    layout->model, layout->order, &fault);
	judge(sample, room);
	*host = room;
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_struct(struct rawlog_sample *sample, const void **host, struct rawlog_damage *damage, int *error)
{
	const struct layout *layout = sample->layout;
	const struct catalog_struct *s = layout->release->blocks[sample->current].entry;
	size_t size = s->size[layout->model];
	struct fault fault = { 0 };
	const unsigned char *p;
	bool decoded;
	void **room = &sample->hosts[sample->current];

	if (sample->finished)
		return RAWLOG_END;
	if (*room == NULL && (*room = host_new(s)) == NULL) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	if (sample->of->kind == CATALOG_CHAIN)
		return next_group(sample, *room, host, damage);
	if (sample->of->kind == CATALOG_LIST)
		return groups_finish(sample, damage);
	p = block_take(&sample->block, size);
	if (p == NULL)
		return finish_block(sample, damage, error);
	sample->unverified = !block_is_verified(sample->state);
	decoded = s->decode(*room, p, size, layout->model, layout->order, &fault);
	if (decoded && sample->unverified && sample->of->flaw != NULL)
		sample->flaw = sample->of->flaw(*room, sample->record);
	if (sample->flaw != NULL)
		return finish_block(sample, damage, error);
	sample->index++;
	if (!decoded)
		return lose_struct(sample, &fault, damage);
	*host = *room;
	sample->ndecoded++;
	if (!sums_add(sample, p, size, *host)) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	judge(sample, *room);
	groups_find(sample, *host, size);
	return RAWLOG_OK;
}
