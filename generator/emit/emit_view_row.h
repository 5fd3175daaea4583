/*
 * emit_view_row: the function that writes a row of a view as CSV, for views of which a sample has many rows.
 */
#ifndef EMIT_VIEW_ROW_H
#define EMIT_VIEW_ROW_H

#include "model/view.h"

/* Whether a sample of the release can have many rows of the view: they are structs of a list. */
bool view_has_rows(const struct resolved_view *rv, const struct view_release *vr);

/* The body of the function; NULL: the view has none. The most bytes that it writes itself, as a C expression. */
const char *view_csv_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);
const char *view_csv_max(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);

#endif
