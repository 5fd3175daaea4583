/*
 * alike: compares the sizes of layouts, and counts the members that a release defines.
 */
#include <stdio.h>

#include "rawlog/log/alike.h"

bool
alike(const struct layout *a, const struct layout *b)
{
	const struct catalog_release *x = a->release, *y = b->release;

	if (a->order != b->order || x->nblocks != y->nblocks ||
	    x->rawrecord->size[a->model] != y->rawrecord->size[b->model])
		return false;
	for (size_t i = 0; i < x->nblocks; i++)
		if (x->blocks[i].entry->size[a->model] != y->blocks[i].entry->size[b->model])
			return false;
	return true;
}

/* The number of members that are not reserved, including those of nested structs. */
static size_t
count(const struct definition *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if ((f->flags & FIELD_RESERVED) == 0)
			n += f->of != 0 ? count(field_of(f)) : 1;
	}
	return n;
}

size_t
alike_claims(const struct catalog_release *release)
{
	size_t n = count(release->rawrecord->definition);

	for (size_t i = 0; i < release->nblocks; i++)
		n += count(release->blocks[i].entry->definition);
	return n;
}

void
alike_names(char *text, size_t size, const struct catalog_release *const *releases, size_t n)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < n && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s",
		    i == 0          ? ""
			: i + 1 < n ? ", "
				    : " or ",
		    releases[i]->version);
}
