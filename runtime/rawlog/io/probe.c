/*
 * probe: see probe.h.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/probe.h"

#define INPUT_MAX	(16u << 10)	/* compressed bytes looked at at once */
#define ROOM		(64u << 10)	/* inflated bytes thrown away at once */
#define DEFLATE_BLOCK_ENDS	128	/* in z_stream.data_type */

void
probe_init(struct probe *p)
{
	memset(p, 0, sizeof *p);
}

void
probe_free(struct probe *p)
{
	if (p->has_stream)
		inflateEnd(&p->z);
	free(p->room);
	probe_init(p);
}

/* Has a fresh stream and room. False: no memory. */
static bool
prepare(struct probe *p)
{
	p->length = p->inflated = 0;
	p->cost = PROBE_BLOCK_COST;
	p->z.avail_in = 0;
	if (p->room == NULL)
		p->room = malloc(ROOM);
	if (p->room == NULL)
		return false;
	if (p->has_stream) {
		inflateReset(&p->z);
		return true;
	}
	memset(&p->z, 0, sizeof p->z);
	p->has_stream = inflateInit(&p->z) == Z_OK;
	return p->has_stream;
}

/* Has input, if there is more of the `length` bytes at `offset`. */
static void
refill(struct probe *p, struct file *file, uint64_t offset, uint64_t length)
{
	const size_t want = length - p->length < INPUT_MAX ? (size_t)(length - p->length) : INPUT_MAX;
	size_t got;

	p->z.next_in = file_at(file, offset + p->length, want, &got);
	p->z.avail_in = (uInt)got;
}

/* Inflates up to the end of a deflate block. PROBE_CUT means here that there is more to inflate. */
static enum probe_result
step(struct probe *p, uint64_t length, uint64_t inflated, bool *stuck)
{
	const uInt before = p->z.avail_in;
	uInt room = ROOM;
	int code;

	if (inflated - p->inflated < ROOM)
		room = (uInt)(inflated - p->inflated) + 1;	/* one byte more, to see that there is none */
	p->z.next_out = p->room;
	p->z.avail_out = room;
	code = inflate(&p->z, Z_BLOCK);
	p->length += before - p->z.avail_in;
	p->inflated += room - p->z.avail_out;
	p->cost += (before - p->z.avail_in) + (room - p->z.avail_out);
	if (p->z.data_type & DEFLATE_BLOCK_ENDS)
		p->cost += PROBE_BLOCK_COST;
	*stuck = code == Z_BUF_ERROR && p->z.avail_in == 0;
	if (code == Z_MEM_ERROR)
		return PROBE_NO_MEMORY;
	if (p->inflated > inflated || (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END))
		return PROBE_BAD;
	if (code == Z_STREAM_END)
		return PROBE_WHOLE;
	return *stuck && p->length == length ? PROBE_BAD : PROBE_CUT;
}

enum probe_result
probe_block(struct probe *p, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated,
    uint64_t cost_max)
{
	enum probe_result result = PROBE_CUT;
	bool stuck = false;

	if (!prepare(p))
		return PROBE_NO_MEMORY;
	while (result == PROBE_CUT && !stuck) {
		if (p->z.avail_in == 0)
			refill(p, file, offset, length);
		result = step(p, length, inflated, &stuck);
		if (result == PROBE_CUT && p->cost > cost_max)
			return PROBE_UNTRIED;
	}
	return result;
}
