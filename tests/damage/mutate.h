/*
 * mutate: makes copies of a log with one fault of eight kinds, at random offsets by a given seed. Sample offsets are used
 * to hit record headers more often.
 */
#ifndef MUTATE_H
#define MUTATE_H

#include <stddef.h>
#include <stdint.h>

struct mutation {
	unsigned char *bytes; /* the broken log */
	size_t size;
	size_t at;      /* the first changed byte */
	size_t removed; /* bytes removed there */
	uint64_t dice;
	unsigned long number;
	char name[80]; /* the fault and its offset */
};

/* Prepares for logs of up to `size` bytes. Ends the program without memory. */
void mutate_begin(struct mutation *m, uint64_t seed, size_t size);
void mutate_end(struct mutation *m);

/* Changes one byte of the log: one bit, all bits, or to another value, as `how` selects from 0 on. */
void mutate_byte(struct mutation *m, const unsigned char *whole, size_t size, size_t at, unsigned how);

/* Truncates the log at `at`. */
void mutate_cut(struct mutation *m, const unsigned char *whole, size_t size, size_t at);

/* Applies the next fault of any kind; `starts` has the offsets of `n` samples and of the end. */
void mutate_random(struct mutation *m, const unsigned char *whole, size_t size, const size_t *starts, size_t n);

#endif
