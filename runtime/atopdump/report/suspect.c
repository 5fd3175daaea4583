/*
 * suspect: compiles the conditions, and tries them.
 */
#include "atopdump/report/suspect.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/timeline_columns.h"
#include "print/query/cells.h"
#include "print/query/where.h"

const struct suspect_hint *
suspect_find(const char *name)
{
	for (size_t i = 0; i < suspect_nhints; i++)
		if (strcmp(suspect_hints[i].name, name) == 0)
			return &suspect_hints[i];
	return NULL;
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

static bool
find_column(void *context, const char *name, struct where_column *found)
{
	(void)context;
	for (unsigned i = 0; i < TIMELINE_NCOLUMNS; i++) {
		const struct column *c = &timeline_table.columns[i];

		if (i == TIMELINE_SUSPECT || strcmp(column_name(c), name) != 0)
			continue;
		*found = (struct where_column){ i, cells_kind(c->type), column_unit(c), c->type == COLUMN_NUMBER };
		return true;
	}
	return false;
}

void
suspect_free(struct suspect *s)
{
	for (size_t i = 0; s->conditions != NULL && i < suspect_nhints; i++)
		where_free(s->conditions[i]);
	free(s->conditions);
	free(s->found);
	free(s->names);
	*s = (struct suspect){ .conditions = NULL };
}

bool
suspect_prepare(struct suspect *s)
{
	const struct where_names names = { .find = find_column };
	struct expr_error error;
	size_t size = 1;
	bool done;

	for (size_t i = 0; i < suspect_nhints; i++)
		size += strlen(suspect_hints[i].name) + 1;
	s->names = malloc(size);
	s->found = calloc(suspect_nhints + 1, sizeof *s->found);
	s->conditions = calloc(suspect_nhints + 1, sizeof *s->conditions);
	done = s->names != NULL && s->found != NULL && s->conditions != NULL;
	for (size_t i = 0; i < suspect_nhints && done; i++) {
		s->conditions[i] = where_compile(suspect_hints[i].when, &names, &error);
		done = s->conditions[i] != NULL;
	}
	if (!done)
		suspect_free(s);
	return done;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* A row as it was with another name or command line. */
struct trial {
	const struct timeline_row *row;
	size_t column;  /* the column that is replaced; TIMELINE_NCOLUMNS: none */
	uint32_t value; /* by this text */
};

_Static_assert(TIMELINE_NCOLUMNS > TIMELINE_CMDLINE, "a column that is none");

static void
get(void *context, unsigned id, struct cell *cell)
{
	const struct trial *trial = context;

	if (id != trial->column) {
		timeline_get(trial->row, id, cell);
		return;
	}
	*cell = (struct cell){ .kind = CELL_TEXT };
	cell->text = strings_get(&trial->row->processes->strings, trial->value, &cell->size);
}

static void
try_hints(struct trial *trial)
{
	struct suspect *s = trial->row->suspect;

	for (size_t i = 0; i < suspect_nhints; i++)
		s->found[i] = s->found[i] || where_holds(s->conditions[i], get, trial);
}

static void
try_text(void *context, uint32_t value, int64_t since)
{
	struct trial *trial = context;

	(void)since;
	trial->value = value;
	try_hints(trial);
}

/* Tries the hints with each name and with each command line that the process had. */
static void
try_all(struct trial *trial)
{
	const struct process *one = trial->row->process;

	trial->column = TIMELINE_NCOLUMNS;
	try_hints(trial);
	if (one->changes == PROCESS_NONE)
		return;
	trial->column = TIMELINE_NAME;
	process_each(trial->row->processes, one, TRAIT_NAME, try_text, trial);
	trial->column = TIMELINE_CMDLINE;
	process_each(trial->row->processes, one, TRAIT_CMDLINE, try_text, trial);
}

void
suspect_get(const struct timeline_row *row, struct cell *cell)
{
	struct trial trial = { .row = row };
	struct suspect *s = row->suspect;
	char *end;

	*cell = (struct cell){ .kind = CELL_NULL };
	memset(s->found, 0, suspect_nhints * sizeof *s->found);
	try_all(&trial);
	end = s->names;
	for (size_t i = 0; i < suspect_nhints; i++)
		if (s->found[i]) {
			if (end > s->names)
				*end++ = ',';
			memcpy(end, suspect_hints[i].name, strlen(suspect_hints[i].name));
			end += strlen(suspect_hints[i].name);
		}
	if (end == s->names)
		return;
	cell->kind = CELL_TEXT;
	cell->text = s->names;
	cell->size = (size_t)(end - s->names);
}
