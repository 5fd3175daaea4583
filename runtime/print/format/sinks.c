/*
 * sinks: see sinks.h.
 *
 * Sinks of the trunk are added by one thread only, and while no other is at work; so that the list can be looked at
 * without a lock. The sink of damage, which is added by whoever finds some, is therefore not in it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/sinks.h"

/* Opens the place that all goes to. 0, or an errno. */
static int
open_place(struct sinks *s)
{
	int failure;

	s->place = calloc(1, sizeof *s->place);
	if (s->place == NULL)
		return ENOMEM;
	failure = output_open(&s->place->output, s->options->path, s->options->force);
	if (failure != 0) {
		free(s->place);
		s->place = NULL;
	}
	return failure;
}

int
sinks_open(struct sinks *s, const struct dump_options *options)
{
	const char *path = options->path;
	sigset_t before;
	int failure = 0;

	*s = (struct sinks){.options = options, .folder = -1, .parent = -1};
	if (!options->folder)
		return open_place(s);
	unfinished_lock(&before);
	if (mkdir(path, 0777) == 0)
		unfinished_add(&s->made_folder, path, true);
	else if (errno != EEXIST)
		failure = errno;
	unfinished_unlock(&before);
	if (failure == 0)
		s->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (failure == 0 && s->made_folder.path != NULL)
		s->parent = output_open_folder(path);
	return failure;
}

void
sinks_branch(struct sinks *s, struct sinks *trunk, struct writer_turn *turn)
{
	*s = (struct sinks){.options = trunk->options, .folder = -1, .parent = -1, .trunk = trunk, .turn = turn};
}

/* --- one sink ----------------------------------------------------------------------------------------------- */

char *
sinks_path(const char *folder, const char *name)
{
	const size_t size = strlen(folder) + strlen(name) + sizeof "/.csv";
	char *path = malloc(size);

	if (path != NULL)
		snprintf(path, size, "%s/%s.csv", folder, name);
	return path;
}

/* Opens the file for a table in the folder. 0, or an errno. */
static int
open_sink(const struct dump_options *options, struct sink *sink)
{
	/* every sink has a name: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	char *path = sinks_path(options->path, sink->name);
	int failure;

	if (path == NULL)
		return ENOMEM;
	failure = output_open_in_folder(&sink->output, path, options->force);
	free(path);
	return failure;
}

static void
put_header_row(const struct dump_options *options, const char *first, struct sink *sink)
{
	struct writer *out = &sink->output.writer;

	if (options->several)
		writer_put(out, "file,", strlen("file,"));
	writer_put(out, first, strlen(first));
	writer_put(out, sink->columns, strlen(sink->columns));
	writer_put(out, "\r\n", 2);
}

static void
free_sink(struct sink *sink)
{
	if (sink != NULL)
		free(sink->columns);
	free(sink);
}

/* A new sink with its header row; NULL, and the failure is set. */
static struct sink *
make_sink(struct sinks *s, const char *name, const char *first, const char *columns)
{
	const bool in_folder = s->options->folder;
	struct sink *sink = in_folder ? calloc(1, sizeof *sink) : s->place;
	char *text = strdup(columns);

	s->failure = sink == NULL || text == NULL ? ENOMEM : 0;
	if (s->failure == 0 && in_folder) {
		sink->name = name;
		s->failure = open_sink(s->options, sink);
	}
	if (s->failure != 0) {
		free(text);
		if (in_folder)
			free_sink(sink);
		return NULL;
	}
	s->place = NULL;
	sink->name = name;
	sink->columns = text;
	put_header_row(s->options, first, sink);
	return sink;
}

/* A new sink that is a branch of `of`; NULL, and the failure is set. */
static struct sink *
branch_sink(struct sinks *s, struct sink *of)
{
	struct sink *sink = calloc(1, sizeof *sink);

	if (sink != NULL && writer_branch(&sink->output.writer, &of->output.writer, s->turn) == 0) {
		sink->name = of->name;
		return sink;
	}
	s->failure = ENOMEM;
	free(sink);
	return NULL;
}

/* --- all of them -------------------------------------------------------------------------------------------- */

/* The sinks of the list, and that of damage if there is one. */
static size_t
count_all(const struct sinks *s)
{
	return s->count + (s->damage != NULL ? 1 : 0);
}

static struct sink *
sink_at(const struct sinks *s, size_t i)
{
	return i < s->count ? s->list[i] : s->damage;
}

static struct sink *
find(const struct sinks *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->list[i]->name, name) == 0)
			return s->list[i];
	return NULL;
}

const char *
sinks_columns(const struct sinks *s, const char *name)
{
	const struct sink *sink = find(s->trunk != NULL ? s->trunk : s, name);

	return sink != NULL ? sink->columns : NULL;
}

/* Has room for one sink more. False, and the failure is set. */
static bool
reserve(struct sinks *s)
{
	struct sink **list = realloc(s->list, (s->count + 1) * sizeof *list);

	if (list != NULL)
		s->list = list;
	else
		s->failure = ENOMEM;
	return list != NULL;
}

/* The trunk's sink that one of the branch is to be a branch of. */
static struct sink *
find_in_trunk(struct sinks *s, const char *name, const char *first, const char *columns)
{
	struct sink *sink = find(s->trunk, name);

	if (sink == NULL && s->turn->wait(s->turn->context)) {
		sink = sinks_get(s->trunk, name, first, columns);
		s->failure = s->trunk->failure;
	}
	return sink;
}

struct sink *
sinks_get(struct sinks *s, const char *name, const char *first, const char *columns)
{
	struct sink *sink = find(s, name), *of = NULL;

	if (sink != NULL)
		return sink;
	if (s->trunk != NULL && (of = find_in_trunk(s, name, first, columns)) == NULL)
		return NULL;
	if (!reserve(s))
		return NULL;
	sink = of != NULL ? branch_sink(s, of) : make_sink(s, name, first, columns);
	if (sink != NULL)
		s->list[s->count++] = sink;
	return sink;
}

struct sink *
sinks_get_damage(struct sinks *s, const char *first)
{
	struct sinks *trunk = s->trunk != NULL ? s->trunk : s;

	if (trunk->damage == NULL)
		trunk->damage = make_sink(trunk, SINKS_DAMAGE, first, "");
	return trunk->damage;
}

void
sinks_flush(struct sinks *s)
{
	for (size_t i = 0; i < count_all(s); i++)
		writer_flush(&sink_at(s, i)->output.writer);
}

int
sinks_error(const struct sinks *s)
{
	for (size_t i = 0; i < count_all(s); i++)
		if (sink_at(s, i)->output.writer.error != 0)
			return sink_at(s, i)->output.writer.error;
	return s->failure;
}

/* --- branches ----------------------------------------------------------------------------------------------- */

void
sinks_join(struct sinks *branch)
{
	for (size_t i = 0; i < branch->count; i++)
		writer_join(&branch->list[i]->output.writer);
}

void
sinks_drop(struct sinks *branch)
{
	for (size_t i = 0; i < branch->count; i++)
		writer_drop(&branch->list[i]->output.writer);
}

void
sinks_prune(struct sinks *branch)
{
	for (size_t i = 0; i < branch->count; i++) {
		writer_close(&branch->list[i]->output.writer);
		free_sink(branch->list[i]);
	}
	free(branch->list);
}

/* --- the end ------------------------------------------------------------------------------------------------ */

/* Names all files, or none, and closes what was opened for that. 0, or an errno. The list of names is locked. */
static int
name_all(struct sinks *s, bool keep)
{
	int failure = 0;

	for (size_t i = 0; i < count_all(s) && keep && failure == 0; i++)
		failure = output_name(&sink_at(s, i)->output);
	if (keep && failure == 0 && s->folder >= 0)
		failure = output_sync(s->folder);
	if (keep && failure == 0 && s->parent >= 0)
		failure = output_sync(s->parent);
	if (s->folder >= 0)
		close(s->folder);
	if (s->parent >= 0)
		close(s->parent);
	return failure;
}

int
sinks_finish(struct sinks *s, bool keep)
{
	int failure = sinks_error(s), closing;
	sigset_t before;
	size_t i;

	for (i = 0; i < count_all(s); i++) {
		closing = output_end(&sink_at(s, i)->output, keep && failure == 0);
		if (failure == 0)
			failure = closing;
	}
	unfinished_lock(&before);
	closing = name_all(s, keep && failure == 0);
	if (failure == 0)
		failure = closing;
	for (i = 0; i < count_all(s); i++) {
		output_release(&sink_at(s, i)->output, keep && failure == 0);
		free_sink(sink_at(s, i));
	}
	if (s->made_folder.path != NULL && !(keep && failure == 0))
		rmdir(s->options->path);
	unfinished_remove(&s->made_folder);
	unfinished_unlock(&before);
	if (s->place != NULL)			/* no table has come */
		output_finish(&s->place->output, false);
	free(s->place);
	free(s->list);
	return failure;
}
