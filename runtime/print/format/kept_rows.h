/*
 * kept_rows: the rows of a table that are kept until their sample ends, as a format writes them: for --top those with the largest
 * values of a column, for a view all of them, in its order.
 */
#ifndef KEPT_ROWS_H
#define KEPT_ROWS_H

#include "print/format/top.h"
#include "print/format/top_all.h"
#include "print/query/selection.h"

struct kept_rows {
	enum {
		KEPT_NONE, /* rows are not kept */
		KEPT_TOP,  /* in `top` */
		KEPT_ALL   /* in `all` */
	} which;
	size_t key;         /* the column of the table that they are ordered by */
	struct writer text; /* of `all` the rows of the sample, else the row that is being kept */
	struct top top;
	struct top_all all;
};

/*
 * For rows of `table`: the `top` rows of each sample by selected->by; 0: all rows of a view that has an order, and no others.
 * False: out of memory, and nothing is owned.
 */
bool kept_rows_init(struct kept_rows *k, const struct column_table *table, const struct selected_table *selected,
    unsigned top);
void kept_rows_free(struct kept_rows *k);

/* Whether a row with this key is kept; every row must be asked about. */
static inline bool
kept_rows_want(struct kept_rows *k, const struct cell *key)
{
	return k->which == KEPT_ALL || top_wants(&k->top, key);
}

/* Begins to keep such a row. The caller writes it to the writer returned and calls kept_rows_end. NULL, and false: out of memory. */
static inline struct writer *
kept_rows_begin(struct kept_rows *k, const struct cell *key)
{
	if (k->which == KEPT_TOP)
		writer_commit(&k->text, k->text.buffer);
	else if (!top_all_add(&k->all, key, &k->text))
		return NULL;
	return &k->text;
}

static inline bool
kept_rows_end(struct kept_rows *k, const struct cell *key)
{
	if (k->text.error != 0)
		return false;
	return k->which == KEPT_ALL || top_keep(&k->top, key, k->text.buffer, (size_t)(k->text.next - k->text.buffer));
}

/* Calls `put` for the rows of the sample in order, and forgets them. */
void kept_rows_take(struct kept_rows *k, void (*put)(void *context, const char *text, size_t size), void *context);

#endif
