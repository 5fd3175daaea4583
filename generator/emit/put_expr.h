/*
 * put_expr: the C expressions that write. Each takes `w`, the expression of the pointer to write at, and gives an
 * expression of the new end; what it can write is added to an output_size.
 */
#ifndef PUT_EXPR_H
#define PUT_EXPR_H

#include "emit/output_size.h"

/* Writes `text`. */
const char *put_literal(struct output_size *s, const char *w, const char *text);

/* Writes a comma unless the variable `index` is 0. */
const char *put_separator(struct output_size *s, const char *w, const char *index);

/* Writes `access`, a value of the field's basic type, as JSON. */
const char *put_value(struct output_size *s, const struct field *f, const char *w, const char *access);

#endif
