/*
 * scratch: helpers for tests with files: a temporary folder, reading and writing whole files, gzip.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

/* The path of `name` in a fresh folder, made on first use in a test; valid until the fourth next call. */
const char *scratch_path(const char *name);

/* Removes the folder with all files in it and in folders within. */
void scratch_remove(void);

/* A path of a file that holds these bytes. */
const char *scratch_file(const char *name, const void *bytes, size_t size);

/* A whole file, with a NUL after it, until the next call. NULL if it cannot be read. */
const char *scratch_read(const char *path);

bool scratch_exists(const char *path);

/* Appends `size` bytes as a gzip member to the `*used` bytes at `out`, which has room for `room`. */
void scratch_gzip(const void *bytes, size_t size, unsigned char *out, size_t room, size_t *used);

/* The reading end of a pipe that `size` bytes (64 KiB at most) were written to, and that is closed. */
int scratch_pipe(const void *bytes, size_t size);

/* `text` with `path` for each "~" in it; valid until the next call. */
const char *scratch_expand(const char *text, const char *path);

#endif
