/*
 * lock: numbers the columns of all tables.
 */
#include "model/lock.h"

#include <stdlib.h>
#include <string.h>

#include "model/name_index.h"

const char *
lock_unit(const struct column *c)
{
	return c->unit != NULL ? c->unit : "-";
}

const char *
lock_kind(const struct column *c)
{
	return c->delta ? "delta" : "current";
}

bool
lock_is_larger(const struct lock *lock, const struct tables *t)
{
	for (size_t i = 0; i < lock->nlines; i++)
		if (tables_find_column(t, lock->lines[i].table, lock->lines[i].column) == NULL)
			return true;
	return false;
}

static int
compare_numbers(const void *a, const void *b)
{
	const struct column *one = a, *other = b;

	return (one->number > other->number) - (one->number < other->number);
}

/* Sorts the columns of all tables, and notes where each of them is now. */
static void
sort_columns(struct arena *a, struct tables *t)
{
	t->names = name_index_new(a);
	for (size_t i = 0; i < t->count; i++) {
		struct column_table *table = t->list[i];

		qsort(table->columns, table->ncolumns, sizeof(*table->columns), compare_numbers);
		for (size_t k = 0; k < table->ncolumns; k++)
			name_index_add(t->names, table->name, table->columns[k].name, k);
	}
}

void
lock_number(struct arena *a, struct tables *t, const struct lock *lock)
{
	unsigned next = lock->nlines > 0 ? lock->lines[lock->nlines - 1].number + 1 : 1;

	for (size_t i = 0; i < lock->nlines; i++) {
		const struct lock_line *line = &lock->lines[i];
		struct column *c = tables_find_column(t, line->table, line->column);

		if (c == NULL)
			continue;
		c->number = line->number;
		if (!tables_has_release(t, line->since))
			c->since = line->since;
	}
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->list[i]->ncolumns; k++)
			if (t->list[i]->columns[k].number == 0)
				t->list[i]->columns[k].number = next++;
	sort_columns(a, t);
}
