/*
 * host: memory for the host structs that decoders fill, and access to their integers at the catalog's offsets.
 */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>

#include "rawlog/catalog/catalog.h"

/* Allocates a host struct of `s`, all zeros; the caller frees it. NULL: out of memory. */
void *host_new(const struct catalog_struct *s);

/* The integer at `place` in `host`. An unsigned one above INT64_MAX becomes negative. */
int64_t host_int(const void *host, struct field_place place);

#endif
