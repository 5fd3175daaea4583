/*
 * bound: sums the maximum lengths of members, and fills structs with values that print long.
 */
#include <string.h>

#include "bound.h"
#include "print/text/put_text.h"

#define NULL_SIZE 4 /* of null */

/* Elements in all dimensions, of a text in all but the last. */
static uint64_t
count_elements(const struct field *f)
{
	const uint32_t ndims = f->type == FIELD_CHAR && f->ndims > 0 ? f->ndims - 1 : f->ndims;
	uint64_t n = 1;

	for (uint32_t i = 0; i < ndims; i++)
		n *= f->dims[i];
	return n;
}

/* One element that is no struct: of a text, all of it. */
static uint64_t
value_max(const struct field *f)
{
	static const uint64_t digits[] = { [1] = 4, [2] = 6, [4] = 11, [8] = 20 };
	const uint64_t room = f->ndims > 0 ? f->dims[f->ndims - 1] : 1;

	if (f->type == FIELD_CHAR && f->show == FIELD_HEX && f->ndims > 0)
		return PUT_HEX_MAX(room);
	if (f->type == FIELD_CHAR && (f->ndims > 0 || f->show == FIELD_LETTER))
		return PUT_JSON_TEXT_MAX(room) + strlen(",\"_hex\":") + strlen(field_key(f));
	if (f->type == FIELD_FLOAT)
		return PUT_FLOAT_MAX;
	return f->show == FIELD_FLAG ? PUT_FLAG_MAX : digits[f->size < 8 ? f->size : 8];
}

uint64_t
bound_json(const struct definition *d, unsigned print)
{
	uint64_t sum = 2, element, n;

	for (uint32_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if ((f->flags & FIELD_RESERVED) && !(print & PRINT_RESERVED))
			continue;
		n = count_elements(f);
		element = f->type == FIELD_STRUCT ? bound_json(field_of(f), print) : value_max(f);
		if (element < NULL_SIZE)
			element = NULL_SIZE;
		sum += strlen("\"\":,") + strlen(field_key(f)) + n * (element + 1) + 2;
	}
	return sum;
}

/* Writes an integer of `size` bytes. */
static void
store(unsigned char *p, int64_t value, size_t size)
{
	const int8_t i8 = (int8_t)value;
	const int16_t i16 = (int16_t)value;
	const int32_t i32 = (int32_t)value;

	if (size == sizeof i8)
		memcpy(p, &i8, size);
	else if (size == sizeof i16)
		memcpy(p, &i16, size);
	else if (size == sizeof i32)
		memcpy(p, &i32, size);
	else
		memcpy(p, &value, sizeof value);
}

static void
fill_element(const struct field *f, unsigned char *p, unsigned char byte)
{
	static const float longest = -1.17549435e-38f;

	if (f->type == FIELD_STRUCT)
		bound_fill(field_of(f), p, byte);
	else if (f->type == FIELD_CHAR)
		memset(p, byte, f->ndims > 0 ? f->dims[f->ndims - 1] : f->size);
	else if (f->type == FIELD_FLOAT)
		memcpy(p, &longest, sizeof longest);
	else
		store(p, f->type == FIELD_UNSIGNED ? -1 : (int64_t)(UINT64_MAX << (8 * f->size - 1)), f->size);
}

void
bound_fill(const struct definition *d, unsigned char *host, unsigned char byte)
{
	for (uint32_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const uint64_t size = f->type == FIELD_CHAR && f->ndims > 0 ? f->size * f->dims[f->ndims - 1] : f->size;

		for (uint64_t k = 0; k < count_elements(f); k++)
			fill_element(f, host + f->offset + k * size, byte);
	}
	for (uint32_t i = 0; i < d->nfields; i++)
		if (d->fields[i].count_rule == FIELD_COUNTED)
			store(host + d->fields[i].count.offset, d->fields[i].dims[0], d->fields[i].count.size);
}

void
bound_elements(const struct definition *d, unsigned char *host, uint64_t most)
{
	for (uint32_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const uint64_t used = f->ndims > 0 && f->dims[0] < most ? f->dims[0] : most;
		uint64_t stride = f->size;

		for (uint32_t k = 1; k < f->ndims; k++)
			stride *= f->dims[k];
		for (uint64_t k = 0; f->type == FIELD_STRUCT && k < (f->ndims > 0 ? used : 1); k++)
			bound_elements(field_of(f), host + f->offset + k * stride, most);
		if (f->count_rule == FIELD_COUNTED)
			store(host + f->count.offset, (int64_t)used, f->count.size);
		if (f->count_rule == FIELD_UNTIL && used < f->dims[0])
			host[f->offset + used * stride + f->count.offset] = '\0';
	}
}
