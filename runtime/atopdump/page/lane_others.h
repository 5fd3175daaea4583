/*
 * lane_others: the processes of a section that have no lane, by name.
 */
#ifndef LANE_OTHERS_H
#define LANE_OTHERS_H

#include "atopdump/page/lanes.h"

/* Writes a table. False: out of memory. */
bool lane_others_put(const struct frame *f, const struct gather *g, const struct lanes *l);

#endif
