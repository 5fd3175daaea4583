/*
 * emit_parts: the parts of a struct with a role: the structs in it, which are decoded one by one as they are needed. A mask
 * of parts has the bit of each one's index among the members.
 */
#ifndef EMIT_PARTS_H
#define EMIT_PARTS_H

#include "base/mem.h"
#include "model/model.h"
#include "model/typed.h"

#define PARTS_MAX 63 /* the last bit of a mask stands for the mask of null members */

/* All parts of the struct, 0 if it has only one; those that have counts, so that decoding them can fail. */
uint64_t parts_of(const struct definition *d);
uint64_t parts_checked(const struct definition *d);

/* The parts of `d` that the expression reads as members of `v`. */
uint64_t parts_read(struct arena *a, const struct definition *d, const struct typed *t);

#endif
