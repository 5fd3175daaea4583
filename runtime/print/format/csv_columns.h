/*
 * csv_columns: the names of the columns of a CSV table, from the field dictionary. Generated printers write cells in the
 * same order.
 */
#ifndef CSV_COLUMNS_H
#define CSV_COLUMNS_H

#include <stdbool.h>

#include "print/text/printers.h"

/*
 * Writes ",index" if the rows of the table are elements of an array, and then the names of their columns, each behind a
 * comma. `s` is the struct that the table is of.
 */
void csv_columns_put(struct writer *out, const struct catalog_struct *s, const struct table *table, bool reserved);

#endif
