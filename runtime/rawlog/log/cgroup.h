/*
 * cgroup: the cgroups of one sample. Decodes the chain of structs with names, and assigns the integers of the list to
 * them. Paths are built on request. Input is bytes, output is tables; every number in the bytes is treated as hostile.
 * The catalog says where the numbers are and what they are called.
 *
 * Bounds. The first CGROUP_CHAIN_MAX bytes of a chain are read, and lists of up to CGROUP_LIST_MAX integers. Names up to
 * CGROUP_NAME_MAX bytes and paths up to CGROUP_PATH_MAX bytes are kept. Paths longer than CGROUP_PATH_SHORT are kept only
 * while their total size does not exceed that of the structs read so far. So the paths of a chain have at most twice the
 * bytes of the chain, plus CGROUP_PATH_SHORT for each struct. Memory: the chain, 32 bytes a struct, three times the list.
 */
#ifndef CGROUP_H
#define CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/log/header.h"

#define CGROUP_NONE       UINT32_MAX
#define CGROUP_CHAIN_MAX  (48u << 20) /* the 65,535 memory cgroups of a kernel, with the longest names */
#define CGROUP_LIST_MAX   (1u << 22)  /* the kernel's PID_MAX_LIMIT: 4,194,304 */
#define CGROUP_NAME_MAX   255         /* the kernel's NAME_MAX */
#define CGROUP_PATH_MAX   4096        /* the kernel's PATH_MAX */
#define CGROUP_PATH_SHORT 512

/* An instance of the chain. Offsets are into the chain. */
struct cgroup {
	uint32_t offset;       /* of its struct */
	uint32_t parent;       /* index, less than its own; CGROUP_NONE */
	uint32_t name;         /* its own */
	uint32_t first, count; /* its own integers of the list */
	uint16_t name_size;
	uint16_t path_size; /* from the root; 0: longer than CGROUP_PATH_MAX */
	bool has_name;      /* the name has CGROUP_NAME_MAX bytes at most */
	bool has_path;      /* the path is known */
};

struct cgroups {
	const struct layout *layout;
	unsigned char *chain; /* the inflated block */
	size_t chain_size, chain_room;
	unsigned char *list; /* the same of the list */
	size_t list_size, list_room;
	struct cgroup *groups;
	size_t ngroups, groups_room;
	size_t npathless;   /* number of groups whose path is unknown */
	size_t pathless;    /* the first of them */
	uint64_t allowance; /* bytes that long paths may still have */
	uint64_t shares;    /* integers that the groups claim; above any list's size: invalid */
	size_t nvalues;     /* integers in the list, once they are assigned */
	bool shared;        /* the list is assigned */
	uint64_t *sorted;   /* keys of integer and group, in order; by cgroups_sort */
	size_t nsorted, sorted_room;
	void *host;   /* host struct of the chain */
	void *member; /* host struct of the list */
};

enum cgroup_result {
	CGROUP_OK,
	CGROUP_STRIDE, /* an impossible distance to the next instance */
	CGROUP_NAME,   /* a name without an end */
	CGROUP_PARENT, /* a parent that does not precede it */
	CGROUP_DEPTH,  /* intact, but some names or paths are too long */
	CGROUP_MANY,   /* above the limit of what is read */
	CGROUP_FAULT,  /* a struct that cannot be decoded */
	CGROUP_COUNT,  /* not as many instances as the record says */
	CGROUP_SHARE,  /* the instances claim another number of integers than the list holds */
	CGROUP_NO_MEMORY
};

/* Sets the index of the chain, or of the list, among a release's blocks; false if there is none. */
bool cgroups_find_chain(const struct catalog_release *release, size_t *chain);
bool cgroups_find_list(const struct catalog_release *release, size_t *list);

void cgroups_init(struct cgroups *g, const struct layout *layout);
void cgroups_free(struct cgroups *g);

/* Empties it for the next sample. */
void cgroups_clear(struct cgroups *g);

/* Append inflated bytes to the chain, and to the list. False: out of memory. */
bool cgroups_add_chain(struct cgroups *g, const void *bytes, size_t size);
bool cgroups_add_list(struct cgroups *g, const void *bytes, size_t size);

/*
 * Decodes the chain. Instances in front of a fault are kept. `count` is the number of instances in the record, modulo
 * what its member can hold.
 */
enum cgroup_result cgroups_read_chain(struct cgroups *g, uint64_t count);

/*
 * Assigns the integers of the list to the instances of an intact chain. None is assigned if the numbers do not add up.
 */
enum cgroup_result cgroups_read_list(struct cgroups *g);

/* Prepares the assigned list for cgroups_of. False: out of memory. */
bool cgroups_sort(struct cgroups *g);

/* The cgroup of a value (the last one, if there are several); NULL: none. */
const struct cgroup *cgroups_of(const struct cgroups *g, int64_t value);

/* Integer `i` of the list. */
int64_t cgroups_value(const struct cgroups *g, size_t i);

/*
 * Writes the path of a cgroup, without a NUL, to `path`, which holds CGROUP_PATH_MAX bytes. Returns its size; 0:
 * the path is unknown.
 */
size_t cgroups_path(const struct cgroups *g, const struct cgroup *group, char *path);

/* Describes a result: a phrase, static. */
const char *cgroup_reason(enum cgroup_result result);

#endif
