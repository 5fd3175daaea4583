/*
 * plan: asks the format about each block of a release.
 */
#include <string.h>

#include "atopdump/dump/plan.h"
#include "rawlog/log/cgroup.h"

/*
 * Whether block `i` is shown. The list of processes is read together with the chain of cgroups; both are read before the
 * structs whose cgroup they name.
 */
static bool
shows_block(struct plan *plan, const struct formatter *f, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];
	size_t list;

	if (b->share.size > 0)
		return plan->groups;
	if (!f->format->shows(f, b->entry))
		return false;
	if (b->tail != NULL ||
	    (f->format->groups && cgroups_find_list(release, &list) && release->blocks[list].named == i))
		plan->groups = true;
	return true;
}

void
plan_make(struct plan *plan, const struct formatter *f, const struct catalog_release *release)
{
	memset(plan, 0, sizeof *plan);
	plan->record = f->format->shows(f, release->rawrecord);
	for (size_t i = 0; i < release->nblocks; i++)
		plan->blocks[i] = shows_block(plan, f, release, i);
}

bool
plan_reads(const struct plan *plan, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];

	return plan->blocks[i] || (plan->groups && (b->tail != NULL || b->share.size > 0));
}

bool
plan_reads_any(const struct plan *plan, const struct catalog_release *release)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (plan_reads(plan, release, i))
			return true;
	return false;
}
