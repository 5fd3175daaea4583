/*
 * vectors: integers are BIGINT, numbers FLOAT, texts VARCHAR, times TIMESTAMP WITH TIME ZONE.
 */
#include "duckdb/vectors.h"

#include <math.h>
#include <string.h>

#include "print/text/character.h"
#include "print/text/put_text.h"

#define MICROSECONDS 1000000

duckdb_logical_type
vectors_type(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER: return duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
	case COLUMN_NUMBER: return duckdb_create_logical_type(DUCKDB_TYPE_FLOAT);
	case COLUMN_DOUBLE: return duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
	case COLUMN_BOOLEAN: return duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
	case COLUMN_TEXT: return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
	case COLUMN_TIME: break;
	}
	return duckdb_create_logical_type(DUCKDB_TYPE_TIMESTAMP_TZ);
}

void
vectors_begin(struct vector *v, duckdb_vector vector)
{
	*v = (struct vector){ .vector = vector, .data = duckdb_vector_get_data(vector) };
}

static void
set_null(struct vector *v, idx_t row)
{
	if (v->validity == NULL) {
		duckdb_vector_ensure_validity_writable(v->vector);
		v->validity = duckdb_vector_get_validity(v->vector);
	}
	v->validity[row / 64] &= ~(UINT64_C(1) << row % 64);
}

/* A time that has a text in the other formats. */
static void
set_time(struct vector *v, idx_t row, int64_t time)
{
	char text[PUT_UTC_MAX + PUT_SLACK];

	if (put_utc(text, time) == text)
		set_null(v, row);
	else
		((int64_t *)v->data)[row] = time * MICROSECONDS;
}

static bool
set_text(struct vector *v, idx_t row, const struct cell *cell, bool bytes, struct writer *scratch)
{
	const bool valid = character_all_valid(cell->text, cell->size);
	char *start, *end;

	if (bytes && valid) {
		set_null(v, row);
		return true;
	}
	if (valid) {
		duckdb_vector_assign_string_element_len(v->vector, row, cell->size > 0 ? cell->text : "", cell->size);
		return true;
	}
	writer_commit(scratch, scratch->buffer);
	start = writer_room(scratch, PUT_UTF8_MAX(cell->size) + PUT_SLACK);
	if (scratch->error != 0)
		return false;
	end = bytes ? put_csv_hex(start, cell->text, cell->size) : put_utf8(start, cell->text, cell->size);
	duckdb_vector_assign_string_element_len(v->vector, row, start, (idx_t)(end - start));
	return true;
}

bool
vectors_set(struct vector *v, idx_t row, const struct column *column, const struct cell *cell, struct writer *scratch)
{
	switch (cell->kind) {
	case CELL_INTEGER: ((int64_t *)v->data)[row] = cell->integer; return true;
	case CELL_BOOLEAN: ((bool *)v->data)[row] = cell->integer != 0; return true;
	case CELL_TIME: set_time(v, row, cell->integer); return true;
	case CELL_TEXT: return set_text(v, row, cell, column->source == COLUMN_BYTES, scratch);
	case CELL_NUMBER:
		if (!isfinite((float)cell->number))
			break;
		((float *)v->data)[row] = (float)cell->number;
		return true;
	case CELL_NULL: break;
	}
	set_null(v, row);
	return true;
}

void
vectors_set_text(struct vector *v, idx_t row, const char *text)
{
	if (text == NULL)
		set_null(v, row);
	else
		duckdb_vector_assign_string_element(v->vector, row, text);
}
