/*
 * groups: the cgroups of a sample: which of its blocks are inflated for them and how far, which struct is in which of
 * them, and what is wrong with them. What the bytes mean is cgroup's business.
 *
 * A list is inflated only if the chain is whole, and its groups claim as many integers as the record counts.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include "rawlog/log/reader.h"

/* Reads the chain and the list of the sample, whose release has them. False: no memory, or input failed. */
bool	groups_read(struct rawlog_sample *sample);

/* All instances of the block at hand, the chain or the list, are handed out. RAWLOG_END, or _DAMAGED. */
enum rawlog_result	groups_finish(struct rawlog_sample *sample, struct rawlog_damage *damage);

/* Prepares for structs of the block just begun, if the list names them. Its state is BLOCK_NO_MEMORY if that fails. */
void	groups_prepare(struct rawlog_sample *sample);

/*
 * Sets sample->group to the cgroup that the struct in `host` is named in, which has `size` bytes in the log. Left out are
 * paths longer than CGROUP_PATH_SHORT that have together more bytes than the structs up to there.
 */
void	groups_find(struct rawlog_sample *sample, const void *host, size_t size);

/* Says how often that was so. RAWLOG_DAMAGED. */
enum rawlog_result	groups_describe_untold(const struct rawlog_sample *sample, struct rawlog_damage *damage);

#endif
