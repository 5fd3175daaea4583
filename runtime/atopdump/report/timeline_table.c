/*
 * timeline_table: the rows as lines of JSON and as CSV.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/report/timeline.h"
#include "print/text/character.h"
#include "print/text/put_csv.h"
#include "print/text/put_text.h"

#define NAME_MAX_SIZE 64 /* bytes of the name of a column */

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static void
put_key(struct writer *out, const char *name, bool first)
{
	writer_put(out, first ? "{\"" : ",\"", 2);
	writer_put(out, name, strlen(name));
	writer_put(out, "\":", 2);
}

/* A text; one that is not UTF-8 with its exact bytes beside it. */
static void
put_json_cell(struct writer *out, const char *name, const struct cell *cell, unsigned print)
{
	char hex_key[NAME_MAX_SIZE + sizeof ",\"_hex\":"];
	const size_t text = cell->kind == CELL_TEXT ? PUT_JSON_TEXT_MAX(cell->size) : 0;
	char *w = writer_room(out, sizeof hex_key + PUT_FLOAT_MAX + text + PUT_SLACK);

	snprintf(hex_key, sizeof hex_key, ",\"%s_hex\":", name);
	switch (cell->kind) {
	case CELL_NULL: w = PUT(w, "null"); break;
	case CELL_INTEGER: w = put_i64(w, cell->integer); break;
	case CELL_TIME: w = put_json_time(w, cell->integer, print); break;
	case CELL_NUMBER: w = put_f64(w, cell->number); break;
	case CELL_BOOLEAN: w = put_flag(w, cell->integer != 0); break;
	case CELL_TEXT: w = put_json_text(w, cell->size > 0 ? cell->text : "", cell->size, hex_key); break;
	}
	writer_commit(out, w);
}

static void
put_json_row(struct timeline *t, const struct timeline_row *row)
{
	struct writer *out = timeline_out(t);
	const char *name;
	struct cell cell;

	for (size_t i = 0; i < timeline_ncolumns(t); i++) {
		const size_t column = timeline_column(t, i, &name);

		timeline_get(row, column, &cell);
		put_key(out, name, i == 0);
		if (timeline_is_json(column))
			writer_put(out, cell.text, cell.size);
		else
			put_json_cell(out, name, &cell, t->formatter.query->print);
	}
	writer_put(out, "}\n", 2);
}

const struct timeline_form timeline_json = { .put = put_json_row };

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

static void
put_csv_head(struct timeline *t)
{
	struct writer *out = timeline_out(t);
	const char *name;

	for (size_t i = 0; i < timeline_ncolumns(t); i++) {
		timeline_column(t, i, &name);
		writer_put(out, ",", i > 0);
		writer_put(out, name, strlen(name));
	}
	writer_put(out, "\r\n", 2);
}

static char *
put_csv_value(char *w, const struct cell *cell, unsigned print)
{
	switch (cell->kind) {
	case CELL_INTEGER: return put_i64(w, cell->integer);
	case CELL_TIME: return put_csv_time(w, cell->integer, print);
	case CELL_NUMBER: return put_csv_f64(w, cell->number);
	case CELL_BOOLEAN: return put_flag(w, cell->integer != 0);
	case CELL_TEXT: return put_csv_cell(w, cell->size > 0 ? cell->text : "", cell->size, print);
	case CELL_NULL: break;
	}
	return w;
}

/* Whether a character of a list is escaped, so that no reader of CSV cuts the cell there, and it acts on nothing. */
static bool
is_escaped(const unsigned char *p, size_t length)
{
	return *p == ';' || character_is_control(p, length) || character_is_direction(p, length) ||
	    character_is_line_end(p, length);
}

/* Writes a list for spreadsheets, whose JSON stays the same. */
static void
put_safe_list(struct writer *out, const struct cell *cell)
{
	const unsigned char *p = (const unsigned char *)cell->text, *end = p + cell->size;
	char escape[sizeof "\\u003b"];

	writer_put(out, "\"", 1);
	for (size_t length; p < end; p += length) {
		length = character_length(p, (size_t)(end - p));
		length = length > 0 ? length : 1;
		if (is_escaped(p, length)) {
			snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(character_code(p, length) & 0xffff));
			writer_put(out, escape, sizeof escape - 1);
			continue;
		}
		writer_put(out, "\"", *p == '"');
		writer_put(out, p, length);
	}
	writer_put(out, "\"", 1);
}

/* Writes a list in pieces, for it can be long. It has no controls, since JSON escapes them: only quotes are doubled. */
static void
put_csv_list(struct writer *out, const struct cell *cell)
{
	const char *text = cell->text, *end = cell->text + cell->size, *quote;

	writer_put(out, "\"", 1);
	for (; text < end; text = quote) {
		quote = memchr(text, '"', (size_t)(end - text));
		quote = quote != NULL ? quote + 1 : end;
		writer_put(out, text, (size_t)(quote - text));
		writer_put(out, "\"", quote[-1] == '"');
	}
	writer_put(out, "\"", 1);
}

static void
put_csv_row(struct timeline *t, const struct timeline_row *row)
{
	struct writer *out = timeline_out(t);
	const char *name;
	struct cell cell;
	char *w;

	for (size_t i = 0; i < timeline_ncolumns(t); i++) {
		const size_t column = timeline_column(t, i, &name);

		timeline_get(row, column, &cell);
		writer_put(out, ",", i > 0);
		if (timeline_is_json(column)) {
			if ((t->formatter.query->print & PRINT_CSV_SAFE) != 0)
				put_safe_list(out, &cell);
			else
				put_csv_list(out, &cell);
			continue;
		}
		w = writer_room(out,
		    PUT_FLOAT_MAX + (cell.kind == CELL_TEXT ? PUT_CSV_TEXT_MAX(cell.size) : 0) + PUT_SLACK);
		writer_commit(out, put_csv_value(w, &cell, t->formatter.query->print));
	}
	writer_put(out, "\r\n", 2);
}

const struct timeline_form timeline_csv = { .begin = put_csv_head, .put = put_csv_row };
