/*
 * cgroup: see cgroup.h.
 */
#include <stdlib.h>
#include <string.h>

#include "cgroup.h"
#include "place.h"

#define PATH_SIZE_MAX	4096		/* bytes of one path; the kernel has no longer ones */

bool
cgroups_find_chain(const struct catalog_release *release, size_t *chain)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].tail != NULL) {
			*chain = i;
			return true;
		}
	return false;
}

bool
cgroups_find_list(const struct catalog_release *release, size_t *list)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].share.size > 0) {
			*list = i;
			return true;
		}
	return false;
}

void
cgroups_init(struct cgroups *g, const struct layout *layout)
{
	memset(g, 0, sizeof *g);
	g->layout = layout;
}

void
cgroups_free(struct cgroups *g)
{
	free(g->chain);
	free(g->list);
	free(g->groups);
	free(g->values);
	free(g->sorted);
	free(g->paths);
	free(g->host);
	memset(g, 0, sizeof *g);
}

/* Room for `count` elements of `size` bytes in an array that has `*room` of them; doubles. False: no memory. */
static bool
reserve(void *array, size_t *room, size_t count, size_t size)
{
	size_t wanted = *room > 0 ? *room : 64;
	void *old, *larger;

	if (count <= *room)
		return true;
	while (wanted < count) {
		if (wanted > SIZE_MAX / 2 / size)
			return false;
		wanted *= 2;
	}
	memcpy(&old, array, sizeof old);
	larger = realloc(old, wanted * size);
	if (larger == NULL)
		return false;
	memcpy(array, &larger, sizeof larger);
	*room = wanted;
	return true;
}

void
cgroups_clear(struct cgroups *g)
{
	g->chain_size = g->list_size = 0;
	g->ngroups = g->nvalues = g->paths_size = 0;
	g->shared = false;
}

bool
cgroups_add_chain(struct cgroups *g, const void *bytes, size_t size)
{
	if (!reserve(&g->chain, &g->chain_room, g->chain_size + size, 1))
		return false;
	memcpy(g->chain + g->chain_size, bytes, size);
	g->chain_size += size;
	return true;
}

bool
cgroups_add_list(struct cgroups *g, const void *bytes, size_t size)
{
	if (!reserve(&g->list, &g->list_room, g->list_size + size, 1))
		return false;
	memcpy(g->list + g->list_size, bytes, size);
	g->list_size += size;
	return true;
}

/* --- the chain ---------------------------------------------------------------------------------------------- */

/* Appends the path of `group`: its parent's, a slash, its name. The root, which has no name, is "/". */
static enum cgroup_result
add_path(struct cgroups *g, struct cgroup *group)
{
	const struct cgroup *parent = group->parent != CGROUP_NONE ? &g->groups[group->parent] : NULL;
	size_t before = parent != NULL && parent->path_size > 1 ? parent->path_size : 0;
	size_t size = before + 1 + group->name_size;

	if (size > PATH_SIZE_MAX)
		return CGROUP_DEPTH;
	if (!reserve(&g->paths, &g->paths_room, g->paths_size + size, 1))
		return CGROUP_NO_MEMORY;
	group->path = g->paths_size;
	group->path_size = size;
	if (before > 0)
		memcpy(g->paths + group->path, g->paths + parent->path, before);
	g->paths[group->path + before] = '/';
	memcpy(g->paths + group->path + before + 1, g->chain + group->name, group->name_size);
	g->paths_size += size;
	return CGROUP_OK;
}

/* Reads the instance at `group->offset`; `stride` is set to the distance to the next one. */
static enum cgroup_result
read_instance(struct cgroups *g, const struct catalog_block *block, struct cgroup *group, size_t *stride)
{
	const size_t size = block->entry->size[g->layout->model], left = g->chain_size - group->offset;
	const unsigned char *p = g->chain + group->offset, *end;
	struct fault fault;
	int64_t step, parent;

	if (left <= size)
		return CGROUP_STRIDE;
	if (!block->entry->decode(g->host, p, left, g->layout->model, g->layout->order, &fault))
		return CGROUP_FAULT;
	step = place_read(g->host, block->stride);
	if (step <= (int64_t)size || (uint64_t)step > left)
		return CGROUP_STRIDE;
	*stride = (size_t)step;
	end = memchr(p + size, '\0', *stride - size);
	if (end == NULL)
		return CGROUP_NAME;
	group->name = group->offset + size;
	group->name_size = (size_t)(end - p) - size;
	parent = place_read(g->host, block->parent);
	if (parent >= (int64_t)g->ngroups)
		return CGROUP_PARENT;
	group->parent = parent < 0 ? CGROUP_NONE : (size_t)parent;
	return add_path(g, group);
}

static bool
make_host(struct cgroups *g, const struct catalog_block *block)
{
	if (g->host == NULL)
		g->host = calloc(1, block->entry->definition->size);
	return g->host != NULL;
}

enum cgroup_result
cgroups_read_chain(struct cgroups *g, uint64_t count)
{
	const struct catalog_block *block;
	size_t at, chain, stride = 0;

	if (!cgroups_find_chain(g->layout->release, &chain))
		return CGROUP_OK;
	block = &g->layout->release->blocks[chain];
	if (!make_host(g, block))
		return CGROUP_NO_MEMORY;
	for (at = 0; at < g->chain_size; at += stride) {
		struct cgroup group = {.offset = at};
		enum cgroup_result result = read_instance(g, block, &group, &stride);

		if (result != CGROUP_OK)
			return result;
		if (!reserve(&g->groups, &g->groups_room, g->ngroups + 1, sizeof *g->groups))
			return CGROUP_NO_MEMORY;
		g->groups[g->ngroups++] = group;
	}
	return g->ngroups % block->modulo == count ? CGROUP_OK : CGROUP_COUNT;
}

/* --- the list ----------------------------------------------------------------------------------------------- */

static int
compare_values(const void *a, const void *b)
{
	const struct cgroup_value *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

/* The list's integers, each without its cgroup yet. */
static bool
read_values(struct cgroups *g, const struct catalog_block *block)
{
	const struct catalog_struct *entry = block->entry;
	const size_t size = entry->size[g->layout->model], n = g->list_size / size;
	void *host = calloc(1, entry->definition->size);
	struct fault fault;

	if (host == NULL || !reserve(&g->values, &g->values_room, n, sizeof *g->values)) {
		free(host);
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		entry->decode(host, g->list + i * size, size, g->layout->model, g->layout->order, &fault);
		g->values[i] = (struct cgroup_value){place_read(host, block->value), CGROUP_NONE};
	}
	g->nvalues = n;
	free(host);
	return true;
}

/* Gives each cgroup as many of the values as it says are its own. False if that does not come out even. */
static bool
share_out(struct cgroups *g, const struct catalog_block *chain, const struct catalog_block *list)
{
	size_t next = 0;
	struct fault fault;

	for (size_t i = 0; i < g->ngroups; i++) {
		struct cgroup *group = &g->groups[i];
		int64_t share;

		chain->entry->decode(g->host, g->chain + group->offset, g->chain_size - group->offset, g->layout->model,
		    g->layout->order, &fault);
		share = place_read(g->host, list->share);
		if (share < 0 || (uint64_t)share > g->nvalues - next)
			return false;
		group->first = next;
		group->count = (size_t)share;
		for (; next < group->first + group->count; next++)
			g->values[next].group = i;
	}
	return next == g->nvalues;
}

static void
forget_values(struct cgroups *g)
{
	for (size_t i = 0; i < g->ngroups; i++)
		g->groups[i].first = g->groups[i].count = 0;
	g->nvalues = 0;
}

enum cgroup_result
cgroups_read_list(struct cgroups *g)
{
	const struct catalog_block *blocks = g->layout->release->blocks;
	size_t list;

	if (!cgroups_find_list(g->layout->release, &list) || g->host == NULL)
		return CGROUP_OK;
	if (!read_values(g, &blocks[list]))
		return CGROUP_NO_MEMORY;
	if (!share_out(g, &blocks[blocks[list].of], &blocks[list])) {
		forget_values(g);
		return CGROUP_SHARE;
	}
	if (!reserve(&g->sorted, &g->sorted_room, g->nvalues, sizeof *g->sorted)) {
		forget_values(g);
		return CGROUP_NO_MEMORY;
	}
	if (g->nvalues > 0) {
		memcpy(g->sorted, g->values, g->nvalues * sizeof *g->sorted);
		qsort(g->sorted, g->nvalues, sizeof *g->sorted, compare_values);
	}
	g->shared = true;
	return CGROUP_OK;
}

const struct cgroup *
cgroups_of(const struct cgroups *g, int64_t value)
{
	size_t low = 0, high = g->nvalues;

	while (low < high) {			/* the first that is greater */
		size_t middle = low + (high - low) / 2;

		if (g->sorted[middle].value <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && g->sorted[low - 1].value == value ? &g->groups[g->sorted[low - 1].group] : NULL;
}

const char *
cgroup_reason(enum cgroup_result result)
{
	switch (result) {
	case CGROUP_OK:		return "is whole";
	case CGROUP_STRIDE:	return "has a distance to the next one that cannot be";
	case CGROUP_NAME:	return "has a name without an end";
	case CGROUP_PARENT:	return "has a parent that does not come before it";
	case CGROUP_DEPTH:	return "has a path longer than any";
	case CGROUP_FAULT:	return "has a count beyond its array";
	case CGROUP_COUNT:	return "is the last, which the record counts otherwise";
	case CGROUP_SHARE:	return "have not as many entries in the list as they say";
	case CGROUP_NO_MEMORY:	break;
	}
	return "finds no memory";
}
