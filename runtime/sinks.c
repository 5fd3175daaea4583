/*
 * sinks: see sinks.h.
 *
 * Sinks of the trunk are added by one thread only, and while no other is at work; so that the list can be looked at
 * without a lock. The sink of damage, which is added by whoever finds some, is therefore not in it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sinks.h"

#define DAMAGE_TABLE	"damage"

int
sinks_open(struct sinks *s, const struct dump_options *options)
{
	*s = (struct sinks){.options = options};
	if (!options->folder)
		return 0;
	if (mkdir(options->path, 0777) == 0)
		s->made_folder = true;
	else if (errno != EEXIST)
		return errno;
	return 0;
}

void
sinks_branch(struct sinks *s, struct sinks *trunk, struct writer_turn *turn)
{
	*s = (struct sinks){.options = trunk->options, .trunk = trunk, .turn = turn};
}

/* --- one sink ----------------------------------------------------------------------------------------------- */

/* Opens the place for a table in `sink`. 0, or an errno. */
static int
open_sink(const struct dump_options *options, struct sink *sink)
{
	size_t size;
	char *path;
	int failure;

	if (!options->folder)
		return output_open(&sink->output, options->path);
	/* every sink has a name: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	size = strlen(options->path) + strlen(sink->name) + sizeof "/.csv";
	path = malloc(size);
	if (path == NULL)
		return ENOMEM;
	snprintf(path, size, "%s/%s.csv", options->path, sink->name);
	failure = output_open(&sink->output, path);
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
	struct sink *sink = calloc(1, sizeof *sink);

	if (sink != NULL)
		sink->columns = strdup(columns);
	if (sink == NULL || sink->columns == NULL) {
		s->failure = ENOMEM;
		free_sink(sink);
		return NULL;
	}
	sink->name = name;
	s->failure = open_sink(s->options, sink);
	if (s->failure != 0) {
		free_sink(sink);
		return NULL;
	}
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
		trunk->damage = make_sink(trunk, DAMAGE_TABLE, first, "");
	return trunk->damage;
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

int
sinks_finish(struct sinks *s, bool keep)
{
	int failure = sinks_error(s), closing;
	size_t i;

	for (i = 0; i < count_all(s); i++) {
		closing = output_end(&sink_at(s, i)->output);
		if (failure == 0)
			failure = closing;
	}
	for (i = 0; i < count_all(s) && keep && failure == 0; i++)
		failure = output_name(&sink_at(s, i)->output);
	for (i = 0; i < count_all(s); i++) {
		output_release(&sink_at(s, i)->output, keep && failure == 0);
		free_sink(sink_at(s, i));
	}
	if (s->made_folder && !(keep && failure == 0))
		rmdir(s->options->path);
	free(s->list);
	return failure;
}
