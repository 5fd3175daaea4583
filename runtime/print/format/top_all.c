/*
 * top_all: all rows of a sample in the order of a column, equal ones in their own order.
 */
#include "print/format/top_all.h"

#include <stdlib.h>
#include <string.h>

void
top_all_free(struct top_all *t)
{
	free(t->entries);
	free(t->sorted);
	*t = (struct top_all){ .descending = t->descending };
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

bool
top_all_grow(struct top_all *t)
{
	const size_t capacity = t->capacity > 0 ? 2 * t->capacity : 256;
	struct top_entry *entries = realloc(t->entries, capacity * sizeof *entries);
	size_t *sorted;

	if (entries == NULL)
		return false;
	t->entries = entries;
	sorted = realloc(t->sorted, 2 * capacity * sizeof *sorted);
	if (sorted == NULL)
		return false;
	t->sorted = sorted;
	t->capacity = capacity;
	return true;
}

/* --- the order ------------------------------------------------------------------------------------------------- */

#define RUN 16 /* rows that are ordered without merging */

/* Merges the sorted runs from `from` to `middle` and on to `until` into `to`. Many keys are equal: most runs are in order. */
static void
merge(const struct top_entry *entries, const size_t *in, size_t from, size_t middle, size_t until, size_t *to)
{
	size_t left = from, right = middle;

	if (middle == until || !(entries[in[middle]].key < entries[in[middle - 1]].key)) {
		memcpy(to + from, in + from, (until - from) * sizeof *to);
		return;
	}
	for (size_t i = from; i < until; i++) {
		const bool take_left = right == until ||
		    (left < middle && !(entries[in[right]].key < entries[in[left]].key));

		to[i] = take_left ? in[left++] : in[right++];
	}
}

/* The entries from `from` to `until` in order, one put among the others after the other. */
static void
insert_run(const struct top_all *t, size_t from, size_t until, size_t *to)
{
	for (size_t i = from; i < until; i++) {
		size_t at = i;

		for (; at > from && t->entries[i].key < t->entries[to[at - 1]].key; at--)
			to[at] = to[at - 1];
		to[at] = i;
	}
}

/* The numbers of the entries in order. */
static const size_t *
sort(struct top_all *t)
{
	size_t *in = t->sorted, *out = t->sorted + t->capacity;

	for (size_t from = 0; from < t->count; from += RUN)
		insert_run(t, from, from + RUN < t->count ? from + RUN : t->count, in);
	for (size_t width = RUN; width < t->count; width *= 2) {
		size_t *swap = in;

		for (size_t from = 0; from < t->count; from += 2 * width) {
			const size_t middle = from + width < t->count ? from + width : t->count;
			const size_t until = middle + width < t->count ? middle + width : t->count;

			merge(t->entries, in, from, middle, until, out);
		}
		in = out;
		out = swap;
	}
	return in;
}

void
top_all_take(struct top_all *t, struct writer *texts, void (*put)(void *context, const char *text, size_t size),
    void *context)
{
	const size_t used = (size_t)(texts->next - texts->buffer), *order = sort(t);

	for (size_t i = 0; i < t->count; i++) {
		const size_t from = t->entries[order[i]].offset;
		const size_t until = order[i] + 1 < t->count ? t->entries[order[i] + 1].offset : used;

		put(context, texts->buffer + from, until - from);
	}
	t->count = 0;
	writer_commit(texts, texts->buffer);
}
