/*
 * block: one compressed block of a log. It is inflated and checked first, then returned struct by struct. Memory is
 * bounded: a block of more than BLOCK_KEPT_MAX inflated bytes is inflated twice instead of being kept. One block object
 * serves one block after another.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/io/hugebuf.h"
#include "rawlog/io/inflate.h"
#include "rawlog/io/zstream.h"

#define BLOCK_KEPT_MAX (48u << 20) /* a block of more inflated bytes is inflated twice */

enum block_result {
	BLOCK_OK,
	BLOCK_SHORT,      /* intact, but of fewer bytes than it should be */
	BLOCK_SURPLUS,    /* intact, but other bytes follow it */
	BLOCK_CUT,        /* the log ends, or cannot be read further, inside the block */
	BLOCK_LONG,       /* more bytes come out than should */
	BLOCK_UNFINISHED, /* its compressed bytes end before the compressed data does */
	BLOCK_CHECKSUM,   /* the checksum is wrong */
	BLOCK_CORRUPT,    /* not compressed data, from some byte on */
	BLOCK_NO_MEMORY
};

struct block {
	struct zstream stream;
	struct inflate whole;
	struct file *file;
	uint64_t start;    /* of the block in the log */
	uint64_t length;   /* compressed, in bytes */
	uint64_t inflated; /* bytes that should come out */
	uint64_t usable;   /* inflated bytes that block_take may still return */
	uint64_t taken_in; /* compressed bytes inflated so far */
	uint64_t produced; /* bytes that came out so far */
	bool ended;        /* the compressed data's end has been seen */
	bool twice;        /* it is inflated a second time to be read; of a stream the window keeps its bytes */
	unsigned char *buffer;
	size_t room;
	size_t have;       /* inflated bytes in the buffer */
	size_t handed_out; /* of these */
	enum block_result result;
};

/* Makes an object without a block; allocates nothing. */
void block_init(struct block *b);

void block_free(struct block *b);

/*
 * Inflates the block of `length` bytes at `offset` of `file`, which should give `inflated` bytes. The result says whether it
 * does. After every result except BLOCK_NO_MEMORY block_take returns the bytes that came out, up to `inflated`.
 */
enum block_result block_begin(struct block *b, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated);

/* Whether a right checksum covers the bytes of a block with this result. If not, they may be wrong from any byte on. */
bool block_is_verified(enum block_result result);

/* As block_take, which calls it where the bytes are not simply the next ones in a small buffer. */
const unsigned char *block_take_more(struct block *b, size_t size);

/*
 * The next `size` inflated bytes, valid until the next call on `b`; NULL if fewer are left. `size` is trusted: so many bytes
 * are buffered.
 */
static inline const unsigned char *
block_take(struct block *b, size_t size)
{
	if (b->usable < size || b->have - b->handed_out < size || b->have >= HUGEBUF_MIN)
		return block_take_more(b, size);
	b->handed_out += size;
	b->usable -= size;
	return b->buffer + b->handed_out - size;
}

/* What is wrong with a block of this result, which is not BLOCK_OK; static: "the checksum of the block is wrong". */
const char *block_reason(enum block_result result);

#endif
