/*
 * resolve: schemas to releases with everything they inherit. Looks up constants, type names, counts and blocks, and decides
 * which definitions a release shares with the one that it extends.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "model/model.h"
#include "read/load.h"

/* The model of all loaded schemas. Unknown names are reported and what they name is left out. */
struct model *resolve(struct arena *a, struct diag *d, const struct loaded *loaded);

#endif
