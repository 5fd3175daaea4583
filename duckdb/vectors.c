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

void
vectors_begin_nulls(struct vector *v)
{
	duckdb_vector_ensure_validity_writable(v->vector);
	v->validity = duckdb_vector_get_validity(v->vector);
}

void
vectors_set_nulls(struct vector *v, idx_t start, idx_t end)
{
	for (idx_t row = start; row < end; row++)
		vectors_set_null(v, row);
}

/* The bytes of a value in a vector. */
static size_t
size_of(enum column_type type)
{
	switch (type) {
	case COLUMN_NUMBER: return sizeof(float);
	case COLUMN_DOUBLE: return sizeof(double);
	case COLUMN_BOOLEAN: return sizeof(bool);
	case COLUMN_TEXT: return sizeof(duckdb_string_t);
	case COLUMN_INTEGER:
	case COLUMN_TIME: break;
	}
	return sizeof(int64_t);
}

void
vectors_repeat(struct vector *v, enum column_type type, idx_t start, idx_t end)
{
	const size_t size = size_of(type);
	char *data = v->data;

	if (v->validity != NULL && (v->validity[start / 64] >> start % 64 & 1) == 0) {
		vectors_set_nulls(v, start + 1, end);
		return;
	}
	for (idx_t row = start + 1; row < end; row++)
		memcpy(data + row * size, data + start * size, size);
}

/* A time that has a text in the other formats. */
static void
set_time(struct vector *v, idx_t row, int64_t time)
{
	char text[PUT_UTC_MAX + PUT_SLACK];

	if (put_utc(text, time) == text)
		vectors_set_null(v, row);
	else
		((int64_t *)v->data)[row] = time * MICROSECONDS;
}

/* Stores a text. A short one is within the value, as duckdb.h describes it, behind it are zeros. */
static void
put_text(struct vector *v, idx_t row, const char *text, size_t size)
{
	duckdb_string_t *value = (duckdb_string_t *)v->data + row;

	if (size > sizeof value->value.inlined.inlined) {
		duckdb_vector_assign_string_element_len(v->vector, row, text, size);
		return;
	}
	memset(value, 0, sizeof *value);
	value->value.inlined.length = (uint32_t)size;
	if (size > 0)
		memcpy(value->value.inlined.inlined, text, size);
}

static bool
set_text(struct vector *v, idx_t row, const struct cell *cell, bool bytes, struct writer *scratch)
{
	const bool valid = character_all_valid(cell->text, cell->size);
	char *start, *end;

	if (bytes && valid) {
		vectors_set_null(v, row);
		return true;
	}
	if (valid) {
		put_text(v, row, cell->text, cell->size);
		return true;
	}
	writer_commit(scratch, scratch->buffer);
	start = writer_room(scratch, PUT_UTF8_MAX(cell->size) + PUT_SLACK);
	if (scratch->error != 0)
		return false;
	end = bytes ? put_csv_hex(start, cell->text, cell->size) : put_utf8(start, cell->text, cell->size);
	put_text(v, row, start, (size_t)(end - start));
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
	vectors_set_null(v, row);
	return true;
}

void
vectors_set_text(struct vector *v, idx_t row, const char *text)
{
	if (text == NULL)
		vectors_set_null(v, row);
	else
		duckdb_vector_assign_string_element(v->vector, row, text);
}
