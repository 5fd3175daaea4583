/*
 * emit_parts: which members are parts. An array is none, and neither is a struct that counts the elements of one: they are
 * decoded in any case, so that a part never depends on another.
 */
#include "emit/emit_parts.h"

#include <string.h>

#include "emit/emit_internal.h"
#include "model/field_facts.h"

/* Whether an array of `d` has its count in the member `f`. */
static bool
counts_array(const struct definition *d, const struct field *f)
{
	const size_t length = strlen(f->key);

	for (size_t i = 0; i < d->nfields; i++) {
		const char *count = d->fields[i].member->count.text;

		if (count != NULL && strncmp(count, f->key, length) == 0 && count[length] == '.')
			return true;
	}
	return false;
}

static bool
is_part(const struct definition *d, size_t i)
{
	const struct field *f = &d->fields[i];

	return i < PARTS_MAX && f->def != NULL && f->ndims == 0 && !counts_array(d, f);
}

uint64_t
parts_of(const struct definition *d)
{
	uint64_t parts = 0;
	size_t n = 0;

	for (size_t i = 0; i < d->nfields; i++)
		if (is_part(d, i)) {
			parts |= UINT64_C(1) << i;
			n++;
		}
	return n > 1 ? parts : 0;
}

uint64_t
parts_checked(const struct definition *d)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < d->nfields; i++)
		if (is_part(d, i) && definition_can_fault(d->fields[i].def))
			parts |= UINT64_C(1) << i;
	return parts;
}

uint64_t
parts_read(struct arena *a, const struct definition *d, const struct typed *t)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < d->nfields; i++)
		if (is_part(d, i) && emit_reads(t, arena_printf(a, "v->%s.", d->fields[i].key)))
			parts |= UINT64_C(1) << i;
	return parts;
}
