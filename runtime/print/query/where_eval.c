/*
 * where_eval: runs the steps of a condition. Nothing recurses and nothing is allocated.
 */
#include <math.h>
#include <string.h>

#include "print/query/where_internal.h"
#include "rawlog/catalog/codegen.h"

static bool
is_true(const struct cell *cell)
{
	return cell->kind != CELL_NULL && cell->integer != 0;
}

static double
number_of(const struct cell *cell)
{
	return cell->kind == CELL_NUMBER ? cell->number : (double)cell->integer;
}

/* --- comparisons ---------------------------------------------------------------------------------------------- */

static int
order(bool less, bool greater)
{
	return less ? -1 : greater ? 1 : 0;
}

/* Exactly: an integer beyond 2^53 is not rounded first. */
static int
compare_mixed(int64_t a, double b)
{
	if (b >= 0x1p63)
		return -1;
	if (b < -0x1p63)
		return 1;
	if ((int64_t)b != a)
		return order(a < (int64_t)b, true);
	return order(b > (double)(int64_t)b, b < (double)(int64_t)b);
}

static int
compare_numbers(const struct cell *a, const struct cell *b)
{
	const bool real_a = a->kind == CELL_NUMBER, real_b = b->kind == CELL_NUMBER;

	if (real_a && real_b)
		return order(a->number<b->number, a->number> b->number);
	if (real_a)
		return -compare_mixed(b->integer, a->number);
	if (real_b)
		return compare_mixed(a->integer, b->number);
	return order(a->integer<b->integer, a->integer> b->integer);
}

static inline bool
holds_of(enum expr_operator op, int result)
{
	switch (op) {
	case OP_EQ: return result == 0;
	case OP_NE: return result != 0;
	case OP_LT: return result < 0;
	case OP_LE: return result <= 0;
	case OP_GT: return result > 0;
	default: return result >= 0;
	}
}

static bool
compare(enum expr_operator op, const struct cell *a, const struct cell *b)
{
	if (a->kind == CELL_NULL || b->kind == CELL_NULL)
		return false;
	if (a->kind == CELL_TEXT)
		return holds_of(op, a->size != b->size || !where_has_at(a, 0, b));
	return holds_of(op, compare_numbers(a, b));
}

/*
 * regexec takes a text that ends in a NUL; REG_STARTEND, which takes any part of one, is not in every C library, so that the
 * text is copied instead, everywhere alike.
 */
static bool
match(const regex_t *regex, const struct cell *text, bool expected)
{
	char copy[CELL_TEXT_MAX + 1];
	const size_t size = text->size < CELL_TEXT_MAX ? text->size : CELL_TEXT_MAX;

	if (text->kind == CELL_NULL)
		return false;
	if (size > 0)
		memcpy(copy, text->text, size);
	for (size_t i = 0; i < size && text->integer != 0; i++)
		copy[i] = where_letter(text, i);
	copy[size] = '\0';
	return (regexec(regex, copy, 0, NULL, 0) == 0) == expected;
}

/* --- arithmetic ----------------------------------------------------------------------------------------------- */

static void
calculate_real(enum expr_operator op, struct cell *a, const struct cell *b)
{
	const double x = number_of(a), y = number_of(b);

	a->number = op == OP_ADD ? x + y : op == OP_SUB ? x - y : op == OP_MUL ? x * y : y != 0 ? x / y : NAN;
	a->kind = isnan(a->number) ? CELL_NULL : CELL_NUMBER;
}

static void
calculate_integer(enum expr_operator op, struct cell *a, const struct cell *b)
{
	const int64_t x = a->integer, y = b->integer;
	bool null = false;

	switch (op) {
	case OP_BITS: a->integer = x & y; break;
	case OP_ADD:
		a->integer = wrap_add(x, y);
		null = add_outgrows(x, y);
		break;
	case OP_SUB:
		a->integer = wrap_sub(x, y);
		null = sub_outgrows(x, y);
		break;
	case OP_MUL:
		a->integer = wrap_mul(x, y);
		null = mul_outgrows(x, y);
		break;
	case OP_DIV:
		a->integer = div_or_0(x, y);
		null = y == 0 || div_outgrows(x, y);
		break;
	default:
		a->integer = mod_or_0(x, y);
		null = y == 0;
		break;
	}
	if (null)
		a->kind = CELL_NULL;
}

static void
calculate(const struct step *step, struct cell *a, const struct cell *b)
{
	if (a->kind == CELL_NULL || b->kind == CELL_NULL) {
		a->kind = CELL_NULL;
	} else if (step->literal.kind == CELL_NUMBER) {
		calculate_real(step->op, a, b);
	} else {
		a->kind = step->literal.kind;
		calculate_integer(step->op, a, b);
	}
}

static void
negate(struct cell *cell)
{
	if (cell->kind == CELL_NUMBER)
		cell->number = -cell->number;
	else if (cell->integer == INT64_MIN)
		cell->kind = CELL_NULL;
	else
		cell->integer = -cell->integer;
}

/* --- the machine ---------------------------------------------------------------------------------------------- */

/* Steps that change the top, or take cells from it. Returns the new top. */
static struct cell *
operate(const struct where *w, const struct step *step, struct cell *top)
{
	switch (step->kind) {
	case STEP_TRUTH: cell_set(top, CELL_BOOLEAN, is_true(top)); return top;
	case STEP_NOT: cell_set(top, CELL_BOOLEAN, !is_true(top)); return top;
	case STEP_MINUS: negate(top); return top;
	case STEP_IS_NULL: cell_set(top, CELL_BOOLEAN, (top->kind == CELL_NULL) == (step->op == OP_EQ)); return top;
	case STEP_MATCH:
		cell_set(top, CELL_BOOLEAN, match(&w->patterns[step->index], top, step->op == OP_MATCH));
		return top;
	case STEP_COMPARE: cell_set(top - 1, CELL_BOOLEAN, compare(step->op, top - 1, top)); return top - 1;
	case STEP_ARITHMETIC: calculate(step, top - 1, top); return top - 1;
	case STEP_CALL: return where_call(step, top);
	default: /* STEP_REAL */
		if (top->kind == CELL_INTEGER) {
			top->number = (double)top->integer;
			top->kind = CELL_NUMBER;
		}
		return top;
	}
}

static void
get_column(where_get *get, void *context, unsigned id, struct cell *cell)
{
	get(context, id, cell);
	if (cell->kind == CELL_TEXT)
		cell->integer = 0;
	if (cell->kind == CELL_NUMBER && isnan(cell->number))
		cell->kind = CELL_NULL;
}

bool
where_test(const struct step *step, where_get *get, void *context)
{
	struct cell cell;

	get(context, (unsigned)step->index, &cell);
	if (cell.kind == CELL_INTEGER && step->literal.kind == CELL_INTEGER)
		return where_compares(step->op, cell.integer, step->literal.integer);
	if (cell.kind == CELL_NUMBER && isnan(cell.number))
		return false;
	if (cell.kind == CELL_TEXT)
		cell.integer = 0;
	return compare(step->op, &cell, &step->literal);
}

/* A condition that consists of tests: only the value at the top of the stack matters. */
static bool
tests_hold(const struct where *w, where_get *get, void *context)
{
	bool truth = false;

	for (size_t i = 0; i < w->nsteps;) {
		const struct step *step = &w->steps[i++];

		if (step->kind == STEP_TEST)
			truth = where_test(step, get, context);
		else
			i = where_follow(step, &truth, i);
	}
	return truth;
}

static bool
run(const struct where *w, where_get *get, void *context)
{
	struct cell stack[EXPR_NODES_MAX + 1], *top = stack;

	memset(stack, 0, (w->ncells + 1) * sizeof *stack); /* the first is below the operands */
	for (size_t i = 0; i < w->nsteps;) {
		const struct step *step = &w->steps[i++];

		switch (step->kind) {
		case STEP_COLUMN: get_column(get, context, (unsigned)step->index, ++top); break;
		case STEP_LITERAL: *++top = step->literal; break;
		case STEP_TEST: cell_set(++top, CELL_BOOLEAN, where_test(step, get, context)); break;
		case STEP_JUMP: i = step->index; break;
		case STEP_UNLESS:
			if (!is_true(top--))
				i = step->index;
			break;
		case STEP_AND:
		case STEP_OR:
			if (is_true(top) == (step->kind == STEP_OR))
				i = step->index;
			else
				top--;
			break;
		default: top = operate(w, step, top); break;
		}
	}
	return is_true(top);
}

bool
where_holds(const struct where *w, where_get *get, void *context)
{
	return w->only_tests ? tests_hold(w, get, context) : run(w, get, context);
}
