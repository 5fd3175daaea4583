/*
 * lanes: the processes of a section, each a row with a lane: from its start to its end, on the axis of time of the charts.
 */
#ifndef LANES_H
#define LANES_H

#include "atopdump/page/frame.h"

#define LANES_MAX 5000 /* processes of a section that have a lane; of the others there are sums by name */

struct lanes {
	uint32_t *order; /* the section's processes by their starts */
	uint32_t count;
	uint32_t nshown;
	uint32_t *numbers; /* by number of a process: 1 + its place among those that have lanes; 0: it has none */
};

/* False: out of memory, and nothing is owned. processes_finish was called. */
bool lanes_make(struct lanes *l, const struct gather *g, const struct sections *sections,
    const struct section *section);
void lanes_free(struct lanes *l);

static inline uint32_t
lanes_number(const struct lanes *l, uint32_t process)
{
	return l->numbers[process];
}

/* Writes the rows. False: out of memory. */
bool lanes_put(const struct frame *f, const struct gather *g, const struct lanes *l);

#endif
