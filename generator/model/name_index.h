/*
 * name_index: finds the columns of tables by name, in constant time.
 */
#ifndef NAME_INDEX_H
#define NAME_INDEX_H

#include "base/mem.h"

struct name_index;

struct name_index *name_index_new(struct arena *a);

/* Stores `at` under the names, which must not be in the index. Both texts must outlive the index. */
void name_index_add(struct name_index *n, const char *table, const char *column, size_t at);

/* What is stored under the names; SIZE_MAX: nothing. */
size_t name_index_find(const struct name_index *n, const char *table, const char *column);

#endif
