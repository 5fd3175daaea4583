/*
 * fuzz: shared by all targets: the entry points that libFuzzer and replay call, and the function that reports a failed
 * requirement.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A target: one run on one input, which leaves nothing behind. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Optional, of a target whose inputs have a structure: change one input, or make one of two. Return the new
 * size.
 */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out,
    size_t max, unsigned seed);

/* libFuzzer's own mutation of plain bytes. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

/*
 * If there are several ways to run an input, the input's hash selects one, so that its bytes alone reproduce a finding.
 * Set: all ways are run.
 */
extern bool fuzz_all_ways;

/* Unless `holds`, aborts with `what` as the message. */
void fuzz_require(bool holds, const char *what);

uint64_t fuzz_hash(const void *bytes, size_t size);

/* Memory; never NULL. */
void *fuzz_alloc(size_t size);

/* A random number below `n`, which is not 0; the caller has set `dice` to a seed. */
size_t fuzz_roll(uint64_t *dice, size_t n);

#endif
