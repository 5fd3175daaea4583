/*
 * emit: a checked and measured model to C. One emit_* file per artefact; none of them sees YAML, computes an offset or
 * reports an error. Text goes into the files of an out_set, written by main when everything succeeded.
 */
#ifndef EMIT_H
#define EMIT_H

#include <stdbool.h>

#include "base/out.h"
#include "model/model.h"

/*
 * Generates everything for the releases of `m` with named[i] set, and the definitions they need of the others:
 * abi.h, catalog.c, and atop_X_Y.h, atop_X_Y.c, atop_X_Y.layout per release that introduced one.
 */
void	emit_model(struct out_set *set, const struct model *m, const bool *named);

#endif
