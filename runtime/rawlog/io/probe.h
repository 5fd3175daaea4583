/*
 * probe: whether a whole compressed block begins at an offset of a file, and how long it is. Keeps nothing of what it
 * inflates. Knows nothing of atop.
 */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/io/zstream.h"

#define PROBE_HEADER_SIZE 2    /* bytes of a zlib header */
#define PROBE_BLOCK_COST  1024 /* the head of a deflate block takes as long as so many inflated bytes */

enum probe_result {
	PROBE_WHOLE,   /* a complete stream with the right checksum */
	PROBE_CUT,     /* right as far as the log goes */
	PROBE_BAD,     /* not a stream, a broken one, or larger than allowed */
	PROBE_UNTRIED, /* the budget ended before the answer */
	PROBE_NO_MEMORY
};

struct probe {
	struct zstream stream;
	struct zstream_io io;
	unsigned char *scratch; /* for inflated bytes, which are discarded */
	/* Of the last probe_block: */
	uint64_t length;   /* compressed bytes read */
	uint64_t inflated; /* bytes that came out */
	uint64_t cost;     /* the sum of both, and PROBE_BLOCK_COST for the attempt and each deflate block */
};

void probe_init(struct probe *p);
void probe_free(struct probe *p);

/* Whether the two bytes at `p` are the header that compress() of zlib writes, at any level. */
static inline bool
probe_is_header(const unsigned char *p)
{
	return p[0] == 0x78 && (p[1] == 0x9c || p[1] == 0x01 || p[1] == 0x5e || p[1] == 0xda);
}

/*
 * Inflates the bytes at `offset` until the stream ends or breaks, or exceeds `length` compressed or `inflated` inflated
 * bytes (PROBE_BAD), or `cost_max`, by the cost of one step at most (PROBE_UNTRIED).
 */
enum probe_result probe_block(struct probe *p, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated,
    uint64_t cost_max);

#endif
