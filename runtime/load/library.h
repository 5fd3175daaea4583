/*
 * library: loads shared libraries that few runs need, when one needs them. Opens files and maps executable memory, so it is
 * called before the sandbox is entered.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of a library, and where in a table the pointer to it is. */
struct library_function {
	const char *name;
	size_t offset;
};

/*
 * Loads the library `soname` ("libarchive.so.13") for the rest of the run, and sets the pointers in `table`. False: it is not
 * installed, or lacks one of the `count` functions; the table is unchanged then.
 */
bool library_load(const char *soname, const struct library_function *functions, size_t count, void *table);

#endif
