/*
 * cells: the value of a column in a row of a table.
 */
#ifndef CELLS_H
#define CELLS_H

#include "print/query/cell.h"
#include "print/query/table_rows.h"
#include "rawlog/catalog/host.h"
#include "rawlog/log/damage.h"

/* What all rows of a log share. */
struct row_log {
	const char *file;
	const char *digest; /* of its bytes; NULL: not computed */
	const char *host;   /* not always terminated; NULL: unknown */
	size_t host_size;
	const char *release; /* NULL: several are possible */
};

/*
 * The value of column `i` of the row's table. A text is the log's bytes up to the first NUL, whatever they are. Of a column
 * of exact bytes the cell is the text itself: the code that prints it decides whether the two differ. An unsigned integer above INT64_MAX is null.
 */
void cells_get(const struct table_row *row, const struct row_log *log, size_t i, struct cell *cell);

/* The same, if it is a plain integer, null included; else false. */
static inline bool
cells_get_plain(const struct table_row *row, size_t i, struct cell *cell)
{
	const struct place *place = &row->places->columns[i];

	if (place->at.size == 0)
		return false;
	cell->kind = CELL_NULL;
	if (place_is_null(place, row->host, row->nulls))
		return true;
	cell->integer = host_int(row->host, place->at);
	cell->bits = NULL;
	if (cell->integer >= 0 || place->at.is_signed)
		cell->kind = CELL_INTEGER;
	return true;
}

/* The value of the member at `place` in `host`, whose nulls are `nulls`. */
void cells_get_member(const struct place *place, const void *host, uint64_t nulls, enum column_type type,
    struct cell *cell);

/* The value of a column of the table of damage. */
void cells_get_damage(const struct rawlog_damage *damage, const struct row_log *log, enum column_context context,
    struct cell *cell);

/* The kind of the cells of a column that are not null. */
enum cell_kind cells_kind(enum column_type type);

#endif
