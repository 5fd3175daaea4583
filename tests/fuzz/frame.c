/*
 * The target `frame`: any bytes as a rawrecord of every layout there is. Input: eight bytes for the record's
 * offset in the log, then the record; what is missing is zero.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "rawlog/log/frame.h"

#define RECORD_MAX   256             /* bytes of any release's rawrecord */
#define HOST_MAX     1024            /* the same of its host struct */
#define OFFSET_MAX   (INT64_MAX / 2) /* no file that can be read has a record behind it */
#define INFLATED_MAX (UINT64_C(1) << 62)

struct input {
	uint64_t offset;
	unsigned char record[RECORD_MAX];
	/* Room on the heap, where a sanitizer sees the first byte too many. */
	unsigned char *bytes; /* RECORD_MAX: a record is at the end */
	void *host;           /* HOST_MAX */
};

static void
take_apart(struct input *in, const uint8_t *data, size_t size)
{
	memset(in, 0, sizeof *in);
	in->bytes = fuzz_alloc(RECORD_MAX);
	in->host = fuzz_alloc(HOST_MAX);
	memcpy(&in->offset, data, size < sizeof in->offset ? size : sizeof in->offset);
	in->offset &= OFFSET_MAX;
	if (size <= sizeof in->offset)
		return;
	size -= sizeof in->offset;
	memcpy(in->record, data + sizeof in->offset, size < RECORD_MAX ? size : RECORD_MAX);
}

/* The extents stand one behind the other, from the record's end to the frame's, and nothing wraps. */
static void
check_extents(const struct frame *frame, uint64_t offset, size_t record_size, size_t nblocks)
{
	uint64_t at = offset + record_size;

	fuzz_require(frame->offset == offset, "the frame is where the record is");
	for (size_t i = 0; i < nblocks; i++) {
		fuzz_require(frame->blocks[i].offset == at, "a block begins where the one before it ends");
		fuzz_require(frame->blocks[i].length <= INT64_MAX - at, "no block ends beyond any file");
		fuzz_require(frame->blocks[i].inflated <= INFLATED_MAX || frame->facts.block[i].size != 0,
		    "no block but a chain is beyond any size");
		at += frame->blocks[i].length;
	}
	fuzz_require(frame->end == at, "the frame ends with its last block");
}

/* What a plausible record says of each block is in the frame as it is, and possible. */
static void
check_sizes(const struct layout *layout, const struct frame *frame)
{
	for (size_t i = 0; i < layout->release->nblocks; i++) {
		const struct catalog_block *block = &layout->release->blocks[i];
		const struct frame_block *b = &frame->blocks[i];
		const uint64_t size = block->entry->size[layout->model];

		fuzz_require(b->length == (uint64_t)frame->facts.block[i].length, "the length is the record's");
		fuzz_require(b->count == (uint64_t)frame->facts.block[i].count, "the count is the record's");
		fuzz_require(b->inflated >= b->count * size, "there is room for all instances");
		fuzz_require(block->kind == CATALOG_CHAIN || b->inflated == b->count * size, "there is no other room");
		fuzz_require(b->length <= frame_length_max(b->inflated), "no encoder makes so many bytes");
		fuzz_require(b->inflated == 0 || b->length > 0, "something does not come of nothing");
	}
}

/* Reads the record into a host struct that holds `junk` before. */
static enum frame_result
read_frame(const struct layout *layout, const struct input *in, int junk, struct frame *frame)
{
	const struct catalog_struct *rawrecord = layout->release->rawrecord;
	const size_t size = rawrecord->size[layout->model];
	unsigned char *p = in->bytes + RECORD_MAX - size;

	fuzz_require(size <= RECORD_MAX && rawrecord->definition->size <= HOST_MAX, "there is room for a record");
	memcpy(p, in->record, size);
	memset(in->host, junk, rawrecord->definition->size);
	memset(frame, junk, sizeof *frame);
	return frame_read(layout, p, size, in->offset, in->host, frame);
}

static bool
same_frame(const struct frame *a, const struct frame *b, size_t nblocks)
{
	return a->offset == b->offset && a->end == b->end && a->bad == b->bad && a->facts.curtime == b->facts.curtime &&
	    memcmp(a->blocks, b->blocks, nblocks * sizeof a->blocks[0]) == 0;
}

static void
try_layout(const struct layout *layout, const struct input *in)
{
	const size_t nblocks = layout->release->nblocks;
	struct frame frame, again;
	enum frame_result result = read_frame(layout, in, 0, &frame);

	fuzz_require(frame_reason(result)[0] != '\0', "there is a word for every result");
	fuzz_require(read_frame(layout, in, 0xa5, &again) == result, "the same record has the same result");
	if (result == FRAME_UNREADABLE)
		return;
	fuzz_require(same_frame(&frame, &again, nblocks), "the same record has the same frame");
	check_extents(&frame, in->offset, layout->release->rawrecord->size[layout->model], nblocks);
	fuzz_require(result == FRAME_OK || frame.bad < nblocks, "what is bad is a block");
	if (result == FRAME_OK)
		check_sizes(layout, &frame);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct layout layout;
	struct input in;

	take_apart(&in, data, size);
	for (size_t i = 0; i < catalog_nreleases; i++)
		for (layout.model = 0; layout.model < catalog_nmodels; layout.model++) {
			layout.release = catalog_releases[i];
			layout.order = ORDER_LITTLE;
			try_layout(&layout, &in);
			layout.order = ORDER_BIG;
			try_layout(&layout, &in);
		}
	free(in.bytes);
	free(in.host);
	return 0;
}
