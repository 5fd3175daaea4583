/*
 * view: views: tables whose columns generated code computes, for each release, from the rows of another table.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"

#define VIEW_DONE       (-1)
#define VIEW_MEMORY_MAX 8192 /* bytes of texts that the expressions of a row make */

/* The structs of which a sample has one: rawheader, rawrecord, and those of such blocks, by number. NULL: not read. */
struct view_structs {
	const void *top[2 + CATALOG_BLOCKS_MAX];
	uint64_t nulls[2 + CATALOG_BLOCKS_MAX];
};

/* Memory for texts that expressions make, of a row. A text that does not fit is empty. */
struct text_memory {
	size_t used;
	char bytes[VIEW_MEMORY_MAX];
};

/* A row that columns are computed of. */
struct view_row {
	const void *rawheader, *rawrecord; /* host structs */
	const void *row;                   /* the host struct of the row, */
	uint64_t nulls;                    /* and its members without a meaning */
	const void *names;                 /* what view_code.once computed */
	struct text_memory *memory;
};

/* What a view reads in a release. Apart from view_code, since what has no pointer needs no relocation. */
struct view_reads {
	uint64_t parts;                  /* of the struct with the rows; */
	uint64_t chosen_by;              /* of these, what `holds` reads */
	bool blocks[CATALOG_BLOCKS_MAX]; /* `once` reads the struct of the block; and these parts of it */
	uint64_t once_parts[CATALOG_BLOCKS_MAX];
};

/* A view in a release. */
struct view_code {
	const struct catalog_release *release;
	/* Computes the named expressions of a sample, `names_size` bytes. NULL: there are none. */
	void (*once)(void *names, const struct view_structs *s);
	/* Whether a row of the table is one of the view. NULL: all are. */
	bool (*holds)(const struct view_row *r);
	/*
	 * Sets the cell of a column, which is null, unless it stays so: VIEW_DONE. Else returns the column of another source,
	 * enum column_context, that the cell is.
	 */
	int (*get)(const struct view_row *r, size_t column, struct cell *cell);
	const struct view_reads *reads;
};

struct view {
	struct column_table table; /* TABLE_VIEW; the role is that of the struct with the rows */
	const char *of;            /* the table with the rows */
	size_t names_size;
	size_t nshared; /* its first columns are the same in all rows of a sample */
	size_t order;   /* the column that the rows of a sample are ordered by; ncolumns: none */
	bool descending;
	const struct view_code *code; /* in the releases that have the table; then one whose release is NULL */
	/*
	 * Paths of members, a blank before each: by column those that it is computed of, in any release; those that choose the
	 * rows. "sstat.cpu.cpu[].stime" is one of all elements.
	 */
	const char *const *uses;
	const char *chosen_by;
};

extern const struct view catalog_views[];
extern const size_t catalog_nviews;

/* By name; NULL: there is none. */
const struct view *view_find(const char *name);

/* The view whose table it is, of kind TABLE_VIEW. */
const struct view *view_of(const struct column_table *table);

struct text;

/* A copy in lower case, of ASCII letters only. */
struct text value_lower(struct text_memory *memory, struct text text);

#endif
