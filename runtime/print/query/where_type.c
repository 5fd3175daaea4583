/*
 * where_type: gives each node of a condition a type and a unit, and appends its steps, operands first.
 */
#include <stdlib.h>
#include <string.h>

#include "expr/units.h"
#include "print/query/where_internal.h"

struct typing {
	struct where *where;
	const struct where_names *names;
	struct expr_error *error;
};

/* What is known of a node. `first` and the step before the next one are its steps. */
struct typed {
	enum cell_kind kind; /* CELL_NULL: the literal */
	const char *unit;
	size_t first;
	bool column, literal; /* it is nothing else */
	bool single;          /* of a column: its numbers are float32 */
};

static bool type_node(const struct typing *t, const struct expr *e, struct typed *typed);

static const char *const kinds[] = {
	[CELL_NULL] = "null",
	[CELL_INTEGER] = "an integer",
	[CELL_NUMBER] = "a number with a point",
	[CELL_BOOLEAN] = "true or false",
	[CELL_TEXT] = "a text",
	[CELL_TIME] = "a time",
};

static struct step *
append(const struct typing *t, enum step_kind kind)
{
	struct step *step = &t->where->steps[t->where->nsteps++];

	*step = (struct step){ .kind = kind };
	return step;
}

static bool
is_numeric(const struct typed *typed)
{
	return typed->kind == CELL_INTEGER || typed->kind == CELL_NUMBER;
}

/* Reports that the operand does not fit. */
static bool
refuse(const struct typing *t, const struct expr *operand, const struct typed *typed, const char *op, const char *needs)
{
	char shown[EXPR_SHOWN_SIZE];

	if (operand->nargs == 0)
		expr_error_set(t->error, operand->offset, operand->length, "'%s' is %s; '%s' needs %s",
		    expr_error_part(shown, operand->text, strlen(operand->text)), kinds[typed->kind], op, needs);
	else
		expr_error_set(t->error, operand->offset, operand->length, "the result of '%s' is %s; '%s' needs %s",
		    operand->text, kinds[typed->kind], op, needs);
	return false;
}

static bool
fail(const struct typing *t, const struct expr *e, const char *message)
{
	expr_error_set(t->error, e->offset, e->length, "%s", message);
	return false;
}

/* --- leaves --------------------------------------------------------------------------------------------------- */

/* Reports that the name is unknown. */
static bool
refuse_name(const struct typing *t, const struct expr *e)
{
	const char *near = t->names->near != NULL ? word_set_nearest(t->names->near, e->text) : NULL;
	char shown[EXPR_SHOWN_SIZE];

	if (near != NULL && strcmp(near, e->text) == 0)
		near = NULL;
	expr_error_set(t->error, e->offset, e->length, "unknown column '%s'%s%s%s",
	    expr_error_part(shown, e->text, strlen(e->text)), near != NULL ? "; did you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
	return false;
}

/* Whether all names of the tree are known. */
static bool
find_names(const struct typing *t, const struct expr *e)
{
	struct where_column column;

	if (e->kind == EXPR_PATH && !t->names->find(t->names->context, e->text, &column))
		return refuse_name(t, e);
	for (size_t i = 0; i < e->nargs; i++)
		if (!find_names(t, e->args[i]))
			return false;
	return true;
}

static bool
type_column(const struct typing *t, const struct expr *e, struct typed *typed)
{
	struct where *w = t->where;
	struct where_column column;
	size_t i = 0;

	if (!t->names->find(t->names->context, e->text, &column))
		return refuse_name(t, e);
	typed->kind = column.kind;
	typed->unit = column.unit;
	typed->column = true;
	typed->single = column.single;
	append(t, STEP_COLUMN)->index = column.id;
	while (i < w->ncolumns && w->columns[i] != column.id)
		i++;
	if (i == w->ncolumns)
		w->columns[w->ncolumns++] = column.id;
	return true;
}

/* `negative`: a minus stands before it. */
static bool
type_literal(const struct typing *t, const struct expr *e, bool negative, struct typed *typed)
{
	const bool hex = e->text[0] == '0' && e->text[1] == 'x';
	struct cell *cell = &append(t, STEP_LITERAL)->literal;

	typed->literal = true;
	switch (e->kind) {
	case EXPR_INTEGER:
		if (!hex && e->integer > (uint64_t)INT64_MAX + (negative ? 1 : 0))
			return fail(t, e, "the largest integer is 9223372036854775807");
		cell->kind = CELL_INTEGER;
		cell->integer = (int64_t)(negative ? 0 - e->integer : e->integer);
		break;
	case EXPR_REAL:
		cell->kind = CELL_NUMBER;
		cell->number = strtod(e->text, NULL) * (negative ? -1 : 1);
		break;
	case EXPR_BOOLEAN:
		cell->kind = CELL_BOOLEAN;
		cell->integer = (int64_t)e->integer;
		break;
	case EXPR_LETTER:
	case EXPR_TEXT:
		cell->kind = CELL_TEXT;
		cell->text = e->text;
		cell->size = strlen(e->text);
		break;
	default: break; /* null */
	}
	typed->kind = cell->kind;
	return true;
}

/* --- operators ------------------------------------------------------------------------------------------------ */

/* Makes the value of the steps so far true or false, unless it is so already. */
static void
append_truth(const struct typing *t)
{
	switch (t->where->steps[t->where->nsteps - 1].kind) {
	case STEP_TEST:
	case STEP_COMPARE:
	case STEP_MATCH:
	case STEP_IS_NULL:
	case STEP_NOT:
	case STEP_TRUTH: break;
	default: append(t, STEP_TRUTH);
	}
}

/* An operand that must be true or false. */
static bool
type_truth(const struct typing *t, const struct expr *e, const char *op)
{
	struct typed typed;

	if (!type_node(t, e, &typed))
		return false;
	if (typed.kind != CELL_BOOLEAN && typed.kind != CELL_INTEGER)
		return refuse(t, e, &typed, op, "true or false, or an integer");
	append_truth(t);
	return true;
}

static bool
same_unit(const struct typing *t, const struct expr *e, const struct typed *a, const struct typed *b, const char *done)
{
	if (units_fit(a->unit, b->unit))
		return true;
	expr_error_set(t->error, e->offset, e->length, "%s and %s cannot be %s", a->unit, b->unit, done);
	return false;
}

/* Replaces a text literal that is compared with a time by the time. */
static bool
fit_time(const struct typing *t, const struct expr *e, struct typed *literal, const struct typed *other)
{
	struct cell *cell = &t->where->steps[literal->first].literal;

	if (!literal->literal || literal->kind != CELL_TEXT || other->kind != CELL_TIME)
		return true;
	if (!where_time(cell->text, &cell->integer))
		return fail(t, e, "not a time: write \"2022-11-11T19:51:50Z\", \"2022-11-11\" or seconds since 1970");
	cell->kind = literal->kind = CELL_TIME;
	return true;
}

/* Rounds a literal that is compared with a column of float32. */
static void
fit_number(const struct typing *t, const struct typed *literal, const struct typed *other)
{
	struct cell *cell = &t->where->steps[literal->first].literal;

	if (literal->literal && literal->kind == CELL_NUMBER && other->column && other->single)
		cell->number = (float)cell->number;
}

/* The comparison of a value with null, which is the last or the first step of the two operands. */
static bool
type_is_null(const struct typing *t, const struct expr *e, const struct typed *left)
{
	if (e->op != OP_EQ && e->op != OP_NE) {
		expr_error_set(t->error, e->offset, e->length, "'%s' cannot compare with null; '==' and '!=' can",
		    e->text);
		return false;
	}
	if (left->literal && left->kind == CELL_NULL) {
		struct step *steps = t->where->steps;
		const size_t first = left->first;

		memmove(&steps[first], &steps[first + 1], (t->where->nsteps - first - 1) * sizeof *steps);
		for (size_t i = first; i < t->where->nsteps - 1; i++)
			if (steps[i].kind >= STEP_JUMP)
				steps[i].index--;
	}
	t->where->nsteps--;
	append(t, STEP_IS_NULL)->op = e->op;
	return true;
}

/* A column that is compared with a literal takes one step. */
static void
append_compare(const struct typing *t, enum expr_operator op, const struct typed *a, const struct typed *b)
{
	struct step *steps = t->where->steps;

	if (!a->column || !b->literal) {
		append(t, STEP_COMPARE)->op = op;
		return;
	}
	steps[a->first].kind = STEP_TEST;
	steps[a->first].op = op;
	steps[a->first].literal = steps[b->first].literal;
	t->where->nsteps = b->first;
}

static bool
type_compare(const struct typing *t, const struct expr *e, struct typed *a, struct typed *b)
{
	const bool equal = e->op == OP_EQ || e->op == OP_NE;

	if (a->kind == CELL_NULL || b->kind == CELL_NULL)
		return type_is_null(t, e, a);
	if (!fit_time(t, e->args[0], a, b) || !fit_time(t, e->args[1], b, a))
		return false;
	fit_number(t, a, b);
	fit_number(t, b, a);
	if (is_numeric(a) && is_numeric(b)) {
		if (!same_unit(t, e, a, b, "compared"))
			return false;
	} else if (a->kind == CELL_TIME || b->kind == CELL_TIME) {
		if (a->kind != CELL_TIME && a->kind != CELL_INTEGER)
			return refuse(t, e->args[0], a, e->text, "a time here");
		if (b->kind != CELL_TIME && b->kind != CELL_INTEGER)
			return refuse(t, e->args[1], b, e->text, "a time here");
	} else if (!equal) {
		return is_numeric(a) ? refuse(t, e->args[1], b, e->text, "numbers or times")
				     : refuse(t, e->args[0], a, e->text, "numbers or times");
	} else if (a->kind != b->kind) {
		return refuse(t, e->args[1], b, e->text,
		    a->kind == CELL_TEXT          ? "two texts here"
			: a->kind == CELL_BOOLEAN ? "true or false here"
						  : "two numbers here");
	}
	append_compare(t, e->op, a, b);
	return true;
}

static bool
type_match(const struct typing *t, const struct expr *e, struct typed *typed)
{
	struct step *step;

	if (!type_node(t, e->args[0], typed))
		return false;
	if (typed->kind != CELL_TEXT)
		return refuse(t, e->args[0], typed, e->text, "a text");
	if (!where_pattern(t->where, e->args[1], t->error))
		return false;
	step = append(t, STEP_MATCH);
	step->op = e->op;
	step->index = t->where->npatterns - 1;
	return true;
}

/* Sums and differences with a time in them. */
static bool
type_time_sum(const struct typing *t, const struct expr *e, const struct typed *a, const struct typed *b,
    struct typed *typed)
{
	const bool left = a->kind == CELL_TIME, right = b->kind == CELL_TIME;

	if (left && right && e->op == OP_ADD)
		return refuse(t, e->args[1], b, e->text, "an integer behind a time");
	if (right && !left && e->op == OP_SUB)
		return refuse(t, e->args[1], b, e->text, "an integer, unless a time is before it");
	if (!left && a->kind != CELL_INTEGER)
		return refuse(t, e->args[0], a, e->text, "an integer beside a time");
	if (!right && b->kind != CELL_INTEGER)
		return refuse(t, e->args[1], b, e->text, "an integer beside a time");
	typed->kind = left && right ? CELL_INTEGER : CELL_TIME;
	return true;
}

static bool
type_arithmetic(const struct typing *t, const struct expr *e, const struct typed *a, const struct typed *b,
    struct typed *typed)
{
	const bool sum = e->op == OP_ADD || e->op == OP_SUB, integers = e->op == OP_BITS || e->op == OP_MOD;
	struct step *step;

	if (sum && (a->kind == CELL_TIME || b->kind == CELL_TIME)) {
		if (!type_time_sum(t, e, a, b, typed))
			return false;
	} else {
		for (size_t i = 0; i < 2; i++) {
			const struct typed *operand = i == 0 ? a : b;

			if (integers ? operand->kind != CELL_INTEGER : !is_numeric(operand))
				return refuse(t, e->args[i], operand, e->text, integers ? "integers" : "numbers");
		}
		if (sum && !same_unit(t, e, a, b, e->op == OP_ADD ? "added" : "subtracted"))
			return false;
		typed->kind = a->kind == CELL_NUMBER || b->kind == CELL_NUMBER ? CELL_NUMBER : CELL_INTEGER;
		typed->unit = sum ? units_sum(a->unit, b->unit) : NULL;
	}
	step = append(t, STEP_ARITHMETIC);
	step->op = e->op;
	step->literal.kind = typed->kind;
	return true;
}

static bool
type_binary(const struct typing *t, const struct expr *e, struct typed *typed)
{
	struct typed a, b;
	size_t jump;

	typed->kind = CELL_BOOLEAN;
	if (e->op == OP_AND || e->op == OP_OR) {
		if (!type_truth(t, e->args[0], e->text))
			return false;
		jump = t->where->nsteps;
		append(t, e->op == OP_AND ? STEP_AND : STEP_OR);
		if (!type_truth(t, e->args[1], e->text))
			return false;
		t->where->steps[jump].index = t->where->nsteps;
		return true;
	}
	if (e->op == OP_MATCH || e->op == OP_NO_MATCH)
		return type_match(t, e, &a);
	if (!type_node(t, e->args[0], &a) || !type_node(t, e->args[1], &b))
		return false;
	return e->op < OP_BITS ? type_compare(t, e, &a, &b) : type_arithmetic(t, e, &a, &b, typed);
}

static bool
type_minus(const struct typing *t, const struct expr *e, struct typed *typed)
{
	const struct expr *arg = e->args[0];
	struct typed operand;

	if (arg->kind == EXPR_INTEGER || arg->kind == EXPR_REAL)
		return type_literal(t, arg, true, typed);
	if (!type_node(t, arg, &operand))
		return false;
	if (!is_numeric(&operand))
		return refuse(t, arg, &operand, e->text, "a number");
	typed->kind = operand.kind;
	typed->unit = operand.unit;
	append(t, STEP_MINUS);
	return true;
}

/* The kind of a choice between the two; CELL_NULL if both are null, or if they do not fit. */
static enum cell_kind
common_kind(const struct typed *a, const struct typed *b)
{
	if (a->kind == b->kind || b->kind == CELL_NULL)
		return a->kind;
	if (a->kind == CELL_NULL)
		return b->kind;
	return is_numeric(a) && is_numeric(b) ? CELL_NUMBER : CELL_NULL;
}

static bool
type_choice(const struct typing *t, const struct expr *e, struct typed *typed)
{
	struct typed yes, no;
	size_t unless, jump;

	if (!type_truth(t, e->args[0], "?"))
		return false;
	unless = t->where->nsteps;
	append(t, STEP_UNLESS);
	if (!type_node(t, e->args[1], &yes))
		return false;
	append(t, STEP_REAL); /* the other operand decides whether it is one */
	jump = t->where->nsteps;
	append(t, STEP_JUMP);
	t->where->steps[unless].index = t->where->nsteps;
	if (!type_node(t, e->args[2], &no))
		return false;
	append(t, STEP_REAL);
	t->where->steps[jump].index = t->where->nsteps;
	typed->kind = common_kind(&yes, &no);
	if (typed->kind == CELL_NULL)
		return fail(t, e, "':' stands between two values of one type");
	t->where->steps[jump - 1].literal.kind = typed->kind;
	t->where->steps[t->where->nsteps - 1].literal.kind = typed->kind;
	typed->unit = yes.unit != NULL && no.unit != NULL && strcmp(yes.unit, no.unit) == 0 ? yes.unit : NULL;
	return true;
}

static bool
type_node(const struct typing *t, const struct expr *e, struct typed *typed)
{
	*typed = (struct typed){ .kind = CELL_BOOLEAN, .first = t->where->nsteps };
	switch (e->kind) {
	case EXPR_PATH: return type_column(t, e, typed);
	case EXPR_MINUS: return type_minus(t, e, typed);
	case EXPR_NOT:
		if (!type_truth(t, e->args[0], e->text))
			return false;
		append(t, STEP_NOT);
		return true;
	case EXPR_BINARY: return type_binary(t, e, typed);
	case EXPR_CHOICE: return type_choice(t, e, typed);
	case EXPR_CALL: return fail(t, e, "conditions have no functions");
	default: return type_literal(t, e, false, typed);
	}
}

/* Whether every operand is a test, so that each value on the way is true or false. */
static bool
has_only_tests(const struct where *w)
{
	for (size_t i = 0; i < w->nsteps; i++) {
		const enum step_kind kind = w->steps[i].kind;

		if (kind != STEP_TEST && kind != STEP_NOT && kind != STEP_AND && kind != STEP_OR)
			return false;
	}
	return true;
}

bool
where_type(struct where *w, const struct expr *e, const struct where_names *names, struct expr_error *error)
{
	const struct typing t = { w, names, error };
	struct typed typed;

	if (!find_names(&t, e) || !type_node(&t, e, &typed))
		return false;
	if (typed.kind != CELL_BOOLEAN && typed.kind != CELL_INTEGER) {
		expr_error_set(error, e->offset, e->length, "a condition is true or false, or an integer; this is %s",
		    kinds[typed.kind]);
		return false;
	}
	append_truth(&t);
	w->only_tests = has_only_tests(w);
	return true;
}
