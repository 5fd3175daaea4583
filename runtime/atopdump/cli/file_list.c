/*
 * file_list: reads to the end, then replaces the separators by NULs.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/cli/file_list.h"
#include "atopdump/cli/refuse.h"

#define ROOM_MIN (64u << 10)

/* Reads the file to its end; its bytes are followed by a separator. 0, or an errno. */
static int
read_all(struct file_list *list, FILE *file, char separator, size_t *size)
{
	size_t room = ROOM_MIN, n;
	char *bytes;

	*size = 0;
	for (;;) {
		bytes = realloc(list->bytes, room + 1);
		if (bytes == NULL)
			return ENOMEM;
		list->bytes = bytes;
		errno = 0;
		n = fread(bytes + *size, 1, room - *size, file);
		*size += n;
		if (*size < room)
			break;
		room *= 2;
	}
	bytes[(*size)++] = separator;
	return ferror(file) ? (errno != 0 ? errno : EIO) : 0;
}

static bool
open_and_read(struct file_list *list, const char *path, char separator, size_t *size, char *why)
{
	const bool is_input = strcmp(path, "-") == 0;
	FILE *file = is_input ? stdin : fopen(path, "rb");
	int error;

	if (file == NULL)
		return refuse(why, "--files-from=%.512s: %s", path, strerror(errno));
	error = read_all(list, file, separator, size);
	if (!is_input)
		fclose(file);
	return error == 0 || refuse(why, "--files-from=%.512s: %s", path, strerror(error));
}

/*
 * Finds the names in the `size` bytes, the last of which is a separator; a NULL follows them. False: out of memory, or there
 * are too many.
 */
static bool
find_names(struct file_list *list, char separator, size_t size)
{
	size_t most = 0;

	for (size_t i = 0; i < size; i++)
		most += list->bytes[i] == separator;
	list->files = most < INT_MAX ? calloc(most + 1, sizeof *list->files) : NULL;
	if (list->files == NULL)
		return false;
	for (char *name = list->bytes, *end; name < list->bytes + size; name = end + 1) {
		end = memchr(name, separator, (size_t)(list->bytes + size - name));
		*end = '\0';
		if (end > name)
			list->files[list->count++] = name;
	}
	return true;
}

bool
file_list_read(struct file_list *list, const char *path, bool nul, char *why)
{
	const char separator = nul ? '\0' : '\n';
	size_t size = 0;

	if (!open_and_read(list, path, separator, &size, why))
		return false;
	if (!nul && memchr(list->bytes, '\0', size) != NULL)
		return refuse(why, "--files-from=%.512s has a NUL; -0 reads names that end in one", path);
	if (!find_names(list, separator, size))
		return refuse(why, "out of memory");
	if (list->count == 0)
		return refuse(why, "--files-from=%.512s names no file", path);
	for (char **file = list->files; *file != NULL && strcmp(path, "-") == 0; file++)
		if (strcmp(*file, "-") == 0)
			return refuse(why, "--files-from=- and a file '-' are both standard input");
	return true;
}

void
file_list_free(struct file_list *list)
{
	free(list->files);
	free(list->bytes);
	*list = (struct file_list){ NULL, NULL, 0 };
}
