/*
 * view_sql: finds the texts of a view.
 */
#include "print/format/view_sql.h"

#include <string.h>

#define TEXTS 3 /* of each view */

static const char *
skip(const char *text, size_t n)
{
	while (n-- > 0)
		text += strlen(text) + 1;
	return text;
}

struct view_sql
view_sql_of(const struct view *view)
{
	const char *first = skip(catalog_sql_views, (size_t)(view - catalog_views) * TEXTS);

	return (struct view_sql){ first, skip(first, 1), skip(first, 2) };
}
