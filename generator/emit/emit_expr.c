/*
 * emit_expr: a typed expression to an expression of C. Integers have 64 bits and wrap; emit_null says where one that does not
 * fit is null. Signed overflow is undefined in C, so operators that can overflow become functions of codegen.h. All operands are
 * in parentheses.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "model/scope.h"

static const char *
emit_integer(struct arena *a, uint64_t value)
{
	if (value <= INT32_MAX)
		return arena_printf(a, "%" PRIu64, value);
	if (value <= INT64_MAX)
		return arena_printf(a, "INT64_C(0x%" PRIx64 ")", value);
	return arena_printf(a, "(int64_t)UINT64_C(0x%" PRIx64 ")", value);
}

/* A text member as a value: its bytes and their number. */
static const char *
emit_text_member(struct arena *a, const struct typed_leaf *leaf)
{
	if (leaf->ctype->kind == TYPE_CHAR && leaf->fields[leaf->nfields - 1]->ndims == 0)
		return arena_printf(a, "text_of(&%s, 1)", leaf->access);
	return arena_printf(a, "text_of(%s, sizeof %s)", leaf->access, leaf->access);
}

/* A member's value, converted to a 64-bit integer if C would promote it to another type. */
static const char *
emit_member(struct arena *a, const struct typed *t)
{
	const struct typed_leaf *leaf = leaf_of(t);

	if (t->type == TYPE_IS_TEXT)
		return emit_text_member(a, leaf);
	if (t->type == TYPE_IS_BOOLEAN)
		return arena_printf(a, "(%s != 0)", leaf->access);
	if (t->type != TYPE_IS_INTEGER)
		return leaf->access;
	if (leaf->ctype->kind == TYPE_CHAR)
		return arena_printf(a, "(signed char)%s", leaf->access);
	for (size_t m = 0; leaf->ctype->kind == TYPE_UNSIGNED && m < MODELS_MAX; m++)
		if (leaf->ctype->size[m] >= 4)
			return arena_printf(a, "(int64_t)%s", leaf->access);
	return leaf->access;
}

/* The value beside a null, of which only the type matters. */
static const char *
emit_nothing(const struct typed *t)
{
	return t->type == TYPE_IS_TEXT ? "TEXT(\"\")" : t->type == TYPE_IS_REAL ? "0.0" : "0";
}

static const char *
emit_leaf(struct arena *a, const struct typed *t)
{
	const struct typed_leaf *leaf = leaf_of(t);

	switch (t->kind) {
	case EXPR_NULL: return emit_nothing(t);
	case EXPR_LETTER: return arena_printf(a, "'%s%s'", t->text[0] == '\'' ? "\\" : "", t->text);
	case EXPR_REAL: return t->text;
	case EXPR_TEXT: return arena_printf(a, "TEXT(\"%s\")", t->text);
	case EXPR_BOOLEAN: return t->integer != 0 ? "true" : "false";
	default: break;
	}
	switch (leaf->source) {
	case FROM_MEMBER: return emit_member(a, t);
	case FROM_INDEX: return arena_printf(a, "(int64_t)%s", leaf->access);
	case FROM_ROOT: return t->type == TYPE_IS_STRUCT ? leaf->access : arena_printf(a, "(%s)", leaf->access);
	case FROM_ARRAY:
	case FROM_VARIABLE: return leaf->access;
	case FROM_LITERAL: break;
	}
	return emit_integer(a, t->integer);
}

/* True or false of a value: not of null. */
static const char *
emit_truth(struct arena *a, const struct typed *value)
{
	const char *text = emit_expr(a, value), *null = emit_null(a, value);

	if (null != NULL && strcmp(null, "true") == 0)
		return "false";
	if (value->type != TYPE_IS_BOOLEAN)
		text = arena_printf(a, value->nargs == 0 ? "%s != 0" : "(%s) != 0", text);
	else if (null != NULL && value->nargs > 0)
		text = arena_printf(a, "(%s)", text);
	return null == NULL ? text : arena_printf(a, "!(%s) && %s", null, text);
}

/* An integer as a double. */
static const char *
emit_to_real(struct arena *a, const struct typed *value)
{
	const char *text = emit_expr(a, value);

	if (value->kind == EXPR_INTEGER)
		return text;
	return arena_printf(a, value->nargs == 0 || value->kind == EXPR_CALL ? "(double)%s" : "(double)(%s)", text);
}

/* An operand, in parentheses if it is more than a name or a number. */
static const char *
operand(struct arena *a, const struct typed *t)
{
	const char *text = emit_expr(a, t);

	return t->nargs == 0 || t->kind == EXPR_TO_REAL ? text : arena_printf(a, "(%s)", text);
}

/* A member with a literal, or any two texts. */
static const char *
emit_text_compare(struct arena *a, const struct typed *t)
{
	const struct typed *left = t->args[0], *right = t->args[1];
	const struct typed_leaf *leaf = leaf_of(left);

	if (!left->member || right->kind != EXPR_TEXT)
		return arena_printf(a, "%stext_is(%s, %s)", t->op == OP_NE ? "!" : "", emit_expr(a, left),
		    emit_expr(a, right));
	if (leaf->fields[leaf->nfields - 1]->ndims == 0)
		return arena_printf(a, "%s %s '%s'", leaf->access, expr_operator_text(t->op),
		    right->text[0] == '\0'       ? "\\0"
			: right->text[0] == '\'' ? "\\'"
						 : right->text);
	return arena_printf(a, "strncmp(%s, \"%s\", sizeof %s) %s 0", leaf->access, right->text, leaf->access,
	    expr_operator_text(t->op));
}

/* Whether a value is null. */
static const char *
emit_null_compare(struct arena *a, const struct typed *t)
{
	const struct typed *value = t->args[t->args[0]->type == TYPE_IS_NULL ? 1 : 0];
	const char *null = emit_null(a, value);

	if (null == NULL)
		return t->op == OP_EQ ? "false" : "true";
	return arena_printf(a, "%s(%s)", t->op == OP_EQ ? "" : "!", null);
}

static const char *
emit_operation(struct arena *a, const struct typed *t)
{
	static const char *const functions[] = {
		[OP_ADD] = "wrap_add",
		[OP_SUB] = "wrap_sub",
		[OP_MUL] = "wrap_mul",
		[OP_DIV] = "div_or_0",
		[OP_MOD] = "mod_or_0",
	};
	if (t->op < OP_ADD || (t->type == TYPE_IS_REAL && t->op != OP_DIV))
		return arena_printf(a, "%s %s %s", operand(a, t->args[0]), expr_operator_text(t->op),
		    operand(a, t->args[1]));
	return arena_printf(a, "%s%s(%s, %s)", t->type == TYPE_IS_REAL ? "real_" : "", functions[t->op],
	    emit_expr(a, t->args[0]), emit_expr(a, t->args[1]));
}

/* A comparison with an operand that is null is false. */
static const char *
emit_binary(struct arena *a, const struct typed *t)
{
	const bool compares = t->op >= OP_EQ && t->op <= OP_GE;
	const char *value, *null;

	if (t->args[0]->type == TYPE_IS_NULL || t->args[1]->type == TYPE_IS_NULL)
		return emit_null_compare(a, t);
	value = t->args[0]->type == TYPE_IS_TEXT ? emit_text_compare(a, t) : emit_operation(a, t);
	null = compares ? emit_null_of_args(a, t) : NULL;
	return null == NULL ? value : arena_printf(a, "!(%s) && %s", null, value);
}

/* A function of the language is the one of the same name in codegen.h; a text is its bytes and their number. */
static const char *
emit_version_number(struct arena *a, const struct typed *t)
{
	const char *text = leaf_of(t->args[0])->access;

	return arena_printf(a, "%s(%s, sizeof %s, %s)", t->text, text, text, emit_expr(a, t->args[1]));
}

/* Any other one is value_NAME of values.h, or real_NAME if it takes reals as well as integers, and is given one. */
static const char *
emit_call(struct arena *a, const struct typed *t)
{
	const bool real = t->function->signature[0] == 's' && t->type == TYPE_IS_REAL;
	const bool writes = t->function->writes;
	const char *text;

	if (strchr(t->function->signature, 'm') != NULL)
		return emit_version_number(a, t);
	text = arena_printf(a, "%s_%s(%s", real ? "real" : "value", t->text, writes ? "memory" : "");
	for (size_t i = 0; i < t->nargs; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 || writes ? ", " : "", emit_expr(a, t->args[i]));
	return arena_printf(a, "%s)", text);
}

const char *
emit_expr(struct arena *a, const struct typed *t)
{
	switch (t->kind) {
	case EXPR_CALL: return leaf_of(t)->source == FROM_VARIABLE ? leaf_of(t)->access : emit_call(a, t);
	case EXPR_MINUS:
		if (t->type == TYPE_IS_REAL)
			return arena_printf(a, "-%s", operand(a, t->args[0]));
		return arena_printf(a, "wrap_sub(0, %s)", emit_expr(a, t->args[0]));
	case EXPR_NOT: return arena_printf(a, "!%s", operand(a, t->args[0]));
	case EXPR_TRUTH: return emit_truth(a, t->args[0]);
	case EXPR_TO_REAL: return emit_to_real(a, t->args[0]);
	case EXPR_BINARY: return emit_binary(a, t);
	case EXPR_CHOICE:
		return arena_printf(a, "%s ? %s : %s", operand(a, t->args[0]), operand(a, t->args[1]),
		    operand(a, t->args[2]));
	default: return emit_leaf(a, t);
	}
}

bool
emit_uses(const struct typed *t, enum expr_source source)
{
	bool used = t->nargs == 0 && leaf_of(t)->source == source;

	for (size_t i = 0; i < t->nargs; i++)
		used = used || emit_uses(t->args[i], source);
	return used;
}

bool
emit_reads(const struct typed *t, const char *access)
{
	bool read = t->member && strncmp(leaf_of(t)->access, access, strlen(access)) == 0;

	for (size_t i = 0; i < t->nargs; i++)
		read = read || emit_reads(t->args[i], access);
	return read;
}
