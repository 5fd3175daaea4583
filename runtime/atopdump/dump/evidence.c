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
