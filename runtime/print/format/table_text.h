/*
 * table_text: formats that write the tables as text: rows of cells, one row a line. A format states how a cell is written;
 * this chooses the tables, their rows and the order of their cells.
 */
#ifndef TABLE_TEXT_H
#define TABLE_TEXT_H

#include "print/format/bindings.h"
#include "print/text/put.h"

struct table_text;

/* Writes a cell; `first` of the row: no separator is before it. */
typedef void table_put_cell(struct writer *out, const struct column *column, const char *name, const struct cell *cell,
    bool first, unsigned print);

struct table_style {
	/* The start of each row of a table; the name of a column in the header of the file. NULL: none. */
	void (*begin_row)(struct writer *out, const struct column_table *table);
	void (*put_name)(struct writer *out, const char *name, bool first);
	table_put_cell *put_cell;
	bool is_csv; /* rows of views can be written by their printers */
	/* Writes the columns of a view from column `from` on, and the end of the row. */
	void (*put_view)(const struct table_text *t, const struct binding *b, const struct table_row *row, size_t from,
	    struct writer *out);
	/*
	 * Writes the columns that are asked for, from column `from` of them, and the end of the row; how many bytes a column
	 * needs that is not read by cells_get.
	 */
	void (*put_columns)(const struct table_text *t, const struct binding *b, const struct table_row *row,
	    size_t from, struct writer *out);
	size_t (*room)(const struct bound_column *c);
	/* The function of a printer that writes the members, and the most bytes that it writes. */
	char *(*put_members)(const struct row_printer *p, char *w, const void *row, unsigned print, uint64_t nulls);
	size_t (*members_max)(const struct row_printer *p);
	char end[4]; /* of a row, */
	size_t end_size;
};

/* The formatter of such a format begins with this. */
struct table_text {
	struct formatter formatter;
	const struct table_style *style;
	struct bindings bindings; /* whose `out` is a writer */
	struct writer header;     /* scratch: the header of a table */
	struct writer scratch;    /* the cells that rows of a view begin with */
	struct writer shared;     /* the cells that rows of a sample begin with, in every table */
	bool in_sample;           /* `shared` is that of a sample */
	uint64_t sample;          /* its number */
};

/* Whether the integer is written as the names of its bits. */
static inline bool
table_text_names(const struct cell *cell, unsigned print)
{
	return cell->kind == CELL_INTEGER && cell->bits != NULL && (print & PRINT_NAMES) != 0;
}

/* Writes the end of a row, for which there is room. */
static inline char *
table_text_end(const struct table_text *t, char *w)
{
	memcpy(w, t->style->end, sizeof t->style->end);
	return w + t->style->end_size;
}

/* Writes the column as a cell, whatever its value. */
void table_text_cell(const struct table_text *t, const struct bound_column *c, const struct table_row *row, bool first,
    struct writer *out);

/* The functions of `struct format`. */
int table_text_open(struct formatter *f, const struct table_style *style);
void table_text_close(struct formatter *f);
bool table_text_begin(struct formatter *f, const struct format_log *log, char *why);
bool table_text_shows(const struct formatter *f, const struct catalog_struct *s);
uint64_t table_text_needs(const struct formatter *f, const struct catalog_struct *s);
void table_text_row(struct formatter *f, const struct row *row);
void table_text_sample_ends(struct formatter *f);
void table_text_file_damage(struct formatter *f, const char *path, const struct rawlog_damage *damage);
void table_text_damage(struct formatter *f, const struct rawlog_damage *damage);

#endif
