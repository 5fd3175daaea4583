/*
 * alike: layouts that the lengths in a log cannot tell apart: what stands in it can be read as of each of them. Which of
 * them claims least can be shown without claiming anything that another one would deny.
 */
#ifndef ALIKE_H
#define ALIKE_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/log/header.h"

/* Whether records and structs of all blocks have the same sizes. */
bool	alike(const struct layout *a, const struct layout *b);

/* How many members a release gives a meaning: those that are not reserved, of all structs behind a header. */
size_t	alike_claims(const struct catalog_release *release);

/* Puts "2.4, 2.5 or 2.6" into `text` of `size` bytes, cut off if it has no room. */
void	alike_names(char *text, size_t size, const struct catalog_release *const *releases, size_t n);

#endif
