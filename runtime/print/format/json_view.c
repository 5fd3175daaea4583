/*
 * json_view: a key for each column but those of bytes: a text has NAME_hex beside it.
 */
#include "print/format/json_view.h"

#include <stdio.h>
#include <string.h>

#include "print/query/table_list.h"
#include "print/text/put_text.h"

#define NAME_MAX_SIZE 64 /* bytes of the name of a column */

bool
json_view_is_asked(const struct query *query)
{
	for (size_t i = 0; i < query->tables->count; i++)
		if (view_find(query->tables->words[i]) != NULL)
			return true;
	return false;
}

/* A text, with its exact bytes beside it if they are not valid UTF-8. */
static char *
put_text(char *w, const char *name, const struct cell *cell)
{
	char hex_key[NAME_MAX_SIZE + sizeof ",\"_hex\":"];

	snprintf(hex_key, sizeof hex_key, ",\"%s_hex\":", name);
	return put_json_text(w, cell->text, cell->size, hex_key);
}

static void
put_cell(struct writer *out, const struct column *column, const char *name, const struct cell *cell, unsigned print)
{
	const size_t text = cell->kind == CELL_TEXT ? PUT_JSON_TEXT_MAX(cell->size) : 0;
	char *w = writer_room(out, 8 + 2 * NAME_MAX_SIZE + PUT_FLOAT_MAX + text + PUT_SLACK);

	w = PUT(w, "\"");
	w = PUT(stpcpy(w, name), "\":");
	switch (cell->kind) {
	case CELL_NULL: w = PUT(w, "null"); break;
	case CELL_INTEGER: w = put_i64(w, cell->integer); break;
	case CELL_TIME: w = put_json_time(w, cell->integer, print); break;
	case CELL_NUMBER:
		w = column->type == COLUMN_DOUBLE ? put_f64(w, cell->number) : put_f32(w, (float)cell->number);
		break;
	case CELL_BOOLEAN: w = put_flag(w, cell->integer != 0); break;
	case CELL_TEXT: w = put_text(w, name, cell); break;
	}
	writer_commit(out, w);
}

void
json_view_put(struct writer *out, const struct binding *b, const struct table_row *row, const struct row_log *log,
    unsigned print)
{
	const char *name, *before = "{";
	struct cell cell;

	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		const size_t column = binding_column(b, i, &name);

		if (b->table->columns[column].source == COLUMN_BYTES)
			continue;
		cells_get(row, log, column, &cell);
		writer_put(out, before, 1);
		before = ",";
		put_cell(out, &b->table->columns[column], name, &cell, print);
	}
	writer_put(out, *before == '{' ? "{}" : "}", *before == '{' ? 2 : 1);
}
