/*
 * cgroup: the cgroups of one sample: the chain of structs with names taken apart, their paths put together, and the
 * list of integers shared out among them. Bytes in, tables out; every number in the bytes is taken for hostile.
 * Where the numbers are and what they are called the catalog says.
 */
#ifndef CGROUP_H
#define CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog.h"
#include "header.h"

#define CGROUP_NONE	SIZE_MAX

/* An instance of the chain. Offsets are into the bytes and texts of its struct cgroups. */
struct cgroup {
	size_t	 offset;		/* of its struct in `chain` */
	size_t	 parent;		/* index, less than its own; CGROUP_NONE */
	size_t	 name, name_size;	/* in `chain`: its own */
	size_t	 path, path_size;	/* in `paths`: from the root on */
	size_t	 first, count;		/* its own of `values` */
};

/* A value of the list, and the cgroup it belongs to. */
struct cgroup_value {
	int64_t	 value;
	size_t	 group;
};

struct cgroups {
	const struct layout	*layout;
	unsigned char		*chain;		/* the inflated block */
	size_t			 chain_size, chain_room;
	unsigned char		*list;		/* the same of the list */
	size_t			 list_size, list_room;
	struct cgroup		*groups;
	size_t			 ngroups, groups_room;
	struct cgroup_value	*values;	/* in the order of the list */
	size_t			 nvalues, values_room;
	bool			 shared;	/* the values are known, and whose they are */
	struct cgroup_value	*sorted;	/* by value; of equal ones the last in the list comes last */
	size_t			 sorted_room;
	char			*paths;
	size_t			 paths_size, paths_room;
	void			*host;		/* of the chain's struct, to read it */
};

enum cgroup_result {
	CGROUP_OK,
	CGROUP_STRIDE,		/* a distance to the next instance that cannot be */
	CGROUP_NAME,		/* a name without an end */
	CGROUP_PARENT,		/* a parent that does not come before */
	CGROUP_DEPTH,		/* paths longer than those of any system */
	CGROUP_FAULT,		/* a struct that cannot be decoded */
	CGROUP_COUNT,		/* not as many instances as the record says */
	CGROUP_SHARE,		/* more or fewer integers in the list than belong to the instances */
	CGROUP_NO_MEMORY
};

/* The place of the chain, and of the list, among a release's blocks; false if it has none. */
bool	cgroups_find_chain(const struct catalog_release *release, size_t *chain);
bool	cgroups_find_list(const struct catalog_release *release, size_t *list);

void	cgroups_init(struct cgroups *g, const struct layout *layout);
void	cgroups_free(struct cgroups *g);

/* Forgets everything, to begin with another sample. */
void	cgroups_clear(struct cgroups *g);

/* Append inflated bytes to the chain, and to the list. False: no memory. */
bool	cgroups_add_chain(struct cgroups *g, const void *bytes, size_t size);
bool	cgroups_add_list(struct cgroups *g, const void *bytes, size_t size);

/*
 * Takes `chain` apart. What comes before something wrong is kept; `count` is what the record counts, modulo what its
 * member can hold.
 */
enum cgroup_result	cgroups_read_chain(struct cgroups *g, uint64_t count);

/* Shares out `list` among the instances; nothing of it is kept if the shares do not add up. */
enum cgroup_result	cgroups_read_list(struct cgroups *g);

/* The cgroup that the value belongs to, the last one if it is in several; NULL: none. */
const struct cgroup	*cgroups_of(const struct cgroups *g, int64_t value);

const char	*cgroup_reason(enum cgroup_result result);

#endif
