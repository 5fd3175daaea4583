/*
 * codegen: what generated labels include from the runtime.
 */
#ifndef LABEL_CODEGEN_H
#define LABEL_CODEGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "print/label/label.h"
#include "print/label/put_label.h"
#include "print/text/values.h"
#include "rawlog/base/cold.h"
#include "rawlog/catalog/codegen.h"

/* Writes what stands before the value of a column. */
static inline char *
label_lead(char *w, const struct label_column *column)
{
	memcpy(w, column->lead, sizeof column->lead);
	return w + column->size;
}

/* The elements of an array that has space for `limit`. */
static inline size_t
label_count(int64_t count, size_t limit)
{
	return count < 0 ? 0 : (uint64_t)count > limit ? limit : (size_t)count;
}

#endif
