/*
 * out: text to be written to files: indentation, escapes of C, and writing a set of files so that either all of them are
 * written or none, and only those that changed.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

struct out {
	struct arena *arena;
	char *text;
	size_t length;
	size_t capacity;
	unsigned indent; /* tabs before the next line */
	bool line_open;
};

/* Appends formatted text; indents at the start of each line. */
void out_printf(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The number of the line that is open, or that the next text begins; from 1. */
unsigned out_line(const struct out *o);

/* Appends `text` as the inside of a C string literal (no quotes around it). */
void out_c_string(struct out *o, const char *text);

/* Appends `text` as the inside of a C comment, wrapped at column 110, each further line behind `prefix`. */
void out_c_comment(struct out *o, const char *text, const char *prefix);

/* A set of files to be written together below one folder. */
struct out_file {
	const char *name; /* "abi.h", or with a folder: "atop-2.7/types.h" */
	struct out out;
};

struct out_set {
	struct arena *arena;
	struct out_file **files;
	size_t nfiles;
};

/* The text of a new file of the set. */
struct out *out_file(struct out_set *set, const char *name);

/*
 * Writes the set below `folder`; missing folders are made. All changed files are written beside their targets before the
 * first is renamed. Returns 0, or -1 with a message in `error` that names the file; then no file is changed, and folders
 * that were made are removed.
 */
int out_write(struct out_set *set, const char *folder, char *error, size_t size);

/* Writes the text to a file that must not exist yet. Returns as out_write does. */
int out_write_new(const struct out *o, const char *path, char *error, size_t size);

#endif
