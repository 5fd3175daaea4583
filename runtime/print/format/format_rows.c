/*
 * format_rows: the tables as flat JSON objects, one a line, all to one output or each table to a file in a folder. The first
 * key is the table's name; every object of a table has the same keys.
 */
#include <string.h>

#include "print/format/formats.h"
#include "print/format/table_text_columns.h"
#include "print/text/put_bits.h"
#include "print/text/put_text.h"

static void
begin_row(struct writer *out, const struct column_table *table)
{
	writer_put(out, "{\"table\":\"", strlen("{\"table\":\""));
	writer_put(out, table->name, strlen(table->name));
	writer_put(out, "\"", 1);
}

static char *
put_text(char *w, const struct column *column, const struct cell *cell)
{
	return column->source == COLUMN_BYTES ? put_json_bytes(w, cell->text, cell->size)
					      : put_json_text(w, cell->text, cell->size, NULL);
}

static char *
put_integer(char *w, const struct cell *cell, unsigned print)
{
	if (!table_text_names(cell, print))
		return put_i64(w, cell->integer);
	w = put_bits(PUT(w, "\""), cell->bits, cell->integer);
	return PUT(w, "\"");
}

static char *
put_name(char *w, const char *name, size_t length)
{
	w = PUT(w, ",\"");
	memcpy(w, name, length);
	return PUT(w + length, "\":");
}

static inline size_t
cell_more(const struct cell *cell, unsigned print)
{
	return cell->kind == CELL_TEXT      ? PUT_JSON_TEXT_MAX(cell->size)
	    : table_text_names(cell, print) ? 2 + put_bits_max(cell->bits)
					    : 0;
}

static inline char *
put_value(char *w, const struct column *column, const char *name, const struct cell *cell, bool first, unsigned print)
{
	(void)first;
	w = put_name(w, name, strlen(name));
	switch (cell->kind) {
	case CELL_INTEGER: return put_integer(w, cell, print);
	case CELL_NUMBER:
		return column->type == COLUMN_DOUBLE ? put_f64(w, cell->number) : put_f32(w, (float)cell->number);
	case CELL_BOOLEAN: return put_flag(w, cell->integer != 0);
	case CELL_TEXT: return put_text(w, column, cell);
	case CELL_TIME: return put_json_time(w, cell->integer, print);
	case CELL_NULL: break;
	}
	return PUT(w, "null");
}

static void
put_cell(struct writer *out, const struct column *column, const char *name, const struct cell *cell, bool first,
    unsigned print)
{
	char *w = writer_room(out, 4 + strlen(name) + PUT_FLOAT_MAX + cell_more(cell, print) + PUT_SLACK);

	writer_commit(out, put_value(w, column, name, cell, first, print));
}

static void
put_view(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
    struct writer *out)
{
	table_text_view(t, b, row, from, out, cell_more, put_value);
}

static char *
put_integer_column(char *w, const struct bound_column *c, int64_t value, bool first)
{
	(void)first;
	return put_i64(put_name(w, c->name, strlen(c->name)), value);
}

static char *
put_text_column(char *w, const struct bound_column *c, const char *bytes, bool first, unsigned print)
{
	(void)first;
	(void)print;
	return put_json_text(put_name(w, c->name, strlen(c->name)), bytes, c->place->text, NULL);
}

static void
put_columns(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
    struct writer *out)
{
	table_text_columns(t, b, row, from, out, put_integer_column, put_text_column);
}

static size_t
column_room(const struct bound_column *c)
{
	return 4 + strlen(c->name) + (c->read == BOUND_TEXT ? PUT_JSON_TEXT_MAX(c->place->text) : PUT_FLOAT_MAX);
}

static char *
put_members(const struct row_printer *p, char *w, const void *row, unsigned print, uint64_t nulls)
{
	return p->json(w, row, print, nulls);
}

static size_t
members_max(const struct row_printer *p)
{
	return p->json_max;
}

static const struct table_style style = { .begin_row = begin_row,
	.put_cell = put_cell,
	.put_view = put_view,
	.put_columns = put_columns,
	.room = column_room,
	.put_members = put_members,
	.members_max = members_max,
	.end = "}\n",
	.end_size = 2 };

static int
open_rows(struct formatter *f)
{
	return table_text_open(f, &style);
}

const struct format format_rows = {
	.name = "rows",
	.summary = "the tables as flat JSON, one object a line",
	.size = sizeof(struct table_text),
	.by_table = true,
	.mixes = true,
	.ending = "jsonl",
	.groups = true,
	.selects = true,
	.limited = true,
	.unverified = true,
	.print = PRINT_EPOCH | PRINT_NAMES,
	.add_words = bindings_add_words,
	.open = open_rows,
	.close = table_text_close,
	.begin = table_text_begin,
	.shows = table_text_shows,
	.needs = table_text_needs,
	.row = table_text_row,
	.sample_ends = table_text_sample_ends,
	.damage = table_text_damage,
	.file_damage = table_text_file_damage,
};
