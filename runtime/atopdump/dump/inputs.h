/*
 * inputs: the files to read: those named, and those in the folders named. They are opened before the first byte of any is
 * read, as far as descriptors suffice, so that the permission to open files can be dropped. What they contain is not known
 * here.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "rawlog/rawlog.h"
#include "rawlog/rawlog_source.h"

/* A folder that was named, or something else that holds files. */
struct inputs_folder {
	const char *path;
	int end;         /* the number of the first input behind those of the folder */
	uint64_t passed; /* files in it that are no logs, so far */
	bool answers;    /* something in it has been read, or could not be, which was reported */
};

/* Who follows the reading of inputs more closely than a line of progress. */
struct inputs_follower {
	/*
	 * Input `number` is taken, with its descriptor or negative errno; nothing of it has been read. The function may read a
	 * regular file, and bounds what is read of the input, or taps it, in `watch`.
	 */
	void (*take)(void *context, int number, int fd, struct watch *watch);
	void *context; /* the caller's */
};

struct inputs {
	char **paths; /* those that were named are the caller's, those of files in folders are owned */
	int count;
	int next;    /* the first file that is not taken; `count`: all are */
	int *fds;    /* descriptors or negative errnos; -1 when taken */
	int nopened; /* how many files, from the first on, are in `fds` */
	struct inputs_folder *folders;
	int nfolders;
	int *folder_of; /* of each input: 0: it was named; else 1 + the number of its folder. NULL: all were named */
	bool expanded;  /* the lists are owned, and the paths of files in folders */
	bool several;   /* more than one file is named, or a folder */
	/* Called with the context of `watch` when input `number` is taken, with its descriptor or negative errno; NULL: not. */
	void (*takes)(void *context, int number, int fd);
	const struct inputs_follower *follower; /* NULL: none */
	struct watch watch;                     /* follows reads of the input that was taken last */
	enum rawlog_result result; /* RAWLOG_FAILED: something in a folder could not be looked at, as was reported */
};

/* What is reported while folders are read. */
struct inputs_report {
	void (*failed)(const char *path, const char *text);
	/* A file is passed over, for the reason `text`. NULL: this is not reported. */
	void (*passed)(const char *path, const char *text);
	/* Gets the same files with `context`, and static texts. NULL: nobody does. */
	void (*skip)(void *context, const char *path, const char *text);
	void *context;
};

/* The `count` files at `paths`, "-" being standard input; none is open yet. */
void inputs_init(struct inputs *in, char **paths, int count);

/*
 * Replaces each folder among the paths by the files in it, sorted by path; empty files, and what is no file, are passed
 * over. The folder `avoided` is left out, unless it is named itself; NULL: none. False: out of memory.
 */
bool inputs_expand(struct inputs *in, const struct stat *avoided, const struct inputs_report *report);

/* The folder in which input number `i` was found; NULL: it was named. */
struct inputs_folder *inputs_folder_of(const struct inputs *in, int i);

/* Opens all files, or as many of the first as leave descriptors for `spare` further files. */
void inputs_open(struct inputs *in, int spare);

/*
 * Takes the next file, which exists in the list: its descriptor, opened now if it is not yet, which becomes the caller's; or
 * a negative errno.
 */
int inputs_take(struct inputs *in);

/* Whether `st` is of an input that has not been taken: the same regular file or block device, under any name. */
bool inputs_have(const struct inputs *in, const struct stat *st);

/* Which files the inputs are, taken or not, under any name. */
struct inputs_identity {
	struct inputs_file *files; /* in order */
	size_t count;
};

struct inputs_file {
	dev_t device;
	ino_t inode;
};

/* Looks at all inputs, of which none is taken. False: out of memory, and nothing is owned. */
bool inputs_remember(struct inputs_identity *identity, const struct inputs *in);
void inputs_forget(struct inputs_identity *identity);

/* Whether `st` is of one of them. */
bool inputs_identify(const struct inputs_identity *identity, const struct stat *st);

/* Whether input number `i`, which is not taken, is certainly not a regular file. */
bool inputs_is_special(const struct inputs *in, int i);

/* Closes the files that have not been taken, and frees what is owned. */
void inputs_close(struct inputs *in);

#endif
