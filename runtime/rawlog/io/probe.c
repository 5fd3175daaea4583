/*
 * A probe inflates from one end of a deflate block to the next, so that each block adds to the cost.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/probe.h"

#define INPUT_MAX    (16u << 10) /* compressed bytes read at once */
#define SCRATCH_SIZE (64u << 10) /* inflated bytes discarded at once */

void
probe_init(struct probe *p)
{
	memset(p, 0, sizeof *p);
}

void
probe_free(struct probe *p)
{
	zstream_free(&p->stream);
	free(p->scratch);
	probe_init(p);
}

/* Begins a new stream. False: out of memory. */
static bool
prepare(struct probe *p)
{
	p->length = p->inflated = 0;
	p->cost = PROBE_BLOCK_COST;
	p->io.in_size = 0;
	if (p->scratch == NULL)
		p->scratch = malloc(SCRATCH_SIZE);
	return p->scratch != NULL && zstream_begin(&p->stream, ZSTREAM_ZLIB);
}

/* Reads more of the `length` bytes at `offset`. */
static void
refill(struct probe *p, struct file *file, uint64_t offset, uint64_t length)
{
	const size_t want = length - p->length < INPUT_MAX ? (size_t)(length - p->length) : INPUT_MAX;
	size_t got;

	p->io.in = file_at(file, offset + p->length, want, &got);
	p->io.in_size = got;
}

/*
 * Inflates up to the end of a deflate block. PROBE_CUT: the stream may continue. `stuck`: no more input is left for
 * it.
 */
static enum probe_result
step(struct probe *p, uint64_t length, uint64_t inflated, bool *stuck)
{
	const size_t before = p->io.in_size;
	size_t space = SCRATCH_SIZE, cost;
	bool block_ended;
	enum zstream_result result;

	if (inflated - p->inflated < SCRATCH_SIZE)
		space = (size_t)(inflated - p->inflated) + 1; /* one byte more, to see whether it is too long */
	p->io.out = p->scratch;
	p->io.out_size = space;
	result = zstream_step_block(&p->stream, &p->io, &block_ended);
	p->length += before - p->io.in_size;
	p->inflated += space - p->io.out_size;
	cost = (before - p->io.in_size) + (space - p->io.out_size);
	p->cost += cost + (block_ended ? PROBE_BLOCK_COST : 0);
	*stuck = result == ZSTREAM_STUCK && p->io.in_size == 0;
	if (result == ZSTREAM_NO_MEMORY)
		return PROBE_NO_MEMORY;
	if (p->inflated > inflated || result == ZSTREAM_CHECKSUM || result == ZSTREAM_CORRUPT)
		return PROBE_BAD;
	if (result == ZSTREAM_END)
		return PROBE_WHOLE;
	return *stuck && p->length == length ? PROBE_BAD : PROBE_CUT;
}

enum probe_result
probe_block(struct probe *p, struct file *file, uint64_t offset, uint64_t length, uint64_t inflated, uint64_t cost_max)
{
	enum probe_result result = PROBE_CUT;
	bool stuck = false;

	if (!prepare(p))
		return PROBE_NO_MEMORY;
	while (result == PROBE_CUT && !stuck) {
		if (p->io.in_size == 0)
			refill(p, file, offset, length);
		result = step(p, length, inflated, &stuck);
		if (result == PROBE_CUT && p->cost > cost_max)
			return PROBE_UNTRIED;
	}
	return result;
}
