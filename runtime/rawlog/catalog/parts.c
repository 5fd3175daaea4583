/*
 * parts: members are in the order of their offsets.
 */
#include "rawlog/catalog/parts.h"

#define PARTS_MAX 63 /* members from here on are always decoded */

_Static_assert(CATALOG_NULLS == UINT64_C(1) << PARTS_MAX, "no part has the bit of the mask of null members");

uint64_t
parts_at(const struct definition *d, size_t offset)
{
	uint32_t i = 0;

	while (i + 1 < d->nfields && d->fields[i + 1].offset <= offset)
		i++;
	return i < PARTS_MAX ? UINT64_C(1) << i : 0;
}
