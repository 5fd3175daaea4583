/*
 * row_limit: a count for each table; there are few tables.
 */
#include <stdlib.h>
#include <string.h>

#include "print/query/row_limit.h"

bool
row_limit_init(struct row_limit *l, uint64_t most, const struct word_set *tables)
{
	*l = (struct row_limit){ .most = most, .tables = tables };
	l->counts = calloc(tables->count + 1, sizeof *l->counts);
	return l->counts != NULL;
}

void
row_limit_free(struct row_limit *l)
{
	free(l->counts);
	l->counts = NULL;
}

/* The table's index; the number of tables: it is none of them. */
static size_t
find(const struct row_limit *l, const char *table)
{
	size_t i = 0;

	while (i < l->tables->count && strcmp(l->tables->words[i], table) != 0)
		i++;
	return i;
}

bool
row_limit_allows(const struct row_limit *l, const char *table)
{
	return l == NULL || l->most == 0 || l->counts[find(l, table)] < l->most;
}

bool
row_limit_is_reached(const struct row_limit *l)
{
	return l != NULL && l->most > 0 && l->nfull == l->tables->count;
}

bool
row_limit_take(struct row_limit *l, const char *table)
{
	size_t i;

	if (l == NULL || l->most == 0)
		return true;
	i = find(l, table);
	if (l->counts[i] == l->most)
		return false;
	l->counts[i]++;
	l->nfull += i < l->tables->count && l->counts[i] == l->most;
	return true;
}
