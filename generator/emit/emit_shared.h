/*
 * emit_shared: functions of releases, a text for each top-level struct of a release. A function is emitted once for all releases
 * in which its text and the struct's role are the same: the first of these releases owns it.
 */
#ifndef EMIT_SHARED_H
#define EMIT_SHARED_H

#include "emit/emit_plan.h"

/* Makes the body of a kind of function for a struct of the release, numbered as by release_top; NULL: it has none. */
typedef const char *shared_body(struct arena *a, const struct release *r, size_t top);

/* The bodies that were made for the releases of a model, each of them once. */
struct shared_bodies;

struct shared_bodies *shared_bodies_make(struct arena *a, const struct model *m);

/* The body of a function; NULL: the release has none. */
const char *shared_text(struct arena *a, const struct emit_plan *p, const struct release *r, size_t top,
    shared_body *body);

/* The first generated release with that text for the struct of the same role, else `r`; NULL: `r` has no such function. */
const struct release *shared_owner(struct arena *a, const struct emit_plan *p, const struct release *r, size_t top,
    shared_body *body);

#endif
