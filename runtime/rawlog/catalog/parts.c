/*
 * parts: members are in the order of their offsets.
 */
#include "rawlog/catalog/parts.h"

#define PARTS_MAX 63 /* bits from here on are of no part: what would have them is always decoded */

_Static_assert(CATALOG_NULLS >> PARTS_MAX == 1, "no part has the bit of the mask of null members");

/* The index of the member of `d` that holds the byte at `offset`. */
static uint32_t
member_at(const struct definition *d, size_t offset)
{
	uint32_t i = 0;

	while (i + 1 < d->nfields && d->fields[i + 1].offset <= offset)
		i++;
	return i;
}

/* How many of the first `n` members of `d` are texts that are parts. */
static unsigned
count_texts(const struct definition *d, uint32_t n)
{
	unsigned texts = 0;

	for (uint32_t i = 0; i < n; i++)
		texts += (d->fields[i].flags & FIELD_APART) != 0;
	return texts;
}

/* The members of the struct `f` that have bits of their own; NULL: it is no struct, or an array of them. */
static const struct definition *
inner_of(const struct field *f)
{
	return f->ndims == 0 ? field_of(f) : NULL;
}

static unsigned
bit_of(const struct definition *d, uint32_t member)
{
	unsigned bit = member;

	for (uint32_t i = 0; i < member; i++)
		if (inner_of(&d->fields[i]) != NULL)
			bit += count_texts(inner_of(&d->fields[i]), inner_of(&d->fields[i])->nfields);
	return bit;
}

static uint64_t
mask(unsigned bit)
{
	return bit < PARTS_MAX ? UINT64_C(1) << bit : 0;
}

uint64_t
parts_of_member(const struct definition *d, uint32_t member)
{
	return mask(bit_of(d, member));
}

uint64_t
parts_at(const struct definition *d, size_t offset)
{
	const uint32_t i = member_at(d, offset);
	const struct definition *inner = inner_of(&d->fields[i]);
	const unsigned bit = bit_of(d, i);
	uint32_t k;

	if (inner == NULL)
		return mask(bit);
	k = member_at(inner, offset - d->fields[i].offset);
	return mask((inner->fields[k].flags & FIELD_APART) != 0 ? bit + count_texts(inner, k + 1) : bit);
}

uint64_t
parts_whole(const struct definition *d, size_t offset)
{
	const uint32_t i = member_at(d, offset);
	const struct definition *inner = inner_of(&d->fields[i]);
	const unsigned texts = inner != NULL ? count_texts(inner, inner->nfields) : 0;
	uint64_t parts = 0;

	for (unsigned k = 0; k <= texts; k++)
		parts |= mask(bit_of(d, i) + k);
	return parts;
}
