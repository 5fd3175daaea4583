/*
 * left: a list of the files in a folder, found or expected.
 */
#ifndef LEFT_H
#define LEFT_H

#include <stdbool.h>
#include <stddef.h>

struct left_file {
	char *path;  /* below the folder */
	char *bytes; /* NULL: it is a folder */
	size_t size;
	bool is_link; /* the bytes are the link's target */
};

struct left {
	struct left_file *files; /* a folder before what is in it */
	size_t count;
};

/* Moves all files of the folder into `l`. Ends the program on failure. */
void left_take(struct left *l, const char *folder);

/* Writes the files to the folder again. */
void left_put(const struct left *l, const char *folder);

void left_free(struct left *l);

/* Whether both have the same files with the same contents, in any order. */
bool left_equal(const struct left *a, const struct left *b);

/* The first file of `l` that is not in `a` nor in `b` (which may be NULL) with the same contents; NULL: none. */
const struct left_file *left_stranger(const struct left *l, const struct left *a, const struct left *b);

#endif
