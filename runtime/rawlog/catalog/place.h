/*
 * place: integers out of host structs by where the catalog says that they lie.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdint.h>

#include "rawlog/catalog/catalog.h"

/* The integer at `place` in `host`. Unsigned ones of 64 bits above INT64_MAX come out negative. */
int64_t	place_read(const void *host, struct field_place place);

#endif
