/*
 * resolve_view: views as written to what they mean in each release: names looked up, expressions typed.
 */
#ifndef RESOLVE_VIEW_H
#define RESOLVE_VIEW_H

#include "model/view.h"

/*
 * The views of a model whose tables are `t`. `partial`: not all releases are loaded, so that a view whose table is unknown is
 * left out. Reports what is wrong with them.
 */
struct views *resolve_views(struct diag *d, const struct model *m, const struct tables *t, bool partial);

#endif
