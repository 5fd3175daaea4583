/*
 * plan: which parts of each sample a format needs. Parts that are not needed are not inflated.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>

#include "print/format/format.h"

struct plan {
	bool record;                        /* the record is shown */
	bool blocks[CATALOG_BLOCKS_MAX];    /* the structs of the block are shown */
	bool reads[CATALOG_BLOCKS_MAX];     /* the block is read, since it is shown or describes cgroups */
	uint64_t parts[CATALOG_BLOCKS_MAX]; /* of its structs, that are decoded before they are passed on */
	bool reads_any;                     /* so is at least one block */
	bool groups;                        /* the blocks that describe cgroups are read */
	size_t chain;                       /* the block that has the cgroups, */
	size_t named;                       /* and the one whose structs can be in one; CATALOG_BLOCKS_MAX: none */
};

/* Makes the plan for the samples of a release. */
void plan_make(struct plan *plan, const struct formatter *f, const struct catalog_release *release);

#endif
