/*
 * type_operation: comparisons and arithmetic, whose operands have types.
 */
#include "expr/type_internal.h"

#include <string.h>

#include "expr/units.h"

/* --- comparisons ---------------------------------------------------------------------------------------------- */

/* A member has no longer text than it has room for; schemas compare members with literals only. */
static struct typed *
compare_texts(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	const bool with_literal = a->member && b->kind == EXPR_TEXT;

	if (with_literal && a->room > 0 && strlen(b->text) > a->room)
		return type_report(p, e, "'%s' needs a text that the member has room for", e->text);
	if (!with_literal && !p->rules->any_texts)
		return type_report(p, e, "'%s' needs a member that is a text, and a text", e->text);
	return t;
}

/* Replaces a text literal beside a time by the time. */
static bool
fit_time(const struct type_pass *p, const struct expr *e, struct typed *literal, const struct typed *other)
{
	int64_t seconds;

	if (literal->kind != EXPR_TEXT || other->type != TYPE_IS_TIME)
		return true;
	if (!p->r->time(literal->text, &seconds)) {
		type_report(p, e, "not a time: write \"2022-11-11T19:51:50Z\", \"2022-11-11\" or seconds since 1970");
		return false;
	}
	literal->kind = EXPR_INTEGER;
	literal->type = TYPE_IS_TIME;
	literal->integer = (uint64_t)seconds;
	return true;
}

static struct typed *
compare_numbers(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	if (!type_units_fit(p, e, t->args[0], t->args[1], "compared"))
		return NULL;
	if (p->rules->exact || t->args[0]->type == t->args[1]->type)
		return t;
	return type_to_real(p, e, t, 0) && type_to_real(p, e, t, 1) ? t : NULL;
}

/* Times and integers can be compared. */
static struct typed *
compare_times(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	for (size_t i = 0; i < 2; i++)
		if (t->args[i]->type != TYPE_IS_TIME && t->args[i]->type != TYPE_IS_INTEGER)
			return type_refuse(p, e->args[i], t->args[i], e->text, "a time here");
	return t;
}

static struct typed *
compare_equal(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	if (a->type != b->type)
		return type_refuse(p, e->args[1], b, e->text,
		    a->type == TYPE_IS_TEXT          ? "two texts here"
			: a->type == TYPE_IS_BOOLEAN ? "true or false here"
						     : "two numbers here");
	return a->type == TYPE_IS_TEXT ? compare_texts(p, e, t) : t;
}

struct typed *
type_compare(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	struct typed *a = t->args[0], *b = t->args[1];
	const bool equal = e->op == OP_EQ || e->op == OP_NE;

	t->type = TYPE_IS_BOOLEAN;
	if (a->type == TYPE_IS_NULL || b->type == TYPE_IS_NULL)
		return equal ? t : type_report(p, e, "'%s' cannot compare with null; '==' and '!=' can", e->text);
	if (p->rules->times && (!fit_time(p, e->args[0], a, b) || !fit_time(p, e->args[1], b, a)))
		return NULL;
	if (type_is_number(a) && type_is_number(b))
		return compare_numbers(p, e, t);
	if (a->type == TYPE_IS_TIME || b->type == TYPE_IS_TIME)
		return compare_times(p, e, t);
	if (equal)
		return compare_equal(p, e, t);
	return type_refuse(p, e->args[type_is_number(a) ? 1 : 0], type_is_number(a) ? b : a, e->text,
	    p->rules->times ? "numbers or times" : "numbers");
}

/* --- arithmetic ----------------------------------------------------------------------------------------------- */

/* Sums and differences with a time in them. */
static struct typed *
add_times(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	const bool left = a->type == TYPE_IS_TIME, right = b->type == TYPE_IS_TIME;

	if (left && right && e->op == OP_ADD)
		return type_refuse(p, e->args[1], b, e->text, "an integer behind a time");
	if (right && !left && e->op == OP_SUB)
		return type_refuse(p, e->args[1], b, e->text, "an integer, unless a time is before it");
	if (!left && a->type != TYPE_IS_INTEGER)
		return type_refuse(p, e->args[0], a, e->text, "an integer beside a time");
	if (!right && b->type != TYPE_IS_INTEGER)
		return type_refuse(p, e->args[1], b, e->text, "an integer beside a time");
	t->type = left && right ? TYPE_IS_INTEGER : TYPE_IS_TIME;
	return t;
}

static bool
is_other_than_zero(const struct typed *t)
{
	const struct typed *number = t->kind == EXPR_TO_REAL ? t->args[0] : t;

	return number->kind == EXPR_INTEGER && number->integer != 0;
}

static struct typed *
calculate(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	const bool sum = e->op == OP_ADD || e->op == OP_SUB, integers = e->op == OP_BITS || e->op == OP_MOD;

	for (size_t i = 0; i < 2; i++)
		if (integers ? t->args[i]->type != TYPE_IS_INTEGER : !type_is_number(t->args[i]))
			return type_refuse(p, e->args[i], t->args[i], e->text, integers ? "integers" : "numbers");
	if (sum && !type_units_fit(p, e, a, b, e->op == OP_ADD ? "added" : "subtracted"))
		return NULL;
	t->unit = sum ? units_sum(a->unit, b->unit) : NULL;
	if (a->type == TYPE_IS_INTEGER && b->type == TYPE_IS_INTEGER)
		return t;
	t->type = TYPE_IS_REAL;
	return type_to_real(p, e, t, 0) && type_to_real(p, e, t, 1) ? t : NULL;
}

struct typed *
type_arithmetic(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const bool divides = e->op == OP_DIV || e->op == OP_MOD;
	const bool times = t->args[0]->type == TYPE_IS_TIME || t->args[1]->type == TYPE_IS_TIME;

	if ((times && (e->op == OP_ADD || e->op == OP_SUB) ? add_times(p, e, t) : calculate(p, e, t)) == NULL)
		return NULL;
	t->null_by_zero = divides && p->rules->null_by_zero;
	t->nullable = t->args[0]->nullable || t->args[1]->nullable || type_can_outgrow(t) ||
	    (t->null_by_zero && !is_other_than_zero(t->args[1]));
	return t;
}
