/*
 * block: one compressed block of a log, inflated piece by piece and handed out struct by struct, so that
 * memory does not depend on how much a record says it holds. One block object serves many blocks after each
 * other.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZLIB_CONST
#include <zlib.h>

#include "file.h"

enum block_result {
	BLOCK_OK,
	BLOCK_SHORT,			/* the compressed data ends before all bytes are out */
	BLOCK_LONG,			/* more bytes come out than should */
	BLOCK_CORRUPT,			/* not compressed data from some point on */
	BLOCK_CHECKSUM,			/* all bytes are out, but they are not those that went in */
	BLOCK_SURPLUS,			/* bytes follow the end of the compressed data */
	BLOCK_CUT,			/* the log ends, or cannot be read on, inside the block */
	BLOCK_NO_MEMORY
};

struct block {
	z_stream		 z;
	bool			 has_stream;	/* z is to be freed */
	bool			 ended;		/* the compressed data's end has been seen */
	struct file		*file;
	uint64_t		 offset;	/* of the next compressed byte */
	uint64_t		 left;		/* compressed bytes of the block not yet taken */
	uint64_t		 expected;	/* inflated bytes not yet out */
	uint64_t		 produced;	/* inflated bytes that came out */
	unsigned char		*buffer;
	size_t			 room;
	size_t			 have;		/* inflated bytes in the buffer */
	size_t			 taken;		/* of these, handed out */
	enum block_result	 result;
};

/* An object without a block yet. */
void	block_init(struct block *b);

void	block_free(struct block *b);

/* Begins the block of `length` bytes at `offset` of `file`, out of which `inflated` bytes shall come. */
void	block_begin(struct block *b, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated);

/*
 * The next `size` inflated bytes, valid until the next call on `b`; NULL if there are not so many, and
 * block_finish says why. `size` is a struct's: trusted, and buffered whole.
 */
const unsigned char	*block_take(struct block *b, size_t size);

/* Called after the last block_take: whether the block was exactly what it should be. */
enum block_result	block_finish(struct block *b);

#endif
