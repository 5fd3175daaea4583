/*
 * inputs_expand: replaces folders by the files in them.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/folder.h"
#include "atopdump/dump/inputs.h"

/* The list that is made. */
struct expansion {
	struct inputs made;
	size_t room;
	struct inputs_folder *folder; /* being read; NULL: none */
	const struct inputs_report *report;
};

/* Adds a file of the current folder, or a path that is named. False: out of memory, or there are too many. */
static bool
add(struct expansion *e, char *path)
{
	struct inputs *in = &e->made;

	if ((size_t)in->count == e->room) {
		const size_t room = 2 * e->room;
		char **paths = room < INT_MAX ? realloc(in->paths, room * sizeof *paths) : NULL;
		int *folder_of;

		if (paths == NULL)
			return false;
		in->paths = paths;
		folder_of = realloc(in->folder_of, room * sizeof *folder_of);
		if (folder_of == NULL)
			return false;
		in->folder_of = folder_of;
		e->room = room;
	}
	in->paths[in->count] = path;
	in->folder_of[in->count++] = e->folder != NULL ? in->nfolders : 0;
	return true;
}

static bool
add_found(void *context, char *path)
{
	if (add(context, path))
		return true;
	free(path);
	return false;
}

static void
count_passed(void *context, const char *path, const char *why)
{
	struct expansion *e = context;

	e->folder->passed++;
	if (e->report->passed != NULL)
		e->report->passed(path, why);
	if (e->report->skip != NULL)
		e->report->skip(e->report->context, path, why);
}

static void
count_failure(void *context, const char *path, int error)
{
	struct expansion *e = context;

	e->folder->answers = true;
	e->made.result = RAWLOG_FAILED;
	e->report->failed(path, strerror(error));
}

/* Adds the files in the folder at `path`. */
static bool
add_folder(struct expansion *e, const char *path, const struct stat *avoided)
{
	const struct folder_visitor visitor = { add_found, count_passed, count_failure, e, avoided };
	bool ok;

	e->folder = &e->made.folders[e->made.nfolders++];
	*e->folder = (struct inputs_folder){ .path = path };
	ok = folder_visit(path, &visitor);
	e->folder->end = e->made.count;
	e->folder = NULL;
	e->made.several = true;
	return ok;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* How many of the paths are folders. */
static size_t
count_folders(const struct inputs *in)
{
	size_t n = 0;

	for (int i = 0; i < in->count; i++)
		n += is_folder(in->paths[i]);
	return n;
}

bool
inputs_expand(struct inputs *in, const struct stat *avoided, const struct inputs_report *report)
{
	struct expansion e = { .made = { .several = in->several, .expanded = true },
		.room = (size_t)in->count + 1,
		.report = report };
	const size_t nfolders = count_folders(in);
	bool ok;

	if (nfolders == 0)
		return true;
	e.made.paths = calloc(e.room, sizeof *e.made.paths);
	e.made.folder_of = calloc(e.room, sizeof *e.made.folder_of);
	e.made.folders = calloc(nfolders, sizeof *e.made.folders);
	ok = e.made.paths != NULL && e.made.folder_of != NULL && e.made.folders != NULL;
	for (int i = 0; i < in->count && ok; i++)
		if (is_folder(in->paths[i]) && (size_t)e.made.nfolders < nfolders)
			ok = add_folder(&e, in->paths[i], avoided);
		else
			ok = add(&e, in->paths[i]);
	*in = e.made; /* inputs_close frees it, whole or not */
	return ok;
}

struct inputs_folder *
inputs_folder_of(const struct inputs *in, int i)
{
	return in->folder_of == NULL || in->folder_of[i] == 0 ? NULL : &in->folders[in->folder_of[i] - 1];
}
