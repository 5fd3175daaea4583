/*
 * points: chooses the calls of a run that fail, one at a time.
 */
#ifndef POINTS_H
#define POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One call of a class, as the run without faults made it. */
struct point {
	uint64_t number; /* among all calls of the class, from 1 on */
	uint64_t stack;  /* how it was reached; 0: not known */
	uint64_t turn;   /* among the calls with this stack, from 1 on */
};

struct points {
	struct point *list; /* in the order of their numbers */
	size_t count;
};

/*
 * Chooses from `n` calls, whose stacks are given, and of which the first `spared` never fail: all if `every`, else of each
 * stack the first, the second and the last. Ends the program when memory is short.
 */
void points_choose(struct points *p, const uint64_t *stacks, size_t n, uint64_t spared, bool every);

void points_free(struct points *p);

#endif
