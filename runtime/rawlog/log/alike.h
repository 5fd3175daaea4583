/*
 * alike: layouts that have the same sizes, so that a log of one of them can be read as any of them. The release that
 * defines the fewest members is the safest one to show: it claims nothing that another one contradicts.
 */
#ifndef ALIKE_H
#define ALIKE_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/log/header.h"

/* Whether records and structs of all blocks have the same sizes. */
bool alike(const struct layout *a, const struct layout *b);

/* The number of members that a release defines (not reserved), in all structs that can follow a header. */
size_t alike_claims(const struct catalog_release *release);

/* Puts "2.4, 2.5 or 2.6" into `text` of `size` bytes, truncated if it is too small. */
void alike_names(char *text, size_t size, const struct catalog_release *const *releases, size_t n);

#endif
