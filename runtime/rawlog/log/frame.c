/*
 * frame: computes the extents of a record's blocks, and checks them against each other.
 */
#include <string.h>

#include "rawlog/io/deflate.h"
#include "rawlog/log/frame.h"

#define INFLATED_MAX (UINT64_C(1) << 62)

/*
 * The worst case is nine bits for each byte (literals of the fixed code), plus zlib's header, checksum and block headers.
 * This is more than zlib's compressBound, the size of the buffers that some releases of atop compress into.
 */
uint64_t
frame_length_max(uint64_t inflated)
{
	return inflated + inflated / 8 + 64;
}

/*
 * Fills in the count and sizes of `block` as the record states them, with 0 for impossible values. For a chain the record
 * states the inflated size, which must be sufficient for the instances that it counts.
 */
static enum frame_result
size_block(int64_t length, int64_t count, uint64_t size, const int64_t *chain, struct frame_block *block)
{
	block->length = length > 0 ? (uint64_t)length : 0;
	block->count = count > 0 ? (uint64_t)count : 0;
	if (size > 0 && block->count > INFLATED_MAX / size) {
		block->count = 0;
		return FRAME_COUNT_HUGE;
	}
	block->inflated = block->count * size;
	if (chain != NULL && (*chain < 0 || (uint64_t)*chain < block->inflated))
		return FRAME_CHAIN_SHORT;
	if (chain != NULL)
		block->inflated = (uint64_t)*chain;
	if (count < 0)
		return FRAME_COUNT_NEGATIVE;
	return length < 0 ? FRAME_LENGTH_NEGATIVE : FRAME_OK;
}

/* Whether so many compressed bytes can hold so many inflated ones. */
static enum frame_result
compare_sizes(const struct frame_block *block)
{
	if (block->inflated / DEFLATE_RATIO_MAX > block->length || (block->inflated > 0 && block->length == 0))
		return FRAME_TOO_SHORT;
	if (block->length > frame_length_max(block->inflated))
		return FRAME_TOO_LONG;
	return FRAME_OK;
}

bool
frame_place(struct frame *frame, size_t nblocks, size_t from, uint64_t offset)
{
	bool fits = true;
	uint64_t end;
	size_t i;

	for (i = from; i < nblocks; i++) {
		end = offset + frame->blocks[i].length; /* no overflow: both are INT64_MAX at most */
		if (end > INT64_MAX) {
			frame->blocks[i].length = 0;
			end = offset;
			if (fits)
				frame->bad = i;
			fits = false;
		}
		frame->blocks[i].offset = offset;
		offset = end;
	}
	frame->end = offset;
	return fits;
}

enum frame_result
frame_read(const struct layout *layout, const unsigned char *p, size_t size, uint64_t offset, void *record,
    struct frame *frame)
{
	const struct catalog_release *release = layout->release;
	enum frame_result result = FRAME_OK, of_block;
	const struct catalog_block *block;
	struct fault fault;
	size_t i;

	memset(frame, 0, sizeof *frame);
	frame->offset = offset;
	if (!release->rawrecord->decode(record, p, size, layout->model, layout->order, &fault))
		return FRAME_UNREADABLE;
	release->record_facts(record, &frame->facts);
	for (i = 0; i < release->nblocks; i++) {
		block = &release->blocks[i];
		of_block = size_block(frame->facts.block[i].length, frame->facts.block[i].count,
		    block->entry->size[layout->model],
		    block->kind == CATALOG_CHAIN ? &frame->facts.block[i].size : NULL, &frame->blocks[i]);
		if (of_block == FRAME_OK)
			of_block = compare_sizes(&frame->blocks[i]);
		if (result == FRAME_OK && of_block != FRAME_OK) {
			frame->bad = i;
			result = of_block;
		}
	}
	if (!frame_place(frame, release->nblocks, 0, offset + release->rawrecord->size[layout->model]) &&
	    result == FRAME_OK)
		return FRAME_PAST_END;
	return result;
}

const char *
frame_reason(enum frame_result result)
{
	switch (result) {
	case FRAME_OK: return "is plausible";
	case FRAME_UNREADABLE: return "cannot be read";
	case FRAME_LENGTH_NEGATIVE: return "has a negative length";
	case FRAME_COUNT_NEGATIVE: return "has a negative count";
	case FRAME_COUNT_HUGE: return "has an impossible count";
	case FRAME_CHAIN_SHORT: return "is too small for its count";
	case FRAME_TOO_SHORT: return "is too short for what it should hold";
	case FRAME_TOO_LONG: return "is too long for what it should hold";
	case FRAME_PAST_END: return "ends beyond any file";
	}
	return "is bad";
}
