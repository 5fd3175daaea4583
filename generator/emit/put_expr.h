/*
 * put_expr: the C expressions that write. Each takes `w`, the expression of the pointer to write at, and gives an
 * expression of the new end; what it can write is added to an output_size. JSON and CSV differ in the names of functions.
 */
#ifndef PUT_EXPR_H
#define PUT_EXPR_H

#include "emit/output_size.h"

struct put_style {
	const char *text;     /* prefix of the functions for text and hex: "put_json" */
	const char *number;   /* prefix of those for floats and for values that can be absent: "put" */
	const char *absent;   /* suffix of the latter: "or_null" */
	const char *text_max; /* macro for the bytes of a text: "PUT_JSON_TEXT_MAX" */
	bool hex_is_keyed;    /* the hex form of a text has a key; else it has a cell, also if it is empty */
};

/* Writes `text`. */
const char *put_literal(struct output_size *s, const char *w, const char *text);

/* Writes a comma unless the variable `index` is 0. */
const char *put_separator(struct output_size *s, const char *w, const char *index);

/* Writes `access`, a value of the field's basic type. */
const char *put_value(struct output_size *s, const struct field *f, const struct put_style *style, const char *w,
    const char *access);

#endif
