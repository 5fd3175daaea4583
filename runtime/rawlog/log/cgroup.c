/*
 * cgroup: decodes the chain and the list, measures paths, and finds the cgroup of a process.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/cgroup.h"

#define SHARES_NONSENSE UINT64_MAX
#define VALUE_SHIFT     32 /* in `sorted`: an integer is above the index of its group */

bool
cgroups_find_chain(const struct catalog_release *release, size_t *chain)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].kind == CATALOG_CHAIN) {
			*chain = i;
			return true;
		}
	return false;
}

bool
cgroups_find_list(const struct catalog_release *release, size_t *list)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].kind == CATALOG_LIST) {
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
	free(g->sorted);
	free(g->host);
	free(g->member);
	memset(g, 0, sizeof *g);
}

/* Makes room for `count` elements of `size` bytes in an array of `*room` elements, by doubling. False: out of memory. */
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
	g->ngroups = g->npathless = g->nvalues = g->nsorted = 0;
	g->allowance = g->shares = 0;
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

/* The size of the parent's path in front of the group's own part; 0 for a root without a name, whose path is "/". */
static size_t
size_before(const struct cgroups *g, const struct cgroup *group)
{
	const struct cgroup *parent;

	if (group->parent == CGROUP_NONE)
		return 0;
	parent = &g->groups[group->parent];
	return parent->parent == CGROUP_NONE && parent->name_size == 0 ? 0 : parent->path_size;
}

/* Measures the path of `group`, the next one: its parent's path, a slash, its name. */
static void
measure_path(struct cgroups *g, struct cgroup *group, size_t stride)
{
	const bool lost = !group->has_name || (group->parent != CGROUP_NONE && g->groups[group->parent].path_size == 0);
	const size_t size = size_before(g, group) + 1 + group->name_size;

	g->allowance += stride;
	group->path_size = !lost && size <= CGROUP_PATH_MAX ? (uint16_t)size : 0;
	group->has_path = group->path_size > 0 && (size <= CGROUP_PATH_SHORT || size <= g->allowance);
	if (group->has_path && size > CGROUP_PATH_SHORT)
		g->allowance -= size;
	if (!group->has_path && g->npathless++ == 0)
		g->pathless = g->ngroups;
}

/* Stores how many integers of the list belong to the group, whose struct is in g->host. */
static void
note_share(struct cgroups *g, struct cgroup *group)
{
	int64_t share;
	size_t list;

	if (!cgroups_find_list(g->layout->release, &list))
		return;
	share = host_int(g->host, g->layout->release->blocks[list].share);
	if (share < 0 || share > CGROUP_LIST_MAX || g->shares == SHARES_NONSENSE) {
		g->shares = SHARES_NONSENSE;
		return;
	}
	group->count = (uint32_t)share;
	g->shares += group->count;
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
	step = host_int(g->host, block->stride);
	if (step <= (int64_t)size || (uint64_t)step > left)
		return CGROUP_STRIDE;
	*stride = (size_t)step;
	end = memchr(p + size, '\0', *stride - size);
	if (end == NULL)
		return CGROUP_NAME;
	group->name = (uint32_t)(group->offset + size);
	group->has_name = (size_t)(end - p) - size <= CGROUP_NAME_MAX;
	group->name_size = group->has_name ? (uint16_t)((size_t)(end - p) - size) : 0;
	parent = host_int(g->host, block->parent);
	if (parent >= (int64_t)g->ngroups)
		return CGROUP_PARENT;
	group->parent = parent < 0 ? CGROUP_NONE : (uint32_t)parent;
	return CGROUP_OK;
}

/* Allocates a host struct of the block at `*host`, if there is none. False: out of memory. */
static bool
make_host(void **host, const struct catalog_block *block)
{
	if (*host == NULL)
		*host = host_new(block->entry);
	return *host != NULL;
}

enum cgroup_result
cgroups_read_chain(struct cgroups *g, uint64_t count)
{
	const struct catalog_block *block;
	size_t at, chain, stride = 0;

	if (!cgroups_find_chain(g->layout->release, &chain))
		return CGROUP_OK;
	block = &g->layout->release->blocks[chain];
	if (!make_host(&g->host, block))
		return CGROUP_NO_MEMORY;
	for (at = 0; at < g->chain_size; at += stride) {
		struct cgroup group = { .offset = (uint32_t)at };
		enum cgroup_result result = read_instance(g, block, &group, &stride);

		if (result != CGROUP_OK)
			return result;
		if (!reserve(&g->groups, &g->groups_room, g->ngroups + 1, sizeof *g->groups))
			return CGROUP_NO_MEMORY;
		measure_path(g, &group, stride);
		note_share(g, &group);
		g->groups[g->ngroups++] = group;
	}
	if (g->ngroups % block->modulo != count)
		return CGROUP_COUNT;
	return g->npathless > 0 ? CGROUP_DEPTH : CGROUP_OK;
}

/* --- the list ----------------------------------------------------------------------------------------------- */

int64_t
cgroups_value(const struct cgroups *g, size_t i)
{
	const struct catalog_block *block;
	size_t list = 0, size;
	struct fault fault;

	cgroups_find_list(g->layout->release, &list);
	block = &g->layout->release->blocks[list];
	size = block->entry->size[g->layout->model];
	block->entry->decode(g->member, g->list + i * size, size, g->layout->model, g->layout->order, &fault);
	return host_int(g->member, block->value);
}

enum cgroup_result
cgroups_read_list(struct cgroups *g)
{
	const struct catalog_block *block;
	size_t list, first = 0;

	if (!cgroups_find_list(g->layout->release, &list))
		return CGROUP_OK;
	block = &g->layout->release->blocks[list];
	if (!make_host(&g->member, block))
		return CGROUP_NO_MEMORY;
	if (g->shares != g->list_size / block->entry->size[g->layout->model])
		return CGROUP_SHARE;
	for (size_t i = 0; i < g->ngroups; i++) {
		g->groups[i].first = (uint32_t)first;
		first += g->groups[i].count;
	}
	g->nvalues = first;
	g->shared = true;
	return CGROUP_OK;
}

/* --- who is in which cgroup ------------------------------------------------------------------------------------ */

/* The sort key of an integer and its group: ordered by the integer, then by the group. */
static uint64_t
sort_key(int64_t value, uint32_t group)
{
	return ((uint64_t)value ^ UINT64_C(1) << 31) << VALUE_SHIFT | group;
}

/* Moves the key at `at` down in the heap of `n` keys until no child is greater. */
static void
sift_down(uint64_t *keys, size_t at, size_t n)
{
	const uint64_t key = keys[at];
	size_t below;

	while ((below = 2 * at + 1) < n) {
		if (below + 1 < n && keys[below + 1] > keys[below])
			below++;
		if (keys[below] <= key)
			break;
		keys[at] = keys[below];
		at = below;
	}
	keys[at] = key;
}

/* Heapsort: O(n log n) for any order of the keys, in place. */
static void
sort_keys(uint64_t *keys, size_t n)
{
	uint64_t greatest;

	for (size_t i = n / 2; i-- > 0;)
		sift_down(keys, i, n);
	for (size_t i = n; i-- > 1;) {
		greatest = keys[0];
		keys[0] = keys[i];
		keys[i] = greatest;
		sift_down(keys, 0, i);
	}
}

bool
cgroups_sort(struct cgroups *g)
{
	size_t n = 0;
	int64_t value;

	if (!reserve(&g->sorted, &g->sorted_room, g->nvalues, sizeof *g->sorted))
		return false;
	for (size_t i = 0; i < g->ngroups; i++)
		for (size_t k = 0; k < g->groups[i].count; k++) {
			value = cgroups_value(g, g->groups[i].first + k);
			if (value == (int32_t)value) /* as any process id is */
				g->sorted[n++] = sort_key(value, (uint32_t)i);
		}
	sort_keys(g->sorted, n);
	g->nsorted = n;
	return true;
}

const struct cgroup *
cgroups_of(const struct cgroups *g, int64_t value)
{
	const uint64_t key = sort_key(value, UINT32_MAX);
	size_t low = 0, high = g->nsorted;

	if (value != (int32_t)value)
		return NULL;
	while (low < high) { /* the first that is greater */
		size_t middle = low + (high - low) / 2;

		if (g->sorted[middle] <= key)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || (g->sorted[low - 1] ^ key) >> VALUE_SHIFT != 0)
		return NULL;
	return &g->groups[(uint32_t)g->sorted[low - 1]];
}

/* --- paths ------------------------------------------------------------------------------------------------------- */

size_t
cgroups_path(const struct cgroups *g, const struct cgroup *group, char *path)
{
	const size_t size = group->path_size;
	size_t at = size;

	if (!group->has_path)
		return 0;
	while (at > 0) {
		at -= group->name_size;
		memcpy(path + at, g->chain + group->name, group->name_size);
		path[--at] = '/';
		if (at > 0)
			group = &g->groups[group->parent];
	}
	return size;
}

const char *
cgroup_reason(enum cgroup_result result)
{
	switch (result) {
	case CGROUP_OK: return "is whole";
	case CGROUP_STRIDE: return "has a distance to the next one that cannot be";
	case CGROUP_NAME: return "has a name without an end";
	case CGROUP_PARENT: return "has a parent that does not come before it";
	case CGROUP_DEPTH: return "has a name or a path that is too long";
	case CGROUP_MANY: return "is beyond the limit of what is read";
	case CGROUP_FAULT: return "has a count beyond its array";
	case CGROUP_COUNT: return "is the last, which the record counts otherwise";
	case CGROUP_SHARE: return "claim a different number of entries than the list holds";
	case CGROUP_NO_MEMORY: break;
	}
	return "cannot be read: out of memory";
}
