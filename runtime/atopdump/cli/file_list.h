/*
 * file_list: the list of FILEs that --files-from names, read whole before any of them.
 */
#ifndef FILE_LIST_H
#define FILE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct file_list {
	char *bytes;  /* of the list; it owns the strings */
	char **files; /* each not empty, in the order of the list */
	int count;
};

/*
 * Reads the list at `path`, "-" being standard input: names separated by line ends or, if `nul`, by NULs; empty ones are left
 * out. False: `why` (OPTIONS_MESSAGE_MAX bytes) says what is wrong. file_list_free is needed in either case.
 */
bool file_list_read(struct file_list *list, const char *path, bool nul, char *why);

void file_list_free(struct file_list *list);

#endif
