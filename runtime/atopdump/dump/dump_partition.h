/*
 * dump_partition: dumps logs into a partition tree, each log into files of its own. One thread works.
 */
#ifndef DUMP_PARTITION_H
#define DUMP_PARTITION_H

#include "atopdump/dump/dump.h"
#include "atopdump/dump/partition.h"

/* What a tree is made of and with; all must outlive the dump. */
struct dump_tree {
	struct partition *partition; /* open */
	struct digest *digest;
	const struct format *format;            /* that writes by table */
	const struct query *query;              /* without a limit, which would depend on the logs before */
	const struct output_follower *follower; /* of its files; NULL: nobody follows */
};

/*
 * As dump_logs. A log that is refused or fails leaves nothing in the tree; a damaged one leaves what was readable. Output that
 * fails is reported too, and ends the run.
 */
enum rawlog_result dump_partition(const struct dump_tree *tree, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text));

#endif
