/*
 * host: host structs, which decoders fill: memory for one, and its integers at offsets that the catalog states.
 */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>

#include "rawlog/catalog/catalog.h"

/* A host struct of `s`, all zeros, the caller's to free(). NULL: no memory. */
void	*host_new(const struct catalog_struct *s);

/* The integer at `place` in `host`. Unsigned ones of 64 bits above INT64_MAX come out negative. */
int64_t	host_int(const void *host, struct field_place place);

#endif
