/*
 * check_lock: what a column of a published table is does not change, and none goes away.
 */
#include "check/check.h"

#include <string.h>

/* Where the column is stated: "schemas/atop-2.7.yaml:54", or the header of columns that no schema has. */
static const char *
place_text(struct arena *a, const struct column *c)
{
	const struct position *at;

	if (c->path.nfields == 0)
		return "table_columns.h";
	at = &c->path.fields[c->path.nfields - 1]->member->name.at;
	return arena_printf(a, "%s:%u", at->source->name, at->line);
}

static void
compare_word(struct diag *d, const struct lock_line *line, const struct column *c, const char *what, const char *locked,
    const char *now)
{
	if (strcmp(locked, now) != 0)
		diag_error(d, line->at,
		    "column '%s' of table '%s' has the %s '%s', and '%s' in %s; a change needs another column",
		    line->column, line->table, what, locked, now, place_text(d->arena, c));
}

static void
check_line(struct diag *d, const struct tables *t, const struct lock_line *line)
{
	const struct column *c = tables_find_column(t, line->table, line->column);

	if (c == NULL) {
		if (strcmp(line->since, "-") == 0 || tables_has_release(t, line->since))
			diag_error(d, line->at,
			    "column '%s' of table '%s' is gone; a renamed member keeps it with the key 'was'",
			    line->column, line->table);
		return;
	}
	compare_word(d, line, c, "type", line->type, column_types[c->type]);
	compare_word(d, line, c, "unit", line->unit, lock_unit(c));
	compare_word(d, line, c, "kind", line->kind, lock_kind(c));
}

void
check_lock(struct diag *d, const struct tables *t, const struct lock *lock)
{
	for (size_t i = 0; i < lock->nlines; i++)
		check_line(d, t, &lock->lines[i]);
}
