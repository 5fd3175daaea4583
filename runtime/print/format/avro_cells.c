/*
 * avro_cells: each value is a union of null and the type of its column.
 */
#include "print/format/avro_cells.h"

#include <math.h>

#include "print/text/character.h"
#include "print/text/put_avro.h"
#include "print/text/put_bits.h"
#include "print/text/put_text.h"

#define MICROSECONDS 1000000

int
avro_cells_open(struct avro_cells *cells, unsigned print)
{
	cells->print = print;
	return writer_open(&cells->text, -1);
}

void
avro_cells_close(struct avro_cells *cells)
{
	writer_close(&cells->text);
}

/* A text of the log. `bytes`: its exact bytes in hex, null if they are valid UTF-8. */
static char *
put_text(struct avro_cells *c, char *w, const struct cell *cell, bool bytes)
{
	const bool valid = character_all_valid(cell->text, cell->size);
	char *start, *end;

	if (bytes && valid)
		return put_avro_null(w);
	if (valid)
		return put_avro_string(w, cell->text, cell->size);
	writer_commit(&c->text, c->text.buffer);
	start = writer_room(&c->text, PUT_UTF8_MAX(cell->size) + PUT_SLACK);
	end = bytes ? put_csv_hex(start, cell->text, cell->size) : put_utf8(start, cell->text, cell->size);
	return put_avro_string(w, start, (size_t)(end - start));
}

static char *
put_names(struct avro_cells *c, char *w, const struct cell *cell)
{
	char *start, *end;

	writer_commit(&c->text, c->text.buffer);
	start = writer_room(&c->text, put_bits_max(cell->bits) + PUT_SLACK);
	end = put_bits(start, cell->bits, cell->integer);
	return put_avro_string(w, start, (size_t)(end - start));
}

static bool
has_names(const struct avro_cells *c, const struct cell *cell)
{
	return cell->bits != NULL && (c->print & PRINT_NAMES) != 0;
}

/* A time that CSV has a text for. */
static char *
put_time(const struct avro_cells *c, char *w, int64_t time)
{
	char text[PUT_UTC_MAX + PUT_SLACK];

	if (c->print & PRINT_EPOCH)
		return put_avro_integer(w, time);
	return put_utc(text, time) == text ? put_avro_null(w) : put_avro_integer(w, time * MICROSECONDS);
}

static char *
put_value(struct avro_cells *c, char *w, const struct cell *cell, bool bytes)
{
	switch (cell->kind) {
	case CELL_INTEGER: return has_names(c, cell) ? put_names(c, w, cell) : put_avro_integer(w, cell->integer);
	case CELL_NUMBER:
		return isfinite((float)cell->number) ? put_avro_float(w, (float)cell->number) : put_avro_null(w);
	case CELL_BOOLEAN: return put_avro_boolean(w, cell->integer != 0);
	case CELL_TIME: return put_time(c, w, cell->integer);
	case CELL_TEXT: return put_text(c, w, cell, bytes);
	case CELL_NULL: break;
	}
	return put_avro_null(w);
}

void
avro_cells_put(struct avro_cells *c, struct writer *out, const struct column *column, const struct cell *cell)
{
	const size_t text = cell->kind == CELL_TEXT            ? PUT_UTF8_MAX(cell->size)
	    : cell->kind == CELL_INTEGER && has_names(c, cell) ? put_bits_max(cell->bits)
							       : 0;
	char *w = writer_room(out, PUT_AVRO_VALUE_MAX + text + PUT_SLACK);

	if (cell->kind == CELL_NUMBER && column->type == COLUMN_DOUBLE)
		w = isfinite(cell->number) ? put_avro_double(w, cell->number) : put_avro_null(w);
	else
		w = put_value(c, w, cell, column->source == COLUMN_BYTES);
	writer_commit(out, w);
}
