/*
 * inputs: the files to read. They are opened before the first byte of any is read, as far as descriptors suffice, so that
 * the permission to open files can be dropped. What they contain is not known here.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct inputs {
	char **paths; /* the caller's */
	int count;
	int next;    /* the first file that is not taken; `count`: all are */
	int *fds;    /* descriptors or negative errnos; -1 when taken */
	int nopened; /* how many files, from the first on, are in `fds` */
};

/* The `count` files at `paths`, "-" being standard input; none is open yet. */
void inputs_init(struct inputs *in, char **paths, int count);

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

/* Closes the files that have not been taken. */
void inputs_close(struct inputs *in);

#endif
