/*
 * parts: which parts of a struct have its members; catalog_struct.decode_parts decodes only those that are needed.
 */
#ifndef PARTS_H
#define PARTS_H

#include "rawlog/catalog/catalog.h"

/* The mask of the member of `d` at `offset` in the host struct. */
uint64_t parts_at(const struct definition *d, size_t offset);

#endif
