/*
 * top: a heap of rows. Of two rows that compare equal the earlier one stays.
 */
#include "print/format/top.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
top_init(struct top *t, size_t most)
{
	*t = (struct top){ .rows = calloc(most, sizeof *t->rows), .most = most };
	return t->rows != NULL;
}

void
top_free(struct top *t)
{
	for (size_t i = 0; t->rows != NULL && i < t->most; i++)
		free(t->rows[i].text);
	free(t->rows);
	t->rows = NULL;
}

/* Less than, equal to or greater than 0, as `a` is to `b`; both are of the same column. */
static int
compare_keys(const struct cell *a, const struct cell *b)
{
	if (a->kind == CELL_NUMBER)
		return (a->number > b->number) - (a->number < b->number);
	return (a->integer > b->integer) - (a->integer < b->integer);
}

/* Whether `a` goes before `b` does when rows must go. */
static bool
goes_first(const struct top_row *a, const struct top_row *b)
{
	const int order = compare_keys(&a->key, &b->key);

	return order < 0 || (order == 0 && a->order > b->order);
}

static void
swap(struct top_row *a, struct top_row *b)
{
	const struct top_row row = *a;

	*a = *b;
	*b = row;
}

/* Moves row `i`, whose key has changed, to its place among the first `count`. */
static void
sift_down(struct top *t, size_t i, size_t count)
{
	for (size_t child; (child = 2 * i + 1) < count; i = child) {
		if (child + 1 < count && goes_first(&t->rows[child + 1], &t->rows[child]))
			child++;
		if (!goes_first(&t->rows[child], &t->rows[i]))
			return;
		swap(&t->rows[child], &t->rows[i]);
	}
}

static void
sift_up(struct top *t, size_t i)
{
	for (size_t parent; i > 0; i = parent) {
		parent = (i - 1) / 2;
		if (!goes_first(&t->rows[i], &t->rows[parent]))
			return;
		swap(&t->rows[i], &t->rows[parent]);
	}
}

bool
top_wants(struct top *t, const struct cell *key)
{
	t->offered++;
	if (key->kind == CELL_NULL || (key->kind == CELL_NUMBER && isnan(key->number)))
		return false;
	return t->count < t->most || compare_keys(key, &t->rows[0].key) > 0;
}

bool
top_keep(struct top *t, const struct cell *key, const char *text, size_t size)
{
	const bool full = t->count == t->most;
	struct top_row *row = full ? &t->rows[0] : &t->rows[t->count];

	if (size > row->capacity) {
		char *grown = realloc(row->text, 2 * size);

		if (grown == NULL)
			return false;
		row->text = grown;
		row->capacity = 2 * size;
	}
	memcpy(row->text, text, size);
	row->size = size;
	row->key = *key;
	row->order = t->offered;
	if (full)
		sift_down(t, 0, t->count);
	else
		sift_up(t, t->count++);
	return true;
}

void
top_take(struct top *t, void (*put)(void *context, const char *text, size_t size), void *context)
{
	/* The row that goes next is moved behind the others, which leaves the largest first. */
	for (size_t left = t->count; left > 1; left--) {
		swap(&t->rows[0], &t->rows[left - 1]);
		sift_down(t, 0, left - 1);
	}
	for (size_t i = 0; i < t->count; i++)
		put(context, t->rows[i].text, t->rows[i].size);
	t->count = 0;
	t->offered = 0;
}
