/*
 * bindings: the tables that a query asks for, bound to the structs of the current log: where each column is in them, and
 * what prints them. A table that the log's release lacks has no rows.
 */
#ifndef BINDINGS_H
#define BINDINGS_H

#include "print/format/format.h"
#include "print/format/kept_rows.h"
#include "print/format/view_printer.h"
#include "print/query/cells.h"
#include "print/query/view_rows.h"
#include "print/text/printers.h"

/* A column that is asked for, in the structs of the current log. */
struct bound_column {
	const struct column *column;
	size_t index;     /* in its table */
	const char *name; /* under which it is shown */
	const struct place *place;
	bool can_be_null;
	enum {
		BOUND_CELL,    /* its value is read by cells_get */
		BOUND_INTEGER, /* it is the integer at place->at, unless it is null */
		BOUND_TEXT     /* it is the text at place->offset, in place->text bytes, unless it is null */
	} read;
};

struct binding {
	const struct column_table *table;
	const struct selected_table *selected;   /* NULL: all columns of all rows */
	const struct catalog_struct *of;         /* whose structs have rows of the table; NULL: no struct of the log */
	struct places *places;                   /* in these structs; NULL: there are none */
	bool is_struct;                          /* each struct is a row; else its elements or processes are */
	bool wide;                               /* a row can have a value that the table cannot hold */
	bool by_cells;                           /* names of bits are asked for, which printers do not know */
	const struct row_printer *printer;       /* prints the members of a row; NULL: they are printed by cells */
	const struct view_printer *view_printer; /* writes the rows of a view; NULL: they are written by cells */
	size_t members_at;                       /* the first column that the printer prints; ncolumns: none */
	struct bound_column *columns;            /* those that are asked for; NULL if places is */
	size_t ncolumns;
	/* Most bytes of those that are not read by cells_get; of a view, of all columns, but not of texts. Set by formats of text. */
	size_t room;
	uint64_t asked, shown; /* parts of a struct: its condition, and its output, are read from them */
	struct kept_rows kept;
	size_t nshared; /* of a view: its first columns are the same in all rows of a sample */
	struct {
		char *text; /* these columns of the sample as text; owned */
		size_t size;
		uint64_t sample;
		bool known;
	} shared;
	void *out; /* where the rows go; the caller's */
};

/* A row that is asked for, of the table `binding`. */
typedef void bindings_row(void *context, struct binding *binding, const struct table_row *row);

/* Writes a row to `to`, which keeps it; puts a row that was kept where the rows of the table go. */
typedef void bindings_write_kept(void *context, struct binding *binding, const struct table_row *row,
    struct writer *to);
typedef void bindings_put_kept(void *context, struct binding *binding, const char *kept, size_t size);

struct bindings {
	struct binding *list; /* in the order of the catalog */
	size_t count;
	bindings_row *found; /* what rows are passed to; set by the format, as are the next three */
	bindings_write_kept *write_kept;
	bindings_put_kept *put_kept;
	void *context;
	struct overflow *overflow;  /* where a value that tables cannot hold is noted */
	struct row_log log;         /* the current log */
	struct table_row row;       /* the row that the current struct is, while it is looked at */
	char *file, *digest, *host; /* its texts, which outlive the log */
	struct row_limit *limit;
	bool chosen; /* columns are chosen, in each table */
	bool keeps;  /* rows of any table are kept until their sample ends */
	bool has_views;
	bool reads[CATALOG_BLOCKS_MAX];          /* views read the structs of these blocks in names, */
	uint64_t once_parts[CATALOG_BLOCKS_MAX]; /* and these parts of them */
	const struct catalog_struct
	    *unread;               /* the last struct of the log that views do not read in names; NULL: none */
	struct view_sample sample; /* of views */
};

/* The tables of the query, not bound yet. False: out of memory, and nothing is owned. */
bool bindings_open(struct bindings *b, const struct query *query);
void bindings_close(struct bindings *b);

/* Binds all tables to the structs of a log. False: out of memory. */
bool bindings_begin(struct bindings *b, const struct format_log *log);

/*
 * Whether structs `s` are needed: rows of a table are of them, and the limit allows more; or damage is asked for, which is
 * found by reading them.
 */
bool bindings_show(const struct bindings *b, const struct catalog_struct *s);

/* Adds the names of all tables. False: out of memory. */
bool bindings_add_words(struct word_set *words);

/* How many columns of the table are asked for; which column of the table number `i` of them is, and its name. */
static inline size_t
binding_ncolumns(const struct binding *b)
{
	return b->selected != NULL && b->selected->columns != NULL ? b->selected->ncolumns : b->table->ncolumns;
}

static inline size_t
binding_column(const struct binding *b, size_t i, const char **name)
{
	const bool chosen = b->selected != NULL && b->selected->columns != NULL;
	const size_t column = chosen ? b->selected->columns[i].column : i;

	*name = chosen ? b->selected->columns[i].name : column_name(&b->table->columns[i]);
	return column;
}

/* The parts of structs `s` that decide which of their rows are shown. */
uint64_t bindings_need(const struct bindings *b, const struct catalog_struct *s);

/*
 * Calls `found` for each row of each table that the struct has and that is asked for, whatever the limit. The first value
 * that tables cannot hold is noted in `overflow`, whether the row is asked for or not.
 */
void bindings_each_row(struct bindings *b, const struct row *row);

/* Whether rows of the table are kept until their sample ends. */
static inline bool
binding_keeps(const struct binding *b)
{
	return b->kept.which != KEPT_NONE;
}

/* Keeps a row of such a table, as `write_kept` writes it, if it is wanted. False: out of memory. */
bool bindings_keep(struct bindings *b, struct binding *one, const struct table_row *row);

/* The sample has ended: calls `put_kept` for the rows that were kept and that the limit allows, in order, and forgets all. */
void bindings_put_all_kept(struct bindings *b);

/* The cell of a column of the table of damage; whether that row is asked for. */
void bindings_get_damage(const struct bindings *b, const struct rawlog_damage *damage, enum column_context context,
    struct cell *cell);
bool binding_passes_damage(const struct binding *b, const struct bindings *all, const struct rawlog_damage *damage);

/* Sets the log that rows of damage are from, for a while. Returns the one that it was. */
struct row_log bindings_set_log(struct bindings *b, struct row_log log);

#endif
