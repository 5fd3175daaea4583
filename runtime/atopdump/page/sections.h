/*
 * sections: the parts of a page, one a machine: the hosts of one name and machine whose times do not overlap, which are the boots
 * of one machine; with their samples in order.
 */
#ifndef SECTIONS_H
#define SECTIONS_H

#include "atopdump/page/gather.h"

/* What is known of a sample's place among those of its section. */
struct moment {
	int64_t time;
	uint32_t number; /* of struct samples */
	bool apart;      /* the first of a run: its rates are means since boot, and no part of a line */
	bool gap;        /* time before it is in no sample; or it is the first of all */
	bool boots;      /* it is of another boot of the machine than the one before */
};

struct section {
	uint32_t name, machine; /* strings */
	unsigned same;          /* how many sections before have the same name and machine */
	uint32_t *hosts;        /* in the order of their times */
	size_t nhosts;
	struct moment *moments;
	size_t nmoments;    /* at least 1 */
	int64_t begin, end; /* of the time that its samples cover, without that before a boot */
};

struct sections {
	struct section *list; /* by name, machine and time */
	size_t count;
	uint32_t *of_host; /* by number of a host: its section */
	uint32_t *hosts;   /* the memory of all lists */
	struct moment *moments;
};

/* False: out of memory, and nothing is owned. */
bool sections_make(struct sections *s, const struct gather *g);
void sections_free(struct sections *s);

#endif
