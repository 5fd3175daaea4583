/*
 * folder: reads the names of one folder, sorts them, and goes down into each subfolder before the next name.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atopdump/dump/folder.h"
#include "rawlog/rawlog.h"

struct names {
	char **names;
	size_t count, room;
};

static bool visit(const char *path, int flags, const struct folder_visitor *v);

static void
free_names(struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->names[i]);
	free(n->names);
}

/* Adds a copy of `name`. False: out of memory. */
static bool
add_name(struct names *n, const char *name)
{
	if (n->count == n->room) {
		const size_t room = n->room > 0 ? 2 * n->room : 16;
		char **names = realloc(n->names, room * sizeof *names);

		if (names == NULL)
			return false;
		n->names = names;
		n->room = room;
	}
	n->names[n->count] = strdup(name);
	return n->names[n->count] != NULL && ++n->count > 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Reads the names in an open folder, and sorts them. 0, or an errno. */
static int
read_names(struct names *n, DIR *folder)
{
	const struct dirent *entry;

	while (errno = 0, (entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && !add_name(n, entry->d_name))
			return ENOMEM;
	if (errno != 0)
		return errno;
	if (n->count > 0)
		qsort(n->names, n->count, sizeof *n->names, compare);
	return 0;
}

/* The same for the folder at `path`, opened with further `flags` of open(2). */
static int
list(struct names *n, const char *path, int flags)
{
	const int fd = rawlog_descriptor(path, O_DIRECTORY | flags);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	int error;

	if (fd < 0)
		return -fd;
	if (folder == NULL) {
		error = errno;
		close(fd);
		return error;
	}
	error = read_names(n, folder);
	closedir(folder);
	return error;
}

/* "FOLDER/NAME", the caller's; NULL: out of memory. */
static char *
join(const char *folder, const char *name)
{
	const size_t length = strlen(folder), size = length + strlen("/") + strlen(name) + 1;
	char *path = malloc(size);

	if (path != NULL)
		snprintf(path, size, "%s%s%s", folder, length > 0 && folder[length - 1] != '/' ? "/" : "", name);
	return path;
}

/* Why what `st` describes, reached through a link or directly, cannot be a log; NULL: it can. */
static const char *
find_reason(const struct stat *st, bool linked)
{
	if (S_ISDIR(st->st_mode) && linked)
		return "a symbolic link to a folder";
	if (!S_ISREG(st->st_mode))
		return "not a regular file";
	return st->st_size == 0 ? "it is empty" : NULL;
}

static bool
is_avoided(const struct folder_visitor *v, const struct stat *st)
{
	return v->avoided != NULL && v->avoided->st_dev == st->st_dev && v->avoided->st_ino == st->st_ino;
}

/* Visits the entry at `path`, which this frees or hands on. False: out of memory. */
static bool
visit_entry(char *path, const struct folder_visitor *v)
{
	const char *why = NULL;
	bool linked, found, ok = true;
	struct stat st;

	found = lstat(path, &st) == 0;
	linked = found && S_ISLNK(st.st_mode);
	if (linked && stat(path, &st) < 0)
		why = "a symbolic link to nothing";
	else if (found && S_ISDIR(st.st_mode) && !linked)
		why = is_avoided(v, &st) ? "the output goes there" : NULL;
	else if (found)
		why = find_reason(&st, linked);
	if (!found)
		v->failed(v->context, path, errno);
	else if (why != NULL)
		v->passed(v->context, path, why);
	else if (S_ISDIR(st.st_mode))
		ok = visit(path, O_NOFOLLOW, v);
	else
		return v->file(v->context, path);
	free(path);
	return ok;
}

static bool
visit(const char *path, int flags, const struct folder_visitor *v)
{
	struct names n = { NULL, 0, 0 };
	const int error = list(&n, path, flags);
	bool ok = error != ENOMEM;
	char *inner;

	if (ok && error != 0)
		v->failed(v->context, path, error);
	for (size_t i = 0; i < n.count && ok; i++) {
		inner = join(path, n.names[i]);
		ok = inner != NULL && visit_entry(inner, v);
	}
	free_names(&n);
	return ok;
}

bool
folder_visit(const char *path, const struct folder_visitor *visitor)
{
	return visit(path, 0, visitor);
}
