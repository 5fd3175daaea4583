/*
 * emit_sql_expr: a typed expression to an expression of SQLite. Its operators have the meaning of the language: a null operand
 * makes null, and so does a division by 0. Integers have 64 bits; SQLite makes a real of a result beyond them, and of all that is
 * computed of it. Where a chain of operations ends, what is not an integer becomes null.
 */
#include <inttypes.h>
#include <string.h>

#include "emit/emit_sql.h"
#include "model/integer_bits.h"

#define LITERAL_DIGITS 15 /* a decimal of so many digits is the same double to every reader */

const char *
sql_refuse(struct sql *s, const char *why)
{
	if (s->why == NULL)
		s->why = why;
	return "NULL";
}

const char *
sql_text(struct arena *a, const char *text, char quote)
{
	char *copy = arena_alloc(a, 2 * strlen(text) + 3), *to = copy;

	*to++ = quote;
	for (; *text != '\0'; text++) {
		if (*text == quote)
			*to++ = quote;
		*to++ = *text;
	}
	*to++ = quote;
	return copy;
}

/* --- leaves ------------------------------------------------------------------------------------------------------ */

const struct typed *
sql_behind_name(const struct sql *s, const struct typed *t)
{
	const struct view *v = s->view->view;

	for (size_t i = 0; i < v->nnames && t->nargs == 0 && leaf_of(t)->source == FROM_VARIABLE; i++)
		if (s->view->once[i] &&
		    strcmp(leaf_of(t)->access, arena_printf(s->arena, "names->%s", v->names[i].name.text)) == 0)
			return s->of->names[i];
	return t;
}

static const char *
value_of_member(struct sql *s, const struct typed *t)
{
	enum column_type type;
	const char *column = sql_column(s, t, &type);

	if (column == NULL)
		return "NULL";
	if (type == COLUMN_NUMBER)
		return sql_refuse(s, "calculates with a float32, which tables have as the shortest decimal");
	if (type == COLUMN_TIME && strcmp(column, "NULL") != 0)
		return arena_printf(s->arena, SQL_TIME_READ "%s" SQL_TIME_READ_, column);
	return column;
}

static const char *
value_of_real(struct sql *s, const struct typed *t)
{
	if (strlen(t->text) > LITERAL_DIGITS + 1)
		return sql_refuse(s, "has a number with more than 15 digits");
	return t->text;
}

static const char *
value_of_leaf(struct sql *s, const struct typed *t)
{
	if (t->kind == EXPR_NULL)
		return "NULL";
	switch (leaf_of(t)->source) {
	case FROM_MEMBER: return value_of_member(s, t);
	case FROM_LITERAL: break;
	case FROM_VARIABLE:
	case FROM_INDEX:
	case FROM_ROOT:
	case FROM_ARRAY: return sql_refuse(s, "reads more than members");
	}
	switch (t->kind) {
	case EXPR_REAL: return value_of_real(s, t);
	case EXPR_TEXT: return sql_text(s->arena, t->text, '\'');
	default: return arena_printf(s->arena, "%" PRId64, (int64_t)t->integer);
	}
}

/* --- operations -------------------------------------------------------------------------------------------------- */

/* How close an operator binds its operands; 0: what it makes needs no parentheses, or always some. */
static int
level_of(const struct typed *t)
{
	static const int
	    levels[] = { [OP_BITS] = 1, [OP_ADD] = 2, [OP_SUB] = 2, [OP_MUL] = 3, [OP_DIV] = 3, [OP_MOD] = 3 };

	return t->kind == EXPR_BINARY && t->op >= OP_BITS ? levels[t->op] : 0;
}

/* An operand of an operator of that level, in parentheses if it needs them. */
static const char *
operand(struct sql *s, const struct typed *t, int level)
{
	const struct typed *value = sql_behind_name(s, t);
	const char *text = sql_value(s, t);

	if (value == NULL || value->nargs == 0 || value->kind == EXPR_CALL || value->kind == EXPR_TO_REAL ||
	    (level > 0 && level_of(value) >= level))
		return text;
	return arena_printf(s->arena, "(%s)", text);
}

static const char *
to_real(struct sql *s, const struct typed *value)
{
	if (value->kind == EXPR_INTEGER && value->nargs == 0)
		return arena_printf(s->arena, "%" PRId64 ".0", (int64_t)value->integer);
	return arena_printf(s->arena, "CAST(%s AS REAL)", sql_integer(s, value));
}

/* Whether an integer can be a real in SQLite, since it is computed of one that does not fit. Functions, & and % have no such operand. */
static bool
can_outgrow(const struct sql *s, const struct typed *t)
{
	const struct typed *value = sql_behind_name(s, t);

	if (value == NULL || value->type != TYPE_IS_INTEGER || value->member)
		return false;
	if (value->kind == EXPR_CHOICE)
		return can_outgrow(s, value->args[1]) || can_outgrow(s, value->args[2]);
	if (value->kind == EXPR_MINUS)
		return integer_can_outgrow(value) || can_outgrow(s, value->args[0]);
	if (value->kind != EXPR_BINARY || value->op == OP_BITS || value->op == OP_MOD)
		return false;
	return integer_can_outgrow(value) || can_outgrow(s, value->args[0]) || can_outgrow(s, value->args[1]);
}

/* An operand of arithmetic. SQLite makes a real of an integer beside one. */
static const char *
beside(struct sql *s, const struct typed *t, const struct typed *other, int level)
{
	const bool conversion = t->kind == EXPR_TO_REAL && t->args[0]->kind != EXPR_INTEGER &&
	    !can_outgrow(s, t->args[0]);

	return operand(s, conversion && other->kind != EXPR_TO_REAL ? t->args[0] : t, level);
}

/* An operand of a comparison, and of & and %, which would cut a real off. */
static const char *
whole_operand(struct sql *s, const struct typed *t, int level)
{
	return can_outgrow(s, t) ? arena_printf(s->arena, "(%s)", sql_integer(s, t)) : operand(s, t, level);
}

/* Operators of one level are read from left to right. */
static const char *
arithmetic(struct sql *s, const struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	if (t->op == OP_BITS || t->op == OP_MOD)
		return arena_printf(s->arena, "%s %s %s", whole_operand(s, a, level_of(t)), expr_operator_text(t->op),
		    whole_operand(s, b, level_of(t) + 1));
	return arena_printf(s->arena, "%s %s %s", beside(s, a, b, level_of(t)), expr_operator_text(t->op),
	    beside(s, b, a, level_of(t) + 1));
}

/* Texts that are replaced where they are not UTF-8 can be equal although their bytes are not; a literal has no such part. */
static bool
compares_literal(const struct typed *t)
{
	static const char replacement[] = "\xef\xbf\xbd";
	const struct typed *literal = t->args[0]->kind == EXPR_TEXT ? t->args[0] : t->args[1];

	return literal->kind == EXPR_TEXT && strstr(literal->text, replacement) == NULL;
}

static const char *
comparison(struct sql *s, const struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	if (b->type == TYPE_IS_NULL || a->type == TYPE_IS_NULL)
		return arena_printf(s->arena, "%s IS %sNULL", whole_operand(s, b->type == TYPE_IS_NULL ? a : b, 1),
		    t->op == OP_NE ? "NOT " : "");
	if (a->type == TYPE_IS_TEXT && !compares_literal(t))
		return sql_refuse(s, "compares two texts of the log");
	return arena_printf(s->arena, "%s %s %s", whole_operand(s, a, 1),
	    t->op == OP_EQ       ? "="
		: t->op == OP_NE ? "<>"
				 : expr_operator_text(t->op),
	    whole_operand(s, b, 1));
}

/* --- conditions -------------------------------------------------------------------------------------------------- */

/* `exact`: false is 0; else it can be NULL. */
static const char *condition(struct sql *s, const struct typed *t, bool exact);

static const char *
truth(struct sql *s, const struct typed *value, bool exact)
{
	const char *text = value->type == TYPE_IS_BOOLEAN
	    ? sql_value(s, value)
	    : arena_printf(s->arena, "%s <> 0", whole_operand(s, value, 1));

	return exact ? arena_printf(s->arena, "ifnull(%s, 0)", text) : text;
}

/* An operand of AND, OR and NOT. */
static const char *
part(struct sql *s, const struct typed *t, bool exact)
{
	const struct typed *inner = t->kind == EXPR_TRUTH && t->args[0]->type == TYPE_IS_BOOLEAN ? t->args[0] : t;

	return arena_printf(s->arena, inner->nargs == 0 ? "%s" : "(%s)", condition(s, t, exact));
}

/* A member is null in a release that lacks it. */
static const char *
condition(struct sql *s, const struct typed *t, bool exact)
{
	switch (t->kind) {
	case EXPR_TRUTH: return truth(s, t->args[0], exact);
	case EXPR_NOT: return arena_printf(s->arena, "NOT %s", part(s, t->args[0], true));
	case EXPR_BINARY: break;
	case EXPR_BOOLEAN: return sql_value(s, t);
	default: return truth(s, t, exact);
	}
	if (t->op == OP_AND || t->op == OP_OR)
		return arena_printf(s->arena, "%s %s %s", part(s, t->args[0], exact), t->op == OP_AND ? "AND" : "OR",
		    part(s, t->args[1], exact));
	if (!exact || t->args[0]->type == TYPE_IS_NULL || t->args[1]->type == TYPE_IS_NULL)
		return comparison(s, t);
	return arena_printf(s->arena, "ifnull(%s, 0)", comparison(s, t));
}

const char *
sql_condition(struct sql *s, const struct typed *t)
{
	return condition(s, t, false);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

static const char *
choice(struct sql *s, const struct typed *t)
{
	const char *test = sql_condition(s, t->args[0]), *yes = sql_value(s, t->args[1]);
	const char *no = sql_value(s, t->args[2]);

	return arena_printf(s->arena, "CASE WHEN %s THEN %s%s%s END", test, yes,
	    strcmp(no, "NULL") == 0 ? "" : " ELSE ", strcmp(no, "NULL") == 0 ? "" : no);
}

const char *
sql_integer(struct sql *s, const struct typed *t)
{
	const char *text = sql_value(s, t);

	if (!can_outgrow(s, t))
		return text;
	if (t->kind == EXPR_CHOICE)
		return arena_printf(s->arena, "CASE WHEN %s THEN %s ELSE %s END", sql_condition(s, t->args[0]),
		    sql_integer(s, t->args[1]), sql_integer(s, t->args[2]));
	return arena_printf(s->arena, "CASE typeof(%s) WHEN 'integer' THEN %s END", text, text);
}

static const char *
value_of(struct sql *s, const struct typed *t)
{
	switch (t->kind) {
	case EXPR_CALL: return sql_call(s, t);
	case EXPR_MINUS: return arena_printf(s->arena, "- %s", operand(s, t->args[0], 0));
	case EXPR_NOT:
	case EXPR_TRUTH: return condition(s, t, true);
	case EXPR_TO_REAL: return to_real(s, t->args[0]);
	case EXPR_BINARY: return t->op < OP_BITS ? condition(s, t, true) : arithmetic(s, t);
	case EXPR_CHOICE: return choice(s, t);
	default: return value_of_leaf(s, t);
	}
}

/* Names and functions that are written several times can make a text long: each node at most a few times its operands. */
const char *
sql_value(struct sql *s, const struct typed *t)
{
	const struct typed *value = sql_behind_name(s, t);
	const char *text = value != NULL && s->why == NULL ? value_of(s, value) : "NULL";

	return strlen(text) <= SQL_LENGTH_MAX ? text : sql_refuse(s, "is too long for a statement");
}
