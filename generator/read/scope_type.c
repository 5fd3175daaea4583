/*
 * scope_type: types trees in a scope: the functions of its resolver.
 */
#include "read/scope_internal.h"

struct position
scope_place(const struct scope_context *c, const struct expr *e)
{
	return diag_within(c->source->at, c->source->text, e->offset);
}

enum expr_dialect
scope_dialect(const struct scope *s)
{
	return s->dialect != 0 ? s->dialect : DIALECT_SCHEMA;
}

struct typed *
scope_make(const struct scope_context *c, const struct expr *e, enum expr_type type, struct typed_leaf leaf)
{
	struct typed *t = arena_alloc(c->scope->diag->arena, sizeof(*t));
	struct typed_leaf *copy = arena_alloc(c->scope->diag->arena, sizeof(*copy));

	*copy = leaf;
	t->kind = e->kind;
	t->type = type;
	t->from = e;
	t->text = e->text;
	t->leaf = copy;
	return t;
}

/* --- the resolver --------------------------------------------------------------------------------------------- */

static struct typed *
type_path(void *context, const struct expr *e, const void *beside)
{
	return scope_type_path(context, e, beside);
}

static const void *
find_bits(void *context, const struct expr *operand)
{
	return scope_bits_of(context, operand);
}

static struct typed *
type_name(void *context, const struct expr *e, char letter)
{
	return letter == 'R' ? scope_type_root(context, e) : scope_type_array(context, e);
}

static const struct expr_resolver *
within(void *context, const struct typed *array)
{
	const struct scope_context *c = context;
	struct expr_resolver *inner = arena_alloc(c->scope->diag->arena, sizeof(*inner));

	*inner = scope_resolver(scope_within(c, leaf_of(array)->array));
	return inner;
}

static const char *
hint(void *context, const char *name, const char *const *candidates, size_t n)
{
	const struct scope_context *c = context;

	return diag_hint(c->scope->diag, name, candidates, n);
}

static void
report(void *context, const struct expr *e, const char *message)
{
	const struct scope_context *c = context;

	diag_error(c->scope->diag, scope_place(c, e), "%s", message);
}

struct expr_resolver
scope_resolver(struct scope_context *c)
{
	c->memory = condition_memory(c->scope->diag->arena);
	return (struct expr_resolver){
		.dialect = scope_dialect(c->scope),
		.memory = &c->memory,
		.context = c,
		.path = type_path,
		.beside = find_bits,
		.name = type_name,
		.within = within,
		.hint = hint,
		.report = report,
	};
}

/* --- the whole tree ------------------------------------------------------------------------------------------- */

struct typed *
scope_type_condition(const struct scope *s, const struct condition *condition)
{
	struct scope_context c = { .scope = s, .source = &condition->word };
	const struct expr_resolver r = scope_resolver(&c);

	return expr_type_truth(&r, condition->tree);
}

struct typed *
scope_type_value(const struct scope *s, const struct condition *value)
{
	struct scope_context c = { .scope = s, .source = &value->word };
	const struct expr_resolver r = scope_resolver(&c);

	return expr_type_tree(&r, value->tree);
}
