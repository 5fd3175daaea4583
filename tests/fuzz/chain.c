/*
 * The target `chain`: any bytes as the inflated chain of cgroups and the list behind it.
 */
#include <string.h>

#include "chain.h"
#include "fuzz.h"
#include "meter.h"

#define RELEASES_MAX  32
#define PIECE         13          /* bytes that are appended at once the second time */
#define MEMORY_FACTOR 8           /* bytes allocated for each of the input… */
#define MEMORY_BASE   (64u << 10) /* …and besides */

/* What comes of an input. */
struct outcome {
	enum cgroup_result chain, list;
};

/* Layout number `n`, starting over behind the last, of those whose releases have cgroups. */
static struct layout
pick_layout(size_t n)
{
	const struct catalog_release *releases[RELEASES_MAX];
	size_t count = 0, chain;

	for (size_t i = 0; i < catalog_nreleases && count < RELEASES_MAX; i++)
		if (cgroups_find_chain(catalog_releases[i], &chain))
			releases[count++] = catalog_releases[i];
	fuzz_require(count > 0, "there are releases with cgroups");
	return (struct layout){
		.release = releases[n / 2 / catalog_nmodels % count],
		.model = (unsigned)(n / 2 % catalog_nmodels),
		.order = n % 2 == 0 ? ORDER_LITTLE : ORDER_BIG,
	};
}

bool
chain_take_apart(struct chain_input *in, const uint8_t *data, size_t size)
{
	if (size < CHAIN_HEADER_SIZE)
		return false;
	in->layout = pick_layout(data[0]);
	in->count = data[1];
	in->chain_size = (size_t)(data[2] | data[3] << 8);
	if (in->chain_size > size - CHAIN_HEADER_SIZE)
		in->chain_size = size - CHAIN_HEADER_SIZE;
	in->list_size = size - CHAIN_HEADER_SIZE - in->chain_size;
	in->chain = data + CHAIN_HEADER_SIZE;
	in->list = in->chain + in->chain_size;
	return true;
}

/* Appends in pieces of `piece` bytes. */
static void
add(struct cgroups *g, bool (*append)(struct cgroups *, const void *, size_t), const uint8_t *p, size_t size,
    size_t piece)
{
	for (size_t at = 0; at < size; at += piece)
		fuzz_require(append(g, p + at, size - at < piece ? size - at : piece), "there is memory");
}

static struct outcome
read_groups(struct cgroups *g, const struct chain_input *in, size_t piece)
{
	struct outcome o;

	cgroups_clear(g);
	add(g, cgroups_add_chain, in->chain, in->chain_size, piece);
	add(g, cgroups_add_list, in->list, in->list_size, piece);
	o.chain = cgroups_read_chain(g, in->count);
	o.list = CGROUP_OK;
	if (o.chain == CGROUP_OK || o.chain == CGROUP_DEPTH)
		o.list = cgroups_read_list(g);
	fuzz_require(o.chain != CGROUP_NO_MEMORY && o.list != CGROUP_NO_MEMORY, "there is memory");
	fuzz_require(cgroup_reason(o.chain)[0] != '\0', "there is a word for every result");
	return o;
}

/* --- what must hold ------------------------------------------------------------------------------------- */

/* The path is the parent's, a slash and the own name; that of a root without a name gives way. Returns its bytes. */
static size_t
check_path(const struct cgroups *g, const struct cgroup *group)
{
	const struct cgroup *parent = group->parent != CGROUP_NONE ? &g->groups[group->parent] : NULL;
	const bool is_bare = parent != NULL && parent->parent == CGROUP_NONE && parent->name_size == 0;
	const size_t before = parent != NULL && !is_bare ? parent->path_size : 0;
	char path[CGROUP_PATH_MAX], above[CGROUP_PATH_MAX];
	const size_t size = cgroups_path(g, group, path);

	fuzz_require(size == (group->has_path ? group->path_size : 0), "a path has the size measured");
	if (size == 0)
		return 0;
	fuzz_require(group->has_name && size == before + 1 + group->name_size, "a path is as long as its parts");
	if (before > 0 && parent->has_path) {
		cgroups_path(g, parent, above);
		fuzz_require(memcmp(path, above, before) == 0, "a path begins with the parent's");
	}
	fuzz_require(path[before] == '/', "a slash parts names");
	fuzz_require(memcmp(path + before + 1, g->chain + group->name, group->name_size) == 0,
	    "a path ends with the name");
	return size;
}

/* Cgroup `i` is behind the one before it, within the chain, and below an earlier one. Returns the bytes of its path. */
static size_t
check_group(const struct cgroups *g, size_t i, size_t size)
{
	const struct cgroup *group = &g->groups[i];
	const size_t end = i + 1 < g->ngroups ? g->groups[i + 1].offset : g->chain_size;

	fuzz_require(i > 0 || group->offset == 0, "the first instance is at the start");
	fuzz_require(group->offset < end && end - group->offset > size, "an instance ends before the next");
	fuzz_require(group->name == group->offset + size && group->name_size < end - group->name,
	    "a name is behind its struct, and ends");
	fuzz_require(memchr(g->chain + group->name, '\0', group->name_size) == NULL, "a name holds no NUL");
	fuzz_require(group->parent == CGROUP_NONE || group->parent < i, "a parent comes before");
	return check_path(g, group);
}

/* All values are shared out, in order, and each is found again. */
static void
check_list(struct cgroups *g)
{
	const struct cgroup *found;
	size_t next = 0;

	fuzz_require(cgroups_sort(g), "there is memory");

	for (size_t i = 0; i < g->ngroups; i++) {
		fuzz_require(g->groups[i].first == next && g->groups[i].count <= g->nvalues - next,
		    "shares follow one another");
		next += g->groups[i].count;
	}
	fuzz_require(next == g->nvalues, "nothing is left over");
	for (size_t i = 0; i < g->ngroups; i++)
		for (size_t k = 0; k < g->groups[i].count; k++) {
			found = cgroups_of(g, cgroups_value(g, g->groups[i].first + k));
			fuzz_require(found != NULL && found >= &g->groups[i],
			    "the last cgroup that has a value is found");
		}
}

static void
check_groups(struct cgroups *g, const struct chain_input *in, const struct outcome *o)
{
	const struct catalog_release *release = in->layout.release;
	size_t chain, bytes = 0;

	cgroups_find_chain(release, &chain);
	for (size_t i = 0; i < g->ngroups; i++)
		bytes += check_group(g, i, release->blocks[chain].entry->size[in->layout.model]);
	fuzz_require(bytes <= g->chain_size + g->ngroups * CGROUP_PATH_SHORT, "paths are bounded");
	if (o->chain == CGROUP_OK)
		fuzz_require(g->ngroups % release->blocks[chain].modulo == in->count, "there are as many as counted");
	fuzz_require(g->shared == (o->list == CGROUP_OK && (o->chain == CGROUP_OK || o->chain == CGROUP_DEPTH)),
	    "values are shared out, or it is said why not");
	if (g->shared)
		check_list(g);
	else
		fuzz_require(g->nvalues == 0, "what cannot be shared out is not kept");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome once, again;
	struct cgroups g;
	struct chain_input in;
	size_t ngroups;

	if (!chain_take_apart(&in, data, size))
		return 0;
	meter_begin();
	cgroups_init(&g, &in.layout);
	once = read_groups(&g, &in, in.chain_size + in.list_size + 1);
	check_groups(&g, &in, &once);
	ngroups = g.ngroups;
	again = read_groups(&g, &in, PIECE);
	fuzz_require(again.chain == once.chain && again.list == once.list && g.ngroups == ngroups,
	    "the same bytes have the same outcome");
	check_groups(&g, &in, &again);
	fuzz_require(meter_memory() <= MEMORY_BASE + MEMORY_FACTOR * size, "memory is bounded");
	cgroups_free(&g);
	return 0;
}
