/*
 * emit_expr: a typed expression to an expression of C. Integers have 64 bits and wrap. Signed overflow is undefined in C, so
 * operators that can overflow become functions of codegen.h. All operands are in parentheses.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "model/typed.h"

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
emit_text_member(struct arena *a, const struct typed *t)
{
	if (t->ctype->kind == TYPE_CHAR && t->fields[t->nfields - 1]->ndims == 0)
		return arena_printf(a, "text_of(&%s, 1)", t->access);
	return arena_printf(a, "text_of(%s, sizeof %s)", t->access, t->access);
}

/* A member's value, converted to a 64-bit integer if C would promote it to another type. */
static const char *
emit_member(struct arena *a, const struct typed *t)
{
	if (t->type == TYPE_IS_TEXT)
		return emit_text_member(a, t);
	if (t->type == TYPE_IS_BOOLEAN)
		return arena_printf(a, "(%s != 0)", t->access);
	if (t->type != TYPE_IS_INTEGER)
		return t->access;
	if (t->ctype->kind == TYPE_CHAR)
		return arena_printf(a, "(signed char)%s", t->access);
	for (size_t m = 0; t->ctype->kind == TYPE_UNSIGNED && m < MODELS_MAX; m++)
		if (t->ctype->size[m] >= 4)
			return arena_printf(a, "(int64_t)%s", t->access);
	return t->access;
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
	switch (t->kind) {
	case EXPR_NULL: return emit_nothing(t);
	case EXPR_LETTER: return arena_printf(a, "'%s%s'", t->text[0] == '\'' ? "\\" : "", t->text);
	case EXPR_REAL: return t->text;
	case EXPR_TEXT: return arena_printf(a, "TEXT(\"%s\")", t->text);
	case EXPR_BOOLEAN: return t->integer != 0 ? "true" : "false";
	default: break;
	}
	switch (t->source) {
	case FROM_MEMBER: return emit_member(a, t);
	case FROM_INDEX: return arena_printf(a, "(int64_t)%s", t->access);
	case FROM_ROOT: return t->type == TYPE_IS_STRUCT ? t->access : arena_printf(a, "(%s)", t->access);
	case FROM_ARRAY:
	case FROM_VARIABLE: return t->access;
	case FROM_LITERAL: break;
	}
	return emit_integer(a, t->integer);
}

/* An operand of && or ||. */
static const char *
emit_truth(struct arena *a, const struct typed *t)
{
	const char *text = emit_expr(a, t);

	if (t->type == TYPE_IS_BOOLEAN)
		return text;
	return t->nargs == 0 ? arena_printf(a, "%s != 0", text) : arena_printf(a, "(%s) != 0", text);
}

/* An operand, in parentheses if it is more than a name or a number. */
static const char *
operand(struct arena *a, const struct typed *t, bool truth)
{
	const char *text = truth ? emit_truth(a, t) : emit_expr(a, t);
	const bool plain = t->nargs == 0 && !(truth && t->type != TYPE_IS_BOOLEAN);

	return plain ? text : arena_printf(a, "(%s)", text);
}

/* A value as a double. */
static const char *
emit_real(struct arena *a, const struct typed *t)
{
	const char *text = emit_expr(a, t);

	if (t->type == TYPE_IS_REAL || t->kind == EXPR_INTEGER)
		return text;
	return t->nargs == 0 || t->kind == EXPR_CALL ? arena_printf(a, "(double)%s", text)
						     : arena_printf(a, "(double)(%s)", text);
}

/* An operand of an operation of doubles. */
static const char *
real_operand(struct arena *a, const struct typed *t)
{
	return t->type == TYPE_IS_REAL ? operand(a, t, false) : emit_real(a, t);
}

/* A member with a literal, or any two texts. */
static const char *
emit_text_compare(struct arena *a, const struct typed *t)
{
	const struct typed *left = t->args[0], *right = t->args[1];

	if (left->source != FROM_MEMBER || left->kind != EXPR_PATH || right->kind != EXPR_TEXT)
		return arena_printf(a, "%stext_is(%s, %s)", t->op == OP_NE ? "!" : "", emit_expr(a, left),
		    emit_expr(a, right));
	if (left->fields[left->nfields - 1]->ndims == 0)
		return arena_printf(a, "%s %s '%s'", left->access, expr_operator_text(t->op),
		    right->text[0] == '\0'       ? "\\0"
			: right->text[0] == '\'' ? "\\'"
						 : right->text);
	return arena_printf(a, "strncmp(%s, \"%s\", sizeof %s) %s 0", left->access, right->text, left->access,
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
	const bool truth = t->op == OP_OR || t->op == OP_AND;
	const bool real = t->args[0]->type == TYPE_IS_REAL || t->args[1]->type == TYPE_IS_REAL;
	const char *left = real ? real_operand(a, t->args[0]) : operand(a, t->args[0], truth);
	const char *right = real ? real_operand(a, t->args[1]) : operand(a, t->args[1], truth);

	if (t->op < OP_ADD || (real && t->op != OP_DIV))
		return arena_printf(a, "%s %s %s", left, expr_operator_text(t->op), right);
	if (real)
		return arena_printf(a, "real_%s(%s, %s)", functions[t->op], emit_real(a, t->args[0]),
		    emit_real(a, t->args[1]));
	return arena_printf(a, "%s(%s, %s)", functions[t->op], emit_expr(a, t->args[0]), emit_expr(a, t->args[1]));
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
	const char *text = t->args[0]->access;

	return arena_printf(a, "%s(%s, sizeof %s, %s)", t->text, text, text, emit_expr(a, t->args[1]));
}

/* Any other one is value_NAME of values.h, or real_NAME if it takes reals as well as integers, and is given one. */
static const char *
emit_call(struct arena *a, const struct typed *t)
{
	const bool real = t->function->signature[0] == 's' && t->type == TYPE_IS_REAL;
	const bool reals = real || t->function->signature[0] == 'r';
	const char *text;

	if (strchr(t->function->signature, 'm') != NULL)
		return emit_version_number(a, t);
	text = arena_printf(a, "%s_%s(%s", real ? "real" : "value", t->text, t->function->writes ? t->memory : "");
	for (size_t i = 0; i < t->nargs; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 || t->function->writes ? ", " : "",
		    reals ? emit_real(a, t->args[i]) : emit_expr(a, t->args[i]));
	return arena_printf(a, "%s)", text);
}

static const char *
emit_choice(struct arena *a, const struct typed *t)
{
	const bool real = t->type == TYPE_IS_REAL;

	return arena_printf(a, "%s ? %s : %s", operand(a, t->args[0], true),
	    real ? real_operand(a, t->args[1]) : operand(a, t->args[1], false),
	    real ? real_operand(a, t->args[2]) : operand(a, t->args[2], false));
}

const char *
emit_expr(struct arena *a, const struct typed *t)
{
	switch (t->kind) {
	case EXPR_CALL: return t->source == FROM_VARIABLE ? t->access : emit_call(a, t);
	case EXPR_MINUS:
		if (t->type == TYPE_IS_REAL)
			return arena_printf(a, "-%s", operand(a, t->args[0], false));
		return arena_printf(a, "wrap_sub(0, %s)", emit_expr(a, t->args[0]));
	case EXPR_NOT: return arena_printf(a, "!%s", operand(a, t->args[0], true));
	case EXPR_BINARY: return emit_binary(a, t);
	case EXPR_CHOICE: return emit_choice(a, t);
	default: return emit_leaf(a, t);
	}
}

bool
emit_uses(const struct typed *t, enum expr_source source)
{
	bool used = t->nargs == 0 && t->source == source;

	for (size_t i = 0; i < t->nargs; i++)
		used = used || emit_uses(t->args[i], source);
	return used;
}

bool
emit_reads(const struct typed *t, const char *access)
{
	bool read = t->nargs == 0 && t->source == FROM_MEMBER && strncmp(t->access, access, strlen(access)) == 0;

	for (size_t i = 0; i < t->nargs; i++)
		read = read || emit_reads(t->args[i], access);
	return read;
}

const char *
emit_condition(struct arena *a, const struct typed *t)
{
	return emit_truth(a, t);
}
