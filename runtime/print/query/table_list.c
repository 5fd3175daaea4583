/*
 * table_list: numbers tables and views.
 */
#include "print/query/table_list.h"

#include "print/query/view.h"

size_t
table_list_count(void)
{
	return catalog_ntables + catalog_nviews;
}

const struct column_table *
table_list_at(size_t i)
{
	return i < catalog_ntables ? &catalog_tables[i] : &catalog_views[i - catalog_ntables].table;
}

bool
table_list_asks(const struct word_set *names, const struct column_table *table)
{
	return (names->count == 0 && table->kind != TABLE_VIEW) || word_set_has(names, table->name);
}
