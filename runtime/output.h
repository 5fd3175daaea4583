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
	char		*path;			/* NULL: it is no regular file */
	char		*temporary;		/* what is written until it is whole; NULL: it has its name */
};

/* Opens `path`, NULL being standard output. 0, or an errno and then there is nothing to finish. */
int	output_open(struct output *o, const char *path);

/*
 * Writes out what is buffered and closes. A file gets its name if `keep` and nothing failed, else it is
 * removed. Returns the errno of the first failure of all that was written; 0.
 */
int	output_finish(struct output *o, bool keep);

/*
 * The same in three steps, for files that are to appear all or none: writes out and closes (0, or the errno of
 * the first failure of all that was written); gives the file its name (0, or an errno); and lets go of it,
 * which removes it, named or not, unless it is to be kept.
 */
int	output_end(struct output *o);
int	output_name(struct output *o);
void	output_release(struct output *o, bool keep);

#endif
