/*
 * emit_view: the generated code of views.
 */
#ifndef EMIT_VIEW_H
#define EMIT_VIEW_H

#include "base/out.h"
#include "model/view.h"

/* Adds the files of views to the set, for the releases with named[i] set. */
void emit_views(struct out_set *set, const struct model *m, const bool *named, const struct views *views);

#endif
