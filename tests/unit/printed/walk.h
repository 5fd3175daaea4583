/*
 * walk: JSON by the field dictionary. Says the same as the generated straight-line printers in a quite different way,
 * so that each can be held against the other.
 */
#ifndef WALK_H
#define WALK_H

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"

/* The host struct at `host` as one JSON object. */
void walk_json(struct writer *out, const struct definition *d, const void *host, unsigned print, uint64_t nulls);

#endif
