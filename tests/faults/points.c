/*
 * points: sorts the calls by their stacks.
 */
#include <stdlib.h>

#include "points.h"

/* How many calls of each stack fail: so many of the first ones, and the last. */
#define FIRST_ONES 2

static int
by_number(const void *a, const void *b)
{
	const uint64_t x = ((const struct point *)a)->number, y = ((const struct point *)b)->number;

	return (x > y) - (x < y);
}

static int
by_stack(const void *a, const void *b)
{
	const uint64_t x = ((const struct point *)a)->stack, y = ((const struct point *)b)->stack;

	return x != y ? (x > y) - (x < y) : by_number(a, b);
}

/* The calls with one stack begin at `from`; returns where they end. */
static size_t
end_of(const struct point *list, size_t n, size_t from)
{
	size_t end = from + 1;

	while (end < n && list[end].stack == list[from].stack)
		end++;
	return end;
}

/* Keeps, of the calls that may fail, those that do. */
static size_t
choose(struct point *list, size_t n, uint64_t spared, bool every)
{
	size_t kept = 0;

	for (size_t from = 0, end; from < n; from = end) {
		size_t first = from;

		end = end_of(list, n, from);
		while (first < end && list[first].number <= spared)
			first++;
		for (size_t i = from; i < end; i++) {
			list[i].turn = i - from + 1;
			if (i >= first && (every || i < first + FIRST_ONES || i + 1 == end))
				list[kept++] = list[i];
		}
	}
	return kept;
}

void
points_choose(struct points *p, const uint64_t *stacks, size_t n, uint64_t spared, bool every)
{
	p->list = malloc((n + 1) * sizeof *p->list);
	if (p->list == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		p->list[i] = (struct point){ .number = i + 1, .stack = stacks[i] };
	qsort(p->list, n, sizeof *p->list, by_stack);
	p->count = choose(p->list, n, spared, every);
	qsort(p->list, p->count, sizeof *p->list, by_number);
}

void
points_free(struct points *p)
{
	free(p->list);
	*p = (struct points){ NULL, 0 };
}
