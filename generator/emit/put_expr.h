/*
 * put_expr: the C expression that writes a value of a basic type. JSON and CSV differ in the names of the functions.
 */
#ifndef PUT_EXPR_H
#define PUT_EXPR_H

#include "base/mem.h"
#include "model/model.h"

struct put_style {
	const char	*text;		/* prefix of the functions for text and hex: "put_json" */
	const char	*number;	/* prefix of those for floats and for values that can be absent: "put" */
	const char	*absent;	/* suffix of the latter: "or_null" */
	bool		 hex_is_keyed;	/* the hex form of a text has a key; else it has a cell, if `print` asks for it */
};

/* The expression that writes `access`, a value of the field's type, at the pointer `w` and gives the new end. */
const char *put_expr(struct arena *a, const struct field *f, const struct put_style *style, const char *w,
    const char *access);

#endif
