/*
 * frame: decodes a rawrecord into the extents of its blocks, or reports why they are impossible. Pure: no allocation,
 * no I/O, no state between calls. All input numbers are treated as hostile.
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
	FRAME_UNREADABLE, /* the rawrecord itself cannot be decoded */
	FRAME_LENGTH_NEGATIVE,
	FRAME_COUNT_NEGATIVE,
	FRAME_COUNT_HUGE,
	FRAME_CHAIN_SHORT, /* a chain's size is too small for its count */
	FRAME_TOO_SHORT,   /* fewer compressed bytes than deflate needs for the inflated size */
	FRAME_TOO_LONG,    /* more compressed bytes than deflate makes of the inflated size */
	FRAME_PAST_END     /* beyond the largest file offset */
};

struct frame_block {
	uint64_t offset;   /* in the log */
	uint64_t length;   /* compressed, in bytes */
	uint64_t count;    /* instances */
	uint64_t inflated; /* exactly, in bytes */
};

struct frame {
	uint64_t offset; /* of the record itself */
	struct record_facts facts;
	struct frame_block blocks[CATALOG_BLOCKS_MAX];
	uint64_t end; /* offset in the log behind its last block */
	size_t bad;   /* not FRAME_OK: the block concerned */
};

/*
 * Decodes the rawrecord at `p`, which is at `offset` in the log, into the host struct `record`, and checks what it states
 * about the blocks behind it. `size` is at least the rawrecord's. For every result except FRAME_UNREADABLE the extents
 * are contiguous; an impossible length or count is replaced by 0.
 */
enum frame_result frame_read(const struct layout *layout, const unsigned char *p, size_t size, uint64_t offset,
    void *record, struct frame *frame);

/*
 * Lays out the blocks from number `from` on contiguously, beginning at `offset`. `offset` and the lengths are INT64_MAX at
 * most. False: they end beyond the largest file offset; blocks that do not fit get length 0.
 */
bool frame_place(struct frame *frame, size_t nblocks, size_t from, uint64_t offset);

/* The most compressed bytes that any encoder makes of `inflated` bytes. */
uint64_t frame_length_max(uint64_t inflated);

/* A phrase about the block concerned: "is too short for what it should hold". Static. */
const char *frame_reason(enum frame_result result);

#endif
