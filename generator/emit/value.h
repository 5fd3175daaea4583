/*
 * value: the C expression that puts a value of a basic type, which JSON and CSV share but for the names of primitives.
 */
#ifndef VALUE_H
#define VALUE_H

#include "base/mem.h"
#include "model/model.h"

struct value_style {
	const char	*text;		/* stem of the primitives for text and hex: "put_json" */
	const char	*number;	/* of those for floats and values that may be absent: "put" */
	const char	*absent;	/* what the latter end in: "or_null" */
};

/*
 * The expression that puts `access`, a value of the field's type, at the pointer `w` and gives the end. A text
 * brings its hex sibling: in JSON it has the key of that, in CSV it is told what is asked for, `print`.
 */
const char *value_put(struct arena *a, const struct field *f, const struct value_style *style, const char *w,
    const char *access);

#endif
