/*
 * probe: whether a whole block stands at an offset of a file, and how long it is. Inflates, compares checksums, and
 * keeps nothing. It knows zlib's format, and nothing of atop's.
 */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZLIB_CONST
#include <zlib.h>

#include "rawlog/io/file.h"

#define PROBE_HEADER_SIZE	2	/* bytes of a zlib header */
#define PROBE_BLOCK_COST	1024	/* inflated bytes that take as long as the codes of a deflate block */

enum probe_result {
	PROBE_WHOLE,			/* a compressed stream with its end, and the right checksum */
	PROBE_CUT,			/* nothing is wrong with it as far as the log goes */
	PROBE_BAD,			/* it is none, or larger than it may be */
	PROBE_UNTRIED,			/* it would cost too much to know */
	PROBE_NO_MEMORY
};

struct probe {
	z_stream	 z;
	bool		 has_stream;
	unsigned char	*room;		/* for bytes that nobody looks at */
	uint64_t	 length;	/* of the stream tried last: compressed bytes taken in */
	uint64_t	 inflated;	/* the same: bytes that came out */
	uint64_t	 cost;		/* the same: all these bytes, and PROBE_BLOCK_COST for the attempt and each block */
};

void	probe_init(struct probe *p);
void	probe_free(struct probe *p);

/* Whether the two bytes at `p` begin a stream such as compress() makes. */
static inline bool
probe_is_header(const unsigned char *p)
{
	return p[0] == 0x78 && (p[1] == 0x9c || p[1] == 0x01 || p[1] == 0x5e || p[1] == 0xda);
}

/*
 * Inflates what stands at `offset` until it ends, turns out bad, has taken in more than `length` bytes or given more
 * than `inflated`; or, PROBE_UNTRIED, has cost more than `cost_max`, by as much as one step costs.
 */
enum probe_result	probe_block(struct probe *p, struct file *file, uint64_t offset, uint64_t length,
			    uint64_t inflated, uint64_t cost_max);

#endif
