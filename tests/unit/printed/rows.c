/*
 * rows: the places of all tables are made once for each struct, and kept.
 */
#include "rows.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "print/query/cells.h"
#include "print/text/printers.h"
#include "print/text/put_csv.h"
#include "print/text/put_text.h"

#define TABLES_MAX  32
#define STRUCTS_MAX 256

/* By the struct's number and the table's; NULL: not made, or the struct has no such rows. */
static struct places *known[STRUCTS_MAX][TABLES_MAX];
static bool is_made[STRUCTS_MAX][TABLES_MAX];

const struct places *
rows_places(const struct catalog_struct *s, size_t table)
{
	const struct column_table *t = &catalog_tables[table];
	bool missing = true;

	ENSURE(table < TABLES_MAX && s->number < STRUCTS_MAX);
	if (!is_made[s->number][table] && (t->kind == TABLE_STRUCT || t->kind == TABLE_ARRAY) &&
	    strcmp(t->role, s->role) == 0)
		known[s->number][table] = places_make(t, s, &missing);
	ENSURE(known[s->number][table] != NULL || missing);
	is_made[s->number][table] = true;
	return known[s->number][table];
}

void
rows_free(void)
{
	for (size_t i = 0; i < STRUCTS_MAX; i++)
		for (size_t k = 0; k < TABLES_MAX; k++)
			places_free(known[i][k]);
}

static const struct row_printer *
find_printer(const struct catalog_struct *s, const char *table)
{
	const struct printer *p = printer_of(s);

	for (size_t i = 0; i < p->nrows; i++)
		if (strcmp(p->rows[i].table, table) == 0)
			return &p->rows[i];
	ck_abort_msg("%s has no printer for its table %s", s->role, table);
	return NULL;
}

/* --- one row ------------------------------------------------------------------------------------------------- */

char *
rows_put_cell(char *w, const struct column *c, const struct cell *cell, unsigned print)
{
	switch (cell->kind) {
	case CELL_INTEGER: return put_i64(w, cell->integer);
	case CELL_NUMBER:
		return c->type == COLUMN_DOUBLE ? put_csv_f64(w, cell->number) : put_csv_f32(w, (float)cell->number);
	case CELL_BOOLEAN: return put_flag(w, cell->integer);
	case CELL_TIME: return put_csv_time(w, cell->integer, print);
	case CELL_TEXT:
		return c->source == COLUMN_BYTES ? put_csv_bytes(w, cell->text, cell->size, print)
						 : put_csv_cell(w, cell->text, cell->size, print);
	case CELL_NULL: break;
	}
	return w;
}

static char *
put_csv(char *w, const struct column *c, const struct cell *cell, unsigned print)
{
	return rows_put_cell(PUT(w, ","), c, cell, print);
}

static char *
put_json(char *w, const struct column *c, const struct cell *cell, unsigned print)
{
	w = PUT(w, ",\"");
	memcpy(w, column_name(c), strlen(column_name(c)));
	w = PUT(w + strlen(column_name(c)), "\":");
	switch (cell->kind) {
	case CELL_INTEGER: return put_i64(w, cell->integer);
	case CELL_NUMBER: return put_f32(w, (float)cell->number);
	case CELL_BOOLEAN: return put_flag(w, cell->integer);
	case CELL_TIME: return put_json_time(w, cell->integer, print);
	case CELL_TEXT:
		return c->source == COLUMN_BYTES ? put_json_bytes(w, cell->text, cell->size)
						 : put_json_text(w, cell->text, cell->size, NULL);
	case CELL_NULL: break;
	}
	return PUT(w, "null");
}

/* What a row is compared with. */
struct comparison {
	const struct row_printer *printer;
	size_t rows;
};

typedef char *put_members(char *w, const void *row, unsigned print, uint64_t nulls);
typedef char *put_cell(char *w, const struct column *c, const struct cell *cell, unsigned print);

/* Both ways of printing the members of the row come to the same. */
static void
compare(const struct table_row *row, put_members *members, size_t most, put_cell *put, unsigned print)
{
	static const struct row_log log = { .file = "" };
	const struct column_table *t = row->places->table;
	char *straight = malloc(most + PUT_SLACK), *cells = malloc(2 * most + PUT_SLACK), *w = cells;
	struct cell cell, plain = { .kind = CELL_NULL };

	ENSURE(straight != NULL && cells != NULL);
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].source == COLUMN_MEMBER ||
		    (t->columns[i].source == COLUMN_BYTES && t->columns[i - 1].source == COLUMN_MEMBER)) {
			cells_get(row, &log, i, &cell);
			if (cells_get_plain(row, i, &plain)) {
				ENSURE(plain.kind == cell.kind);
				ENSURE(cell.kind == CELL_NULL || plain.integer == cell.integer);
			}
			w = put(w, &t->columns[i], &cell, print);
		}
	*w = '\0';
	*members(straight, row->host, print, row->nulls) = '\0';
	ENSURE_STR_EQ(straight, cells);
	free(straight);
	free(cells);
}

static void
compare_row(void *context, const struct table_row *row)
{
	static const unsigned prints[] = { 0, PRINT_CSV_SAFE, PRINT_EPOCH };
	struct comparison *c = context;

	for (size_t i = 0; i < sizeof prints / sizeof prints[0]; i++) {
		compare(row, c->printer->csv, c->printer->csv_max, put_csv, prints[i]);
		compare(row, c->printer->json, c->printer->json_max, put_json, prints[i]);
	}
	c->rows++;
}

static void
check_row_size(void *context, const struct table_row *row)
{
	struct comparison *c = context;
	const size_t most = c->printer->csv_max > c->printer->json_max ? c->printer->csv_max : c->printer->json_max;
	char *text = malloc(most + PUT_SLACK);

	ENSURE(text != NULL);
	for (unsigned print = 0; print <= PRINT_CSV_SAFE; print += PRINT_CSV_SAFE) {
		ENSURE((size_t)(c->printer->csv(text, row->host, print, 0) - text) <= c->printer->csv_max);
		ENSURE((size_t)(c->printer->json(text, row->host, print, 0) - text) <= c->printer->json_max);
	}
	c->rows++;
	free(text);
}

/* --- all rows ------------------------------------------------------------------------------------------------ */

static size_t
each_row(const struct catalog_struct *s, const void *host, uint64_t nulls,
    void (*found)(void *context, const struct table_row *row))
{
	const struct row row = { .of = s, .host = host, .nulls = nulls };
	struct comparison c = { .rows = 0 };

	for (size_t i = 0; i < catalog_ntables; i++) {
		const struct places *places = rows_places(s, i);

		if (places == NULL)
			continue;
		c.printer = find_printer(s, catalog_tables[i].name);
		table_rows_each(places, &row, found, &c);
	}
	return c.rows;
}

size_t
rows_compare(const struct catalog_struct *s, const void *host, uint64_t nulls)
{
	return each_row(s, host, nulls, compare_row);
}

size_t
rows_check_size(const struct catalog_struct *s, const void *host)
{
	return each_row(s, host, 0, check_row_size);
}
