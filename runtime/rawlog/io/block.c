/*
 * A block is given to inflate_whole first. If that refuses it, zlib inflates it piece by piece.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/block.h"
#include "rawlog/io/deflate.h"
#include "rawlog/io/hugebuf.h"

#define ROOM_MIN  (256u << 10) /* of the buffer of inflated bytes */
#define INPUT_MAX (64u << 10)  /* compressed bytes read at once */
#define AHEAD     4096         /* bytes from the end of a struct of a large block to what is prefetched */

void
block_init(struct block *b)
{
	memset(b, 0, sizeof *b);
}

void
block_free(struct block *b)
{
	zstream_free(&b->stream);
	inflate_free(&b->whole);
	free(b->buffer);
	block_init(b);
}

/* Resets the block to nothing inflated. */
static void
forget(struct block *b)
{
	b->taken_in = b->produced = 0;
	b->have = b->handed_out = 0;
	b->ended = b->length == 0 && b->inflated == 0;
	b->result = BLOCK_OK;
}

/* Goes to the block's first byte, for zlib. */
static void
rewind_block(struct block *b)
{
	forget(b);
	if (!zstream_begin(&b->stream, ZSTREAM_ZLIB))
		b->result = BLOCK_NO_MEMORY;
}

/* The compressed bytes to inflate next; `got` says how many, and `want` how many there should be. */
static const unsigned char *
input(struct block *b, size_t *want, size_t *got)
{
	uint64_t left = b->length - b->taken_in;
	const unsigned char *p;
	size_t behind;

	*want = left < INPUT_MAX ? (size_t)left : INPUT_MAX;
	if (!b->twice || source_is_seekable(&b->file->source))
		return file_at(b->file, b->start + b->taken_in, *want, got);
	behind = (size_t)b->taken_in;
	p = file_at(b->file, b->start, behind + *want, got);
	*got = *got > behind ? *got - behind : 0;
	return *got > 0 ? p + behind : p;
}

/* Maps the result of a step to the block's; `cut`: the file has fewer bytes than the block should. */
static enum block_result
judge_step(const struct block *b, enum zstream_result result, bool cut)
{
	if (b->produced > b->inflated)
		return BLOCK_LONG;
	switch (result) {
	case ZSTREAM_STUCK: return cut ? BLOCK_CUT : b->taken_in == b->length ? BLOCK_UNFINISHED : BLOCK_OK;
	case ZSTREAM_CHECKSUM: return BLOCK_CHECKSUM;
	case ZSTREAM_CORRUPT: return BLOCK_CORRUPT;
	case ZSTREAM_NO_MEMORY: return BLOCK_NO_MEMORY;
	default: return BLOCK_OK;
	}
}

/* Inflates once, into free space of the buffer. False: no more will come out, and `result` says why. */
static bool
step(struct block *b)
{
	size_t space = b->room - b->have, want, got;
	struct zstream_io io = { .out = b->buffer + b->have };
	enum zstream_result result;

	if (space > b->inflated + 1 - b->produced) /* one byte more, to see whether the block is too long */
		space = (size_t)(b->inflated + 1 - b->produced);
	io.in = input(b, &want, &got);
	io.in_size = got;
	io.out_size = space;
	result = zstream_step(&b->stream, &io);
	b->taken_in += got - io.in_size;
	b->have += space - io.out_size;
	b->produced += space - io.out_size;
	b->ended = result == ZSTREAM_END;
	b->result = judge_step(b, result, got < want);
	return b->result == BLOCK_OK && !b->ended;
}

/* Doubles the buffer if it is full. */
static bool
make_room(struct block *b)
{
	size_t room = b->room > 0 ? 2 * b->room : ROOM_MIN;
	unsigned char *buffer;

	if (b->have < b->room)
		return true;
	buffer = realloc(b->buffer, room);
	if (buffer == NULL) {
		b->result = BLOCK_NO_MEMORY;
		return false;
	}
	b->buffer = buffer;
	b->room = room;
	return true;
}

/* Inflates the whole block; unless `keep`, the output is discarded. */
static void
inflate_all(struct block *b, bool keep)
{
	bool more = b->result == BLOCK_OK && !b->ended;

	while (more && make_room(b)) {
		more = step(b);
		if (!keep)
			b->have = 0;
	}
	if (b->result != BLOCK_OK)
		return;
	if (b->produced < b->inflated)
		b->result = BLOCK_SHORT;
	else if (b->taken_in < b->length)
		b->result = BLOCK_SURPLUS;
}

/* Inflates the block for the first time. If there is not enough memory to keep it, it is not kept. */
static void
inflate_by_pieces(struct block *b)
{
	rewind_block(b);
	inflate_all(b, !b->twice);
	if (b->result == BLOCK_NO_MEMORY && !b->twice && b->stream.has_state && b->room > 0) {
		b->twice = true;
		rewind_block(b);
		inflate_all(b, false);
	}
}

/* Makes the buffer `size` bytes large, or larger; its old content is lost. */
static bool
replace_buffer(struct block *b, size_t size)
{
	const size_t room = size + size / 8; /* the next blocks are often a little larger */
	unsigned char *buffer;

	if (b->room >= size)
		return true;
	buffer = hugebuf_alloc(room);
	if (buffer == NULL)
		return false;
	free(b->buffer);
	b->buffer = buffer;
	b->room = room;
	return true;
}

/*
 * Inflates the whole block in one call. True only if it is intact. The buffer is allocated after all compressed bytes have
 * been read, if their number can inflate to its size.
 */
static bool
inflate_at_once(struct block *b)
{
	const unsigned char *p;
	size_t got;

	if (!inflate_is_fast() || b->inflated == 0 || b->inflated > BLOCK_KEPT_MAX || b->length > BLOCK_KEPT_MAX ||
	    b->inflated / DEFLATE_RATIO_MAX > b->length)
		return false;
	p = file_at(b->file, b->start, (size_t)b->length, &got);
	if (got < b->length || !replace_buffer(b, (size_t)b->inflated) ||
	    !inflate_whole(&b->whole, p, got, b->buffer, (size_t)b->inflated))
		return false;
	b->taken_in = b->length;
	b->have = (size_t)b->inflated;
	b->produced = b->inflated;
	b->ended = true;
	return true;
}

bool
block_is_verified(enum block_result result)
{
	return result == BLOCK_OK || result == BLOCK_SHORT || result == BLOCK_SURPLUS;
}

/* How many bytes the block can hand out. */
static uint64_t
usable_bytes(const struct block *b)
{
	if (b->result == BLOCK_NO_MEMORY)
		return 0;
	return b->produced < b->inflated ? b->produced : b->inflated;
}

enum block_result
block_begin(struct block *b, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated)
{
	enum block_result result;

	b->file = file;
	b->start = offset;
	b->length = length;
	b->inflated = inflated;
	b->twice = inflated > BLOCK_KEPT_MAX;
	forget(b);
	if (!inflate_at_once(b))
		inflate_by_pieces(b);
	result = b->result;
	b->usable = usable_bytes(b);
	if (b->twice)
		rewind_block(b);
	return result;
}

/* Moves the bytes that are not handed out to the start of the buffer, and inflates until there are `size`. */
static bool
refill(struct block *b, size_t size)
{
	b->have -= b->handed_out;
	memmove(b->buffer, b->buffer + b->handed_out, b->have);
	b->handed_out = 0;
	while (b->have < size) {
		if (b->ended)
			b->result = BLOCK_SHORT; /* the log has changed */
		if (b->result != BLOCK_OK || !make_room(b))
			return false;
		step(b);
	}
	return true;
}

const unsigned char *
block_take_more(struct block *b, size_t size)
{
	const unsigned char *p;

	if (b->usable < size || (b->have - b->handed_out < size && !refill(b, size)))
		return NULL;
	p = b->buffer + b->handed_out;
	b->handed_out += size;
	b->usable -= size;
	if (b->have >= HUGEBUF_MIN && b->have - b->handed_out >= AHEAD + size)
		hugebuf_prefetch(p + size + AHEAD, size);
	return p;
}

const char *
block_reason(enum block_result result)
{
	switch (result) {
	case BLOCK_SHORT: return "fewer bytes come out of the block than should";
	case BLOCK_SURPLUS: return "other bytes follow the compressed data";
	case BLOCK_LONG: return "more bytes come out of the block than should";
	case BLOCK_UNFINISHED: return "the block ends before the compressed data does";
	case BLOCK_CHECKSUM: return "the checksum of the block is wrong";
	case BLOCK_CUT: return "the log ends inside the block";
	default: return "the compressed data is corrupt";
	}
}
