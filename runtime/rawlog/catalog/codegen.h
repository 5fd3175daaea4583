/*
 * codegen: the runtime's part of generated decoders, dictionaries, checks and releases, which include it.
 */
#ifndef CODEGEN_H
#define CODEGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rawlog/base/load.h"
#include "rawlog/catalog/catalog.h"

/* For a function that is compiled for a constant and for a variable data model. */
#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

/* The arithmetic of schema expressions: integers of 64 bits that wrap; a division by 0 gives 0. */
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
 * Number `n`, from 0, of a version such as "5.15.0-52-generic", as sscanf's "%d.%d.%d" reads it: the digits at the start,
 * or behind the n-th point if only digits and points precede it. 0: there is none.
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

#endif
