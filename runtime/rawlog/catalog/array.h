/*
 * array: the shape of a member that is an array, from the field dictionary. A text is one value: its last dimension is no
 * array.
 */
#ifndef ARRAY_H
#define ARRAY_H

#include "rawlog/catalog/catalog.h"

/* Dimensions of the array; 0: the member is one value or struct. */
static inline uint32_t
array_dims(const struct field *f)
{
	return f->type == FIELD_CHAR && f->ndims > 0 ? f->ndims - 1 : f->ndims;
}

/* Bytes of everything within dimension `depth` - 1: of an element of the outermost dimension for 1, of the whole for 0. */
static inline size_t
array_stride(const struct field *f, size_t depth)
{
	size_t size = f->size;

	for (size_t i = depth; i < f->ndims; i++)
		size *= f->dims[i];
	return size;
}

/* How many elements of the outermost dimension are in use in `host`, the struct that has the member; at most those that fit. */
uint64_t array_used(const struct field *f, const void *host);

#endif
