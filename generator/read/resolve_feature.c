/*
 * resolve_feature: the features of a release. An inherited one is resolved again in every release, because a flag can have
 * changed.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"

/* The feature of that name, or a new one. */
static struct resolved_feature *
find_feature(struct arena *a, struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nfeatures; i++)
		if (strcmp(r->features[i].feature->name.text, name) == 0)
			return &r->features[i];
	r->features = arena_grow(a, r->features, r->nfeatures, sizeof(*r->features));
	return &r->features[r->nfeatures++];
}

static void
look_up(struct diag *d, const struct release *r, struct resolved_feature *f)
{
	const struct scope_root roots[] = {
		{ .name = "rawheader", .def = r->rawheader, .access = "rawheader->" },
		{ .name = "rawrecord", .def = r->rawrecord, .access = "rawrecord->" },
	};
	const struct scope s = { .diag = d, .release = r, .what = "rawrecord", .roots = roots, .nroots = 2 };

	f->when = NULL;
	if (r->rawheader != NULL && r->rawrecord != NULL && f->feature->when.tree != NULL)
		f->when = scope_type_condition(&s, &f->feature->when);
}

void
resolve_features(struct diag *d, struct release *r)
{
	const size_t inherited = r->base != NULL ? r->base->nfeatures : 0;

	for (size_t i = 0; i < inherited; i++)
		find_feature(d->arena, r, r->base->features[i].feature->name.text)->feature =
		    r->base->features[i].feature;
	for (size_t i = 0; i < r->schema->nfeatures; i++)
		find_feature(d->arena, r, r->schema->features[i].name.text)->feature = &r->schema->features[i];
	for (size_t i = 0; i < r->nfeatures; i++)
		look_up(d, r, &r->features[i]);
}
