/*
 * partition: a tree of files with names by content (partition_name.h), which several processes may write at once. The files
 * of a log are written into a temporary folder and get their names when all are complete; files of these names are replaced.
 * A file without rows gets no name.
 *
 * The temporary folder, DIR/.atopdump.PID.N.tmp, is locked (flock) while its process lives. A folder that nobody has locked
 * is left from a run that was killed, and is removed by the next one. Where the file system has no locks it stays.
 */
#ifndef PARTITION_H
#define PARTITION_H

#include "atopdump/dump/inputs.h"
#include "atopdump/dump/partition_name.h"
#include "print/format/outputs.h"

struct partition {
	const char *folder; /* of the tree */
	const struct inputs_identity *inputs;
	struct partition_log log; /* whose files are named next */
	char *temporary;          /* the path of the temporary folder */
	int lock;                 /* its descriptor */
	struct unfinished unfinished;
	struct output_names names;
	char *refused; /* the path of an input that a file would have replaced; NULL: none */
};

/*
 * Makes the folder if it does not exist, removes what killed runs left in it, and makes the temporary folder. `folder` and
 * `inputs` must outlive it. 0 or an errno; after failure nothing is owned.
 */
int partition_open(struct partition *p, const char *folder, const struct inputs_identity *inputs);

/* Where the files of the next log are written, until p->log says what it is called. */
struct output_place partition_place(struct partition *p);

/* Removes the temporary folder. 0, or an errno: then it stays until the next run. */
int partition_close(struct partition *p);

#endif
