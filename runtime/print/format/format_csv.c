/*
 * format_csv: the tables as CSV, RFC 4180: one to one output, or each to a file in a folder. Null is an empty cell, an empty
 * text is "".
 */
#include <string.h>

#include "print/format/formats.h"
#include "print/format/table_text_columns.h"
#include "print/text/put_bits.h"
#include "print/text/put_csv.h"

static void
put_name(struct writer *out, const char *name, bool first)
{
	const size_t size = strlen(name);

	if (!first)
		writer_put(out, ",", 1);
	writer_commit(out, put_csv_cell(writer_room(out, PUT_CSV_TEXT_MAX(size) + PUT_SLACK), name, size, 0));
}

static char *
put_text(char *w, const struct column *column, const struct cell *cell, unsigned print)
{
	return column->source == COLUMN_BYTES ? put_csv_bytes(w, cell->text, cell->size, print)
					      : put_csv_cell(w, cell->text, cell->size, print);
}

static char *
put_integer(char *w, const struct cell *cell, unsigned print)
{
	return table_text_names(cell, print) ? put_bits(w, cell->bits, cell->integer) : put_i64(w, cell->integer);
}

static inline size_t
cell_more(const struct cell *cell, unsigned print)
{
	return cell->kind == CELL_TEXT      ? PUT_CSV_TEXT_MAX(cell->size) + PUT_HEX_MAX(cell->size)
	    : table_text_names(cell, print) ? put_bits_max(cell->bits)
					    : 0;
}

static inline char *
put_value(char *w, const struct column *column, const char *name, const struct cell *cell, bool first, unsigned print)
{
	(void)name;
	if (!first)
		*w++ = ',';
	switch (cell->kind) {
	case CELL_INTEGER: return put_integer(w, cell, print);
	case CELL_NUMBER:
		return column->type == COLUMN_DOUBLE ? put_csv_f64(w, cell->number)
						     : put_csv_f32(w, (float)cell->number);
	case CELL_BOOLEAN: return put_flag(w, cell->integer != 0);
	case CELL_TEXT: return put_text(w, column, cell, print);
	case CELL_TIME: return put_csv_time(w, cell->integer, print);
	case CELL_NULL: break;
	}
	return w;
}

static void
put_cell(struct writer *out, const struct column *column, const char *name, const struct cell *cell, bool first,
    unsigned print)
{
	char *w = writer_room(out, 1 + PUT_FLOAT_MAX + cell_more(cell, print) + PUT_SLACK);

	writer_commit(out, put_value(w, column, name, cell, first, print));
}

static FLATTEN void
put_view(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
    struct writer *out)
{
	table_text_view(t, b, row, from, out, cell_more, put_value);
}

static char *
put_integer_column(char *w, const struct bound_column *c, int64_t value, bool first)
{
	(void)c;
	if (!first)
		*w++ = ',';
	return put_i64(w, value);
}

static char *
put_text_column(char *w, const struct bound_column *c, const char *bytes, bool first, unsigned print)
{
	if (!first)
		*w++ = ',';
	return put_csv_cell(w, bytes, c->place->text, print);
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
	return 1 + (c->read == BOUND_TEXT ? PUT_CSV_TEXT_MAX(c->place->text) : PUT_FLOAT_MAX);
}

static char *
put_members(const struct row_printer *p, char *w, const void *row, unsigned print, uint64_t nulls)
{
	return p->csv(w, row, print, nulls);
}

static size_t
members_max(const struct row_printer *p)
{
	return p->csv_max;
}

static const struct table_style style = { .put_name = put_name,
	.put_cell = put_cell,
	.is_csv = true,
	.put_view = put_view,
	.put_columns = put_columns,
	.room = column_room,
	.put_members = put_members,
	.members_max = members_max,
	.end = "\r\n",
	.end_size = 2 };

static int
open_csv(struct formatter *f)
{
	return table_text_open(f, &style);
}

const struct format format_csv = {
	.name = "csv",
	.summary = "RFC 4180; one table to standard output, or each to a file of its own",
	.size = sizeof(struct table_text),
	.by_table = true,
	.ending = "csv",
	.groups = true,
	.selects = true,
	.limited = true,
	.unverified = true,
	.print = PRINT_CSV_SAFE | PRINT_EPOCH | PRINT_NAMES,
	.add_words = bindings_add_words,
	.open = open_csv,
	.close = table_text_close,
	.begin = table_text_begin,
	.shows = table_text_shows,
	.needs = table_text_needs,
	.row = table_text_row,
	.sample_ends = table_text_sample_ends,
	.damage = table_text_damage,
	.file_damage = table_text_file_damage,
};
