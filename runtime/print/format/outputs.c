/*
 * outputs: a thread adds files to the whole only while no other thread works, so the list is read without a lock.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/outputs.h"

/* --- one file ------------------------------------------------------------------------------------------------- */

char *
outputs_path(const char *folder, const char *table, const char *ending)
{
	const size_t size = strlen(folder) + strlen(table) + strlen(ending) + sizeof "/.";
	char *path = malloc(size);

	if (path != NULL)
		snprintf(path, size, "%s/%s.%s", folder, table, ending);
	return path;
}

/* Opens the file for a table in the folder. 0, or an errno. */
static int
open_file(const struct outputs *o, struct output_file *file)
{
	/* every file has a table: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	char *path = outputs_path(o->place->path, file->table, o->ending);
	int failure;

	if (path == NULL)
		return ENOMEM;
	failure = output_open_in_folder(&file->output, o->place, path);
	free(path);
	return failure;
}

/* A new file that begins with `head`; NULL, and the failure is set. */
static struct output_file *
make_file(struct outputs *o, const char *table, const char *head, size_t size)
{
	const bool in_folder = o->place->folder;
	struct output_file *file = in_folder ? calloc(1, sizeof *file) : o->unused;

	o->failure = file == NULL ? ENOMEM : 0;
	if (o->failure == 0 && in_folder) {
		file->table = table;
		o->failure = open_file(o, file);
	}
	if (o->failure != 0) {
		if (in_folder)
			free(file);
		return NULL;
	}
	o->unused = NULL;
	file->table = table;
	file->head = size;
	writer_put(&file->output.writer, head, size);
	return file;
}

/* A file that is a part of `of`; NULL, and the failure is set. */
static struct output_file *
make_part(struct outputs *o, struct output_file *of)
{
	struct output_file *file = calloc(1, sizeof *file);

	if (file != NULL && writer_open_part(&file->output.writer, &of->output.writer, o->order) == 0) {
		file->table = of->table;
		return file;
	}
	o->failure = ENOMEM;
	free(file);
	return NULL;
}

/* --- all of them ---------------------------------------------------------------------------------------------- */

static struct output_file *
find(const struct outputs *o, const char *table)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->list[i]->table, table) == 0)
			return o->list[i];
	return NULL;
}

/* Makes the list longer by one entry. False, and the failure is set. */
static bool
reserve(struct outputs *o)
{
	struct output_file **list = realloc(o->list, (o->count + 1) * sizeof *list);

	if (list != NULL)
		o->list = list;
	else
		o->failure = ENOMEM;
	return list != NULL;
}

/* The whole's file for a table, made if there is none yet. NULL, and the failure is set if it failed. */
static struct output_file *
find_in_whole(struct outputs *part, const char *table, const char *head, size_t size)
{
	struct output_file *file = find(part->whole, table);

	if (file == NULL && part->order->wait(part->order->context)) {
		outputs_table(part->whole, table, head, size);
		file = find(part->whole, table);
		part->failure = part->whole->failure;
	}
	return file;
}

struct writer *
outputs_table(struct outputs *o, const char *table, const char *head, size_t size)
{
	struct output_file *file = find(o, table), *of = NULL;

	if (file != NULL)
		return &file->output.writer;
	if (o->whole != NULL && (of = find_in_whole(o, table, head, size)) == NULL)
		return NULL;
	if (!reserve(o))
		return NULL;
	file = of != NULL ? make_part(o, of) : make_file(o, table, head, size);
	if (file == NULL)
		return NULL;
	o->list[o->count++] = file;
	return &file->output.writer;
}

void
outputs_flush(struct outputs *o)
{
	for (size_t i = 0; i < o->count; i++)
		writer_flush(&o->list[i]->output.writer);
}

int
outputs_error(const struct outputs *o)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->list[i]->output.writer.error != 0)
			return o->list[i]->output.writer.error;
	return o->failure;
}

/* --- the beginning -------------------------------------------------------------------------------------------- */

/* Opens the one file. 0, or an errno. */
static int
open_one(struct outputs *o, bool by_table)
{
	struct output_file *file = calloc(1, sizeof *file);
	int failure = file == NULL || !reserve(o) ? ENOMEM : 0;

	if (failure == 0)
		failure = output_open(&file->output, o->place);
	if (failure != 0) {
		free(file);
		free(o->list);
		o->list = NULL;
		return failure;
	}
	file->table = "";
	if (by_table)
		o->unused = file;
	else
		o->list[o->count++] = file;
	return 0;
}

/* Opens the folder, which is made if it is not there. 0, or an errno. */
static int
open_folder(struct outputs *o)
{
	const char *path = o->place->path;
	sigset_t before;
	int failure = 0;

	unfinished_lock(&before);
	if (mkdir(path, 0777) == 0)
		unfinished_add(&o->made_folder, path, true);
	else if (errno != EEXIST)
		failure = errno;
	unfinished_unlock(&before);
	if (failure == 0)
		o->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (failure == 0 && o->made_folder.path != NULL)
		o->parent = output_open_folder(path);
	return failure;
}

int
outputs_open(struct outputs *o, const struct output_place *place, bool by_table, const char *ending)
{
	*o = (struct outputs){ .place = place, .ending = ending, .folder = -1, .parent = -1 };
	return place->folder ? open_folder(o) : open_one(o, by_table);
}

int
outputs_open_part(struct outputs *o, struct outputs *whole, struct writer_order *order)
{
	*o = (struct outputs){ .place = whole->place, .folder = -1, .parent = -1, .whole = whole, .order = order };
	if (find(whole, "") == NULL || outputs_table(o, "", "", 0) != NULL)
		return 0;
	free(o->list);
	return o->failure;
}

/* --- parts ---------------------------------------------------------------------------------------------------- */

void
outputs_append(struct outputs *part)
{
	for (size_t i = 0; i < part->count; i++)
		writer_append(&part->list[i]->output.writer);
}

void
outputs_discard(struct outputs *part)
{
	for (size_t i = 0; i < part->count; i++)
		writer_discard(&part->list[i]->output.writer);
}

void
outputs_free_part(struct outputs *part)
{
	for (size_t i = 0; i < part->count; i++) {
		writer_close(&part->list[i]->output.writer);
		free(part->list[i]);
	}
	free(part->list);
}

/* --- the end -------------------------------------------------------------------------------------------------- */

/* Whether a file, which has been flushed, gets no name, because it has no rows. */
static bool
is_left_out(const struct outputs *o, const struct output_file *file)
{
	return o->place->names != NULL && file->output.writer.flushed == file->head;
}

/* 0, or an errno. */
static int
name_one(const struct outputs *o, struct output_file *file)
{
	const struct output_names *names = o->place->names;
	char *path;
	int error = 0;

	if (is_left_out(o, file))
		return 0;
	if (names != NULL) {
		path = names->find(names->context, file->table, o->ending);
		error = path != NULL ? output_move(&file->output, path) : errno;
	}
	return error == 0 ? output_name(&file->output) : error;
}

/* Names all files, or none, and closes what was opened for that. 0, or an errno. The list of names is locked. */
static int
name_all(struct outputs *o, bool keep)
{
	int failure = 0;

	for (size_t i = 0; i < o->count && keep && failure == 0; i++)
		failure = name_one(o, o->list[i]);
	if (keep && failure == 0 && o->folder >= 0)
		failure = output_sync(o->folder);
	if (keep && failure == 0 && o->parent >= 0)
		failure = output_sync(o->parent);
	if (o->folder >= 0)
		close(o->folder);
	if (o->parent >= 0)
		close(o->parent);
	return failure;
}

int
outputs_finish(struct outputs *o, bool keep)
{
	int failure = outputs_error(o), closing;
	sigset_t before;

	for (size_t i = 0; i < o->count; i++) {
		writer_flush(
		    &o->list[i]->output.writer); /* so that it is known which files are left out, and need no sync */
		closing = output_end(&o->list[i]->output, keep && failure == 0 && !is_left_out(o, o->list[i]));
		if (failure == 0)
			failure = closing;
	}
	unfinished_lock(&before);
	closing = name_all(o, keep && failure == 0);
	if (failure == 0)
		failure = closing;
	for (size_t i = 0; i < o->count; i++) {
		output_release(&o->list[i]->output, keep && failure == 0 && !is_left_out(o, o->list[i]));
		free(o->list[i]);
	}
	if (o->made_folder.path != NULL && !(keep && failure == 0))
		rmdir(o->place->path);
	unfinished_remove(&o->made_folder);
	unfinished_unlock(&before);
	if (o->unused != NULL) /* no table has come */
		output_finish(&o->unused->output, false);
	free(o->unused);
	free(o->list);
	return failure;
}
