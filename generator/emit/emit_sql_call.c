/*
 * emit_sql_call: the functions of the language in SQL. Some builds of SQLite have no floor, and its round is not exact.
 */
#include <string.h>

#include "emit/emit_sql.h"

/* A larger double is a whole number, as in the runtime's values.h. */
#define WHOLE_FROM "4503599627370496.0"

/* The function of the same name, which is null if an argument is. */
static const char *
same(struct sql *s, const struct typed *t)
{
	const char *text = arena_printf(s->arena, "%s(", t->text);

	for (size_t i = 0; i < t->nargs; i++)
		text = arena_printf(s->arena, "%s%s%s", text, i > 0 ? ", " : "",
		    t->args[i]->type == TYPE_IS_INTEGER ? sql_integer(s, t->args[i]) : sql_value(s, t->args[i]));
	return arena_printf(s->arena, "%s)", text);
}

/* The lowest 32 bits, signed. */
static const char *
to_int(struct sql *s, const struct typed *t)
{
	return arena_printf(s->arena, "((((%s) & 4294967295) + 2147483648) %% 4294967296 - 2147483648)",
	    sql_integer(s, t->args[0]));
}

static const char *
to_double(struct sql *s, const struct typed *t)
{
	return arena_printf(s->arena, "(%s)", sql_value(s, t->args[0]));
}

/* What is added to the whole part of a number, which `%1$s` is. */
static const char *
whole(struct sql *s, const struct typed *t, const char *format)
{
	const char *x = arena_printf(s->arena, "(%s)", sql_value(s, t->args[0]));
	const char *w = arena_printf(s->arena, "CAST(%s AS INTEGER)", x), *text = "";

	for (; *format != '\0'; format++)
		text = arena_printf(s->arena, "%s%s", text,
		    *format == 'x'       ? x
			: *format == 'w' ? w
					 : arena_strndup(s->arena, format, 1));
	return arena_printf(s->arena, "CASE WHEN abs(%s) < " WHOLE_FROM " THEN CAST(%s AS REAL) ELSE %s END", x, text,
	    x);
}

static const char *
down(struct sql *s, const struct typed *t)
{
	return arena_printf(s->arena, "(%s)", whole(s, t, "w - (w > x)"));
}

static const char *
nearest(struct sql *s, const struct typed *t)
{
	return arena_printf(s->arena, "(%s)", whole(s, t, "w + (x - w >= 0.5) - (w - x >= 0.5)"));
}

/* In characters, of texts whose bytes that are not UTF-8 are replaced: as in bytes, if the part looked for is a literal. */
static const char *
find_literal(struct sql *s, const struct typed *t)
{
	const struct typed *part = t->args[1];
	const char *text = sql_value(s, t->args[0]), *literal = sql_value(s, part);

	if (part->kind != EXPR_TEXT || strstr(part->text, "\xef\xbf\xbd") != NULL)
		return sql_refuse(s, "looks for a text of the log in another");
	if (strcmp(t->text, "contains") == 0)
		return arena_printf(s->arena, "(instr(%s, %s) > 0)", text, literal);
	return arena_printf(s->arena, "(substr(%s, 1, length(%s)) = %s)", text, literal, literal);
}

/* In bytes. What a text was before it was made UTF-8 is in the column behind its own, in hex, if it is not the text. */
static const char *
length_of(struct sql *s, const struct typed *t)
{
	const struct typed *text = t->args[0];
	enum column_type type;
	const char *column;

	if (!text->member)
		return sql_refuse(s, "asks for the length of a text which a function makes");
	column = sql_column(s, text, &type);
	if (column == NULL || strcmp(column, "NULL") == 0)
		return "NULL";
	return arena_printf(s->arena, "coalesce(length(%s) / 2, length(CAST(%s AS BLOB)))",
	    sql_bytes(s, &(struct view_cell){ .value = text }), column);
}

static const struct {
	const char *name;
	const char *(*write)(struct sql *s, const struct typed *t);
} functions[] = {
	{ "min", same },
	{ "max", same },
	{ "lower", same },
	{ "length", length_of },
	{ "int", to_int },
	{ "double", to_double },
	{ "floor", down },
	{ "round", nearest },
	{ "contains", find_literal },
	{ "starts_with", find_literal },
};

const char *
sql_call(struct sql *s, const struct typed *t)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (strcmp(functions[i].name, t->text) == 0)
			return functions[i].write(s, t);
	return sql_refuse(s, arena_printf(s->arena, "uses the function '%s'", t->text));
}
