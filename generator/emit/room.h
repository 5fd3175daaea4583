/*
 * room: how many bytes the printers of a definition can need at most, as a C expression over the PUT_*_MAX of the
 * runtime. Arrays of structs are left out: their elements ask for room one by one.
 */
#ifndef ROOM_H
#define ROOM_H

#include "base/mem.h"
#include "model/model.h"

const char *room_json(struct arena *a, const struct definition *d);
const char *room_csv(struct arena *a, const struct definition *d);

#endif
