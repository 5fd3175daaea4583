/*
 * row_choice: asks the members that the catalog names.
 */
#include "print/query/row_choice.h"
#include "rawlog/catalog/host.h"
#include "rawlog/catalog/parts.h"

bool
row_choice_takes(const struct row_choice *c, const struct catalog_block *b, const void *host)
{
	if (c->active && b->inactive.size > 0 && host_int(host, b->inactive) != 0)
		return false;
	return !c->processes || b->process.size == 0 || host_int(host, b->process) != 0;
}

uint64_t
row_choice_parts(const struct row_choice *c, const struct catalog_block *b)
{
	const struct definition *d = b->entry->definition;
	uint64_t parts = 0;

	if (c->active && b->inactive.size > 0)
		parts |= parts_at(d, b->inactive.offset);
	if (c->processes && b->process.size > 0)
		parts |= parts_at(d, b->process.offset);
	return parts;
}
