/*
 * block: see block.h. The one place that calls zlib for a log's own compression.
 */
#include <stdlib.h>
#include <string.h>

#include "block.h"

#define ROOM_MIN	(256u << 10)	/* of the buffer of inflated bytes */
#define INPUT_MAX	(64u << 10)	/* compressed bytes looked at at once */

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
	free(b->buffer);
	block_init(b);
}

/* A stream ready for a block's first byte. */
static bool
reset_stream(struct block *b)
{
	if (b->has_stream)
		return inflateReset(&b->z) == Z_OK;
	memset(&b->z, 0, sizeof b->z);
	b->has_stream = inflateInit(&b->z) == Z_OK;
	return b->has_stream;
}

void
block_begin(struct block *b, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated)
{
	b->file = file;
	b->offset = offset;
	b->left = length;
	b->expected = inflated;
	b->produced = 0;
	b->have = b->taken = 0;
	b->ended = length == 0 && inflated == 0;
	b->result = b->ended || reset_stream(b) ? BLOCK_OK : BLOCK_NO_MEMORY;
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
 * Inflates once, into up to `room` free bytes of the buffer. False when no more will come: the end, or
 * something wrong, which `result` then says.
 */
static bool
step(struct block *b, size_t room)
{
	size_t want = b->left < INPUT_MAX ? (size_t)b->left : INPUT_MAX, got;
	int code;

	if (b->result != BLOCK_OK || b->ended)
		return false;
	b->z.next_in = file_at(b->file, b->offset, want, &got);
	b->z.avail_in = (uInt)got;
	b->z.next_out = b->buffer + b->have;
	b->z.avail_out = (uInt)room;
	code = inflate(&b->z, Z_NO_FLUSH);
	b->offset += got - b->z.avail_in;
	b->left -= got - b->z.avail_in;
	b->have += room - b->z.avail_out;
	b->produced += room - b->z.avail_out;
	if (code == Z_STREAM_END)
		b->ended = true;
	else if (code == Z_BUF_ERROR && got < want)
		b->result = BLOCK_CUT;
	else if (code == Z_BUF_ERROR && b->left == 0)
		b->result = BLOCK_SHORT;
	else if (code != Z_OK && code != Z_BUF_ERROR)
		b->result = refusal(code, b->z.msg);
	return b->result == BLOCK_OK;
}

/* Makes room for `size` bytes that begin with those not yet handed out. */
static bool
make_room(struct block *b, size_t size)
{
	size_t room = size > ROOM_MIN ? size : ROOM_MIN;

	if (b->room < size) {
		unsigned char *buffer = realloc(b->buffer, room);

		if (buffer == NULL) {
			b->result = BLOCK_NO_MEMORY;
			return false;
		}
		b->buffer = buffer;
		b->room = room;
	}
	b->have -= b->taken;
	memmove(b->buffer, b->buffer + b->taken, b->have);
	b->taken = 0;
	return true;
}

/* Inflates until `size` bytes are in the buffer, which has room for them. False if they do not come. */
static bool
fill(struct block *b, size_t size)
{
	while (b->have < size) {
		size_t room = b->room - b->have, before = b->have;
		bool more;

		if (room > b->expected)
			room = (size_t)b->expected;
		more = room > 0 && step(b, room);
		b->expected -= b->have - before;
		if (!more && b->have < size)
			return false;
	}
	return true;
}

const unsigned char *
block_take(struct block *b, size_t size)
{
	const unsigned char *p;

	if (b->have - b->taken < size && (!make_room(b, size) || !fill(b, size)))
		return NULL;
	p = b->buffer + b->taken;
	b->taken += size;
	return p;
}

/* Looks for the end of the compressed data where no more bytes should come out. */
static void
find_end(struct block *b)
{
	if (!make_room(b, 1))
		return;
	b->have = b->taken = 0;
	while (b->have == 0 && !b->ended)
		if (!step(b, 1))
			break;
	if (b->have > 0)
		b->result = BLOCK_LONG;
}

enum block_result
block_finish(struct block *b)
{
	if (b->result == BLOCK_OK && b->ended && b->expected > 0)
		b->result = BLOCK_SHORT;
	if (b->result == BLOCK_OK && !b->ended)
		find_end(b);
	if (b->result == BLOCK_OK && b->left > 0)
		b->result = BLOCK_SURPLUS;
	return b->result;
}
