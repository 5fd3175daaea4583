/*
 * groups: inflates the chain and the list of a sample, and finds the cgroup of each struct.
 */
#include <inttypes.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/damage_block.h"
#include "rawlog/log/groups.h"

#define GATHER_MAX (64u << 10) /* bytes of a chain or list taken at once */

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* Begins to inflate block `i`. */
static enum block_result
begin(struct rawlog_sample *sample, size_t i)
{
	const struct frame_block *b = &sample->frame.blocks[i];

	return block_begin(&sample->block, sample->file, b->offset, b->length, b->inflated);
}

/* Gives up to `most` inflated bytes of the block just begun to `add`. False: out of memory, or input failed. */
static bool
gather(struct rawlog_sample *sample, size_t most, bool (*add)(struct cgroups *, const void *, size_t))
{
	struct block *b = &sample->block;
	const unsigned char *p;
	size_t size;

	while (b->usable > 0 && most > 0) {
		size = most < GATHER_MAX ? most : GATHER_MAX;
		if (size > b->usable)
			size = (size_t)b->usable;
		p = block_take(b, size);
		if (p == NULL)
			break;
		if (!add(&sample->groups, p, size))
			return false;
		most -= size;
	}
	return b->result != BLOCK_NO_MEMORY && sample->file->error == 0;
}

static bool
read_chain(struct rawlog_sample *sample, size_t chain)
{
	const struct frame_block *b = &sample->frame.blocks[chain];

	sample->chain_state = begin(sample, chain);
	if (!gather(sample, CGROUP_CHAIN_MAX, cgroups_add_chain))
		return false;
	sample->chain_result = cgroups_read_chain(&sample->groups, b->count);
	if (b->inflated > CGROUP_CHAIN_MAX && sample->chain_result != CGROUP_NO_MEMORY)
		sample->chain_result = CGROUP_MANY;
	return sample->chain_result != CGROUP_NO_MEMORY;
}

static bool
read_list(struct rawlog_sample *sample, size_t list)
{
	const bool whole = sample->chain_state == BLOCK_OK &&
	    (sample->chain_result == CGROUP_OK || sample->chain_result == CGROUP_DEPTH);
	const uint64_t count = sample->frame.blocks[list].count;

	if (count > CGROUP_LIST_MAX)
		sample->list_result = CGROUP_MANY;
	else if (whole && sample->groups.shares != count)
		sample->list_result = CGROUP_SHARE;
	if (sample->list_result != CGROUP_OK)
		return true;
	sample->list_state = begin(sample, list);
	if (!whole || sample->list_state != BLOCK_OK)
		return sample->list_state != BLOCK_NO_MEMORY && sample->file->error == 0;
	if (!gather(sample, SIZE_MAX, cgroups_add_list))
		return false;
	sample->list_result = cgroups_read_list(&sample->groups);
	return sample->list_result != CGROUP_NO_MEMORY;
}

bool
groups_read(struct rawlog_sample *sample)
{
	size_t chain, list;

	sample->chain_result = sample->list_result = CGROUP_OK;
	sample->chain_state = sample->list_state = BLOCK_OK;
	file_hold(sample->file, sample->frame.offset);
	return (!cgroups_find_chain(sample->layout->release, &chain) || read_chain(sample, chain)) &&
	    (!cgroups_find_list(sample->layout->release, &list) || read_list(sample, list));
}

/* --- what is wrong ---------------------------------------------------------------------------------------------- */

enum rawlog_result
groups_finish(struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const bool is_list = sample->of->kind == CATALOG_LIST;
	const enum block_result state = is_list ? sample->list_state : sample->chain_state;
	const enum cgroup_result result = is_list ? sample->list_result : sample->chain_result;
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const struct cgroups *g = &sample->groups;

	sample->finished = true;
	if (!sample->has_groups || state == BLOCK_CUT || (state == BLOCK_OK && result == CGROUP_OK))
		return RAWLOG_END;
	damage_describe(damage,
	    state != BLOCK_OK                                     ? damage_block(state)
		: result == CGROUP_MANY || result == CGROUP_DEPTH ? DAMAGE_LIMIT
								  : DAMAGE_CGROUPS,
	    b->offset, b->length, sample->number, "%s", "");
	if (state != BLOCK_OK)
		damage_add(damage, "%s; %zu structs read", block_reason(state), g->ngroups);
	else if (is_list && result == CGROUP_MANY)
		damage_add(damage, "%" PRIu64 " entries are counted, above the limit of %u", b->count, CGROUP_LIST_MAX);
	else if (is_list)
		damage_add(damage, "the structs before it %s", cgroup_reason(result));
	else if (result == CGROUP_DEPTH)
		damage_add(damage, "struct %zu %s, as have %zu in all", g->pathless + 1, cgroup_reason(result),
		    g->npathless);
	else
		damage_add(damage, "struct %zu %s", g->ngroups + (result != CGROUP_COUNT), cgroup_reason(result));
	if (!is_list && result != CGROUP_DEPTH && g->npathless > 0)
		damage_add(damage, "; %zu before have names or paths that are too long", g->npathless);
	damage->block = sample->of->entry->role;
	return RAWLOG_DAMAGED;
}

enum rawlog_result
groups_describe_untold(const struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];

	damage_describe(damage, DAMAGE_LIMIT, b->offset, b->length, sample->number,
	    "the cgroups of %" PRIu64 " structs are left out: their paths are too long", sample->nuntold);
	damage->block = sample->of->entry->role;
	return RAWLOG_DAMAGED;
}

/* --- who is in which -------------------------------------------------------------------------------------------- */

void
groups_prepare(struct rawlog_sample *sample)
{
	sample->allowance = sample->nuntold = 0;
	if (sample->grouped && sample->has_groups && sample->groups.shared && !cgroups_sort(&sample->groups)) {
		sample->state = BLOCK_NO_MEMORY;
		sample->block.usable = 0; /* nothing is shown without its cgroup */
	}
}

bool
groups_are_listed(const struct rawlog_sample *sample)
{
	return sample->grouped && sample->has_groups && sample->groups.shared;
}

/* Whether the path of a cgroup may be shown once more: long ones are limited by the size of the structs so far. */
static bool
allows_path(struct rawlog_sample *sample, const struct cgroup *group)
{
	if (group->path_size <= CGROUP_PATH_SHORT || !group->has_path)
		return true;
	if (group->path_size > sample->allowance) {
		sample->nuntold++;
		return false;
	}
	sample->allowance -= group->path_size;
	return true;
}

void
groups_find(struct rawlog_sample *sample, const void *host, size_t size)
{
	const struct cgroup *group;
	size_t list;

	sample->group = NULL;
	if (!groups_are_listed(sample) || !cgroups_find_list(sample->layout->release, &list))
		return;
	sample->allowance += size;
	group = cgroups_of(&sample->groups, host_int(host, sample->layout->release->blocks[list].id));
	if (group != NULL && allows_path(sample, group))
		sample->group = group;
}

const struct cgroup *
groups_join(struct rawlog_sample *sample, int64_t number, const void **host)
{
	const struct cgroup *group = cgroups_of(&sample->groups, number);
	const struct layout *layout = sample->layout;
	const struct cgroups *g = &sample->groups;
	const struct catalog_struct *s;
	struct fault fault;
	size_t chain;

	if (group == NULL || (group != sample->group && !allows_path(sample, group)) ||
	    !cgroups_find_chain(layout->release, &chain))
		return NULL;
	s = layout->release->blocks[chain].entry;
	if (sample->hosts[chain] == NULL && (sample->hosts[chain] = host_new(s)) == NULL) {
		sample->state = BLOCK_NO_MEMORY;
		return NULL;
	}
	if (!s->decode(sample->hosts[chain], g->chain + group->offset, g->chain_size - group->offset, layout->model,
		layout->order, &fault))
		return NULL;
	*host = sample->hosts[chain];
	return group;
}
