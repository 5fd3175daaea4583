/*
 * where_names: types a condition (expr/type.h): its names are columns.
 */
#include <stdio.h>
#include <string.h>

#include "expr/type.h"
#include "print/query/where_internal.h"

#define HINT_SIZE 80

struct typing {
	struct where *where;
	const struct where_names *names;
	struct expr_error *error;
	bool failed; /* `error` is filled; what follows the first error is not reported */
	char hint[HINT_SIZE];
	struct expr_resolver resolver;
};

static const enum expr_type types[] = {
	[CELL_NULL] = TYPE_IS_NULL,
	[CELL_INTEGER] = TYPE_IS_INTEGER,
	[CELL_NUMBER] = TYPE_IS_REAL,
	[CELL_BOOLEAN] = TYPE_IS_BOOLEAN,
	[CELL_TEXT] = TYPE_IS_TEXT,
	[CELL_TIME] = TYPE_IS_TIME,
};

static void
report(void *context, const struct expr *e, const char *message)
{
	struct typing *t = context;

	if (!t->failed)
		expr_error_set(t->error, e->offset, e->length, "%s", message);
	t->failed = true;
}

/* "; did you mean 'x'?" with the word of the set that is near to `name`, unless it is that; "": none. */
static const char *
propose(struct typing *t, const char *name, const struct word_set *words)
{
	const char *near = words != NULL ? word_set_nearest(words, name) : NULL;

	t->hint[0] = '\0';
	if (near != NULL && strcmp(near, name) != 0)
		snprintf(t->hint, sizeof t->hint, "; did you mean '%s'?", near);
	return t->hint;
}

static const char *
hint(void *context, const char *name, const char *const *candidates, size_t n)
{
	const struct word_set words = { (const char **)candidates, n };

	return propose(context, name, &words);
}

/* Reports the name unless there is such a column. */
static void
find_name(const struct expr *path, void *context)
{
	struct typing *t = context;
	struct where_column column;
	char shown[EXPR_SHOWN_SIZE];

	if (t->failed || t->names->find(t->names->context, path->text, &column))
		return;
	expr_error_set(t->error, path->offset, path->length, "unknown column '%s'%s",
	    expr_error_part(shown, path->text, strlen(path->text)), propose(t, path->text, t->names->near));
	t->failed = true;
}

/* Notes that the condition reads a column. */
static void
add_column(struct where *w, unsigned id)
{
	size_t i = 0;

	while (i < w->ncolumns && w->columns[i] != id)
		i++;
	if (i == w->ncolumns)
		w->columns[w->ncolumns++] = id;
}

static struct typed *
type_column(void *context, const struct expr *e, const void *beside)
{
	struct typing *t = context;
	struct where_column column;
	struct typed *typed;

	(void)beside;
	if (!t->names->find(t->names->context, e->text, &column))
		return NULL;
	typed = typed_make(&t->resolver, e, types[column.kind]);
	if (typed == NULL)
		return NULL;
	typed->integer = column.id;
	typed->unit = column.unit;
	typed->single = column.single;
	typed->member = true;
	typed->nullable = true;
	add_column(t->where, column.id);
	return typed;
}

struct typed *
where_type(struct where *w, const struct expr *e, const struct where_names *names, struct expr_error *error)
{
	const struct expr_memory memory = { where_alloc, w };
	struct typing t = { .where = w, .names = names, .error = error };

	t.resolver = (struct expr_resolver){
		.dialect = DIALECT_WHERE,
		.memory = &memory,
		.context = &t,
		.path = type_column,
		.time = where_time,
		.hint = hint,
		.report = report,
	};
	expr_each_path(e, find_name, &t);
	return t.failed ? NULL : expr_type_truth(&t.resolver, e);
}
