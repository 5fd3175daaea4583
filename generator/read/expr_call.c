/*
 * expr_call: the types of functions.
 */
#include "read/expr_internal.h"

#include <string.h>

static struct typed *
report_unknown(const struct expr_context *c, const struct expr *e)
{
	const enum expr_dialect dialect = expr_dialect_of(c->scope);
	struct diag *d = c->scope->diag;
	const struct expr_function *f;
	const char **names = NULL;
	size_t n = 0;

	while ((f = expr_function_at(n, dialect)) != NULL) {
		names = arena_grow(d->arena, names, n, sizeof(*names));
		names[n++] = f->name;
	}
	diag_error(d, expr_place(c, e), "unknown function '%s'%s", e->text, diag_hint(d, e->text, names, n));
	return NULL;
}

static bool
fits(const struct typed *t, char letter)
{
	switch (letter) {
	case 'i': return t->type == TYPE_IS_INTEGER;
	case 'n': return expr_is_number(t);
	case 'b': return expr_is_truth(t);
	case 't': return t->type == TYPE_IS_TEXT;
	case 'm': return t->type == TYPE_IS_TEXT && t->source == FROM_MEMBER;
	case 'l': return t->kind == EXPR_INTEGER;
	case 'R': return t->type == TYPE_IS_STRUCT;
	default: return t->type == TYPE_IS_ARRAY;
	}
}

/* A struct as an argument; NULL: it is none. */
static struct typed *
type_root(const struct expr_context *c, const struct expr *e)
{
	const struct scope_root *root = e->kind == EXPR_PATH ? expr_find_root(c->scope, e->text) : NULL;
	struct typed *t;

	if (root == NULL || root->pointer == NULL || strcmp(root->name, e->text) != 0)
		return NULL;
	t = expr_make(c, e, TYPE_IS_STRUCT);
	t->source = FROM_ROOT;
	t->root = root;
	t->access = root->pointer;
	return t;
}

static struct typed *
type_array(const struct expr_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	struct typed *t;

	for (size_t i = 0; e->kind == EXPR_PATH && i < s->narrays; i++)
		if (strcmp(s->arrays[i].name, e->text) == 0) {
			t = expr_make(c, e, TYPE_IS_ARRAY);
			t->source = FROM_ARRAY;
			t->array = &s->arrays[i];
			return t;
		}
	return NULL;
}

/* Types the argument beside an array: in it, the name of the array's element is that element. */
static struct typed *
type_in_array(const struct expr_context *c, const struct scope_array *array, const struct expr *e)
{
	const struct scope *outer = c->scope;
	struct scope_root *roots = arena_alloc(outer->diag->arena, (outer->nroots + 1) * sizeof(*roots));
	struct scope *inner = arena_alloc(outer->diag->arena, sizeof(*inner));
	struct expr_context context = *c;

	*inner = *outer;
	roots[0] = *array->element;
	inner->nroots = 1;
	for (size_t i = 0; i < outer->nroots; i++)
		if (strcmp(outer->roots[i].name, array->element->name) != 0)
			roots[inner->nroots++] = outer->roots[i];
	inner->roots = roots;
	inner->index = array->index;
	context.scope = inner;
	return expr_type_node(&context, e);
}

/* Types the arguments that are there. Structs and arrays are names that are no values elsewhere. */
static bool
type_arguments(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const struct scope_array *array = NULL;
	bool ok = true;

	t->args = arena_alloc(c->scope->diag->arena, (e->nargs + 1) * sizeof(*t->args));
	t->nargs = e->nargs;
	for (size_t i = 0; i < e->nargs; i++) {
		const char letter = i < strlen(t->function->signature) - 1 ? t->function->signature[i + 1] : 'n';

		if (letter == 'R')
			t->args[i] = type_root(c, e->args[i]);
		else if (letter == 'A')
			t->args[i] = type_array(c, e->args[i]);
		if (t->args[i] == NULL)
			t->args[i] = array != NULL ? type_in_array(c, array, e->args[i])
						   : expr_type_node(c, e->args[i]);
		if (t->args[i] != NULL && t->args[i]->type == TYPE_IS_ARRAY)
			array = t->args[i]->array;
		ok = ok && t->args[i] != NULL;
	}
	return ok;
}

/* The type that the numbers of the arguments have together. */
static enum expr_type
common_type(const struct typed *t)
{
	for (size_t i = 0; i < t->nargs; i++)
		if (t->args[i]->type == TYPE_IS_REAL)
			return TYPE_IS_REAL;
	return TYPE_IS_INTEGER;
}

static enum expr_type
result_type(const struct typed *t)
{
	switch (t->function->signature[0]) {
	case 'i': return TYPE_IS_INTEGER;
	case 'r': return TYPE_IS_REAL;
	case 't': return TYPE_IS_TEXT;
	case 'b': return TYPE_IS_BOOLEAN;
	default: return common_type(t);
	}
}

struct typed *
expr_type_call(const struct expr_context *c, const struct expr *e, struct typed *t)
{
	const char *letters;
	bool ok;

	t->function = expr_function_find(e->text, expr_dialect_of(c->scope));
	if (t->function == NULL)
		return report_unknown(c, e);
	if (!type_arguments(c, e, t))
		return NULL;
	letters = t->function->signature + 1;
	ok = t->nargs == strlen(letters);
	for (size_t i = 0; ok && i < t->nargs; i++)
		ok = fits(t->args[i], letters[i]);
	t->type = result_type(t);
	t->memory = c->scope->memory;
	return ok ? t : expr_report_operands(c, e, t->function->needs);
}
