/*
 * block: one compressed block of a log: first found whole or not, then handed out struct by struct, with what that
 * says of their bytes: a checksum vouches for them, or nothing does. Memory is bounded whatever a record says that a
 * block holds: a large one is inflated twice instead of being kept. One block object serves many blocks after each other.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZLIB_CONST
#include <zlib.h>

#include "rawlog/io/file.h"
#include "rawlog/io/inflate.h"

#define BLOCK_KEPT_MAX	(48u << 20)	/* a block of more inflated bytes is inflated twice */

enum block_result {
	BLOCK_OK,
	BLOCK_SHORT,			/* intact, but of fewer bytes than it should be */
	BLOCK_SURPLUS,			/* intact, but other bytes follow it */
	BLOCK_CUT,			/* the log ends, or cannot be read on, inside the block */
	BLOCK_LONG,			/* more bytes come out than should */
	BLOCK_UNFINISHED,		/* its compressed bytes end before the compressed data does */
	BLOCK_CHECKSUM,			/* the bytes that come out are not those that went in */
	BLOCK_CORRUPT,			/* not compressed data from some point on */
	BLOCK_NO_MEMORY
};

struct block {
	z_stream		 z;
	bool			 has_stream;	/* z is to be freed */
	struct inflate		 whole;
	struct file		*file;
	uint64_t		 start;		/* of the block in the log */
	uint64_t		 length;	/* compressed, in bytes */
	uint64_t		 inflated;	/* bytes that should come out */
	uint64_t		 taken_in;	/* compressed bytes inflated so far */
	uint64_t		 produced;	/* bytes that came out so far */
	bool			 ended;		/* the compressed data's end has been seen */
	bool			 pinned;	/* the block is read a second time; of a stream the file's window keeps it */
	unsigned char		*buffer;
	size_t			 room;
	size_t			 have;		/* inflated bytes in the buffer */
	size_t			 handed_out;	/* of these */
	uint64_t		 good;		/* inflated bytes that may still be handed out */
	enum block_result	 result;
};

/* An object without a block yet. */
void	block_init(struct block *b);

void	block_free(struct block *b);

/*
 * Begins the block of `length` bytes at `offset` of `file`, out of which `inflated` bytes should come. The
 * result says whether they do. With every result but BLOCK_NO_MEMORY there are bytes to take: those that came out, and no
 * more than should.
 */
enum block_result	block_begin(struct block *b, struct file *file, uint64_t offset, uint64_t length,
			    uint64_t inflated);

/* Whether a checksum vouches for the bytes of a block with this result. Without, they may be wrong from any place on. */
bool	block_is_verified(enum block_result result);

/*
 * The next `size` inflated bytes, valid until the next call on `b`; NULL if there are not so many. `size` is
 * a struct's: trusted, and buffered whole.
 */
const unsigned char	*block_take(struct block *b, size_t size);

/* What is wrong with a block of this result, not BLOCK_OK: "the checksum of the block is wrong". */
const char	*block_reason(enum block_result result);

#endif
