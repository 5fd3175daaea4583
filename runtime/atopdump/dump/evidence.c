/*
 * evidence: compares files by device and inode, not by name.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/dump/evidence.h"
#include "print/query/word_set.h"

#define FOLDER_MAX 4096 /* bytes of a path that is looked at */

struct check {
	const struct inputs *in;
	const struct output_place *place;
	const struct format *format;
	const struct word_set *tables;
	void (*report)(const char *path, const char *text);
};

/* Whether a standard descriptor, which was open already, leads to one of the inputs. */
static bool
leads_to_input(const struct check *c, int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && inputs_have(c->in, &st);
}

/* Whether a file may be written at `path`. */
static bool
is_spared(const struct check *c, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		if (errno == ENOENT && (c->place->force || (lstat(path, &st) < 0 && errno == ENOENT)))
			return true;
		if (errno != ENOENT) {
			c->report(path, strerror(errno));
			return false;
		}
	} else if (inputs_have(c->in, &st)) {
		c->report(path, "is one of the files to read; nothing is written");
		return false;
	} else if (!S_ISREG(st.st_mode) || c->place->force) {
		return true;
	}
	c->report(path, "exists already; nothing is written. --force replaces it");
	return false;
}

static bool
is_table_spared(const struct check *c, const char *name)
{
	char *path = outputs_path(c->place->path, name, c->format->ending);
	bool spared;

	if (path == NULL) {
		c->report(c->place->path, strerror(ENOMEM));
		return false;
	}
	spared = is_spared(c, path);
	free(path);
	return spared;
}

/* The same for each file that the run may write in the folder. */
static bool
is_folder_spared(const struct check *c)
{
	const struct word_set *asked = c->tables;
	struct word_set all = { NULL, 0 };
	bool spared = asked->count > 0 || c->format->add_words(&all);

	if (!spared)
		c->report(c->place->path, strerror(ENOMEM));
	if (asked->count == 0)
		asked = &all;
	for (size_t i = 0; i < asked->count && spared; i++)
		spared = is_table_spared(c, asked->words[i]);
	word_set_free(&all);
	return spared;
}

bool
evidence_is_spared(const struct inputs *in, const struct output_place *place, const struct format *format,
    const struct word_set *tables, void (*report)(const char *path, const char *text))
{
	const struct check c = { in, place, format, tables, report };

	if (leads_to_input(&c, STDERR_FILENO))
		return false;
	if (place->folder)
		return is_folder_spared(&c);
	if (place->path != NULL)
		return is_spared(&c, place->path);
	if (!leads_to_input(&c, STDOUT_FILENO))
		return true;
	report("standard output", "is one of the files to read; nothing is written");
	return false;
}

/* --- a manifest beside the output ------------------------------------------------------------------------------- */

/* The name in the path's last folder. */
static const char *
name_in(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Writes the path of the folder that `path` is in. False: it is too long, as is every path in it. */
static bool
find_folder(const char *path, char folder[FOLDER_MAX])
{
	const size_t size = (size_t)(name_in(path) - path);

	if (size + sizeof "." > FOLDER_MAX)
		return false;
	memcpy(folder, path, size);
	memcpy(folder + size, ".", sizeof "."); /* "a/b/.", or "." */
	return true;
}

static bool
is_one(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether both paths are, or will be, of one file. */
static bool
are_same(const char *a, const char *b)
{
	char of_a[FOLDER_MAX], of_b[FOLDER_MAX];
	struct stat x, y;

	if (stat(a, &x) == 0 && stat(b, &y) == 0)
		return is_one(&x, &y);
	return strcmp(name_in(a), name_in(b)) == 0 && find_folder(a, of_a) && find_folder(b, of_b) &&
	    stat(of_a, &x) == 0 && stat(of_b, &y) == 0 && is_one(&x, &y);
}

/* Whether the path is in the folder `tree`, or in a folder below it. */
static bool
is_below(const char *path, const char *tree)
{
	char folder[FOLDER_MAX];
	struct stat root, at, before = { .st_ino = 0 };
	size_t size;

	if (stat(tree, &root) < 0 || !find_folder(path, folder))
		return false;
	for (; stat(folder, &at) == 0 && !is_one(&at, &before); before = at) {
		if (is_one(&at, &root))
			return true;
		size = strlen(folder);
		if (size + sizeof "/.." > FOLDER_MAX)
			return false;
		memcpy(folder + size, "/..", sizeof "/..");
	}
	return false;
}

/* Whether the path is of a table's file in the folder of the output. */
static bool
is_table(const struct check *c, const char *path)
{
	const struct word_set *tables = c->tables;
	struct word_set all = { NULL, 0 };
	bool found = tables->count == 0 && !c->format->add_words(&all); /* without memory the answer is yes */

	if (tables->count == 0)
		tables = &all;
	for (size_t i = 0; i < tables->count && !found; i++) {
		char *file = outputs_path(c->place->path, tables->words[i], c->format->ending);

		found = file == NULL || are_same(file, path);
		free(file);
	}
	word_set_free(&all);
	return found;
}

bool
evidence_spares_manifest(const struct inputs *in, const struct output_place *place, const struct format *format,
    const struct word_set *tables, const char *path, void (*report)(const char *path, const char *text))
{
	const struct output_place own = { .path = path, .force = place->force };
	const struct check c = { in, place, format, tables, report }, alone = { in, &own, format, tables, report };
	struct stat out, st;
	bool shared;

	if (!is_spared(&alone, path))
		return false;
	if (place->path == NULL)
		shared = stat(path, &st) == 0 && S_ISREG(st.st_mode) && fstat(STDOUT_FILENO, &out) == 0 &&
		    is_one(&out, &st);
	else if (!place->folder)
		shared = are_same(path, place->path);
	else
		shared = format != NULL ? is_table(&c, path) : is_below(path, place->path);
	if (shared)
		report(path, "is a place of the output; the manifest needs one of its own");
	return !shared;
}

bool
evidence_can_be_partitioned(const struct inputs *in, void (*report)(const char *path, const char *text))
{
	const struct check c = { .in = in };

	if (leads_to_input(&c, STDERR_FILENO))
		return false;
	for (int i = 0; i < in->count; i++)
		if (inputs_is_special(in, i)) {
			report(in->paths[i], "is not a regular file; --partition reads each FILE twice");
			return false;
		}
	return true;
}
