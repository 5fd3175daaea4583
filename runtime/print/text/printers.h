/*
 * printers: how the structs of the catalog are printed, all of it generated. A program that only reads logs need not link
 * this.
 */
#ifndef PRINTERS_H
#define PRINTERS_H

#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"

/*
 * The rows of a table that are a struct, or elements of an array in it: the columns that are members, in the table's order,
 * each behind a comma. Both functions write at `w`, which has room for the most bytes and PUT_SLACK, and return the end.
 * `row` is the struct of the row, `nulls` what catalog_block.nulls says of it.
 */
struct row_printer {
	const char *table; /* "tstat", "sstat_cpu_cpu" */
	char *(*csv)(char *w, const void *row, unsigned print, uint64_t nulls);
	size_t csv_max;
	char *(*json)(char *w, const void *row, unsigned print, uint64_t nulls); /* with names */
	size_t json_max;
};

struct printer {
	/* Writes the host struct as one JSON object. `print`: PRINT_*; `nulls`: what catalog_block.nulls says of the struct. */
	void (*json)(struct writer *out, const void *host, unsigned print, uint64_t nulls);
	const struct row_printer *rows;
	size_t nrows;
};

extern const struct printer catalog_printers[]; /* by catalog_struct.number */

static inline const struct printer *
printer_of(const struct catalog_struct *s)
{
	return &catalog_printers[s->number];
}

#endif
