/*
 * sound: reads all blocks of a sample until the first damage.
 */
#include "rawlog/write/sound.h"

/* The result of block_begin for block `i`, which has been read to its end. */
static enum block_result
state_of(const struct rawlog_sample *sample, size_t i)
{
	const struct catalog_block *b = &sample->layout->release->blocks[i];

	switch (b->kind) {
	case CATALOG_CHAIN: return sample->chain_state;
	case CATALOG_LIST: return sample->list_state;
	default: return sample->state;
	}
}

static enum rawlog_result
describe(const struct rawlog_sample *sample, size_t i, enum damage_kind kind, const char *reason,
    struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[i];

	damage_describe(damage, kind, b->offset, b->length, sample->number, "%s", reason);
	damage->block = sample->layout->release->blocks[i].entry->role;
	return RAWLOG_DAMAGED;
}

/* Reads block `i`. RAWLOG_OK: it is intact. */
static enum rawlog_result
check_block(struct rawlog_sample *sample, size_t i, struct rawlog_damage *damage, int *error)
{
	const struct frame_block *b = &sample->frame.blocks[i];
	enum rawlog_result result;
	bool unverified = false;
	const void *host;

	rawlog_block(sample, i);
	while ((result = rawlog_struct(sample, &host, damage, error)) == RAWLOG_OK || result == RAWLOG_GAP)
		unverified = unverified || sample->unverified;
	if (result != RAWLOG_END)
		return result;
	if (state_of(sample, i) == BLOCK_CUT)
		return describe(sample, i, DAMAGE_TRUNCATED, "the log ends inside the block", damage);
	if (unverified)
		return describe(sample, i, DAMAGE_CHECKSUM, "no checksum vouches for the block", damage);
	if (sample->frame.facts.block[i].length < 0 || (uint64_t)sample->frame.facts.block[i].length != b->length)
		return describe(sample, i, DAMAGE_RECORD, "the block is not as long as the record says", damage);
	return RAWLOG_OK;
}

enum rawlog_result
sound_check(struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	enum rawlog_result result;

	if (sample->header_fault) {
		damage_describe(damage, DAMAGE_RECORD, sample->offset, sample->frame.end - sample->offset,
		    sample->number, "the record header is wrong");
		return RAWLOG_DAMAGED;
	}
	result = rawlog_groups(sample, error);
	for (size_t i = 0; i < sample->layout->release->nblocks && result == RAWLOG_OK; i++)
		result = check_block(sample, i, damage, error);
	return result;
}
