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
	bool is_later;   /* it is not the first one with this stack that fails */
};

/* Which of the calls that were reached in the same way fail. */
enum points_choice {
	POINTS_FIRST, /* the first */
	POINTS_THREE, /* the first, the second and the last */
	POINTS_EVERY
};

struct points {
	struct point *list; /* in the order of their numbers */
	size_t count;
	enum points_choice choice;
};

/* What was tried with other command lines: stacks, and which of the calls with them. */
struct tried {
	uint64_t *keys;
	size_t count, room;
};

/*
 * Chooses from `n` calls, whose stacks are given, and of which the first `spared` never fail. Unless every call is chosen, those
 * are left out that `tried` has already; then it has them. `class` distinguishes equal stacks of several classes. Ends the
 * program when memory is short.
 */
void points_choose(struct points *p, const uint64_t *stacks, size_t n, uint64_t spared, enum points_choice choice,
    struct tried *tried, unsigned class);

/* Reads the list from the file, if there is one, and writes it. Ends the program on failure. */
void tried_read(struct tried *t, const char *path);
void tried_write(const struct tried *t, const char *path);
void tried_free(struct tried *t);

void points_free(struct points *p);

#endif
