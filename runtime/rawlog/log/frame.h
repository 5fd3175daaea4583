/*
 * frame: a rawrecord's bytes in, the extents of its blocks out, or why they cannot be. Pure: no allocation,
 * no I/O, nothing kept between calls. Everything here is computed from hostile numbers.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/log/header.h"

enum frame_result {
	FRAME_OK,
	FRAME_UNREADABLE,		/* the rawrecord itself cannot be decoded */
	FRAME_LENGTH_NEGATIVE,
	FRAME_COUNT_NEGATIVE,
	FRAME_COUNT_HUGE,
	FRAME_CHAIN_SHORT,		/* a chain's size has no room for its count */
	FRAME_TOO_SHORT,		/* fewer compressed bytes than deflate needs for so many */
	FRAME_TOO_LONG,			/* more compressed bytes than deflate ever makes of so few */
	FRAME_PAST_END			/* beyond any file's end */
};

struct frame_block {
	uint64_t	offset;		/* in the log */
	uint64_t	length;		/* compressed, in bytes */
	uint64_t	count;		/* instances */
	uint64_t	inflated;	/* exactly, in bytes */
};

struct frame {
	uint64_t		offset;	/* of the record itself */
	struct record_facts	facts;
	struct frame_block	blocks[CATALOG_BLOCKS_MAX];
	uint64_t		end;	/* offset in the log of what follows */
	size_t			bad;	/* not FRAME_OK: the block concerned */
};

/*
 * Decodes the rawrecord at `p`, which stands at `offset` in the log, into the host struct `record`, and
 * checks what it says of the blocks that follow. `size` is at least the rawrecord's. Whatever the result, but for
 * FRAME_UNREADABLE, the extents follow each other; a length or count that cannot be is 0 in them.
 */
enum frame_result	frame_read(const struct layout *layout, const unsigned char *p, size_t size,
			    uint64_t offset, void *record, struct frame *frame);

/*
 * Puts the blocks from number `from` on behind each other, beginning at `offset`, which like their lengths is INT64_MAX
 * at most. False if they do not fit into any file; what does not fit has no length then.
 */
bool	frame_place(struct frame *frame, size_t nblocks, size_t from, uint64_t offset);

/* The most compressed bytes that any encoder makes of `inflated` bytes. */
uint64_t	frame_length_max(uint64_t inflated);

/* What a result says of the block concerned: "is too short for what it should hold". */
const char	*frame_reason(enum frame_result result);

#endif
