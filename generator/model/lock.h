/*
 * lock: the numbers that columns have for ever, as generated/tables.lock lists them.
 */
#ifndef LOCK_H
#define LOCK_H

#include "model/tables.h"

#define LOCK_NUMBER_MAX 0x7fffffff

/* A line of the file: seven words with a tab between each two. */
struct lock_line {
	struct position at;
	unsigned number;
	const char *table;
	const char *column;
	const char *type;  /* of column_types */
	const char *unit;  /* "-": none */
	const char *kind;  /* "delta" or "current" */
	const char *since; /* the first release that has the column; "-": it is not of a schema */
};

struct lock {
	const struct lock_line *lines; /* numbers rise */
	size_t nlines;
};

/* A column as its line says. */
const char *lock_unit(const struct column *c);
const char *lock_kind(const struct column *c);

/* Whether the lock has columns that the tables lack, because a release is not loaded. */
bool lock_is_larger(const struct lock *lock, const struct tables *t);

/*
 * Gives the columns the numbers of the lock, and new ones, in order, to those that it lacks. Then sorts the columns of each
 * table by number, so a table only ever grows at its end.
 */
void lock_number(struct arena *a, struct tables *t, const struct lock *lock);

#endif
