/*
 * emit_view_body: what the files emit_view* share: the bodies of a view's functions in a release, and the parts of structs that
 * they read.
 */
#ifndef EMIT_VIEW_BODY_H
#define EMIT_VIEW_BODY_H

#include "base/out.h"
#include "model/view.h"

/* The name of a view as part of a C name. */
const char *view_symbol(struct arena *a, const struct resolved_view *rv);

/* The names of the constants of enum column_context. */
extern const char *const view_context_names[];

/* The cell of a column that is the same column of the table in all releases; NULL: it is another one. */
const struct view_cell *view_find_context(const struct resolved_view *rv, size_t column);

/* How many columns the rows begin with that are the same in all rows of a sample. */
size_t view_nshared(const struct resolved_view *rv);

/* Declares the pointers that the text, which is part of a function of a row, uses. */
void view_pointers(struct out *o, const struct resolved_view *rv, const struct view_release *vr, const char *text);

/*
 * The body of the function that computes the names of a sample, of the one that decides whether a row is one of the view, and
 * of the one that sets a cell. NULL: there is nothing to do.
 */
const char *view_once_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);
const char *view_holds_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);
const char *view_get_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);

/* The parts of structs that leaves of expressions are read from. */
struct view_parts {
	struct arena *arena;
	const struct definition *top;
	const char *root; /* NULL: members without a root */
	uint64_t mask;
	bool reads;
};

/* Adds the parts that a leaf is read from; for typed_each. The context is a struct view_parts. */
void view_add_parts(struct typed *t, void *context);

#define VIEW_ROWS SIZE_MAX

/*
 * The paths of the members that a column is computed of in any release, a blank before each; of VIEW_ROWS those that choose the
 * rows.
 */
const char *view_uses(struct arena *a, const struct resolved_view *rv, size_t column);

#endif
