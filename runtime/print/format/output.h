/*
 * output: the destination of printed text: standard output, a regular file, or something else with a name (a pipe, a
 * device), which is written to directly. A regular file appears under its name only when it is complete. An existing file
 * is never written to; it can be replaced as a whole if the caller allows that.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

#include "print/format/unfinished.h"
#include "rawlog/io/writer.h"

/* Who follows what is written. */
struct output_follower {
	/* An output begins. An object for the next two functions; NULL: out of memory. */
	void *(*begin)(void *context);
	/* Bytes have been written, in order. */
	void (*take)(void *object, const void *bytes, size_t size);
	/*
	 * The output ends: as the user wrote its `path`, NULL being standard output. The object is not used any more. `kept`: what
	 * was written is there. Called with the list of unfinished files locked.
	 */
	void (*end)(void *object, const char *path, bool kept);
	void *context; /* the caller's */
};

/* Names for the files of a folder that are known only when everything is written. */
struct output_names {
	/*
	 * The path at which the file for a table appears, the caller's to free; folders that it needs are made. NULL, and errno.
	 * Called with the list of names locked (unfinished.h), when all files are complete.
	 */
	char *(*find)(void *context, const char *table, const char *ending);
	void *context;
};

/* Where output goes, as the user wishes. */
struct output_place {
	const char *path; /* NULL: standard output */
	bool folder;      /* `path` is a folder, with a file for each table */
	bool force;       /* files that exist are replaced */
	/* Of a folder: the names of files with rows; files without are removed. NULL: all have the names of their tables. */
	const struct output_names *names;
	const struct output_follower *follower; /* NULL: nobody follows */
};

struct output {
	struct writer writer;
	int fd;
	int folder;                   /* the folder of the file; -1: the caller syncs it, or it cannot be opened */
	char *path;                   /* NULL: not a regular file */
	char *temporary;              /* the file's name until it is complete; NULL: it has its own */
	bool replaces;                /* a file of that name may exist */
	bool named;                   /* the file has its name */
	struct unfinished unfinished; /* the temporary file */
	const struct output_follower *follower; /* NULL: nobody follows */
	void *followed;                         /* the object of the follower; NULL: none */
	char *shown;                            /* the path for the follower; NULL: standard output */
};

/*
 * Opens the path of `place`, which is no folder. A regular file can be read as well. Returns 0 or an errno; after failure nothing
 * is owned. EEXIST: a regular file, or a dangling symbolic link, has that name and must not be replaced.
 */
int output_open(struct output *o, const struct output_place *place);

/*
 * The same for the file at `path` in the folder that the place is, whose entries the caller writes to disk (output_sync). It is
 * not readable.
 */
int output_open_in_folder(struct output *o, const struct output_place *place, const char *path);

/*
 * Flushes and closes the output. A file gets its name if `keep` and nothing failed; otherwise it is removed. Returns the
 * errno of the first failure since opening, or 0.
 */
int output_finish(struct output *o, bool keep);

/*
 * The same in three steps, for several files of which all or none must appear. output_end flushes and closes, and syncs the
 * file if `keep`; it returns 0 or the errno of the first failure since opening. output_name gives the file its name; 0 or an
 * errno. output_release frees the output, and removes the file, named or not, unless `keep`. The last two must be called
 * between unfinished_lock and unfinished_unlock.
 */
int output_end(struct output *o, bool keep);
int output_name(struct output *o);
void output_release(struct output *o, bool keep);

/*
 * Before output_name, of a regular file: the file appears at `path` instead, which the output takes over, and output_name
 * syncs its folder. 0, or an errno.
 */
int output_move(struct output *o, char *path);

/* Opens the folder that contains `path`, for output_sync; -1: it cannot be opened. */
int output_open_folder(const char *path);

/* Syncs an open file or folder to disk. Returns 0, also where the system cannot sync it; or an errno. */
int output_sync(int fd);

#endif
