/*
 * resolve_check: the checks of a release. An inherited one is resolved again in every release, because a struct or a flag
 * can have changed.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"

/* The index for release_top of the struct with the role; SIZE_MAX: there is none. */
static size_t
find_role(const struct release *r, const char *role)
{
	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (strcmp(release_top_role(r, i), role) == 0)
			return i;
	return SIZE_MAX;
}

/* The check of that name, or a new one. */
static struct resolved_check *
find_check(struct arena *a, struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nchecks; i++)
		if (strcmp(r->checks[i].check->name.text, name) == 0)
			return &r->checks[i];
	r->checks = arena_grow(a, r->checks, r->nchecks, sizeof(*r->checks));
	return &r->checks[r->nchecks++];
}

/* What is added up for each struct: an integer. */
static const struct typed *
type_sum(const struct scope *s, const struct condition *sum)
{
	const struct typed *t = scope_type_value(s, sum);

	if (t == NULL || t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_BOOLEAN)
		return t;
	diag_error(s->diag, sum->word.at, "a sum is one of integers; this is %s", typed_name(t->type));
	return NULL;
}

static void
look_up(struct diag *d, const struct release *r, struct resolved_check *c)
{
	const struct scope_root root = { .name = "rawrecord", .def = r->rawrecord, .access = "rawrecord->" };
	const struct check *check = c->check;
	struct scope s = { .diag = d, .release = r, .access = "v->", .what = check->of.text };

	*c = (struct resolved_check){ .check = check, .top = find_role(r, check->of.text) };
	if (c->top == SIZE_MAX || release_top(r, c->top) == NULL)
		return;
	s.own = release_top(r, c->top);
	s.roots = &root;
	s.nroots = c->top >= 2 && r->rawrecord != NULL ? 1 : 0;
	if (check->that.tree != NULL)
		c->that = scope_type_condition(&s, &check->that);
	if (check->sum.tree != NULL)
		c->sum = type_sum(&s, &check->sum);
	if (check->is.text != NULL && r->rawrecord != NULL)
		c->is = definition_walk(r->rawrecord, check->is.text);
}

void
resolve_checks(struct diag *d, struct release *r)
{
	const size_t inherited = r->base != NULL ? r->base->nchecks : 0;

	for (size_t i = 0; i < inherited; i++)
		find_check(d->arena, r, r->base->checks[i].check->name.text)->check = r->base->checks[i].check;
	for (size_t i = 0; i < r->schema->nchecks; i++)
		find_check(d->arena, r, r->schema->checks[i].name.text)->check = &r->schema->checks[i];
	for (size_t i = 0; i < r->nchecks; i++)
		look_up(d, r, &r->checks[i]);
}
