/*
 * files: the files that patterns name, sorted within each pattern.
 */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

#define FILES_WHY_MAX 512

struct files {
	char **paths;
	size_t count;
};

/* Adds the files of a pattern of glob(7). False: `why` (FILES_WHY_MAX bytes) says what is wrong, also that there is none. */
bool files_add(struct files *files, const char *pattern, char *why);
void files_free(struct files *files);

#endif
