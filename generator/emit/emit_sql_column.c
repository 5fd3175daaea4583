/*
 * emit_sql_column: the columns that members are in, and the value of a cell.
 */
#include <string.h>

#include "emit/emit_sql.h"

/* The members that the columns of a table are in a release. */
static const struct member_path *
places_in(struct sql *s, const struct column_table *table, const struct release *r)
{
	size_t at = 0;

	while (s->tables->list[at] != table)
		at++;
	at *= s->tables->nreleases;
	for (size_t i = 0; s->tables->releases[i] != r; i++)
		at++;
	if (s->places[at] == NULL)
		s->places[at] = tables_places(s->arena, s->tables, r, table);
	return s->places[at];
}

/* The element that a path ends with, counted over all dimensions. */
static uint64_t
element_of(const struct field *f, const char *path)
{
	const char *last = strrchr(path, '.');
	uint64_t element = 0;
	size_t k = 0;

	for (const char *p = strchr(last != NULL ? last : path, '['); p != NULL; p = strchr(p + 1, '[')) {
		uint64_t index = 0;

		for (const char *digit = p + 1; *digit >= '0' && *digit <= '9'; digit++)
			index = index * 10 + (uint64_t)(*digit - '0');
		element = element * f->dims[k++] + index;
	}
	return element;
}

static bool
is_at(const struct member_path *place, const struct typed_leaf *leaf, uint64_t element)
{
	if (place->nfields != leaf->nfields || place->element != element)
		return false;
	for (size_t i = 0; i < leaf->nfields; i++)
		if (place->fields[i] != leaf->fields[i])
			return false;
	return true;
}

const char *
sql_column(struct sql *s, const struct typed *t, enum column_type *type)
{
	const struct typed_leaf *leaf = leaf_of(t);
	const struct column_table *own = s->view->table;
	const struct column_table *table = leaf->root != NULL ? tables_find(s->tables, leaf->root->path) : own;
	const struct member_path *places = places_in(s, table, s->of->release);
	const uint64_t element = element_of(leaf->fields[leaf->nfields - 1], t->from->text);
	size_t i = 0;

	while (i < table->ncolumns && !is_at(&places[i], leaf, element))
		i++;
	if (i == table->ncolumns) {
		sql_refuse(s, arena_printf(s->arena, "reads '%s', which is no column", t->from->text));
		return NULL;
	}
	*type = table->columns[i].type;
	if (s->in != NULL && places_in(s, table, s->in)[i].nfields == 0)
		return "NULL";
	return arena_printf(s->arena, "%s.%s", table == own ? SQL_ROWS : sql_text(s->arena, table->name, '"'),
	    sql_text(s->arena, table->columns[i].name, '"'));
}

/* --- cells ------------------------------------------------------------------------------------------------------- */

static const char *
context_column(struct sql *s, enum column_context context)
{
	const struct column_table *table = s->view->table;
	size_t i = 0;

	if (s->in != NULL && !release_has_context(s->in, table, context))
		return "NULL";
	while (table->columns[i].source != COLUMN_CONTEXT || table->columns[i].context != context)
		i++;
	return arena_printf(s->arena, SQL_ROWS ".%s", sql_text(s->arena, table->columns[i].name, '"'));
}

static const char *
value_of(struct sql *s, const struct typed *t, enum column_type type)
{
	if (type == COLUMN_TIME)
		return arena_printf(s->arena, SQL_TIME_MADE "%s" SQL_TIME_MADE_, sql_integer(s, t));
	return type == COLUMN_INTEGER ? sql_integer(s, t) : sql_value(s, t);
}

/* Whether the value is null in all rows of the release whose lacking members are null: as typed_is_null of its own expression. */
static bool
is_null(struct sql *s, const struct typed *t)
{
	enum column_type type;
	bool null = false;

	if (t->member) {
		const char *column = sql_column(s, t, &type);

		return column != NULL && strcmp(column, "NULL") == 0;
	}
	if (t->kind == EXPR_CHOICE)
		return is_null(s, t->args[1]) && is_null(s, t->args[2]);
	if (t->kind == EXPR_NULL)
		return true;
	if (t->kind == EXPR_NOT || t->kind == EXPR_TRUTH || (t->kind == EXPR_BINARY && t->op < OP_BITS))
		return false;
	if (t->nargs == 0 && leaf_of(t)->source == FROM_VARIABLE) {
		const struct typed *value = sql_behind_name(s, t);

		return value == NULL || is_null(s, value);
	}
	for (size_t i = 0; i < t->nargs; i++)
		null = null || is_null(s, t->args[i]);
	return null;
}

const char *
sql_bytes(struct sql *s, const struct view_cell *cell)
{
	const struct typed *t = cell->value;
	enum column_type type;
	const char *text = cell->is_context ? context_column(s, cell->context)
	    : t != NULL                     ? sql_column(s, t, &type)
					    : NULL;

	if (text == NULL || strcmp(text, "NULL") == 0)
		return "NULL";
	return arena_printf(s->arena, "%.*s" BYTES_COLUMN "\"", (int)strlen(text) - 1, text);
}

const char *
sql_cell(struct sql *s, const struct view_cell *cell, enum column_type type)
{
	enum column_type stored;
	const char *column;

	if (cell->is_context)
		return context_column(s, cell->context);
	if (cell->value == NULL || (s->in != NULL && is_null(s, cell->value)))
		return "NULL";
	if (!cell->value->member)
		return value_of(s, cell->value, type);
	column = sql_column(s, cell->value, &stored);
	return column != NULL && stored != type ? value_of(s, cell->value, type) : column;
}
