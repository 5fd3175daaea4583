/*
 * folder: finds the files below a folder, in the order of their names. Opens folders only; knows nothing of logs.
 *
 * Subfolders are read through, but a symbolic link to a folder is not followed, so there are no loops. A path that is longer
 * than the system takes ends the descent. One folder is open at a time; the names of the folders above it are kept.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <sys/stat.h>

/* What is called with `context` for what a folder holds. */
struct folder_visitor {
	/* A regular file that is not empty, or a symbolic link to one. `path` becomes the visitor's. False: out of memory. */
	bool (*file)(void *context, char *path);
	/* What cannot be a log: a device, an empty file, a link to a folder. Also the folder `avoided`, which is not read. */
	void (*passed)(void *context, const char *path, const char *why);
	/* Something that could not be looked at, and the errno. */
	void (*failed)(void *context, const char *path, int error);
	void *context;
	const struct stat *avoided; /* NULL: none */
};

/* Visits what is below the folder at `path`, which may be a link to it. False: out of memory. */
bool folder_visit(const char *path, const struct folder_visitor *visitor);

#endif
