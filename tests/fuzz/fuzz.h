/*
 * fuzz: what all targets share: the entry points that libFuzzer and replay call, and how a target says that
 * something does not hold. Knows nothing of what is tested.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A target: one run on one input, which leaves nothing behind. Returns 0. */
int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Optional, of a target whose inputs have a structure: change one input, or make one of two. Return the new
 * size.
 */
size_t	LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t	LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size,
	    uint8_t *out, size_t max, unsigned seed);

/* libFuzzer's own mutation of plain bytes. */
size_t	LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

/*
 * Where there is more than one way to run an input, a target takes the one that the input's hash says, so
 * that a finding comes again from its bytes alone. Set: all of them.
 */
extern bool	fuzz_all_ways;

/* Ends the program as a crash does, naming what does not hold. */
void	fuzz_require(bool holds, const char *what);

uint64_t	fuzz_hash(const void *bytes, size_t size);

/* Memory; never NULL. */
void	*fuzz_alloc(size_t size);

/* A number below `n`, which is not 0, by dice that are set to a seed before. */
size_t	fuzz_roll(uint64_t *dice, size_t n);

#endif
