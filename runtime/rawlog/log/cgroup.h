/*
 * cgroup: the cgroups of one sample: the chain of structs with names taken apart, and the list of integers shared out
 * among them. Paths are put together when they are asked for. Bytes in, tables out; every number in the bytes is taken
 * for hostile. Where the numbers are and what they are called the catalog says.
 *
 * Bounds. Of a chain the first CGROUP_CHAIN_MAX bytes are read, and lists of up to CGROUP_LIST_MAX integers. A path is
 * known up to CGROUP_PATH_MAX bytes, a name up to CGROUP_NAME_MAX; of paths longer than CGROUP_PATH_SHORT, as long as they have together no more bytes
 * than the structs up to there. So all paths of a chain have at most twice as many bytes as it has, and
 * CGROUP_PATH_SHORT for each struct. Memory is that of the chain, 32 bytes a struct, and three times that of the list.
 */
#ifndef CGROUP_H
#define CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/log/header.h"

#define CGROUP_NONE		UINT32_MAX
#define CGROUP_CHAIN_MAX	(48u << 20)	/* the 65,535 memory cgroups of a kernel, with the longest names */
#define CGROUP_LIST_MAX		(1u << 22)	/* the kernel's PID_MAX_LIMIT: 4,194,304 */
#define CGROUP_NAME_MAX		255		/* the kernel's NAME_MAX */
#define CGROUP_PATH_MAX		4096		/* the kernel's PATH_MAX */
#define CGROUP_PATH_SHORT	512

/* An instance of the chain. Offsets are into the chain. */
struct cgroup {
	uint32_t	 offset;		/* of its struct */
	uint32_t	 parent;		/* index, less than its own; CGROUP_NONE */
	uint32_t	 name;			/* its own */
	uint32_t	 first, count;		/* its own integers of the list */
	uint16_t	 name_size;
	uint16_t	 path_size;		/* from the root on; 0: above CGROUP_PATH_MAX */
	bool		 has_name;		/* of CGROUP_NAME_MAX bytes at most */
	bool		 has_path;		/* which is known */
};

struct cgroups {
	const struct layout	*layout;
	unsigned char		*chain;		/* the inflated block */
	size_t			 chain_size, chain_room;
	unsigned char		*list;		/* the same of the list */
	size_t			 list_size, list_room;
	struct cgroup		*groups;
	size_t			 ngroups, groups_room;
	size_t			 npathless;	/* groups whose paths are not known… */
	size_t			 pathless;	/* …and the first of them */
	uint64_t		 allowance;	/* bytes that long paths may still have */
	uint64_t		 shares;	/* integers of the list that the groups claim; more than any list has: nonsense */
	size_t			 nvalues;	/* integers in the list, once it is shared out */
	bool			 shared;	/* it is */
	uint64_t		*sorted;	/* each integer and its group, in order, once that is asked for */
	size_t			 nsorted, sorted_room;
	void			*host;		/* of the chain's struct, to read it */
	void			*member;	/* of the list's */
};

enum cgroup_result {
	CGROUP_OK,
	CGROUP_STRIDE,		/* a distance to the next instance that cannot be */
	CGROUP_NAME,		/* a name without an end */
	CGROUP_PARENT,		/* a parent that does not come before */
	CGROUP_DEPTH,		/* nothing but that some names or paths are too long to be known */
	CGROUP_MANY,		/* more than is read */
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

/*
 * Shares out `list` among the instances, whose chain must be whole; nothing of it is kept if the shares do not add up.
 */
enum cgroup_result	cgroups_read_list(struct cgroups *g);

/* Prepares the list, which has been shared out, for cgroups_of. False: no memory. */
bool	cgroups_sort(struct cgroups *g);

/* The cgroup that the value belongs to, the last one if it is in several; NULL: none. */
const struct cgroup	*cgroups_of(const struct cgroups *g, int64_t value);

/* Integer `i` of the list. */
int64_t	cgroups_value(const struct cgroups *g, size_t i);

/*
 * Writes the path of a cgroup, without a NUL, to `path`, which has room for CGROUP_PATH_MAX bytes. Returns its size; 0:
 * it is not known.
 */
size_t	cgroups_path(const struct cgroups *g, const struct cgroup *group, char *path);

const char	*cgroup_reason(enum cgroup_result result);

#endif
