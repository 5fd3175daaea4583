/*
 * codegen: the one header that generated code includes from the runtime.
 */
#ifndef CODEGEN_H
#define CODEGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "print/text/put.h"
#include "rawlog/base/load.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"

/* For the one body that serves both a constant and a variable data model. */
#if defined(__GNUC__)
#define ALWAYS_INLINE	inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE	inline
#endif

/* What expressions of a schema mean: integers of 64 bits that wrap, and nothing when divided by 0. */
static inline int64_t
wrap_add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t
wrap_sub(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

static inline int64_t
wrap_mul(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

static inline int64_t
div_or_0(int64_t a, int64_t b)
{
	return b == 0 ? 0 : b == -1 ? wrap_sub(0, a) : a / b;
}

static inline int64_t
mod_or_0(int64_t a, int64_t b)
{
	return b == 0 || b == -1 ? 0 : a % b;
}

static inline double
real_div_or_0(double a, double b)
{
	return b == 0 ? 0 : a / b;
}

/*
 * Number `n`, from 0 on, of a version such as "5.15.0-52-generic", as sscanf's "%d.%d.%d" reads it: the digits at the
 * beginning, or behind the n-th point if nothing but digits and points stands before. 0: there is none.
 */
static inline int64_t
version_number(const char *text, size_t size, int64_t n)
{
	uint32_t value = 0;
	bool has_digits = false;

	for (size_t i = 0; i < size; i++) {
		if (text[i] >= '0' && text[i] <= '9') {
			value = 10 * value + (uint32_t)(text[i] - '0');
			has_digits = true;
		} else if (text[i] == '.' && has_digits && n > 0) {
			n--;
			value = 0;
			has_digits = false;
		} else {
			break;
		}
	}
	return n == 0 ? (int32_t)value : 0;
}

/* Whether all of `size` bytes are 0. */
static inline bool
is_zero(const unsigned char *p, size_t size)
{
	unsigned char any = 0;

	for (size_t i = 0; i < size; i++)
		any |= p[i];
	return any == 0;
}

/* As many commas as there are cells to leave empty. */
static inline char *
put_commas(char *w, size_t count)
{
	memset(w, ',', count);
	return w + count;
}

/* An integer that is not available when it has the value `absent`: null in JSON, nothing in CSV. */
static inline char *
put_i64_or_null(char *w, int64_t value, int64_t absent)
{
	return value == absent ? PUT(w, "null") : put_i64(w, value);
}

static inline char *
put_u64_or_null(char *w, uint64_t value, uint64_t absent)
{
	return value == absent ? PUT(w, "null") : put_u64(w, value);
}

static inline char *
put_csv_i64_or_nothing(char *w, int64_t value, int64_t absent)
{
	return value == absent ? w : put_i64(w, value);
}

static inline char *
put_csv_u64_or_nothing(char *w, uint64_t value, uint64_t absent)
{
	return value == absent ? w : put_u64(w, value);
}

#endif
