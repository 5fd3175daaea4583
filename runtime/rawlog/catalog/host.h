/*
 * host: memory for the host structs that decoders fill, and access to their integers at the catalog's offsets.
 */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>
#include <string.h>

#include "rawlog/catalog/catalog.h"

/* Allocates a host struct of `s`, all zeros; the caller frees it. NULL: out of memory. */
void *host_new(const struct catalog_struct *s);

/* The integer at `place` in `host`. An unsigned one above INT64_MAX becomes negative. */
static inline int64_t
host_int(const void *host, struct field_place place)
{
	const unsigned char *p = (const unsigned char *)host + place.offset;
	int8_t i8;
	int16_t i16;
	int32_t i32;
	int64_t i64;

	switch (place.size) {
	case sizeof i8: memcpy(&i8, p, sizeof i8); return place.is_signed ? (int64_t)i8 : (int64_t)(uint8_t)i8;
	case sizeof i16: memcpy(&i16, p, sizeof i16); return place.is_signed ? (int64_t)i16 : (int64_t)(uint16_t)i16;
	case sizeof i32: memcpy(&i32, p, sizeof i32); return place.is_signed ? (int64_t)i32 : (int64_t)(uint32_t)i32;
	default: memcpy(&i64, p, sizeof i64); return i64;
	}
}

#endif
