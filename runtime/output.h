/*
 * output: a place for what is printed: standard output, a file that appears under its name only when it is
 * whole, or something that is no regular file (a pipe, a device) and is written to as it is.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

#include "writer.h"

struct output {
	struct writer	 writer;
	int		 fd;
	char		*path;			/* NULL: nothing to rename */
	char		*temporary;		/* what is written until it is whole */
};

/* Opens `path`, NULL being standard output. 0, or an errno and then there is nothing to finish. */
int	output_open(struct output *o, const char *path);

/*
 * Writes out what is buffered and closes. A file gets its name if `keep` and nothing failed, else it is
 * removed. Returns the errno of the first failure of all that was written; 0.
 */
int	output_finish(struct output *o, bool keep);

#endif
