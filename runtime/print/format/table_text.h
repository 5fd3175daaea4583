/*
 * table_text: formats that write the tables as text: rows of cells, one row a line. A format states how a cell is written;
 * this chooses the tables, their rows and the order of their cells.
 */
#ifndef TABLE_TEXT_H
#define TABLE_TEXT_H

#include "print/format/format.h"
#include "print/query/cells.h"
#include "print/text/printers.h"

struct table_style {
	/* The start of each row of a table; the name of a column in the header of the file. NULL: none. */
	void (*begin_row)(struct writer *out, const struct column_table *table);
	void (*put_name)(struct writer *out, const char *name, bool first);
	/* Writes a cell; `first` of the row: no separator is before it. */
	void (*put_cell)(struct writer *out, const struct column *column, const char *name, const struct cell *cell,
	    bool first, unsigned print);
	/* The function of a printer that writes the members, and the most bytes that it writes. */
	char *(*put_members)(const struct row_printer *p, char *w, const void *row, unsigned print, uint64_t nulls);
	size_t (*members_max)(const struct row_printer *p);
	const char *end; /* of a row */
};

/* A table of the current log and where its rows go. */
struct table_binding {
	const struct column_table *table;
	const struct selected_table *selected; /* NULL: all columns of all rows */
	struct places *places;                 /* NULL: no struct of the log has rows of the table */
	const struct row_printer *printer;     /* prints the members of a row; NULL: the table has none */
	size_t members_at;                     /* the first column that is a member; ncolumns: none */
	struct writer *out;
};

/* The formatter of such a format begins with this. */
struct table_text {
	struct formatter formatter;
	const struct table_style *style;
	struct table_binding *bindings; /* the tables asked for, in the order of the catalog */
	size_t nbindings;
	struct writer header; /* scratch: the header of a table */
	struct writer shared; /* the cells that rows of a sample begin with, in every table */
	size_t nshared;       /* columns in it */
	bool in_sample;       /* `shared` is that of a sample */
	uint64_t sample;      /* its number */
	struct row_log log;
	char *file, *host; /* the log's, which outlive its source */
};

/* The functions of `struct format`. */
int table_text_open(struct formatter *f, const struct table_style *style);
void table_text_close(struct formatter *f);
bool table_text_add_words(struct word_set *words);
bool table_text_begin(struct formatter *f, const struct format_log *log, char *why);
bool table_text_shows(const struct formatter *f, const struct catalog_struct *s);
void table_text_row(struct formatter *f, const struct row *row);
void table_text_damage(struct formatter *f, const struct rawlog_damage *damage);

#endif
