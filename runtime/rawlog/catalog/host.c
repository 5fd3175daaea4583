/*
 * host: allocates host structs, and reads their integers by the size and sign that the catalog states.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"

void *
host_new(const struct catalog_struct *s)
{
	return calloc(1, s->definition->size > 0 ? s->definition->size : 1);
}

int64_t
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
