/*
 * role: a release has few structs with a role, so that they are compared one by one.
 */
#include "rawlog/catalog/role.h"

#include <string.h>

static bool
has_role(const struct catalog_struct *s, const char *role, size_t size)
{
	return strlen(s->role) == size && memcmp(s->role, role, size) == 0;
}

const struct catalog_struct *
role_find(const struct catalog_release *r, const char *role, size_t size)
{
	if (has_role(r->rawheader, role, size))
		return r->rawheader;
	if (has_role(r->rawrecord, role, size))
		return r->rawrecord;
	for (size_t i = 0; i < r->nblocks; i++)
		if (has_role(r->blocks[i].entry, role, size))
			return r->blocks[i].entry;
	return NULL;
}
