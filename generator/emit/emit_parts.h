/*
 * emit_parts: the parts of a struct with a role, which are decoded one by one as they are needed. The structs that are
 * members of it are parts, and so are the texts of each of them that no condition reads: they are long, and mostly not asked
 * for. A mask of parts has, for each member in order, a bit; behind that of a struct are the bits of its texts. The runtime
 * counts them in the same way (rawlog/catalog/parts.h).
 */
#ifndef EMIT_PARTS_H
#define EMIT_PARTS_H

#include "base/mem.h"
#include "model/model.h"
#include "model/scope.h"

#define PARTS_MAX 63 /* the last bit of a mask stands for the mask of null members */

/* All parts of the struct, 0 if it has only one; those that have counts, so that decoding them can fail. */
uint64_t parts_of(struct arena *a, const struct definition *d);
uint64_t parts_checked(struct arena *a, const struct definition *d);

/* The parts of `d` that the expression reads as members of `v`. */
uint64_t parts_read(struct arena *a, const struct definition *d, const struct typed *t);

/* The parts that member `i` of `d` has, 0: it is none; the bit of the first of them. */
uint64_t parts_member(struct arena *a, const struct definition *d, size_t i);
unsigned parts_member_bit(struct arena *a, const struct definition *d, size_t i);

/* Whether the text `f` of `d` is a part of its own in a struct that has `d` as a part; how many such texts `d` has. */
bool parts_is_text(struct arena *a, const struct definition *d, const struct field *f);
unsigned parts_texts(struct arena *a, const struct definition *d);

#endif
