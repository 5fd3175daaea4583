/*
 * emit_parts: which members are parts. An array is none, and neither is a struct that counts the elements of one: they are
 * decoded in any case, so that a part never depends on another.
 */
#include "emit/emit_parts.h"

#include <string.h>

#include "emit/emit_internal.h"
#include "model/field_facts.h"

/* --- texts of structs ---------------------------------------------------------------------------------------- */

/* Whether a condition of a member of `d` reads the member `f`. */
static bool
is_read(struct arena *a, const struct definition *d, const struct field *f)
{
	const char *access = arena_printf(a, "v->%s", f->key);

	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].when != NULL && emit_reads(d->fields[i].when, access))
			return true;
	return false;
}

bool
parts_is_text(struct arena *a, const struct definition *d, const struct field *f)
{
	return field_is_text(f) && f->ndims == 1 && !definition_can_fault(d) && !is_read(a, d, f);
}

unsigned
parts_texts(struct arena *a, const struct definition *d)
{
	unsigned n = 0;

	for (size_t i = 0; i < d->nfields; i++)
		n += parts_is_text(a, d, &d->fields[i]);
	return n;
}

/* --- members of structs with a role -------------------------------------------------------------------------- */

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

/* How many bits the member has in a mask. */
static unsigned
count_bits(struct arena *a, const struct field *f)
{
	return 1 + (f->def != NULL && f->ndims == 0 ? parts_texts(a, f->def) : 0);
}

unsigned
parts_member_bit(struct arena *a, const struct definition *d, size_t i)
{
	unsigned bit = 0;

	for (size_t k = 0; k < i; k++)
		bit += count_bits(a, &d->fields[k]);
	return bit;
}

uint64_t
parts_member(struct arena *a, const struct definition *d, size_t i)
{
	const struct field *f = &d->fields[i];
	const unsigned bit = parts_member_bit(a, d, i), count = count_bits(a, f);

	if (bit + count > PARTS_MAX || f->def == NULL || f->ndims > 0 || counts_array(d, f))
		return 0;
	return ((UINT64_C(1) << count) - 1) << bit;
}

uint64_t
parts_of(struct arena *a, const struct definition *d)
{
	uint64_t parts = 0;
	size_t n = 0;

	for (size_t i = 0; i < d->nfields; i++) {
		const uint64_t member = parts_member(a, d, i);

		parts |= member;
		n += member != 0;
	}
	return n > 1 ? parts : 0;
}

uint64_t
parts_checked(struct arena *a, const struct definition *d)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].def != NULL && definition_can_fault(d->fields[i].def))
			parts |= parts_member(a, d, i);
	return parts;
}

/* --- what expressions read ----------------------------------------------------------------------------------- */

/* The parts of member `i` that are read: a member of the struct that is no part is of its first one. */
static uint64_t
member_read(struct arena *a, const struct definition *d, size_t i, const struct typed *t)
{
	const struct definition *inner = d->fields[i].def;
	uint64_t part = parts_member(a, d, i) & (UINT64_C(1) << parts_member_bit(a, d, i)), parts = 0;
	uint64_t text = part;

	for (size_t k = 0; k < inner->nfields && part != 0; k++) {
		const bool is_text = parts_is_text(a, inner, &inner->fields[k]);

		if (is_text)
			text <<= 1;
		if (emit_reads(t, arena_printf(a, "v->%s.%s", d->fields[i].key, inner->fields[k].key)))
			parts |= is_text ? text : part;
	}
	return parts;
}

uint64_t
parts_read(struct arena *a, const struct definition *d, const struct typed *t)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].def != NULL)
			parts |= member_read(a, d, i, t);
	return parts;
}
