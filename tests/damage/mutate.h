/*
 * mutate: a log with one fault, of one of eight kinds, placed by dice whose seed is given. Knows where samples begin
 * only to hit the places that matter more often.
 */
#ifndef MUTATE_H
#define MUTATE_H

#include <stddef.h>
#include <stdint.h>

struct mutation {
	unsigned char	*bytes;		/* the broken log */
	size_t		 size;
	size_t		 at;		/* the first byte that is not as it was */
	size_t		 removed;	/* bytes that are gone from there on */
	uint64_t	 dice;
	unsigned long	 number;
	char		 name[80];	/* what was done where */
};

/* Gets ready to break logs of up to `size` bytes; ends the program if memory is short. */
void	mutate_begin(struct mutation *m, uint64_t seed, size_t size);
void	mutate_end(struct mutation *m);

/* One byte of the log is another: a bit of it, all bits, or any other value, as `how` counts from 0. */
void	mutate_byte(struct mutation *m, const unsigned char *whole, size_t size, size_t at, unsigned how);

/* The log ends at `at`. */
void	mutate_cut(struct mutation *m, const unsigned char *whole, size_t size, size_t at);

/* The next fault of any kind; `starts` has the places of `n` samples and the end. */
void	mutate_random(struct mutation *m, const unsigned char *whole, size_t size, const size_t *starts, size_t n);

#endif
