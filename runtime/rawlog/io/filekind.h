/*
 * filekind: what a file that is not a log may be, by its first bytes. The one table of such magic numbers.
 */
#ifndef FILEKIND_H
#define FILEKIND_H

#include <stddef.h>

#define FILEKIND_SIZE 512 /* bytes of a file that are looked at, at most */

/* What undoes it. */
enum filekind_packing {
	FILEKIND_PLAIN,      /* nothing: it holds no files */
	FILEKIND_COMPRESSED, /* a program that `tool` names: one file is in it */
	FILEKIND_ARCHIVE     /* the same: any number of files are in it */
};

struct filekind {
	const char *name; /* "xz", "tar"; short, and does not change */
	const char *text; /* what it is in a sentence: "xz-compressed data" */
	enum filekind_packing packing;
	const char *tool; /* the command that writes what is in it to standard output, "xz -dc"; NULL: none is known */
};

/* What the file is whose first `size` bytes are at `p`, gzip included; NULL: not known. */
const struct filekind *filekind_find(const unsigned char *p, size_t size);

/* How it is packed. */
enum filekind_packing filekind_packing(const unsigned char *p, size_t size);

#endif
