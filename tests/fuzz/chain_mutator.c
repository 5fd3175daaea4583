/*
 * The mutator of the target `chain`: changes cgroups and leaves the chain around them whole. Where instances
 * begin it has the code under test find out; where that is wrong, the target finds it.
 */
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "fuzz.h"

#define WINDOW_MAX     32     /* bytes that are changed at once */
#define CHAIN_SIZE_MAX 0xffff /* that the input has room to say */

static uint64_t dice;

static size_t
roll(size_t n)
{
	return fuzz_roll(&dice, n);
}

/* A few bytes of `size`, and not how many. */
static void
change_window(uint8_t *p, size_t size)
{
	const size_t at = roll(size), left = size - at;
	const size_t length = 1 + roll(left < WINDOW_MAX ? left : WINDOW_MAX);

	LLVMFuzzerMutate(p + at, length, length);
}

/* Makes the input say how large its chain is, and how many cgroups there are. */
static void
set_header(uint8_t *data, size_t chain_size, size_t count)
{
	data[1] = (uint8_t)count;
	data[2] = (uint8_t)chain_size;
	data[3] = (uint8_t)(chain_size >> 8);
}

/* One instance more or less; `g` has read the chain. Returns the input's new size; 0: there is no room. */
static size_t
change_instances(const struct chain_input *in, const struct cgroups *g, uint8_t *data, size_t size, size_t max)
{
	const size_t i = roll(g->ngroups), to = CHAIN_HEADER_SIZE + g->groups[roll(g->ngroups)].offset;
	const size_t from = CHAIN_HEADER_SIZE + g->groups[i].offset;
	const size_t next = i + 1 < g->ngroups ? g->groups[i + 1].offset : in->chain_size;
	const size_t length = CHAIN_HEADER_SIZE + next - from;
	uint8_t *copy;

	if (roll(2) == 0) {
		memmove(data + from, data + from + length, size - from - length);
		set_header(data, in->chain_size - length, g->ngroups - 1);
		return size - length;
	}
	if (length > max - size || in->chain_size + length > CHAIN_SIZE_MAX)
		return 0;
	copy = fuzz_alloc(length);
	memcpy(copy, data + from, length);
	memmove(data + to + length, data + to, size - to);
	memcpy(data + to, copy, length);
	free(copy);
	set_header(data, in->chain_size + length, g->ngroups + 1);
	return size + length;
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	struct chain_input in;
	struct cgroups g;
	size_t made = 0;

	dice = seed;
	if (!chain_take_apart(&in, data, size) || in.chain_size == 0 || roll(4) == 0)
		return LLVMFuzzerMutate(data, size, max);
	if (roll(2) == 0) {
		change_window(data, size);
		return size;
	}
	cgroups_init(&g, &in.layout);
	if (cgroups_add_chain(&g, in.chain, in.chain_size))
		cgroups_read_chain(&g, in.count);
	if (g.ngroups > 0)
		made = change_instances(&in, &g, data, size, max);
	cgroups_free(&g);
	return made > 0 ? made : LLVMFuzzerMutate(data, size, max);
}
