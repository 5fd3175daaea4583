/*
 * format_json: JSON, one object a line. Builds the start of a line (file, host, time, sample, key) once for all lines that
 * share it. Generated code prints the structs.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "print/format/formats.h"
#include "print/format/json_fields.h"
#include "print/format/json_text.h"
#include "print/format/json_view.h"
#include "print/format/line_keys.h"
#include "print/format/row_filter.h"
#include "print/query/query_words.h"
#include "print/text/printers.h"
#include "print/text/put_text.h"

struct json {
	struct formatter formatter;
	struct row_filter filter;
	struct writer head;                    /* the start of a line, in memory */
	size_t log_size;                       /* of the head: what all lines of the log share */
	size_t sample_size;                    /* the same for lines of the sample */
	bool in_sample;                        /* the head is that of a sample */
	uint64_t sample;                       /* its number */
	const struct catalog_struct *keyed;    /* whose key ends the head; NULL: none */
	bool unverified;                       /* the head says so */
	const struct catalog_release *release; /* of the log, with its model and byte order */
	const char *model;
	enum byte_order order;
	bool has_views;
	struct bindings views; /* if there are any; tables among them are not shown by it */
};

/* The head cut back to its first `size` bytes. */
static void
cut_head(struct json *j, size_t size)
{
	writer_commit(&j->head, j->head.buffer + size);
	j->keyed = NULL;
}

static size_t
head_size(const struct json *j)
{
	return (size_t)(j->head.next - j->head.buffer);
}

/* An incomplete head is a failure of output. */
static void
note_failure(struct json *j)
{
	if (j->formatter.failure == 0)
		j->formatter.failure = j->head.error;
}

#define KEYS_ROOM 96 /* for the keys around a text */

/* Adds the certainty of carved records to the head. */
static void
put_sure(struct json *j, const struct format_log *log)
{
	writer_put(&j->head, ",\"" LINE_SURE "\":\"", strlen(",\"" LINE_SURE "\":\""));
	writer_put(&j->head, log->sure, strlen(log->sure));
	writer_put(&j->head, "\"", 1);
	for (size_t i = 0; i < log->nfits; i++) {
		const char *between = i == 0 ? ",\"" LINE_RELEASES "\":[\"" : ",\"";

		writer_put(&j->head, between, strlen(between));
		writer_put(&j->head, log->fits[i]->version, strlen(log->fits[i]->version));
		writer_put(&j->head, "\"", 1);
	}
	if (log->nfits > 0)
		writer_put(&j->head, "]", 1);
}

/* Whether lines say which file they are from. */
static bool
names_file(const struct query *query, const struct format_log *log)
{
	return query->with_file || (!query->without_file && (query->several || log->member));
}

static bool
begin(struct formatter *f, const struct format_log *log, char *why)
{
	struct json *j = (struct json *)f;
	size_t size = strlen(log->file);
	char *w;

	if (!row_filter_begin(&j->filter, f->query->selection, log)) {
		snprintf(why, FORMAT_WHY_MAX, "out of memory");
		return false;
	}
	if (j->has_views && !bindings_begin(&j->views, log)) {
		snprintf(why, FORMAT_WHY_MAX, "out of memory");
		return false;
	}
	cut_head(j, 0);
	if (names_file(f->query, log)) {
		w = PUT(writer_room(&j->head, KEYS_ROOM + PUT_JSON_TEXT_MAX(size) + PUT_SLACK), "{\"" LINE_FILE "\":");
		w = put_json_text(w, log->file, size, ",\"" LINE_FILE "_hex\":");
		writer_commit(&j->head, PUT(w, ",\"" LINE_HOST "\":"));
	} else {
		writer_put(&j->head, "{\"" LINE_HOST "\":", strlen("{\"" LINE_HOST "\":"));
	}
	w = writer_room(&j->head, KEYS_ROOM + PUT_JSON_TEXT_MAX(log->host_size) + PUT_SLACK);
	if (log->host != NULL)
		w = put_json_text(w, log->host, log->host_size, ",\"" LINE_HOST "_hex\":");
	else
		w = PUT(w, "null");
	if (log->part > 1)
		w = put_u64(PUT(w, ",\"" LINE_PART "\":"), log->part);
	writer_commit(&j->head, w);
	if (log->sure != NULL)
		put_sure(j, log);
	j->log_size = j->sample_size = head_size(j);
	j->in_sample = false;
	j->release = log->release;
	j->model = log->model;
	j->order = log->order;
	note_failure(j);
	return true;
}

/* Whether the structs themselves are shown. */
static bool
shows_struct(const struct formatter *f, const struct catalog_struct *s)
{
	const struct word_set *tables = f->query->tables;

	if (!row_filter_shows(f->query->selection, s) || !row_limit_allows(f->query->limit, s->role))
		return false;
	return tables->count == 0 || word_set_has(tables, s->role);
}

static bool
shows(const struct formatter *f, const struct catalog_struct *s)
{
	const struct json *j = (const struct json *)f;

	return shows_struct(f, s) || (j->has_views && bindings_show(&j->views, s));
}

/* The key and a time as the query says, or null. */
static char *
put_time(char *w, const char *key, int64_t time, const struct query *query)
{
	char *start = PUT(stpcpy(w, key), "\"");

	if (time == RAWLOG_NO_TIME)
		return PUT(start - 1, "null");
	if ((query->print & PRINT_EPOCH) != 0)
		return put_i64(start - 1, time);
	w = put_utc(start, time);
	return w > start ? PUT(w, "\"") : PUT(start - 1, "null");
}

/* Ends the head with the part that lines of the sample share. */
static void
put_sample(struct json *j, const struct row_sample *sample)
{
	char *w;

	cut_head(j, j->log_size);
	w = writer_room(&j->head, KEYS_ROOM + PUT_UTC_MAX + 2 * PUT_INTEGER_MAX + PUT_SLACK);
	w = put_time(w, ",\"" LINE_TIME "\":", sample->time, j->formatter.query);
	w = PUT(w, ",\"" LINE_SAMPLE "\":");
	w = put_u64(w, sample->number);
	if (sample->since_boot)
		w = PUT(w, ",\"" LINE_SINCE_BOOT "\":true");
	if (j->formatter.query->offsets)
		w = put_u64(PUT(w, ",\"" LINE_OFFSET "\":"), sample->offset);
	writer_commit(&j->head, w);
	j->sample_size = head_size(j);
	j->sample = sample->number;
	j->in_sample = true;
}

/* How the log is laid out, for the line of its header. */
static void
put_layout(struct json *j)
{
	char *w = writer_room(&j->head, KEYS_ROOM + strlen(j->release->version) + strlen(j->model) + PUT_SLACK);

	w = PUT(w, ",\"" LINE_RELEASE "\":\"");
	w = json_put_plain(w, j->release->version);
	w = json_put_plain(PUT(w, "\",\"" LINE_MODEL "\":\""), j->model);
	w = PUT(w, "\",\"" LINE_BYTEORDER "\":");
	w = j->order == ORDER_BIG ? PUT(w, "\"big\"") : PUT(w, "\"little\"");
	writer_commit(&j->head, w);
}

static void
put_line_key(struct json *j, const char *key, bool unverified)
{
	if (unverified)
		writer_put(&j->head, ",\"" LINE_UNVERIFIED "\":true", strlen(",\"" LINE_UNVERIFIED "\":true"));
	writer_put(&j->head, ",\"", 2);
	writer_put(&j->head, key, strlen(key));
	writer_put(&j->head, "\":", 2);
	note_failure(j);
}

/* Ends the head with the key of `s`. */
static void
put_key(struct json *j, const struct catalog_struct *s, bool unverified)
{
	cut_head(j, j->sample_size);
	j->unverified = unverified;
	if (s == j->release->rawheader)
		put_layout(j);
	put_line_key(j, s->role, unverified);
	j->keyed = s;
}

/* Writes the row, with all members or with those that are asked for. */
static void
put_row(struct json *j, const struct row *row)
{
	struct writer *out = outputs_whole(&j->formatter.outputs);
	const unsigned print = j->formatter.query->print;

	if (row->sample != NULL && (!j->in_sample || j->sample != row->sample->number))
		put_sample(j, row->sample);
	if (j->keyed == NULL || j->keyed != row->of || j->unverified != row->unverified)
		put_key(j, row->of, row->unverified);
	writer_put(out, j->head.buffer, head_size(j));
	if (j->filter.nbound > 0 && row_filter_put(&j->filter, out, row, print)) {
		writer_put(out, "}\n", 2);
		return;
	}
	printer_of(row->of)->json(out, row->host, print, row->nulls);
	if (row->cgroup != NULL && row->cgroup->name_key != NULL)
		json_put_group(out, row->cgroup);
	else if (row->cgroup != NULL)
		json_put_known_text(out, LINE_CGROUP, row->cgroup->path, row->cgroup->path_size,
		    row->cgroup->path_size > 0);
	writer_put(out, "}\n", 2);
}

/* --- views --------------------------------------------------------------------------------------------------- */

/* Writes the start of a line of the view, up to its object. */
static void
put_view_head(struct json *j, const struct binding *b, bool unverified)
{
	struct writer *out = outputs_whole(&j->formatter.outputs);

	cut_head(j, j->sample_size);
	put_line_key(j, b->table->name, unverified);
	writer_put(out, j->head.buffer, head_size(j));
}

/* The object, behind a byte that says whether it is unverified. */
static void
write_kept(void *context, struct binding *b, const struct table_row *row, struct writer *to)
{
	const struct json *j = context;

	writer_put(to, row->row->unverified ? "1" : "0", 1);
	json_view_put(to, b, row, &j->views.log, j->formatter.query->print);
}

static void
put_kept(void *context, struct binding *b, const char *kept, size_t size)
{
	struct json *j = context;
	struct writer *out = outputs_whole(&j->formatter.outputs);

	put_view_head(j, b, kept[0] == '1');
	writer_put(out, kept + 1, size - 1);
	writer_put(out, "}\n", 2);
}

static void
put_view(void *context, struct binding *b, const struct table_row *row)
{
	struct json *j = context;
	struct writer *out = outputs_whole(&j->formatter.outputs);

	if (b->table->kind != TABLE_VIEW || j->formatter.failure != 0)
		return;
	if (row->row->sample != NULL && (!j->in_sample || j->sample != row->row->sample->number))
		put_sample(j, row->row->sample);
	if (binding_keeps(b)) {
		if (!bindings_keep(&j->views, b, row))
			j->formatter.failure = ENOMEM;
	} else if (row_limit_take(j->views.limit, b->table->name)) {
		put_view_head(j, b, row->row->unverified);
		json_view_put(out, b, row, &j->views.log, j->formatter.query->print);
		writer_put(out, "}\n", 2);
	}
}

static void
sample_ends(struct formatter *f)
{
	struct json *j = (struct json *)f;

	if (j->has_views && f->failure == 0)
		bindings_put_all_kept(&j->views);
}

static void
row(struct formatter *f, const struct row *row)
{
	struct json *j = (struct json *)f;

	if (j->has_views) {
		bindings_each_row(&j->views, row);
		if (!shows_struct(f, row->of))
			return;
	}
	if (j->filter.nbound > 0 && !row_filter_passes(&j->filter, row))
		return;
	if (f->query->limit != NULL && !row_limit_take(f->query->limit, row->of->role))
		return;
	put_row(j, row);
}

static void
damage(struct formatter *f, const struct rawlog_damage *damage)
{
	const struct json *j = (const struct json *)f;
	struct writer *out = outputs_whole(&f->outputs);

	writer_put(out, j->head.buffer, j->log_size);
	json_put_damage(out, damage);
}

static void
file_damage(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	struct writer *out = outputs_whole(&f->outputs);
	const size_t size = strlen(path);
	char *w = writer_room(out, KEYS_ROOM + PUT_JSON_TEXT_MAX(size) + PUT_SLACK);

	w = PUT(w, "{");
	if (!f->query->without_file)
		w = PUT(put_json_text(PUT(w, "\"" LINE_FILE "\":"), path, size, ",\"" LINE_FILE "_hex\":"), ",");
	writer_commit(out, PUT(w, "\"" LINE_HOST "\":null"));
	json_put_damage(out, damage);
}

static void
gap(struct formatter *f, const struct rawlog_damage *gap)
{
	struct json *j = (struct json *)f;
	struct writer *out = outputs_whole(&j->formatter.outputs);
	char *w;

	writer_put(out, j->head.buffer, j->log_size);
	w = writer_room(out,
	    128 + 2 * PUT_UTC_MAX + 3 * PUT_INTEGER_MAX + PUT_JSON_TEXT_MAX(RAWLOG_REASON_MAX) + PUT_SLACK);
	w = put_u64(PUT(w, ",\"" LINE_GAP "\":{\"offset\":"), gap->offset);
	w = put_u64(PUT(w, ",\"sample\":"), gap->sample);
	w = put_time(w, ",\"from\":", gap->from, f->query);
	w = put_time(w, ",\"to\":", gap->to, f->query);
	w = put_u64(PUT(w, ",\"interval\":"), gap->interval);
	w = put_json_text(PUT(w, ",\"reason\":"), gap->reason, sizeof gap->reason, "");
	writer_commit(out, PUT(w, "}}\n"));
}

static void
note(struct formatter *f, const struct format_note *note)
{
	struct json *j = (struct json *)f;
	struct writer *out = outputs_whole(&j->formatter.outputs);
	const size_t size = strlen(note->text);
	char *w;

	writer_put(out, j->head.buffer, j->log_size);
	writer_put(out, ",\"" LINE_NOTE "\":{\"fault\":\"", strlen(",\"" LINE_NOTE "\":{\"fault\":\""));
	writer_put(out, note->fault, strlen(note->fault));
	w = writer_room(out, 128 + 2 * PUT_INTEGER_MAX + PUT_JSON_TEXT_MAX(size) + PUT_SLACK);
	w = put_u64(PUT(w, "\",\"sample\":"), note->sample);
	w = put_u64(PUT(w, ",\"offset\":"), note->offset);
	writer_commit(out, put_json_text(PUT(w, ",\"text\":"), note->text, size, ""));
	if (note->structure != NULL)
		json_put_keyed_text(out, ",\"struct\":", "", note->structure, strlen(note->structure));
	for (size_t i = 0; note->structure != NULL && note->members[i] != NULL; i++)
		json_put_keyed_text(out, i == 0 ? ",\"members\":[" : ",", "", note->members[i],
		    strlen(note->members[i]));
	writer_put(out, note->structure != NULL ? "]}}\n" : "}}\n", strlen("}}\n") + (note->structure != NULL));
}

static int
open_json(struct formatter *f)
{
	struct json *j = (struct json *)f;
	int error = writer_open(&j->head, -1);

	j->has_views = json_view_is_asked(f->query);
	if (error != 0 || !j->has_views)
		return error;
	if (bindings_open(&j->views, f->query)) {
		j->views.found = put_view;
		j->views.write_kept = write_kept;
		j->views.put_kept = put_kept;
		j->views.context = j;
		j->views.overflow = &f->overflow;
		return 0;
	}
	writer_close(&j->head);
	return ENOMEM;
}

static void
close_json(struct formatter *f)
{
	struct json *j = (struct json *)f;

	if (j->has_views)
		bindings_close(&j->views);
	row_filter_free(&((struct json *)f)->filter);
	writer_close(&((struct json *)f)->head);
}

const struct format format_json = {
	.name = "json",
	.names_files = true,
	.summary = "one object a line (the default)",
	.size = sizeof(struct json),
	.groups = true,
	.selects = true,
	.unverified = true,
	.limited = true,
	.print = PRINT_RESERVED | PRINT_EPOCH,
	.add_words = query_words_of_roles,
	.check = json_fields_check,
	.open = open_json,
	.close = close_json,
	.begin = begin,
	.shows = shows,
	.row = row,
	.sample_ends = sample_ends,
	.damage = damage,
	.file_damage = file_damage,
	.gap = gap,
	.note = note,
};
