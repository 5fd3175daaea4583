/*
 * values: the values that compiled expressions of labels and views have, besides integers and doubles, and the functions of
 * the expression language. Nothing fails: a function of a text that needs memory is declared where that memory is.
 */
#ifndef VALUES_H
#define VALUES_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A text without a NUL; the bytes belong to a struct, a literal or the row's memory. */
struct text {
	const char *bytes;
	size_t size;
};

#define TEXT(literal) ((struct text){ literal, sizeof(literal) - 1 })

/* The bytes up to the first NUL, or all `size` of them. */
static inline struct text
text_of(const char *bytes, size_t size)
{
	const char *end = memchr(bytes, '\0', size);

	return (struct text){ bytes, end != NULL ? (size_t)(end - bytes) : size };
}

static inline bool
text_is(struct text a, struct text b)
{
	return a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

/* --- integers that do not fit ---------------------------------------------------------------------------------- */

/* Each: whether the result has more than 64 bits. */
static inline bool
add_outgrows(int64_t a, int64_t b)
{
	const uint64_t sum = (uint64_t)a + (uint64_t)b;

	return (((uint64_t)a ^ sum) & ((uint64_t)b ^ sum)) >> 63 != 0;
}

static inline bool
sub_outgrows(int64_t a, int64_t b)
{
	const uint64_t difference = (uint64_t)a - (uint64_t)b;

	return (((uint64_t)a ^ (uint64_t)b) & ((uint64_t)a ^ difference)) >> 63 != 0;
}

static inline bool
div_outgrows(int64_t a, int64_t b)
{
	return a == INT64_MIN && b == -1;
}

static inline bool
mul_outgrows(int64_t a, int64_t b)
{
	const int64_t product = (int64_t)((uint64_t)a * (uint64_t)b);

	if (a == (int32_t)a && b == (int32_t)b)
		return false;
	return a != 0 && (div_outgrows(b, a) || div_outgrows(product, a) || product / a != b);
}

/* The same of the sum of the first two, of the first three, … */
static inline bool
sum_outgrows(const int64_t *terms, size_t count)
{
	uint64_t sum = (uint64_t)terms[0];
	bool outgrows = false;

	for (size_t i = 1; i < count; i++) {
		outgrows |= add_outgrows((int64_t)sum, terms[i]);
		sum += (uint64_t)terms[i];
	}
	return outgrows;
}

/* --- functions ------------------------------------------------------------------------------------------------ */

/* The lowest 32 bits, signed. */
static inline int64_t
value_int(int64_t x)
{
	return (int32_t)(uint32_t)(uint64_t)x;
}

static inline double
value_double(double x)
{
	return x;
}

static inline double
value_float(double x)
{
	return (double)(float)x;
}

static inline int64_t
value_min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t
value_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static inline double
real_min(double a, double b)
{
	return a < b ? a : b;
}

static inline double
real_max(double a, double b)
{
	return a > b ? a : b;
}

#define WHOLE_FROM 0x1p52 /* a double of this size or more is a whole number */

/* As floor and round of <math.h>, which would need a library of its own. */
static inline double
value_floor(double x)
{
	double whole;

	if (!(x > -WHOLE_FROM && x < WHOLE_FROM))
		return x;
	whole = (double)(int64_t)x;
	return whole > x ? whole - 1 : whole;
}

/* Halves go away from 0. */
static inline double
value_round(double x)
{
	double whole;

	if (!(x > -WHOLE_FROM && x < WHOLE_FROM))
		return x;
	whole = (double)(int64_t)x;
	return x - whole >= 0.5 ? whole + 1 : whole - x >= 0.5 ? whole - 1 : whole;
}

/* Letters of ASCII become small. */
static inline char
value_lower_letter(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static inline int64_t
value_length(struct text t)
{
	return (int64_t)t.size;
}

static inline bool
value_starts_with(struct text t, struct text start)
{
	return t.size >= start.size && memcmp(t.bytes, start.bytes, start.size) == 0;
}

static inline bool
value_contains(struct text t, struct text part)
{
	for (size_t i = 0; i + part.size <= t.size; i++)
		if (memcmp(t.bytes + i, part.bytes, part.size) == 0)
			return true;
	return false;
}

#endif
