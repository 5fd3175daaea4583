/*
 * points: sorts the calls by their stacks.
 */
#include <stdio.h>
#include <stdlib.h>

#include "points.h"

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

/* --- what was tried ------------------------------------------------------------------------------------------ */

/* Adds a key. False: the list has it already. */
static bool
add_key(struct tried *t, uint64_t key)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->keys[i] == key)
			return false;
	if (t->count == t->room) {
		t->room = 2 * t->room + 256;
		t->keys = realloc(t->keys, t->room * sizeof *t->keys);
		if (t->keys == NULL)
			abort();
	}
	t->keys[t->count++] = key;
	return true;
}

void
tried_read(struct tried *t, const char *path)
{
	FILE *f = fopen(path, "rb");
	uint64_t key;

	while (f != NULL && fread(&key, sizeof key, 1, f) == 1)
		add_key(t, key);
	if (f != NULL)
		fclose(f);
}

void
tried_write(const struct tried *t, const char *path)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || (t->count > 0 && fwrite(t->keys, sizeof *t->keys, t->count, f) != t->count) || fclose(f) != 0)
		abort();
}

void
tried_free(struct tried *t)
{
	free(t->keys);
	*t = (struct tried){ NULL, 0, 0 };
}

/* --- choosing ------------------------------------------------------------------------------------------------ */

/* Which of the calls with one stack a call is. */
enum turn {
	TURN_FIRST,
	TURN_SECOND,
	TURN_LAST,
	TURN_OTHER
};

static enum turn
turn_of(size_t i, size_t first, size_t end)
{
	if (i == first)
		return TURN_FIRST;
	if (i + 1 == end)
		return TURN_LAST;
	return i == first + 1 ? TURN_SECOND : TURN_OTHER;
}

static bool
is_chosen(enum turn turn, enum points_choice choice)
{
	return turn == TURN_FIRST || (turn != TURN_OTHER && choice == POINTS_THREE);
}

/* Keeps, of the calls that may fail, those that do. */
static size_t
choose(struct point *list, size_t n, uint64_t spared, enum points_choice choice, struct tried *tried, unsigned class)
{
	size_t kept = 0;

	for (size_t from = 0, end; from < n; from = end) {
		size_t first = from;

		end = end_of(list, n, from);
		while (first < end && list[first].number <= spared)
			first++;
		for (size_t i = from; i < end; i++) {
			const enum turn turn = i < first ? TURN_OTHER : turn_of(i, first, end);

			list[i].turn = i - from + 1;
			list[i].is_later = turn != TURN_FIRST;
			if (i >= first &&
			    (choice == POINTS_EVERY ||
				(is_chosen(turn, choice) && add_key(tried, (list[i].stack * 31 + class) * 31 + turn))))
				list[kept++] = list[i];
		}
	}
	return kept;
}

void
points_choose(struct points *p, const uint64_t *stacks, size_t n, uint64_t spared, enum points_choice choice,
    struct tried *tried, unsigned class)
{
	p->list = malloc((n + 1) * sizeof *p->list);
	if (p->list == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		p->list[i] = (struct point){ .number = i + 1, .stack = stacks[i] };
	qsort(p->list, n, sizeof *p->list, by_stack);
	p->choice = choice;
	p->count = choose(p->list, n, spared, choice, tried, class);
	qsort(p->list, p->count, sizeof *p->list, by_number);
}

void
points_free(struct points *p)
{
	free(p->list);
	*p = (struct points){ 0 };
}
