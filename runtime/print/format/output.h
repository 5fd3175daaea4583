/*
 * output: a place for what is printed: standard output, a file that appears under its name only when it is
 * whole, or something that is no regular file (a pipe, a device) and is written to as it is. No file that exists is
 * written to; it can be replaced as a whole, where that is asked for.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

#include "print/format/unfinished.h"
#include "rawlog/io/writer.h"

struct output {
	struct writer	 writer;
	int		 fd;
	int		 folder;		/* that the file is in; -1: somebody else's business, or it cannot be opened */
	char		*path;			/* NULL: it is no regular file */
	char		*temporary;		/* what is written until it is whole; NULL: it has its name */
	bool		 replaces;		/* a file of that name may exist */
	bool		 named;			/* it is there under its name */
	struct unfinished unfinished;		/* the temporary file */
};

/*
 * Opens `path`, NULL being standard output. 0, or an errno and then there is nothing to finish: EEXIST if a regular file,
 * or a symbolic link that leads nowhere, has that name and is not to be replaced.
 */
int	output_open(struct output *o, const char *path, bool replaces);

/* The same for one of several files in a folder, whose entries the caller writes to disk (output_sync). */
int	output_open_in_folder(struct output *o, const char *path, bool replaces);

/*
 * Writes out what is buffered and closes. A file gets its name if `keep` and nothing failed, else it is
 * removed. Returns the errno of the first failure of all that was written; 0.
 */
int	output_finish(struct output *o, bool keep);

/*
 * The same in three steps, for files that are to appear all or none: writes out, to the disk if the file is to be kept, and
 * closes (0, or the errno of the first failure of all that was written); gives the file its name (0, or an errno); and lets
 * go of it, which removes it, named or not, unless it is to be kept. The last two between unfinished_lock and _unlock.
 */
int	output_end(struct output *o, bool keep);
int	output_name(struct output *o);
void	output_release(struct output *o, bool keep);

/* The folder `path` is in, opened for output_sync; -1: it cannot be. */
int	output_open_folder(const char *path);

/* Has the system write to disk what an open file or folder holds. 0, also where there is nothing such; or an errno. */
int	output_sync(int fd);

#endif
