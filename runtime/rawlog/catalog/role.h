/*
 * role: structs by what they are in a log.
 */
#ifndef ROLE_H
#define ROLE_H

#include "rawlog/catalog/catalog.h"

/* The release's struct whose role is the `size` bytes at `role`; NULL: it has none. */
const struct catalog_struct *role_find(const struct catalog_release *r, const char *role, size_t size);

#endif
