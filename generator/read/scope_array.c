/*
 * scope_array: structs and arrays as arguments of functions, and the scope within an array.
 */
#include "read/scope_internal.h"

#include <string.h>

struct typed *
scope_type_root(const struct scope_context *c, const struct expr *e)
{
	const struct scope_root *root = e->kind == EXPR_PATH ? scope_find_root(c->scope, e->text) : NULL;

	if (root == NULL || root->pointer == NULL || strcmp(root->name, e->text) != 0)
		return NULL;
	return scope_make(c, e, TYPE_IS_STRUCT,
	    (struct typed_leaf){ .source = FROM_ROOT, .root = root, .access = root->pointer });
}

struct typed *
scope_type_array(const struct scope_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;

	for (size_t i = 0; e->kind == EXPR_PATH && i < s->narrays; i++)
		if (strcmp(s->arrays[i].name, e->text) == 0)
			return scope_make(c, e, TYPE_IS_ARRAY,
			    (struct typed_leaf){ .source = FROM_ARRAY, .array = &s->arrays[i] });
	return NULL;
}

struct scope_context *
scope_within(const struct scope_context *c, const struct scope_array *array)
{
	const struct scope *outer = c->scope;
	struct arena *a = outer->diag->arena;
	struct scope_root *roots = arena_alloc(a, (outer->nroots + 1) * sizeof(*roots));
	struct scope *inner = arena_alloc(a, sizeof(*inner));
	struct scope_context *context = arena_alloc(a, sizeof(*context));

	*inner = *outer;
	roots[0] = *array->element;
	inner->nroots = 1;
	for (size_t i = 0; i < outer->nroots; i++)
		if (strcmp(outer->roots[i].name, array->element->name) != 0)
			roots[inner->nroots++] = outer->roots[i];
	inner->roots = roots;
	inner->index = array->index;
	*context = *c;
	context->scope = inner;
	return context;
}
