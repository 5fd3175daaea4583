/*
 * table_list: all tables of the catalog, then all views. A table is asked for if it is named, or if nothing is; a view only if it
 * is named.
 */
#ifndef TABLE_LIST_H
#define TABLE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "print/query/word_set.h"
#include "rawlog/catalog/columns.h"

size_t table_list_count(void);
const struct column_table *table_list_at(size_t i);

/* Whether the table, or view, is asked for by these names. */
bool table_list_asks(const struct word_set *names, const struct column_table *table);

#endif
