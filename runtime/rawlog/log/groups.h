/*
 * groups: reads the cgroups of a sample: inflates its chain and its list, finds the cgroup of each struct, and reports
 * what is wrong with them. cgroup decodes the bytes.
 *
 * The list is inflated only if the chain is intact and its groups claim the number of integers that the record states.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include "rawlog/log/sample.h"

/* Reads the chain and the list of the sample, whose release has them. False: out of memory, or input failed. */
bool groups_read(struct rawlog_sample *sample);

/* Ends the current block (the chain or the list) after its last instance. RAWLOG_END, or _DAMAGED. */
enum rawlog_result groups_finish(struct rawlog_sample *sample, struct rawlog_damage *damage);

/* Prepares groups_find for the block just begun. Sets the block's state to BLOCK_NO_MEMORY on failure. */
void groups_prepare(struct rawlog_sample *sample);

/*
 * Sets sample->group to the cgroup that lists the struct in `host`, which has `size` bytes in the log. A cgroup whose path
 * is longer than CGROUP_PATH_SHORT is left out once such paths exceed the total size of the structs so far.
 */
void groups_find(struct rawlog_sample *sample, const void *host, size_t size);

/* Whether the structs of the current block are listed by cgroups that are known. */
bool groups_are_listed(const struct rawlog_sample *sample);

/*
 * The last cgroup that lists `number`, for the struct that was returned last; NULL: none, or one whose path groups_find would
 * leave out. `*host` is its host struct, valid until another cgroup is read.
 */
const struct cgroup *groups_join(struct rawlog_sample *sample, int64_t number, const void **host);

/* Reports the number of structs whose cgroup was left out. RAWLOG_DAMAGED. */
enum rawlog_result groups_describe_untold(const struct rawlog_sample *sample, struct rawlog_damage *damage);

#endif
