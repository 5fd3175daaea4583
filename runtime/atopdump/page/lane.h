/*
 * lane: a process as a row of a table: its names, its lane, when it started and how it ended.
 */
#ifndef LANE_H
#define LANE_H

#include "atopdump/page/frame.h"

/* Writes the row of a process, whose number on the page is `number`. */
void lane_put(const struct frame *f, const struct gather *g, uint32_t process, uint32_t number);

#endif
