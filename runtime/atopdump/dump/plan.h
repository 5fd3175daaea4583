/*
 * plan: which parts of each sample a format needs. Parts that are not needed are not inflated.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>

#include "print/format/format.h"

struct plan {
	bool record;                     /* the record is shown */
	bool blocks[CATALOG_BLOCKS_MAX]; /* the structs of the block are shown */
	bool groups;                     /* the blocks that describe cgroups are read */
};

/* Makes the plan for the samples of a release. */
void plan_make(struct plan *plan, const struct formatter *f, const struct catalog_release *release);

/* Whether block `i` is read. */
bool plan_reads(const struct plan *plan, const struct catalog_release *release, size_t i);

/* Whether any block is read. */
bool plan_reads_any(const struct plan *plan, const struct catalog_release *release);

#endif
