/*
 * suspect: the hints of `atopdump timeline --suspect`, as written.
 */
#ifndef SUSPECT_H
#define SUSPECT_H

#include "model/model.h"

struct suspect_hint {
	struct word name;
	struct condition when; /* over the columns of a process */
	struct word doc;       /* why it is a hint, and what else it can be */
};

struct suspects {
	struct suspect_hint *list; /* in the order of the file */
	size_t count;
};

#endif
