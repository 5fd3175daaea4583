/*
 * leaf: what leaves of typed trees take their values from.
 */
#include "model/scope.h"

const struct typed_leaf *
leaf_of(const struct typed *t)
{
	static const struct typed_leaf literal = { .source = FROM_LITERAL };

	return t->leaf != NULL ? t->leaf : &literal;
}

struct typed_leaf *
leaf_of_member(struct typed *t)
{
	struct typed_leaf *leaf = t->leaf;

	return leaf != NULL && leaf->source == FROM_MEMBER && t->kind != EXPR_NULL ? leaf : NULL;
}

void
leaf_set_variable(struct arena *a, struct typed *t, const char *access)
{
	struct typed_leaf *leaf = arena_alloc(a, sizeof(*leaf));

	*leaf = (struct typed_leaf){ .source = FROM_VARIABLE, .access = access };
	t->leaf = leaf;
}
