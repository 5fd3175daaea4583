/*
 * table_text_columns: the loop that writes the columns of a row. Each format that includes it has a loop of its own, with
 * its functions inlined.
 */
#ifndef TABLE_TEXT_COLUMNS_H
#define TABLE_TEXT_COLUMNS_H

#include "print/format/table_text.h"

/* For a function that calls table_text_view: what it calls is compiled into the loop, whatever its size. */
#if defined(__GNUC__)
#define FLATTEN __attribute__((flatten))
#else
#define FLATTEN
#endif

/* Write a value to `w`, which has as many bytes as table_style.room says; `first` of the row: no separator is before it. */
typedef char *table_put_integer(char *w, const struct bound_column *c, int64_t value, bool first);
typedef char *table_put_text(char *w, const struct bound_column *c, const char *bytes, bool first, unsigned print);
typedef char *table_put_value(char *w, const struct column *column, const char *name, const struct cell *cell,
    bool first, unsigned print);

/* How many bytes a cell may have beyond those that table_style.room says. */
typedef size_t table_cell_more(const struct cell *cell, unsigned print);

/* The columns of `b` from column `from` on, and the end of the row. */
static inline void
table_text_columns(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
    struct writer *out, table_put_integer *put_integer, table_put_text *put_text)
{
	const unsigned print = t->formatter.query->print;
	char *w = writer_room(out, b->room);

	for (size_t i = from; i < b->ncolumns; i++) {
		const struct bound_column *c = &b->columns[i];
		const struct place *place = c->place;
		const bool null = c->can_be_null && place_is_null(place, row->host, row->nulls);
		int64_t value;

		if (c->read == BOUND_TEXT && !null) {
			w = put_text(w, c, (const char *)row->host + place->offset, i == 0, print);
			continue;
		}
		if (c->read == BOUND_INTEGER && !null) {
			value = host_int(row->host, place->at);
			if (value >= 0 || place->at.is_signed) {
				w = put_integer(w, c, value, i == 0);
				continue;
			}
		}
		writer_commit(out, w);
		table_text_cell(t, c, row, i == 0, out);
		w = writer_room(out, b->room);
	}
	writer_commit(out, table_text_end(t, w));
}

/* The columns of a view from column `from` on, and the end of the row. */
static inline void
table_text_view(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
    struct writer *out, table_cell_more *cell_more, table_put_value *put_value)
{
	const struct view_state *state = b->places->view;
	const unsigned print = t->formatter.query->print;
	char *w = writer_room(out, b->room);
	struct cell cell;

	for (size_t i = from; i < b->table->ncolumns; i++) {
		const struct column *column = &b->table->columns[i];
		size_t more;

		if (column->source != COLUMN_BYTES || i == from) { /* else it is the cell before */
			cell.kind = CELL_NULL;
			if (column->source != COLUMN_COMPUTED || state->code->get(&state->row, i, &cell) != VIEW_DONE)
				cells_get(row, &t->bindings.log, i, &cell);
		}
		more = cell_more(&cell, print);
		if (more > 0) {
			writer_commit(out, w);
			w = writer_room(out, b->room + more);
		}
		w = put_value(w, column, column_name(column), &cell, i == 0, print);
	}
	writer_commit(out, table_text_end(t, w));
}

#endif
