/*
 * frame: see frame.h.
 */
#include <string.h>

#include "frame.h"

#define INFLATED_MAX	(UINT64_C(1) << 62)

/* A deflate stream needs two bits for each match, and a match stands for 258 bytes at most. */
#define RATIO_MAX	1032

/*
 * The most compressed bytes that any encoder makes of `inflated` bytes: nine bits for each where all are
 * literals of the fixed code, and zlib's header, checksum and block headers. Greater than zlib's own
 * compressBound, which from some release on atop gives its blocks room for.
 */
static uint64_t
length_max(uint64_t inflated)
{
	return inflated + inflated / 8 + 64;
}

/*
 * Fills in `block`'s count and sizes from what the record says. Of a chain the record says the inflated size,
 * which has room for the instances that it counts.
 */
static enum frame_result
check_block(int64_t length, int64_t count, uint64_t size, const int64_t *chain, struct frame_block *block)
{
	if (length < 0)
		return FRAME_LENGTH_NEGATIVE;
	if (count < 0)
		return FRAME_COUNT_NEGATIVE;
	block->length = (uint64_t)length;
	block->count = (uint64_t)count;
	if (size > 0 && block->count > INFLATED_MAX / size)
		return FRAME_COUNT_HUGE;
	block->inflated = block->count * size;
	if (chain != NULL && (*chain < 0 || (uint64_t)*chain < block->inflated))
		return FRAME_CHAIN_SHORT;
	if (chain != NULL)
		block->inflated = (uint64_t)*chain;
	if (block->inflated / RATIO_MAX > block->length || (block->inflated > 0 && block->length == 0))
		return FRAME_TOO_SHORT;
	if (block->length > length_max(block->inflated))
		return FRAME_TOO_LONG;
	return FRAME_OK;
}

enum frame_result
frame_read(const struct layout *layout, const unsigned char *p, size_t size, uint64_t offset, void *record,
    struct frame *frame)
{
	const struct catalog_release *release = layout->release;
	struct fault fault;
	enum frame_result result;
	size_t i;

	memset(frame, 0, sizeof *frame);
	if (!release->rawrecord->decode(record, p, size, layout->model, layout->order, &fault))
		return FRAME_UNREADABLE;
	release->record_facts(record, &frame->facts);
	frame->end = offset + release->rawrecord->size[layout->model];
	for (i = 0; i < release->nblocks && i < CATALOG_BLOCKS_MAX; i++) {
		frame->bad = i;
		result = check_block(frame->facts.block[i].length, frame->facts.block[i].count,
		    release->blocks[i].entry->size[layout->model],
		    release->blocks[i].tail != NULL ? &frame->facts.block[i].size : NULL, &frame->blocks[i]);
		if (result != FRAME_OK)
			return result;
		if (frame->end > INT64_MAX - frame->blocks[i].length)
			return FRAME_PAST_END;
		frame->blocks[i].offset = frame->end;
		frame->end += frame->blocks[i].length;
	}
	return FRAME_OK;
}

const char *
frame_reason(enum frame_result result)
{
	switch (result) {
	case FRAME_OK:			return "is plausible";
	case FRAME_UNREADABLE:		return "cannot be read";
	case FRAME_LENGTH_NEGATIVE:	return "has a negative length";
	case FRAME_COUNT_NEGATIVE:	return "has a negative count";
	case FRAME_COUNT_HUGE:		return "has an impossible count";
	case FRAME_CHAIN_SHORT:		return "has not the size for as many as it should hold";
	case FRAME_TOO_SHORT:		return "is too short for what it should hold";
	case FRAME_TOO_LONG:		return "is too long for what it should hold";
	case FRAME_PAST_END:		return "ends beyond any file";
	}
	return "is bad";
}
