/*
 * partition_stale: removes the temporary folders that killed runs have left in a partition tree.
 */
#ifndef PARTITION_STALE_H
#define PARTITION_STALE_H

#include "atopdump/dump/inputs.h"

/* How the names of temporary folders begin; how these names, and those of the files in them, end. */
#define PARTITION_STALE_BEGIN ".atopdump."
#define PARTITION_STALE_END   ".tmp"

/*
 * Removes each temporary folder in `folder` that no process has locked, with its temporary files; never one of the inputs.
 * What cannot be removed stays.
 */
void partition_remove_stale(const char *folder, const struct inputs_identity *inputs);

#endif
