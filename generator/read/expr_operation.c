/*
 * expr_operation: the types of operators and choices.
 */
#include "read/expr_internal.h"

#include <string.h>

#include "expr/units.h"

struct typed *
expr_report_operands(const struct expr_context *c, const struct expr *e, const char *needs)
{
	diag_error(c->scope->diag, expr_place(c, e), "'%s' needs %s", e->kind == EXPR_CHOICE ? "?" : e->text, needs);
	return NULL;
}

bool
expr_is_number(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_REAL;
}

bool
expr_is_truth(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_BOOLEAN;
}

/* A comparison of a text member with a literal, which must fit in the member. */
static bool
is_member_with_text(const struct typed *a, const struct typed *b)
{
	return a->type == TYPE_IS_TEXT && b->type == TYPE_IS_TEXT && a->source == FROM_MEMBER &&
	    b->source == FROM_LITERAL;
}

/* Schemas compare a member with a literal; elsewhere any two texts can be compared, and any two conditions. */
static struct typed *
type_equal(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	const bool schema = expr_dialect_of(c->scope) == DIALECT_SCHEMA;

	if (is_member_with_text(a, b) && b->kind == EXPR_TEXT && strlen(b->text) > a->room)
		return expr_report_operands(c, e, "a text that the member has room for");
	if (schema)
		return is_member_with_text(a, b)
		    ? t
		    : expr_report_operands(c, e, "two numbers, or a member that is a text and a text");
	if (a->type == TYPE_IS_NULL || b->type == TYPE_IS_NULL)
		return t;
	if (a->type == b->type && (a->type == TYPE_IS_TEXT || a->type == TYPE_IS_BOOLEAN))
		return t;
	return expr_report_operands(c, e, "two values of one type");
}

/* Reports, in views, that the two operands have units that do not fit. Returns `t`, or NULL. */
static struct typed *
fit_units(const struct expr_context *c, const struct expr *e, struct typed *t, const char *done)
{
	const char *a = t->args[0]->unit, *b = t->args[1]->unit;

	if (expr_dialect_of(c->scope) != DIALECT_VIEW || units_fit(a, b))
		return t;
	diag_error(c->scope->diag, expr_place(c, e), "%s and %s cannot be %s", a, b, done);
	return NULL;
}

static struct typed *
type_compare(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	t->type = TYPE_IS_BOOLEAN;
	if (expr_is_number(a) && expr_is_number(b))
		return fit_units(c, e, t, "compared");
	if (e->op == OP_EQ || e->op == OP_NE)
		return type_equal(c, e, t);
	return expr_report_operands(c, e, "two numbers");
}

static struct typed *
type_arithmetic(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	t->null_by_zero = expr_dialect_of(c->scope) == DIALECT_VIEW && (e->op == OP_DIV || e->op == OP_MOD);
	if (e->op == OP_BITS || e->op == OP_MOD)
		return a->type == TYPE_IS_INTEGER && b->type == TYPE_IS_INTEGER
		    ? t
		    : expr_report_operands(c, e, "two integers");
	t->type = a->type == TYPE_IS_REAL || b->type == TYPE_IS_REAL ? TYPE_IS_REAL : TYPE_IS_INTEGER;
	if (!expr_is_number(a) || !expr_is_number(b))
		return expr_report_operands(c, e, "two numbers");
	if (e->op != OP_ADD && e->op != OP_SUB)
		return t;
	t->unit = units_sum(a->unit, b->unit);
	return fit_units(c, e, t, e->op == OP_ADD ? "added" : "subtracted");
}

static struct typed *
type_binary(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	switch (e->op) {
	case OP_OR:
	case OP_AND:
		t->type = TYPE_IS_BOOLEAN;
		return expr_is_truth(t->args[0]) && expr_is_truth(t->args[1])
		    ? t
		    : expr_report_operands(c, e, "two conditions");
	case OP_EQ:
	case OP_NE:
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE: return type_compare(c, e, t);
	case OP_MATCH:
	case OP_NO_MATCH:
		diag_error(c->scope->diag, expr_place(c, e), "'%s' cannot be used in a schema", e->text);
		return NULL;
	default: return type_arithmetic(c, e, t);
	}
}

/* Gives a null that has no type yet one. */
static void
fit_null(struct typed *t, enum expr_type type)
{
	if (t->type != TYPE_IS_NULL)
		return;
	t->type = type;
	for (size_t i = 1; i < t->nargs; i++)
		fit_null(t->args[i], type);
}

static struct typed *
type_choice(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	struct typed *yes = t->args[1], *no = t->args[2];
	const bool numbers = expr_is_number(yes) && expr_is_number(no);
	const bool schema = expr_dialect_of(c->scope) == DIALECT_SCHEMA;

	if (!expr_is_truth(t->args[0]))
		return expr_report_operands(c, e, "a condition before it");
	fit_null(yes, no->type);
	fit_null(no, yes->type);
	if (!numbers && (yes->type != no->type || yes->type >= TYPE_IS_STRUCT || (schema && yes->type == TYPE_IS_TEXT)))
		return expr_report_operands(c, e,
		    schema ? "two numbers or two conditions to choose from" : "two values of one type to choose from");
	t->type = numbers && yes->type != no->type ? TYPE_IS_REAL : yes->type;
	return t;
}

struct typed *
expr_type_operation(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	switch (e->kind) {
	case EXPR_MINUS:
		t->type = t->args[0]->type;
		return expr_is_number(t->args[0]) ? t : expr_report_operands(c, e, "a number");
	case EXPR_NOT:
		t->type = TYPE_IS_BOOLEAN;
		return expr_is_truth(t->args[0]) ? t : expr_report_operands(c, e, "a condition");
	case EXPR_BINARY: return type_binary(c, e, t);
	default: return type_choice(c, e, t);
	}
}
