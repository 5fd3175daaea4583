/*
 * kept_rows: chooses between the top rows and all of them.
 */
#include "print/format/kept_rows.h"

#include "print/query/view.h"

bool
kept_rows_init(struct kept_rows *k, const struct column_table *table, const struct selected_table *selected,
    unsigned top)
{
	const struct view *view = table->kind == TABLE_VIEW ? view_of(table) : NULL;

	*k = (struct kept_rows){ .which = KEPT_NONE };
	if (top > 0) {
		k->which = KEPT_TOP;
		k->key = selected->by;
		return top_init(&k->top, top);
	}
	if (view != NULL && view->order < view->table.ncolumns) {
		k->which = KEPT_ALL;
		k->key = view->order;
		k->all.descending = view->descending;
	}
	return true;
}

void
kept_rows_free(struct kept_rows *k)
{
	top_free(&k->top);
	top_all_free(&k->all);
}

bool
kept_rows_want(struct kept_rows *k, const struct cell *key)
{
	return k->which == KEPT_ALL || top_wants(&k->top, key);
}

bool
kept_rows_add(struct kept_rows *k, const struct cell *key, const char *text, size_t size)
{
	return k->which == KEPT_ALL ? top_all_keep(&k->all, key, text, size) : top_keep(&k->top, key, text, size);
}

void
kept_rows_take(struct kept_rows *k, void (*put)(void *context, const char *text, size_t size), void *context)
{
	if (k->which == KEPT_ALL)
		top_all_take(&k->all, put, context);
	else
		top_take(&k->top, put, context);
}
