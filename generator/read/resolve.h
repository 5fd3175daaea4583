/*
 * resolve: what each schema means with everything it inherits. Looks up constants, type names, counts and
 * blocks; decides which definitions a release shares with the one it extends.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "model/model.h"
#include "read/load.h"

/* The model of all loaded schemas. Names that mean nothing are reported; what they stood for is left out. */
struct model *resolve(struct arena *a, struct diag *d, const struct loaded *loaded);

#endif
