/*
 * store: a stretch is completed when the next one begins, or the chunk ends.
 */
#include "duckdb/store.h"

#include <stdlib.h>

bool
store_open(struct store *s, const struct column_table *table, const size_t *columns, size_t ncolumns)
{
	*s = (struct store){ .table = table, .ncolumns = ncolumns };
	s->columns = calloc(ncolumns + 1, sizeof *s->columns);
	if (s->columns == NULL || writer_open(&s->scratch, -1) != 0) {
		free(s->columns);
		s->columns = NULL;
		return false;
	}
	for (size_t i = 0; i < ncolumns; i++)
		s->columns[i].column = columns[i];
	return true;
}

void
store_close(struct store *s)
{
	writer_close(&s->scratch);
	free(s->columns);
}

void
store_begin(struct store *s, duckdb_data_chunk chunk)
{
	s->stretches = false;
	for (size_t i = 0; i < s->ncolumns; i++)
		vectors_begin(&s->columns[i].vector, duckdb_data_chunk_get_vector(chunk, i));
}

/* --- stretches ---------------------------------------------------------------------------------------------------- */

/* Completes the stretch, whose last row is before `row`. */
static void
end_stretch(struct store *s, idx_t row)
{
	for (size_t i = 0; i < s->ncolumns && s->stretches; i++) {
		struct store_column *c = &s->columns[i];

		if (c->how == STORE_NULL)
			vectors_set_nulls(&c->vector, s->start, row);
		else if (c->how == STORE_SHARED)
			vectors_repeat(&c->vector, s->table->columns[c->column].type, s->start, row);
	}
	s->stretches = false;
}

void
store_end(struct store *s, idx_t rows)
{
	end_stretch(s, rows);
}

void
store_forget(struct store *s, idx_t row)
{
	end_stretch(s, row);
	s->planned = false;
}

static void
plan(struct store *s, const struct scan *scan)
{
	for (size_t i = 0; i < s->ncolumns; i++) {
		struct store_column *c = &s->columns[i];
		const struct column *column = &s->table->columns[c->column];
		const bool bytes = column->source == COLUMN_BYTES;

		c->place = &scan->places->columns[c->column];
		c->how = STORE_CELL;
		if (column[bytes ? -1 : 0].source == COLUMN_CONTEXT)
			c->how = !bytes && column->context < CONTEXT_UNVERIFIED ? STORE_SHARED : STORE_CELL;
		else if (c->place->field == NULL)
			c->how = STORE_NULL;
		else if (c->place->at.size > 0)
			c->how = STORE_INTEGER;
	}
	s->planned = true;
	s->bound = scan->bound;
}

static bool
store_cell(struct store *s, struct store_column *c, const struct scan *scan, idx_t row)
{
	struct cell cell;

	scan_cell(scan, c->column, &cell);
	return vectors_set(&c->vector, row, &s->table->columns[c->column], &cell, &s->scratch);
}

/* Begins a stretch with this row. False: out of memory. */
static bool
begin_stretch(struct store *s, const struct scan *scan, idx_t row)
{
	const struct row_sample *sample = scan->row.row.sample;
	bool done = true;

	end_stretch(s, row);
	if (!s->planned || s->bound != scan->bound)
		plan(s, scan);
	for (size_t i = 0; i < s->ncolumns && done; i++)
		if (s->columns[i].how == STORE_SHARED)
			done = store_cell(s, &s->columns[i], scan, row);
	s->stretches = true;
	s->start = row;
	s->sample = sample != NULL ? sample->number : 0;
	return done;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static inline void
store_integer(struct store_column *c, const struct table_row *from, idx_t row)
{
	const struct place *place = c->place;
	int64_t value;

	if (place_is_null(place, from->host, from->nulls)) {
		vectors_set_null(&c->vector, row);
		return;
	}
	value = host_int(from->host, place->at);
	if (value < 0 && !place->at.is_signed)
		vectors_set_null(&c->vector, row);
	else
		((int64_t *)c->vector.data)[row] = value;
}

bool
store_row(struct store *s, const struct scan *scan, idx_t row)
{
	const struct row_sample *sample = scan->row.row.sample;
	const bool again = s->stretches && s->planned && s->bound == scan->bound && sample != NULL &&
	    sample->number == s->sample;
	bool done = again || begin_stretch(s, scan, row);

	for (size_t i = 0; i < s->ncolumns && done; i++) {
		struct store_column *c = &s->columns[i];

		if (c->how == STORE_INTEGER)
			store_integer(c, &scan->walk.row, row);
		else if (c->how == STORE_CELL)
			done = store_cell(s, c, scan, row);
	}
	return done;
}

bool
store_damage(struct store *s, const struct scan *scan, idx_t row)
{
	struct cell cell = { .kind = CELL_NULL };
	bool done = true;

	for (size_t i = 0; i < s->ncolumns && done; i++) {
		struct store_column *c = &s->columns[i];

		scan_damage_cell(scan, c->column, &cell);
		done = vectors_set(&c->vector, row, &s->table->columns[c->column], &cell, &s->scratch);
	}
	return done;
}
