/*
 * where_row: conditions over the rows of a table, whose columns are numbered as the table's.
 */
#ifndef WHERE_ROW_H
#define WHERE_ROW_H

#include "print/query/cells.h"
#include "print/query/where.h"

/* As where_holds, for the cells of the row. */
bool where_row_holds(const struct where *w, const struct table_row *row, const struct row_log *log);

#endif
