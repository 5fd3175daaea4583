/*
 * charts: which charts a section has, and what is in them.
 */
#ifndef CHARTS_H
#define CHARTS_H

#include "atopdump/page/frame.h"

/* Writes the charts of the frame's section. False: out of memory. */
bool charts_put(struct frame *f, const struct gather *g);

#endif
