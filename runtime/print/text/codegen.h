/*
 * codegen: what generated printers include from the runtime.
 */
#ifndef PRINT_CODEGEN_H
#define PRINT_CODEGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "print/text/printers.h"
#include "print/text/put_csv.h"
#include "print/text/put_text.h"
#include "rawlog/base/cold.h"
#include "rawlog/io/writer.h"

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

/* An unsigned integer in a table, whose integers are signed: null if it is above INT64_MAX. */
static inline char *
put_u63(char *w, uint64_t value)
{
	return value > INT64_MAX ? PUT(w, "null") : put_u64(w, value);
}

static inline char *
put_csv_u63(char *w, uint64_t value)
{
	return value > INT64_MAX ? w : put_u64(w, value);
}

/* A number of a column of 32-bit floats. */
static inline char *
put_csv_number(char *w, double value)
{
	return put_csv_f32(w, (float)value);
}

#endif
