/*
 * emit_view_row: the function that writes a row of a view as CSV, for views that are `direct`.
 */
#ifndef EMIT_VIEW_ROW_H
#define EMIT_VIEW_ROW_H

#include "model/view.h"

/* The body of the function; NULL: the view has none. The most bytes that it writes itself, as a C expression. */
const char *view_csv_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);
const char *view_csv_max(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);

#endif
