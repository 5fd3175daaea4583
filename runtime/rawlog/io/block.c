/*
 * block: see block.h. The one place that calls zlib for a log's own compression. A block is given to inflate_whole first;
 * whatever that does not take without complaint is zlib's, which looks at it piece by piece.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/block.h"
#include "rawlog/io/large.h"

#define ROOM_MIN	(256u << 10)	/* of the buffer of inflated bytes */
#define INPUT_MAX	(64u << 10)	/* compressed bytes looked at at once */
#define RATIO_MAX	1032		/* most bytes that deflate makes of one */
#define AHEAD		4096		/* bytes between what is taken of a large block, and what is fetched */

void
block_init(struct block *b)
{
	memset(b, 0, sizeof *b);
}

void
block_free(struct block *b)
{
	if (b->has_stream)
		inflateEnd(&b->z);
	inflate_free(&b->whole);
	free(b->buffer);
	block_init(b);
}

/* Nothing of the block is inflated. */
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
	if (b->has_stream) {
		inflateReset(&b->z);
		return;
	}
	memset(&b->z, 0, sizeof b->z);
	b->has_stream = inflateInit(&b->z) == Z_OK;
	if (!b->has_stream)
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
	if (!b->pinned || source_is_seekable(&b->file->source))
		return file_at(b->file, b->start + b->taken_in, *want, got);
	behind = (size_t)b->taken_in;
	p = file_at(b->file, b->start, behind + *want, got);
	*got = *got > behind ? *got - behind : 0;
	return *got > 0 ? p + behind : p;
}

/* What inflate's refusal means. zlib tells a wrong checksum from other corruption by its message only. */
static enum block_result
refusal(int code, const char *message)
{
	if (code == Z_MEM_ERROR)
		return BLOCK_NO_MEMORY;
	if (code == Z_DATA_ERROR && message != NULL && strcmp(message, "incorrect data check") == 0)
		return BLOCK_CHECKSUM;
	return BLOCK_CORRUPT;
}

/*
 * Inflates once, into free room of the buffer. False when no more will come, and then `result` says why not.
 */
static bool
step(struct block *b)
{
	size_t room = b->room - b->have, want, got;
	int code;

	if (room > b->inflated + 1 - b->produced)	/* one byte more, to see that there is none */
		room = (size_t)(b->inflated + 1 - b->produced);
	b->z.next_in = input(b, &want, &got);
	b->z.avail_in = (uInt)got;
	b->z.next_out = b->buffer + b->have;
	b->z.avail_out = (uInt)room;
	code = inflate(&b->z, Z_NO_FLUSH);
	b->taken_in += got - b->z.avail_in;
	b->have += room - b->z.avail_out;
	b->produced += room - b->z.avail_out;
	b->ended = code == Z_STREAM_END;
	if (b->produced > b->inflated)
		b->result = BLOCK_LONG;
	else if (code == Z_BUF_ERROR && got < want)
		b->result = BLOCK_CUT;
	else if (code == Z_BUF_ERROR && b->taken_in == b->length)
		b->result = BLOCK_UNFINISHED;
	else if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END)
		b->result = refusal(code, b->z.msg);
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

/* Inflates the whole block; unless `keep`, what came out is forgotten. */
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

/* Inflates the block for the first time; one that memory has no room for is not kept. */
static void
inflate_by_pieces(struct block *b)
{
	rewind_block(b);
	inflate_all(b, !b->pinned);
	if (b->result == BLOCK_NO_MEMORY && !b->pinned && b->has_stream && b->room > 0) {
		b->pinned = true;
		rewind_block(b);
		inflate_all(b, false);
	}
}

/* A buffer of `size` bytes, what was in it before being forgotten. */
static bool
replace_buffer(struct block *b, size_t size)
{
	unsigned char *buffer;

	if (b->room >= size)
		return true;
	buffer = large_alloc(size);
	if (buffer == NULL)
		return false;
	free(b->buffer);
	b->buffer = buffer;
	b->room = size;
	return true;
}

/*
 * Inflates the whole block at once. True only if nothing at all is wrong with it. The buffer is made when all compressed
 * bytes are there, and its size has been held against theirs.
 */
static bool
inflate_at_once(struct block *b)
{
	const unsigned char *p;
	size_t got;

	if (!inflate_is_fast() || b->inflated == 0 || b->inflated > BLOCK_KEPT_MAX || b->length > BLOCK_KEPT_MAX ||
	    b->inflated / RATIO_MAX > b->length)
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
	b->pinned = inflated > BLOCK_KEPT_MAX;
	forget(b);
	if (!inflate_at_once(b))
		inflate_by_pieces(b);
	result = b->result;
	b->good = usable_bytes(b);
	if (b->pinned)
		rewind_block(b);
	return result;
}

/* Has `size` bytes that are not handed out yet at the start of the buffer, inflating for the second time. */
static bool
refill(struct block *b, size_t size)
{
	b->have -= b->handed_out;
	memmove(b->buffer, b->buffer + b->handed_out, b->have);
	b->handed_out = 0;
	while (b->have < size) {
		if (b->ended)
			b->result = BLOCK_SHORT;	/* the log has changed */
		if (b->result != BLOCK_OK || !make_room(b))
			return false;
		step(b);
	}
	return true;
}

const unsigned char *
block_take(struct block *b, size_t size)
{
	const unsigned char *p;

	if (b->good < size || (b->have - b->handed_out < size && !refill(b, size)))
		return NULL;
	p = b->buffer + b->handed_out;
	b->handed_out += size;
	b->good -= size;
	if (b->have >= LARGE_MIN && b->have - b->handed_out >= AHEAD + size)
		large_fetch(p + size + AHEAD, size);
	return p;
}

const char *
block_reason(enum block_result result)
{
	switch (result) {
	case BLOCK_SHORT:	return "fewer bytes come out of the block than should";
	case BLOCK_SURPLUS:	return "other bytes follow the compressed data";
	case BLOCK_LONG:	return "more bytes come out of the block than should";
	case BLOCK_UNFINISHED:	return "the block ends before the compressed data does";
	case BLOCK_CHECKSUM:	return "the checksum of the block is wrong";
	case BLOCK_CUT:		return "the log ends inside the block";
	default:		return "the compressed data is corrupt";
	}
}
