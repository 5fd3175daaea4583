/*
 * plan: asks the format about each block of a release.
 */
#include <string.h>

#include "atopdump/dump/plan.h"

/* Finds the blocks that cgroups concern. */
static void
find_groups(struct plan *plan, const struct catalog_release *release)
{
	plan->chain = plan->named = CATALOG_BLOCKS_MAX;
	for (size_t i = 0; i < release->nblocks; i++) {
		if (release->blocks[i].kind == CATALOG_CHAIN)
			plan->chain = i;
		else if (release->blocks[i].kind == CATALOG_LIST)
			plan->named = release->blocks[i].named;
	}
}

/* Whether the format needs the cgroups of rows of `s`, which can be in one. */
static bool
needs_groups(const struct formatter *f, const struct catalog_struct *s)
{
	return f->format->groups || (f->format->joins != NULL && f->format->joins(f, s));
}

/*
 * Whether block `i` is shown. The list of processes is read together with the chain of cgroups; both are read before the
 * structs whose cgroup they name.
 */
static bool
shows_block(struct plan *plan, const struct formatter *f, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];

	if (b->kind == CATALOG_LIST)
		return plan->groups;
	if (!f->format->shows(f, b->entry))
		return false;
	if (i == plan->chain || (i == plan->named && needs_groups(f, b->entry)))
		plan->groups = true;
	return true;
}

/* The parts that the format and the choice of rows need of each struct of block `b`. */
static uint64_t
find_parts(const struct formatter *f, const struct catalog_block *b)
{
	if (f->format->needs == NULL)
		return CATALOG_WHOLE;
	return f->format->needs(f, b->entry) | row_choice_parts(&f->query->rows, b);
}

void
plan_make(struct plan *plan, const struct formatter *f, const struct catalog_release *release)
{
	memset(plan, 0, sizeof *plan);
	plan->record = f->format->shows(f, release->rawrecord);
	find_groups(plan, release);
	for (size_t i = 0; i < release->nblocks; i++) {
		plan->blocks[i] = shows_block(plan, f, release, i);
		plan->parts[i] = find_parts(f, &release->blocks[i]);
	}
	for (size_t i = 0; i < release->nblocks; i++) {
		const struct catalog_block *b = &release->blocks[i];

		plan->reads[i] = plan->blocks[i] || (plan->groups && b->kind != CATALOG_PLAIN);
		plan->reads_any = plan->reads_any || plan->reads[i];
	}
}
