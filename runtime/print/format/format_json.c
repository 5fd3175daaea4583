/*
 * dump_json: JSON, one object a line. Owns what is around a struct: file, host, time, sample and key, put
 * together once for all lines that share it. The structs themselves are printed by generated code.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/dump.h"
#include "print/format/line_keys.h"
#include "print/format/output.h"
#include "print/text/put.h"

#define KEY_MAX	64		/* of a key that is not in generated code */

struct dump_json {
	struct dump			 dump;
	struct output			 output;
	struct writer			 head;		/* the start of a line, in memory */
	size_t				 log_size;	/* of the head: what all lines of the log share */
	size_t				 sample_size;	/* the same for lines of the sample */
	const struct catalog_struct	*keyed;		/* whose key ends the head; NULL: none */
	bool				 unverified;	/* the head says so */
	struct layout			 layout;	/* of the log */
};

/* The head cut back to its first `size` bytes. */
static void
cut_head(struct dump_json *j, size_t size)
{
	writer_commit(&j->head, j->head.buffer + size);
	j->keyed = NULL;
}

static size_t
head_size(const struct dump_json *j)
{
	return (size_t)(j->head.next - j->head.buffer);
}

#define KEYS_ROOM	96		/* for the keys around a text */

/* Adds to the head what is known of carved records. */
static void
put_sure(struct dump_json *j, const struct dump_log *log)
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

static bool
begin(struct dump *d, const struct dump_log *log, char *why)
{
	struct dump_json *j = (struct dump_json *)d;
	size_t size = strlen(log->file);
	char *w;

	(void)why;
	cut_head(j, 0);
	if (j->dump.options->several) {
		w = PUT(writer_room(&j->head, KEYS_ROOM + PUT_JSON_TEXT_MAX(size) + PUT_SLACK), "{\"" LINE_FILE "\":");
		w = put_json_text(w, log->file, size, ",\"" LINE_FILE "_hex\":");
		writer_commit(&j->head, PUT(w, ",\"" LINE_HOST "\":"));
	} else {
		writer_put(&j->head, "{\"" LINE_HOST "\":", strlen("{\"" LINE_HOST "\":"));
	}
	w = writer_room(&j->head, KEYS_ROOM + PUT_JSON_TEXT_MAX(log->facts->host_size) + PUT_SLACK);
	if (log->facts->host != NULL)
		w = put_json_text(w, log->facts->host, log->facts->host_size, ",\"" LINE_HOST "_hex\":");
	else
		w = PUT(w, "null");
	if (log->part > 1)
		w = put_u64(PUT(w, ",\"" LINE_PART "\":"), log->part);
	writer_commit(&j->head, w);
	if (log->sure != NULL)
		put_sure(j, log);
	j->log_size = j->sample_size = head_size(j);
	j->layout = *log->layout;
	return true;
}

/* A word of the catalog, which needs no escapes. */
static char *
put_plain(char *w, const char *word)
{
	const size_t size = strlen(word);

	memcpy(w, word, size);
	return w + size;
}

static bool
wants(const struct dump *d, const struct catalog_struct *s)
{
	const struct names *tables = d->options->tables;

	return tables->count == 0 || names_have(tables, s->role);
}

static void
sample(struct dump *d, const struct rawlog_sample *sample)
{
	struct dump_json *j = (struct dump_json *)d;
	char *w, *start;

	cut_head(j, j->log_size);
	w = writer_room(&j->head, KEYS_ROOM + PUT_UTC_MAX + 2 * PUT_INTEGER_MAX + PUT_SLACK);
	start = PUT(w, ",\"" LINE_TIME "\":\"");
	w = put_utc(start, sample->frame.facts.curtime);
	w = w > start ? PUT(w, "\"") : PUT(start - 1, "null");
	w = PUT(w, ",\"" LINE_SAMPLE "\":");
	w = put_u64(w, sample->number);
	if (sample->frame.facts.since_boot)
		w = PUT(w, ",\"" LINE_SINCE_BOOT "\":true");
	if (j->dump.options->carve)
		w = put_u64(PUT(w, ",\"" LINE_OFFSET "\":"), sample->offset);
	writer_commit(&j->head, w);
	j->sample_size = head_size(j);
}

/* How the log is laid out, for the line of its header. */
static void
put_layout(struct dump_json *j)
{
	const struct layout *l = &j->layout;
	const char *model = catalog_models[l->model];
	char *w = writer_room(&j->head, KEYS_ROOM + strlen(l->release->version) + strlen(model) + PUT_SLACK);

	w = PUT(w, ",\"" LINE_RELEASE "\":\"");
	w = put_plain(w, l->release->version);
	w = put_plain(PUT(w, "\",\"" LINE_MODEL "\":\""), model);
	w = PUT(w, "\",\"" LINE_BYTEORDER "\":");
	w = l->order == ORDER_BIG ? PUT(w, "\"big\"") : PUT(w, "\"little\"");
	writer_commit(&j->head, w);
}

/* Ends the head with the key of `s`. */
static void
put_key(struct dump_json *j, const struct catalog_struct *s, bool unverified)
{
	cut_head(j, j->sample_size);
	j->unverified = unverified;
	if (s == j->layout.release->rawheader)
		put_layout(j);
	if (unverified)
		writer_put(&j->head, ",\"" LINE_UNVERIFIED "\":true", strlen(",\"" LINE_UNVERIFIED "\":true"));
	writer_put(&j->head, ",\"", 2);
	writer_put(&j->head, s->role, strlen(s->role));
	writer_put(&j->head, "\":", 2);
	j->keyed = s;
}

/* A text, with its exact bytes beside it if they are not valid UTF-8; the keys are as in `,"key":`. */
static void
put_keyed_text(struct writer *out, const char *key, const char *hex_key, const char *text, size_t size)
{
	char *w;

	writer_put(out, key, strlen(key));
	w = writer_room(out, strlen(hex_key) + PUT_JSON_TEXT_MAX(size) + PUT_SLACK);
	writer_commit(out, put_json_text(w, text, size, hex_key));
}

/* The same for a key that is known by its name only. */
static void
put_named_text(struct writer *out, const char *name, const char *text, size_t size)
{
	char key[KEY_MAX], hex_key[KEY_MAX];

	snprintf(key, sizeof key, ",\"%s\":", name);
	snprintf(hex_key, sizeof hex_key, ",\"%s_hex\":", name);
	put_keyed_text(out, key, hex_key, text, size);
}

/* The same, null if it is not known. */
static void
put_known_text(struct writer *out, const char *name, const char *text, size_t size, bool known)
{
	if (known) {
		put_named_text(out, name, text, size);
		return;
	}
	writer_put(out, ",\"", 2);
	writer_put(out, name, strlen(name));
	writer_put(out, "\":null", strlen("\":null"));
}

/* The path of a cgroup of the sample; null if there is none. */
static void
put_path(struct writer *out, const struct cgroups *g, const struct cgroup *group, const char *name)
{
	char path[CGROUP_PATH_MAX];
	const size_t size = group != NULL ? cgroups_path(g, group, path) : 0;

	put_known_text(out, name, path, size, size > 0);
}

/* What a struct of a chain has besides its members: its name, its path, and whom the list gives it. */
static void
put_group(struct writer *out, const struct rawlog_sample *sample)
{
	const struct cgroups *g = &sample->groups;
	const struct cgroup *group = sample->group;
	char *w;

	writer_unput(out, 1);			/* the object's closing brace */
	put_known_text(out, sample->of->tail, (const char *)g->chain + group->name, group->name_size, group->has_name);
	put_path(out, g, group, CHAIN_PATH);
	if (!g->shared) {
		writer_put(out, ",\"" CHAIN_PIDS "\":null}", strlen(",\"" CHAIN_PIDS "\":null}"));
		return;
	}
	writer_put(out, ",\"" CHAIN_PIDS "\":[", strlen(",\"" CHAIN_PIDS "\":["));
	for (size_t i = 0; i < group->count; i++) {
		w = writer_room(out, 1 + PUT_INTEGER_MAX + PUT_SLACK);
		writer_commit(out, put_i64(put_separator(w, i), cgroups_value(g, group->first + i)));
	}
	writer_put(out, "]}", 2);
}

static void
put(struct dump *d, const struct catalog_struct *s, const void *host, const struct rawlog_sample *sample)
{
	const bool unverified = sample != NULL && sample->unverified;
	struct dump_json *j = (struct dump_json *)d;

	if (j->keyed != s || j->unverified != unverified)
		put_key(j, s, unverified);
	writer_put(&j->output.writer, j->head.buffer, head_size(j));
	s->json(&j->output.writer, host, j->dump.options->print, sample != NULL ? sample->nulls : 0);
	if (sample != NULL && sample->of != NULL && sample->of->tail != NULL)
		put_group(&j->output.writer, sample);
	else if (sample != NULL && sample->of != NULL && sample->grouped)
		put_path(&j->output.writer, &sample->groups, sample->group, LINE_CGROUP);
	writer_put(&j->output.writer, "}\n", 2);
}

static void
damage(struct dump *d, const struct rawlog_damage *damage)
{
	struct dump_json *j = (struct dump_json *)d;
	struct writer *out = &j->output.writer;
	char *w;

	writer_put(out, j->head.buffer, j->log_size);
	w = writer_room(out, 128 + 3 * PUT_INTEGER_MAX + PUT_JSON_TEXT_MAX(RAWLOG_REASON_MAX) + PUT_SLACK);
	w = put_u64(PUT(w, ",\"" LINE_DAMAGE "\":{\"offset\":"), damage->offset);
	w = put_u64(PUT(w, ",\"length\":"), damage->length);
	w = put_u64(PUT(w, ",\"sample\":"), damage->sample);
	if (damage->block != NULL) {
		writer_commit(out, PUT(w, ",\"block\":\""));
		writer_put(out, damage->block, strlen(damage->block));
		w = writer_room(out, 64 + PUT_JSON_TEXT_MAX(RAWLOG_REASON_MAX) + PUT_SLACK);
		w = PUT(w, "\"");
	}
	w = put_json_text(PUT(w, ",\"reason\":"), damage->reason, sizeof damage->reason, "");
	writer_commit(out, PUT(w, "}}\n"));
}

/* A time, or null. */
static char *
put_time(char *w, const char *key, int64_t time)
{
	char *start = PUT(w + strlen(key), "\"");

	memcpy(w, key, strlen(key));
	w = time != RAWLOG_NO_TIME ? put_utc(start, time) : start;
	return w > start ? PUT(w, "\"") : PUT(start - 1, "null");
}

static void
gap(struct dump *d, const struct rawlog_damage *gap)
{
	struct dump_json *j = (struct dump_json *)d;
	struct writer *out = &j->output.writer;
	char *w;

	writer_put(out, j->head.buffer, j->log_size);
	w = writer_room(out, 128 + 2 * PUT_UTC_MAX + 3 * PUT_INTEGER_MAX + PUT_JSON_TEXT_MAX(RAWLOG_REASON_MAX) + PUT_SLACK);
	w = put_u64(PUT(w, ",\"" LINE_GAP "\":{\"offset\":"), gap->offset);
	w = put_u64(PUT(w, ",\"sample\":"), gap->sample);
	w = put_time(w, ",\"from\":", gap->from);
	w = put_time(w, ",\"to\":", gap->to);
	w = put_u64(PUT(w, ",\"interval\":"), gap->interval);
	w = put_json_text(PUT(w, ",\"reason\":"), gap->reason, sizeof gap->reason, "");
	writer_commit(out, PUT(w, "}}\n"));
}

static void
note(struct dump *d, const struct dump_note *note)
{
	struct dump_json *j = (struct dump_json *)d;
	struct writer *out = &j->output.writer;
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
		put_keyed_text(out, ",\"struct\":", "", note->structure, strlen(note->structure));
	for (size_t i = 0; note->structure != NULL && note->members[i] != NULL; i++)
		put_keyed_text(out, i == 0 ? ",\"members\":[" : ",", "", note->members[i], strlen(note->members[i]));
	writer_put(out, note->structure != NULL ? "]}}\n" : "}}\n", strlen("}}\n") + (note->structure != NULL));
}

static void
prune(struct dump *branch)
{
	struct dump_json *j = (struct dump_json *)branch;

	writer_close(&j->output.writer);
	writer_close(&j->head);
	free(j);
}

static struct dump *
branch(struct dump *d, struct writer_turn *turn)
{
	struct dump_json *trunk = (struct dump_json *)d, *j = calloc(1, sizeof *j);

	if (j == NULL)
		return NULL;
	j->dump = trunk->dump;
	if (writer_open(&j->head, -1) != 0 ||
	    writer_branch(&j->output.writer, &trunk->output.writer, turn) != 0) {
		prune(&j->dump);
		return NULL;
	}
	return &j->dump;
}

static void
join(struct dump *branch)
{
	writer_join(&((struct dump_json *)branch)->output.writer);
}

static void
drop(struct dump *branch)
{
	writer_drop(&((struct dump_json *)branch)->output.writer);
}

static int
error(const struct dump *d)
{
	const struct dump_json *j = (const struct dump_json *)d;

	if (d->failure != 0)
		return d->failure;
	return j->output.writer.error != 0 ? j->output.writer.error : j->head.error;
}

static void
flush(struct dump *d)
{
	writer_flush(&((struct dump_json *)d)->output.writer);
}

static int
finish(struct dump *d, bool keep)
{
	struct dump_json *j = (struct dump_json *)d;
	const int failure = error(d), closing = output_finish(&j->output, keep && failure == 0);

	writer_close(&j->head);
	free(j);
	return failure != 0 ? failure : closing;
}

static const struct dump_format format = {
	.begin = begin, .wants = wants, .sample = sample, .put = put, .damage = damage, .gap = gap, .note = note,
	.branch = branch, .join = join, .drop = drop, .prune = prune, .flush = flush, .error = error, .finish = finish,
	.groups = true, .unverified = true,
};

int
dump_json_open(struct dump **d, const struct dump_options *options)
{
	struct dump_json *j = calloc(1, sizeof *j);
	int failure;

	if (j == NULL)
		return ENOMEM;
	j->dump = (struct dump){&format, options, 0};
	failure = writer_open(&j->head, -1);
	if (failure == 0)
		failure = output_open(&j->output, options->path, options->force);
	if (failure != 0) {
		writer_close(&j->head);
		free(j);
		return failure;
	}
	*d = &j->dump;
	return 0;
}
