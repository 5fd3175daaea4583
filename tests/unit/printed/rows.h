/*
 * rows: rows of tables cell by cell, by the field dictionary. The generated printers of rows must write the same.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "print/query/cell.h"
#include "print/query/places.h"

/* Compares the members of all rows that the host struct has in any table, as CSV and as JSON. Returns how many rows. */
size_t rows_compare(const struct catalog_struct *s, const void *host, uint64_t nulls);

/* No row of the host struct is longer than its printer states. Returns how many rows. */
size_t rows_check_size(const struct catalog_struct *s, const void *host);

/* Writes a cell as CSV, by its kind. */
char *rows_put_cell(char *w, const struct column *c, const struct cell *cell, unsigned print);

/* Frees what the functions have allocated. */
void rows_free(void);

/* Where the columns of table number `table` of the catalog are in `s`; NULL: it has no rows of it. Kept until rows_free. */
const struct places *rows_places(const struct catalog_struct *s, size_t table);

#endif
