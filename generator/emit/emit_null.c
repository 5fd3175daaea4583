/*
 * emit_null: the condition under which a typed expression is null. A null operand makes an operation null, except
 * comparisons, &&, || and !, for which null is false. A member is null by what its schema says of it, in scopes that have a
 * variable for the guards.
 */
#include "emit/emit_internal.h"

#include <string.h>

#include "emit/c_names.h"
#include "model/field_facts.h"
#include "model/integer_bits.h"

/* Either of two conditions; NULL: never. */
static const char *
either(struct arena *a, const char *left, const char *right)
{
	if (left == NULL || right == NULL || strcmp(left, right) == 0)
		return left != NULL ? left : right;
	if (strcmp(left, "true") == 0 || strcmp(right, "true") == 0)
		return "true";
	return arena_printf(a, "%s || %s", left, right);
}

/*
 * That its struct is unknown, the path's guards, the conditions of its members, and the value that stands for "not available".
 */
static const char *
null_of_member(struct arena *a, const struct typed *t)
{
	const struct typed_leaf *leaf = leaf_of(t);
	const struct field *last = leaf->fields[leaf->nfields - 1];
	const char *null = leaf->unknown;
	uint64_t mask = 0;
	size_t base = 0;

	for (size_t i = 0; i < leaf->nfields; i++) {
		const struct field *f = leaf->fields[i];

		mask |= field_guards_from(f, base);
		base += f->base;
		if (f->when != NULL)
			null = either(a, null,
			    arena_printf(a, "!%s(%s)", c_means(a, leaf->holders[i].def, f), leaf->holders[i].access));
	}
	if (mask != 0)
		null = either(a, arena_printf(a, "(%s)", c_mask(a, leaf->nulls, mask)), null);
	if (last->member->has_absent)
		null = either(a, null, arena_printf(a, "%s == %s", leaf->access, c_integer(a, last->member->absent)));
	if (integer_can_outgrow(t))
		null = either(a, null, arena_printf(a, "%s > INT64_MAX", leaf->access));
	return t->type == TYPE_IS_REAL ? either(a, null, arena_printf(a, "isnan(%s)", leaf->access)) : null;
}

const char *
emit_null_of_args(struct arena *a, const struct typed *t)
{
	const char *null = NULL;

	for (size_t i = 0; i < t->nargs; i++)
		null = either(a, null, emit_null(a, t->args[i]));
	return null;
}

static const char *
null_of_choice(struct arena *a, const struct typed *t)
{
	const char *yes = emit_null(a, t->args[1]), *no = emit_null(a, t->args[2]);
	const char *test = emit_expr(a, t->args[0]);

	if (yes == NULL && no == NULL)
		return NULL;
	if (yes != NULL && no != NULL && strcmp(yes, no) == 0)
		return yes;
	if (no == NULL)
		return strcmp(yes, "true") == 0 ? arena_printf(a, "(%s)", test)
						: arena_printf(a, "((%s) && (%s))", test, yes);
	if (yes == NULL)
		return strcmp(no, "true") == 0 ? arena_printf(a, "!(%s)", test)
					       : arena_printf(a, "(!(%s) && (%s))", test, no);
	return arena_printf(a, "((%s) ? (%s) : (%s))", test, yes, no);
}

/* The operands of a chain of sums: a + b + c. */
static size_t
terms_of(const struct typed *t, const struct typed **terms)
{
	size_t n = 0;

	if (t->kind != EXPR_BINARY || t->op != OP_ADD) {
		terms[0] = t;
		return 1;
	}
	n = terms_of(t->args[0], terms);
	terms[n] = t->args[1];
	return n + 1;
}

/* That a sum, or one of its first terms, does not fit into 64 bits. */
static const char *
sum_outgrows(struct arena *a, const struct typed *t)
{
	const struct typed *terms[EXPR_NODES_MAX];
	const size_t n = terms_of(t, terms);
	const char *list = "";

	if (n == 2)
		return arena_printf(a, "add_outgrows(%s, %s)", emit_expr(a, terms[0]), emit_expr(a, terms[1]));
	for (size_t i = 0; i < n; i++)
		list = arena_printf(a, "%s%s%s", list, i > 0 ? ", " : "", emit_expr(a, terms[i]));
	return arena_printf(a, "sum_outgrows((const int64_t[]){ %s }, %zu)", list, n);
}

/* That the result of an operation on integers, whose operands are not null, does not fit into 64 bits; NULL: it always fits. */
static const char *
outgrows(struct arena *a, const struct typed *t)
{
	static const char *const names[] = { [OP_SUB] = "sub", [OP_MUL] = "mul", [OP_DIV] = "div" };

	if (!integer_can_outgrow(t))
		return NULL;
	if (t->kind == EXPR_MINUS)
		return arena_printf(a, "sub_outgrows(0, %s)", emit_expr(a, t->args[0]));
	if (t->op == OP_ADD)
		return sum_outgrows(a, t);
	return arena_printf(a, "%s_outgrows(%s, %s)", names[t->op], emit_expr(a, t->args[0]), emit_expr(a, t->args[1]));
}

/* That an operand of arithmetic is null. A sum that is an operand of a sum is looked at with it. */
static const char *
null_of_operands(struct arena *a, const struct typed *t)
{
	const struct typed *left = t->args[0];
	const char *null;

	if (t->op != OP_ADD || !integer_can_outgrow(t) || left->kind != EXPR_BINARY || left->op != OP_ADD)
		return emit_null_of_args(a, t);
	null = null_of_operands(a, left);
	return either(a, null, emit_null(a, t->args[1]));
}

static const char *
null_of_binary(struct arena *a, const struct typed *t)
{
	const struct typed *divisor = t->args[1]->kind == EXPR_TO_REAL ? t->args[1]->args[0] : t->args[1];
	const char *null;

	if (t->op < OP_BITS)
		return NULL;
	null = either(a, null_of_operands(a, t), outgrows(a, t));
	if (!t->null_by_zero || (divisor->kind == EXPR_INTEGER && divisor->nargs == 0 && divisor->integer != 0))
		return null;
	return either(a, null, arena_printf(a, divisor->nargs == 0 ? "%s == 0" : "(%s) == 0", emit_expr(a, divisor)));
}

const char *
emit_null(struct arena *a, const struct typed *t)
{
	switch (t->kind) {
	case EXPR_NULL: return "true";
	case EXPR_PATH:
		if (leaf_of(t)->source == FROM_VARIABLE)
			return leaf_of(t)->null;
		return t->member && leaf_of(t)->nulls != NULL ? null_of_member(a, t) : NULL;
	case EXPR_CALL:
		if (leaf_of(t)->source == FROM_VARIABLE)
			return leaf_of(t)->null;
		return emit_null_of_args(a, t);
	case EXPR_TO_REAL: return emit_null_of_args(a, t);
	case EXPR_MINUS: return either(a, emit_null_of_args(a, t), outgrows(a, t));
	case EXPR_BINARY: return null_of_binary(a, t);
	case EXPR_CHOICE: return null_of_choice(a, t);
	default: return NULL;
	}
}
