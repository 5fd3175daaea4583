/*
 * json_view: rows of views as JSON objects, for the format whose lines are structs.
 */
#ifndef JSON_VIEW_H
#define JSON_VIEW_H

#include "print/format/bindings.h"

/* Whether any view is asked for. */
bool json_view_is_asked(const struct query *query);

/* Writes the columns that are asked for as an object. `print`: PRINT_EPOCH. */
void json_view_put(struct writer *out, const struct binding *b, const struct table_row *row, const struct row_log *log,
    unsigned print);

#endif
