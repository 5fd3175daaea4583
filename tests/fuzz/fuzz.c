/*
 * fuzz: requirements, hashes, memory and random numbers for the targets.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

bool fuzz_all_ways;

void
fuzz_require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: this does not hold: %s\n", what);
	abort();
}

uint64_t
fuzz_hash(const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 32;
}

void *
fuzz_alloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	fuzz_require(p != NULL, "there is memory");
	return p;
}

size_t
fuzz_roll(uint64_t *dice, size_t n)
{
	*dice = fuzz_hash(dice, sizeof *dice);
	return (size_t)(*dice % n);
}
