/*
 * survey: a format that counts rows. A log becomes JSON when the next one begins, or the file ends.
 */
#include "atopdump/report/survey.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"
#include "atopdump/report/survey_list.h"
#include "print/format/formatter.h"
#include "rawlog/catalog/catalog.h"

#define TASKS "tstat" /* the role of the structs that are tasks */

struct survey {
	struct formatter formatter;
	const struct survey_file *file;
	const struct survey_options *options;
	struct json_out *json;                  /* the array of logs is open in it */
	struct survey_list damage, gaps, notes; /* of the current log */
	struct survey_list outside;             /* damage that is in no log */
	struct survey_list unread;              /* members that are no logs */
	bool inside;                            /* a log has begun */
	char *path;                             /* of the current log */
	uint64_t part;
	const char *release, *model, *order;
	uint64_t samples, tasks, offset;
	int64_t first, last; /* the times of its samples */
	bool passed;         /* the file */
	char *reason;        /* why it is not read; NULL: it is */
	int error;           /* the errno of the first failure; 0 */
};

static struct survey *
of(struct formatter *f)
{
	return (struct survey *)f;
}

/* Notes that memory was short. */
static void
fail(struct survey *s)
{
	if (s->error == 0)
		s->error = ENOMEM;
}

static void
put_list(struct survey *s, struct survey_list *list, const char *key)
{
	if (!survey_list_put(list, s->json, key))
		fail(s);
}

/* --- the current log ------------------------------------------------------------------------------------------ */

/* What follows the path of the file in that of a member; NULL: it is the file. */
static const char *
member_of(const struct survey *s, const char *path)
{
	const size_t length = strlen(s->file->path);

	return strncmp(path, s->file->path, length) == 0 && path[length] == ':' ? path + length + 1 : NULL;
}

static void
put_member(struct json_out *j, const char *member)
{
	if (member != NULL)
		json_bytes(j, "member", member, strlen(member));
	else
		json_null(j, "member");
}

/* Writes the log that ends. */
static void
end_log(struct survey *s)
{
	struct json_out *j = s->json;

	if (!s->inside)
		return;
	json_open_object(j, NULL);
	put_member(j, member_of(s, s->path));
	json_natural(j, "part", s->part);
	json_text(j, "release", s->release);
	json_text(j, "model", s->model);
	json_text(j, "order", s->order);
	json_natural(j, "samples", s->samples);
	json_natural(j, "tasks", s->tasks);
	if (s->samples > 0) {
		json_natural(j, "offset", s->offset);
		json_time(j, "first", s->first);
		json_time(j, "last", s->last);
	} else {
		json_null(j, "offset");
		json_null(j, "first");
		json_null(j, "last");
	}
	put_list(s, &s->damage, "damage");
	put_list(s, &s->gaps, "gaps");
	put_list(s, &s->notes, "notes");
	json_close_object(j);
	s->inside = false;
}

/* Whether the log that begins is the current one, which goes on as one of another release. */
static bool
is_same(const struct survey *s, const struct format_log *log)
{
	return s->inside && !s->options->carves && log->part == s->part && strcmp(log->file, s->path) == 0;
}

static bool
begin_survey(struct formatter *f, const struct format_log *log, char *why)
{
	struct survey *s = of(f);

	if (is_same(s, log))
		return true;
	end_log(s);
	free(s->path);
	s->path = strdup(log->file);
	if (s->path == NULL) {
		fail(s);
		snprintf(why, FORMAT_WHY_MAX, "%s", strerror(ENOMEM));
		return false;
	}
	s->inside = true;
	s->part = log->part;
	s->release = log->release->version;
	s->model = log->model;
	s->order = log->order == ORDER_BIG ? "big" : "little";
	s->samples = s->tasks = 0;
	return true;
}

static bool
shows_survey(const struct formatter *f, const struct catalog_struct *s)
{
	(void)f, (void)s;
	return true;
}

static void
row_survey(struct formatter *f, const struct row *row)
{
	struct survey *s = of(f);

	if (row->sample == NULL)
		return;
	if (strcmp(row->of->role, TASKS) == 0)
		s->tasks++;
	if (strcmp(row->of->role, "rawrecord") != 0)
		return;
	if (s->samples++ == 0) {
		s->offset = row->sample->offset;
		s->first = row->sample->time;
	}
	s->last = row->sample->time;
}

/* --- what is reported ----------------------------------------------------------------------------------------- */

static void
damage_survey(struct formatter *f, const struct rawlog_damage *damage)
{
	struct survey *s = of(f);

	survey_list_damage(s->inside ? &s->damage : &s->outside, damage, NULL);
}

static void
file_damage_survey(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	survey_list_damage(&of(f)->outside, damage, member_of(of(f), path));
}

static void
gap_survey(struct formatter *f, const struct rawlog_damage *gap)
{
	survey_list_gap(&of(f)->gaps, gap);
}

static void
note_survey(struct formatter *f, const struct format_note *note)
{
	survey_list_note(&of(f)->notes, note);
}

/* Gets why something is not read: the file, or a member of it. */
static void
hear(void *context, const char *path, bool passed, int error, const char *why)
{
	struct survey *s = context;
	const char *member = member_of(s, path);

	if (s->error == 0)
		s->error = error;
	if (member != NULL) {
		survey_list_unread(&s->unread, member, passed, why);
		return;
	}
	s->passed = passed;
	free(s->reason);
	s->reason = strdup(why);
	if (s->reason == NULL)
		fail(s);
}

static void
ignore(const char *path, const char *text)
{
	(void)path, (void)text;
}

/* --- the file ------------------------------------------------------------------------------------------------- */

static int
open_survey(struct formatter *f)
{
	struct survey *s = of(f);
	struct survey_list *const lists[] = { &s->damage, &s->gaps, &s->notes, &s->outside, &s->unread };

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (!survey_list_open(lists[i])) {
			while (i-- > 0)
				survey_list_close(lists[i]);
			return ENOMEM;
		}
	return 0;
}

static void
close_survey(struct formatter *f)
{
	struct survey *s = of(f);

	survey_list_close(&s->damage);
	survey_list_close(&s->gaps);
	survey_list_close(&s->notes);
	survey_list_close(&s->outside);
	survey_list_close(&s->unread);
	free(s->path);
	free(s->reason);
}

static const struct format survey_format = {
	.name = "survey",
	.summary = "what a file holds",
	.size = sizeof(struct survey),
	.groups = true,
	.unverified = true,
	.open = open_survey,
	.close = close_survey,
	.begin = begin_survey,
	.shows = shows_survey,
	.row = row_survey,
	.damage = damage_survey,
	.file_damage = file_damage_survey,
	.gap = gap_survey,
	.note = note_survey,
};

static const char *
word_of(const struct survey *s, enum rawlog_result result)
{
	if (s->passed)
		return "passed over";
	switch (result) {
	case RAWLOG_OK: return "ok";
	case RAWLOG_DAMAGED: return "damaged";
	default: return "refused";
	}
}

/* Has the file read. */
static enum rawlog_result
read_file(struct survey *s)
{
	const struct dump_listener listener = { hear, s };
	struct dump_options options = { .jobs = 1,
		.carve = s->options->carves,
		.layout = s->options->layout,
		.listener = &listener };
	char *paths[] = { strdup(s->file->path) };
	int fds[] = { s->file->fd }, folder_of[] = { s->file->found };
	struct inputs_folder folder = { .path = s->file->path, .end = 1, .answers = true };
	struct inputs in = { .paths = paths,
		.count = 1,
		.fds = fds,
		.nopened = 1,
		.folders = &folder,
		.nfolders = s->file->found,
		.folder_of = folder_of,
		.watch = s->file->watch };
	enum rawlog_result result = RAWLOG_FAILED;

	if (paths[0] != NULL)
		result = dump_logs(&s->formatter, &options, &in, ignore);
	else
		close(s->file->fd);
	if (paths[0] == NULL)
		fail(s);
	free(paths[0]);
	return result;
}

/* Reads the file, and writes what is found to `j`. 0, or an errno. */
static int
write_findings(struct survey *s, struct json_out *j)
{
	enum rawlog_result result;

	s->json = j;
	survey_list_place(&s->damage, j->depth + 3);
	survey_list_place(&s->gaps, j->depth + 3);
	survey_list_place(&s->notes, j->depth + 3);
	survey_list_place(&s->outside, j->depth + 1);
	survey_list_place(&s->unread, j->depth + 1);
	json_open_array(j, "logs");
	result = read_file(s);
	end_log(s);
	json_close_array(j);
	put_list(s, &s->outside, "damage");
	put_list(s, &s->unread, "unread");
	json_text(j, "status", word_of(s, result));
	json_text(j, "reason", s->reason);
	return s->error != 0 ? s->error : result == RAWLOG_FAILED ? EIO : 0;
}

int
survey_write(struct json_out *j, const struct survey_file *file, const struct survey_options *options)
{
	const struct word_set tables = { NULL, 0 };
	const struct query query = { .tables = &tables };
	const struct output_place nowhere = { .path = NULL };
	struct formatter *f;
	int error = formatter_open(&f, &survey_format, &query, &nowhere);

	if (error != 0) {
		close(file->fd);
		return error;
	}
	of(f)->file = file;
	of(f)->options = options;
	error = write_findings(of(f), j);
	formatter_finish(f, true);
	return error;
}
