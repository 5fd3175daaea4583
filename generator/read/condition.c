/*
 * condition: a scalar to a tree, by the parser that all expressions share.
 */
#include "model/scope.h"

static void *
alloc_in_arena(void *context, size_t size)
{
	return arena_alloc(context, size);
}

struct expr_memory
condition_memory(struct arena *a)
{
	return (struct expr_memory){ alloc_in_arena, a };
}

const struct expr *
condition_parse(struct diag *d, struct position at, const char *text)
{
	const struct expr_memory memory = condition_memory(d->arena);
	struct expr_error error;
	const struct expr *e = expr_parse(&memory, text, true, &error);

	if (e == NULL)
		diag_error(d, diag_within(at, text, error.offset), "%s", error.message);
	return e;
}
