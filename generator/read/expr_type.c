/*
 * expr_type: types a tree in a scope, with one function for each kind of node. All operands are checked, also after an error
 * in one.
 */
#include "read/expr_internal.h"

#include <string.h>

struct position
expr_place(const struct expr_context *c, const struct expr *e)
{
	return diag_within(c->source->at, c->source->text, e->offset);
}

struct typed *
expr_make(const struct expr_context *c, const struct expr *e, enum expr_type type)
{
	struct typed *t = arena_alloc(c->scope->diag->arena, sizeof(*t));

	t->kind = e->kind;
	t->type = type;
	t->op = e->op;
	t->text = e->text;
	t->integer = e->integer;
	return t;
}

enum expr_dialect
expr_dialect_of(const struct scope *s)
{
	return s->dialect != 0 ? s->dialect : DIALECT_SCHEMA;
}

/* What conditions of schemas do not have. */
static struct typed *
type_foreign(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	if (expr_dialect_of(c->scope) == DIALECT_SCHEMA) {
		diag_error(c->scope->diag, expr_place(c, e), "'%s' cannot be used in a schema", e->text);
		return NULL;
	}
	t->type = e->kind == EXPR_NULL ? TYPE_IS_NULL : TYPE_IS_BOOLEAN;
	return t;
}

bool
expr_type_args(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const bool beside = e->kind == EXPR_BINARY && (e->op == OP_BITS || e->op == OP_EQ || e->op == OP_NE);
	bool ok = true;

	t->args = arena_alloc(c->scope->diag->arena, e->nargs * sizeof(*t->args));
	t->nargs = e->nargs;
	for (size_t i = 0; i < e->nargs; i++) {
		struct expr_context inner = *c;

		if (beside && expr_bits_of(c, e->args[1 - i]) != NULL)
			inner.bits = expr_bits_of(c, e->args[1 - i]);
		t->args[i] = expr_type_node(&inner, e->args[i]);
		ok = ok && t->args[i] != NULL;
	}
	return ok;
}

struct typed *
expr_type_node(const struct expr_context *c, const struct expr *e)
{
	struct typed *t = expr_make(c, e, TYPE_IS_INTEGER);

	if (e->kind == EXPR_CALL)
		return expr_type_call(c, e, t);
	if (!expr_type_args(c, e, t))
		return NULL;
	switch (e->kind) {
	case EXPR_INTEGER:
	case EXPR_LETTER: return t;
	case EXPR_REAL: t->type = TYPE_IS_REAL; return t;
	case EXPR_TEXT: t->type = TYPE_IS_TEXT; return t;
	case EXPR_NULL:
	case EXPR_BOOLEAN: return type_foreign(c, e, t);
	case EXPR_PATH: return expr_type_path(c, e);
	default: return expr_type_operation(c, e, t);
	}
}

/* --- the whole tree ------------------------------------------------------------------------------------------- */

static const char *const type_names[] = {
	[TYPE_IS_INTEGER] = "integer",
	[TYPE_IS_REAL] = "number with a point",
	[TYPE_IS_TEXT] = "text",
	[TYPE_IS_BOOLEAN] = "condition",
	[TYPE_IS_NULL] = "null",
	[TYPE_IS_STRUCT] = "struct",
	[TYPE_IS_ARRAY] = "array",
};

struct typed *
expr_type_condition(const struct scope *s, const struct condition *condition)
{
	const struct expr_context c = { .scope = s, .source = &condition->word };
	struct typed *t = expr_type_node(&c, condition->tree);

	if (t == NULL || expr_is_truth(t))
		return t;
	diag_error(s->diag, expr_place(&c, condition->tree),
	    "a condition is an integer, or true or false; this is a %s", type_names[t->type]);
	return NULL;
}

struct typed *
expr_type_value(const struct scope *s, const struct condition *value)
{
	const struct expr_context c = { .scope = s, .source = &value->word };
	struct typed *t = expr_type_node(&c, value->tree);

	if (t == NULL || t->type != TYPE_IS_NULL)
		return t;
	diag_error(s->diag, expr_place(&c, value->tree), "null has no type here");
	return NULL;
}

void
typed_each(struct typed *t, void (*found)(struct typed *node, void *context), void *context)
{
	if (t->nargs == 0 || t->kind == EXPR_CALL)
		found(t, context);
	for (size_t i = 0; i < t->nargs; i++)
		typed_each(t->args[i], found, context);
}
