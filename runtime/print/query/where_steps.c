/*
 * where_steps: a typed condition to steps, operands first. STEP_ARITHMETIC makes reals of integers, so that
 * its operands need no step for it.
 */
#include <stdlib.h>
#include <string.h>

#include "print/query/where_internal.h"

struct making {
	struct where *where;
	struct expr_error *error;
};

static bool make_node(const struct making *m, const struct typed *t);

static const enum cell_kind kinds[] = {
	[TYPE_IS_INTEGER] = CELL_INTEGER,
	[TYPE_IS_REAL] = CELL_NUMBER,
	[TYPE_IS_TEXT] = CELL_TEXT,
	[TYPE_IS_BOOLEAN] = CELL_BOOLEAN,
	[TYPE_IS_TIME] = CELL_TIME,
	[TYPE_IS_NULL] = CELL_NULL,
};

static struct step *
append(const struct making *m, enum step_kind kind)
{
	struct step *step = &m->where->steps[m->where->nsteps++];

	*step = (struct step){ .kind = kind };
	return step;
}

/* --- literals ------------------------------------------------------------------------------------------------- */

/* Whether the node is a literal, with signs and conversions; its value. */
static bool
find_literal(const struct typed *t, struct cell *cell)
{
	switch (t->kind) {
	case EXPR_INTEGER:
	case EXPR_BOOLEAN: cell->integer = (int64_t)t->integer; break;
	case EXPR_REAL: cell->number = strtod(t->text, NULL); break;
	case EXPR_TEXT:
		cell->text = t->text;
		cell->size = strlen(t->text);
		break;
	case EXPR_NULL: cell->kind = CELL_NULL; return true;
	case EXPR_TO_REAL:
		if (!find_literal(t->args[0], cell))
			return false;
		cell->number = (double)cell->integer;
		break;
	case EXPR_MINUS:
		if (!find_literal(t->args[0], cell))
			return false;
		if (t->args[0]->kind != EXPR_INTEGER && cell->integer == INT64_MIN)
			return false;
		cell->integer = (int64_t)(0 - (uint64_t)cell->integer);
		cell->number = -cell->number;
		break;
	default: return false;
	}
	cell->kind = kinds[t->type];
	return true;
}

/* The same, rounded as the column that it is compared with is. */
static bool
find_literal_beside(const struct typed *t, const struct typed *column, struct cell *cell)
{
	if (!find_literal(t, cell))
		return false;
	if (column->single && cell->kind == CELL_NUMBER)
		cell->number = (float)cell->number;
	return true;
}

/* An operand of a comparison. */
static bool
make_compared(const struct making *m, const struct typed *t, const struct typed *other)
{
	struct cell cell = { .kind = CELL_NULL };

	if (!find_literal_beside(t, other, &cell))
		return make_node(m, t);
	append(m, STEP_LITERAL)->literal = cell;
	return true;
}

/* --- operators ------------------------------------------------------------------------------------------------ */

/* A column that is compared with a literal takes one step. */
static bool
make_compare(const struct making *m, const struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	struct cell literal = { .kind = CELL_NULL };
	struct step *step;

	if (a->type == TYPE_IS_NULL || b->type == TYPE_IS_NULL) {
		if (!make_node(m, a->type == TYPE_IS_NULL ? b : a))
			return false;
		append(m, STEP_IS_NULL)->op = t->op;
		return true;
	}
	if (a->kind == EXPR_PATH && find_literal_beside(b, a, &literal)) {
		step = append(m, STEP_TEST);
		step->op = t->op;
		step->index = t->args[0]->integer;
		step->literal = literal;
		return true;
	}
	if (!make_compared(m, a, b) || !make_compared(m, b, a))
		return false;
	append(m, STEP_COMPARE)->op = t->op;
	return true;
}

static bool
make_logic(const struct making *m, const struct typed *t)
{
	size_t jump;

	if (!make_node(m, t->args[0]))
		return false;
	jump = m->where->nsteps;
	append(m, t->op == OP_AND ? STEP_AND : STEP_OR);
	if (!make_node(m, t->args[1]))
		return false;
	m->where->steps[jump].index = m->where->nsteps;
	return true;
}

static bool
make_match(const struct making *m, const struct typed *t)
{
	struct step *step;

	if (!make_node(m, t->args[0]) || !where_pattern(m->where, t->args[1]->from, m->error))
		return false;
	step = append(m, STEP_MATCH);
	step->op = t->op;
	step->index = m->where->npatterns - 1;
	return true;
}

static bool
make_arithmetic(const struct making *m, const struct typed *t)
{
	struct step *step;

	for (size_t i = 0; i < 2; i++) {
		const struct typed *operand = t->args[i];

		if (!make_node(m, operand->kind == EXPR_TO_REAL ? operand->args[0] : operand))
			return false;
	}
	step = append(m, STEP_ARITHMETIC);
	step->op = t->op;
	step->literal.kind = kinds[t->type];
	return true;
}

static bool
make_binary(const struct making *m, const struct typed *t)
{
	switch (t->op) {
	case OP_AND:
	case OP_OR: return make_logic(m, t);
	case OP_MATCH:
	case OP_NO_MATCH: return make_match(m, t);
	default: return t->op < OP_BITS ? make_compare(m, t) : make_arithmetic(m, t);
	}
}

static bool
make_choice(const struct making *m, const struct typed *t)
{
	size_t unless, jump;

	if (!make_node(m, t->args[0]))
		return false;
	unless = m->where->nsteps;
	append(m, STEP_UNLESS);
	if (!make_node(m, t->args[1]))
		return false;
	jump = m->where->nsteps;
	append(m, STEP_JUMP);
	m->where->steps[unless].index = m->where->nsteps;
	if (!make_node(m, t->args[2]))
		return false;
	m->where->steps[jump].index = m->where->nsteps;
	return true;
}

static bool
make_call(const struct making *m, const struct typed *t)
{
	struct step *step;

	for (size_t i = 0; i < t->nargs; i++)
		if (!make_node(m, t->args[i]))
			return false;
	step = append(m, STEP_CALL);
	step->function = where_function_find(t->function->name);
	step->index = t->nargs;
	return true;
}

/* A node of one operand that takes one step. */
static bool
make_one(const struct making *m, const struct typed *t, enum step_kind kind)
{
	if (!make_node(m, t->args[0]))
		return false;
	append(m, kind);
	return true;
}

static bool
make_node(const struct making *m, const struct typed *t)
{
	struct cell literal = { .kind = CELL_NULL };

	if (find_literal(t, &literal)) {
		append(m, STEP_LITERAL)->literal = literal;
		return true;
	}
	switch (t->kind) {
	case EXPR_PATH: append(m, STEP_COLUMN)->index = t->integer; return true;
	case EXPR_TO_REAL: return make_one(m, t, STEP_REAL);
	case EXPR_TRUTH: return make_one(m, t, STEP_TRUTH);
	case EXPR_NOT: return make_one(m, t, STEP_NOT);
	case EXPR_MINUS: return make_one(m, t, STEP_MINUS);
	case EXPR_BINARY: return make_binary(m, t);
	case EXPR_CHOICE: return make_choice(m, t);
	default: return make_call(m, t);
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

/* How many cells more there are on the stack behind a step, or fewer. */
static int
growth(const struct step *step)
{
	switch (step->kind) {
	case STEP_COLUMN:
	case STEP_LITERAL:
	case STEP_TEST: return 1;
	case STEP_COMPARE:
	case STEP_ARITHMETIC:
	case STEP_UNLESS:
	case STEP_AND:
	case STEP_OR:
	case STEP_JUMP: /* the second value of a choice follows, without the first */ return -1;
	case STEP_CALL: return 1 - (int)step->index;
	default: return 0;
	}
}

static size_t
count_cells(const struct where *w)
{
	int now = 0, most = 0;

	for (size_t i = 0; i < w->nsteps; i++) {
		now += growth(&w->steps[i]);
		most = now > most ? now : most;
	}
	return (size_t)most;
}

bool
where_make_steps(struct where *w, const struct typed *t, struct expr_error *error)
{
	const struct making m = { w, error };

	if (!make_node(&m, t))
		return false;
	w->ncells = count_cells(w);
	w->only_tests = has_only_tests(w);
	return true;
}
