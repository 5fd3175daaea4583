/*
 * parts: which parts of a struct have its members; catalog_struct.decode_parts decodes only those that are needed.
 */
#ifndef PARTS_H
#define PARTS_H

#include "rawlog/catalog/catalog.h"

/* The part that the member of `d` with this index is, without texts that are parts of their own. */
uint64_t parts_of_member(const struct definition *d, uint32_t member);

/* The part that the byte at `offset` of the host struct is in. */
uint64_t parts_at(const struct definition *d, size_t offset);

/* All parts of the member of `d` that holds the byte at `offset`: itself, and its texts that are parts of their own. */
uint64_t parts_whole(const struct definition *d, size_t offset);

#endif
