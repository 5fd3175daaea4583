/*
 * put_avro: values in the binary encoding of Avro, each a union of null and a type. As in put.h, each function writes at `w`
 * and returns the end; none checks the space.
 *
 * Source: Apache Avro 1.11 specification, "Binary Encoding".
 */
#ifndef PUT_AVRO_H
#define PUT_AVRO_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PUT_AVRO_LONG_MAX  10 /* of a long; of a value with its branch one more */
#define PUT_AVRO_VALUE_MAX (1 + PUT_AVRO_LONG_MAX)

/* A long without a branch: zigzag, then seven bits a byte, the lowest first. */
static inline char *
put_avro_long(char *w, int64_t value)
{
	uint64_t zigzag = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);

	for (; zigzag > 0x7f; zigzag >>= 7)
		*w++ = (char)(0x80 | (zigzag & 0x7f));
	*w++ = (char)zigzag;
	return w;
}

/* The first branch of a union. */
static inline char *
put_avro_null(char *w)
{
	*w++ = 0;
	return w;
}

/* The second branch, before its value. */
static inline char *
put_avro_present(char *w)
{
	*w++ = 2;
	return w;
}

static inline char *
put_avro_integer(char *w, int64_t value)
{
	if (value >= 0 && value < 0x40) { /* most values of logs */
		*w++ = 2;
		*w++ = (char)(value << 1);
		return w;
	}
	return put_avro_long(put_avro_present(w), value);
}

static inline char *
put_avro_boolean(char *w, int value)
{
	w = put_avro_present(w);
	*w++ = value != 0;
	return w;
}

/* Four bytes, the lowest first. */
static inline char *
put_avro_float(char *w, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof bits);
	w = put_avro_present(w);
	for (unsigned i = 0; i < sizeof bits; i++)
		*w++ = (char)(bits >> 8 * i);
	return w;
}

static inline char *
put_avro_double(char *w, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	w = put_avro_present(w);
	for (unsigned i = 0; i < sizeof bits; i++)
		*w++ = (char)(bits >> 8 * i);
	return w;
}

static inline char *
put_avro_string(char *w, const char *text, size_t size)
{
	w = put_avro_long(put_avro_present(w), (int64_t)size);
	if (size > 0)
		memcpy(w, text, size);
	return w + size;
}

#endif
