/*
 * timeline_events: the rows as events for other tools: a body file for mactime, JSON lines for Timesketch, documents of the
 * Elastic Common Schema.
 */
#include <string.h>

#include "atopdump/report/json_out.h"
#include "atopdump/report/timeline.h"
#include "print/text/put_text.h"

static struct cell
get(const struct timeline_row *row, enum timeline_column column)
{
	struct cell cell;

	timeline_get(row, column, &cell);
	return cell;
}

/* --- a body file -------------------------------------------------------------------------------------------------- */

/* A text in which nothing ends a field or a line. */
static void
put_field_text(struct writer *out, const struct cell *cell)
{
	const char *text = cell->kind == CELL_TEXT ? cell->text : NULL;
	const char *end = text != NULL ? text + cell->size : NULL, *bar;

	for (; text != end; text = bar) {
		bar = memchr(text, '|', (size_t)(end - text));
		if (bar == text) {
			writer_put(out, "\\x7c", 4);
			bar++;
			continue;
		}
		bar = bar != NULL ? bar : end;
		writer_commit(out,
		    put_visible(writer_room(out, PUT_VISIBLE_MAX((size_t)(bar - text)) + PUT_SLACK), text,
			(size_t)(bar - text)));
	}
}

static void
put_words(struct writer *out, const char *words)
{
	writer_put(out, words, strlen(words));
}

/* A number before a bar or the end of the line. A time that is not known is 0, as in all body files. */
static void
put_field(struct writer *out, struct cell cell, int64_t unknown, const char *end)
{
	const int64_t value = cell.kind == CELL_INTEGER || cell.kind == CELL_TIME ? cell.integer : unknown;

	writer_commit(out, put_i64(writer_room(out, PUT_INTEGER_MAX + PUT_SLACK), value));
	put_words(out, end);
}

static void
put_bodyfile(struct timeline *t, const struct timeline_row *row)
{
	struct writer *out = timeline_out(t);
	const struct cell host = get(row, TIMELINE_HOST), name = get(row, TIMELINE_NAME),
			  cmdline = get(row, TIMELINE_CMDLINE), pid = get(row, TIMELINE_PID);

	put_words(out, "0|");
	put_field_text(out, &host);
	put_words(out, ": ");
	put_field_text(out, &name);
	put_words(out, " (pid ");
	put_field(out, pid, 0, ")");
	if (cmdline.kind == CELL_TEXT && cmdline.size > 0)
		put_words(out, ": ");
	put_field_text(out, &cmdline);
	put_words(out, "|");
	put_field(out, pid, 0, "|process|");
	put_field(out, get(row, TIMELINE_RUID), -1, "|");
	put_field(out, get(row, TIMELINE_RGID), -1, "|");
	put_field(out, get(row, TIMELINE_RSS_MAX), 0, "|");
	put_field(out, get(row, TIMELINE_LAST_SEEN), 0, "|");
	put_field(out, get(row, TIMELINE_ENDED), 0, "|");
	put_field(out, get(row, TIMELINE_FIRST_SEEN), 0, "|");
	put_field(out, get(row, TIMELINE_STARTED), 0, "\n");
}

const struct timeline_form timeline_bodyfile = { .put = put_bodyfile };

/* --- events ------------------------------------------------------------------------------------------------------- */

/* The moments of a process that are events. */
static const struct event {
	enum timeline_column time;
	const char *verb, *description;
	const char *kind; /* of the Elastic Common Schema */
} events[] = {
	{ TIMELINE_STARTED, "started", "Process started", "start" },
	{ TIMELINE_FIRST_SEEN, "was first seen", "Process first seen", "info" },
	{ TIMELINE_LAST_SEEN, "was last seen", "Process last seen", "info" },
	{ TIMELINE_ENDED, "ended", "Process ended", "end" },
};

static void
put_member(struct json_out *json, const char *key, const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_INTEGER: json_integer(json, key, cell->integer); break;
	case CELL_TEXT: json_bytes(json, key, cell->size > 0 ? cell->text : "", cell->size); break;
	case CELL_BOOLEAN: json_flag(json, key, cell->integer != 0); break;
	case CELL_TIME: json_time(json, key, cell->integer); break;
	default: json_null(json, key); break;
	}
}

static void
put_column(struct json_out *json, const struct timeline_row *row, enum timeline_column column, const char *key)
{
	const struct cell cell = get(row, column);

	put_member(json, key, &cell);
}

/* Appends a text to a message, all that is no plain text made visible. */
static char *
add_text(char *w, const struct cell *cell)
{
	return cell->kind == CELL_TEXT && cell->size > 0 ? put_visible(w, cell->text, cell->size) : w;
}

/* "sshd (pid 12) started: /usr/sbin/sshd -D" */
static void
put_message(struct json_out *json, const struct timeline_row *row, const struct event *event)
{
	const struct cell name = get(row, TIMELINE_NAME), cmdline = get(row, TIMELINE_CMDLINE),
			  pid = get(row, TIMELINE_PID);
	char *start, *w;

	start = writer_room(row->scratch,
	    PUT_VISIBLE_MAX((name.kind == CELL_TEXT ? name.size : 0) + (cmdline.kind == CELL_TEXT ? cmdline.size : 0)) +
		PUT_INTEGER_MAX + 64 + PUT_SLACK);
	w = PUT(add_text(start, &name), " (pid ");
	w = put_i64(w, pid.kind == CELL_INTEGER ? pid.integer : 0);
	w = PUT(w, ") ");
	memcpy(w, event->verb, strlen(event->verb));
	w += strlen(event->verb);
	if (cmdline.kind == CELL_TEXT && cmdline.size > 0)
		w = add_text(PUT(w, ": "), &cmdline);
	json_bytes(json, "message", start, (size_t)(w - start));
}

static void
put_sketch(struct timeline *t, const struct timeline_row *row, const struct event *event, const char *time)
{
	static const struct {
		enum timeline_column column;
		const char *key;
	} members[] = { { TIMELINE_HOST, "hostname" }, { TIMELINE_PID, "pid" }, { TIMELINE_PPID, "ppid" },
		{ TIMELINE_NAME, "process" }, { TIMELINE_PARENT, "parent_process" }, { TIMELINE_CMDLINE, "cmdline" },
		{ TIMELINE_CMDLINE_RECORDED, "cmdline_recorded" }, { TIMELINE_RUID, "ruid" }, { TIMELINE_EUID, "euid" },
		{ TIMELINE_CONTAINER, "container" }, { TIMELINE_CGROUP, "cgroup" }, { TIMELINE_EXIT_CODE, "exit_code" },
		{ TIMELINE_SIGNAL, "signal" } };
	const bool last = event->time == TIMELINE_LAST_SEEN || event->time == TIMELINE_ENDED;
	struct json_out json = { .out = timeline_out(t) };

	json_open_object(&json, NULL);
	put_message(&json, row, event);
	json_text(&json, "datetime", time);
	json_text(&json, "timestamp_desc", event->description);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		put_column(&json, row, members[i].column, members[i].key);
	put_column(&json, row, last ? TIMELINE_LAST_FILE : TIMELINE_FIRST_FILE, "source_file");
	put_column(&json, row, last ? TIMELINE_LAST_SAMPLE : TIMELINE_FIRST_SAMPLE, "source_sample");
	json_close_object(&json);
	json_end(&json);
}

/* Calls `put` for each event with a time that has a text. */
static void
each_event(struct timeline *t, const struct timeline_row *row,
    void (*put)(struct timeline *t, const struct timeline_row *row, const struct event *event, const char *time))
{
	char time[PUT_UTC_MAX + sizeof "+00:00" + PUT_SLACK], *end;

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
		const struct cell cell = get(row, events[i].time);

		end = cell.kind == CELL_TIME ? put_utc(time, cell.integer) : time;
		if (end == time)
			continue;
		memcpy(end - 1, "+00:00", sizeof "+00:00"); /* in place of Z */
		put(t, row, &events[i], time);
	}
}

static void
put_timesketch(struct timeline *t, const struct timeline_row *row)
{
	each_event(t, row, put_sketch);
}

const struct timeline_form timeline_timesketch = { .put = put_timesketch };

/* --- the Elastic Common Schema ------------------------------------------------------------------------------------- */

static void
put_entity(struct json_out *json, const struct timeline_row *row, const struct process *one)
{
	struct cell cell;

	timeline_get_entity(row, one, &cell);
	json_bytes(json, "entity_id", cell.text, cell.size);
}

static void
put_ecs_parent(struct json_out *json, const struct timeline_row *row)
{
	const uint32_t parent = process_parent(row->processes, row->process);

	json_open_object(json, "parent");
	put_column(json, row, TIMELINE_PPID, "pid");
	put_column(json, row, TIMELINE_PARENT, "name");
	if (parent != PROCESS_NONE)
		put_entity(json, row, processes_at(row->processes, parent));
	json_close_object(json);
}

static void
put_ecs_process(struct json_out *json, const struct timeline_row *row, const struct event *event)
{
	json_open_object(json, "process");
	put_entity(json, row, row->process);
	put_column(json, row, TIMELINE_PID, "pid");
	put_column(json, row, TIMELINE_NAME, "name");
	put_column(json, row, TIMELINE_CMDLINE, "command_line");
	put_column(json, row, TIMELINE_STARTED, "start");
	if (event->time == TIMELINE_ENDED) {
		put_column(json, row, TIMELINE_ENDED, "end");
		put_column(json, row, TIMELINE_EXIT_CODE, "exit_code");
	}
	put_ecs_parent(json, row);
	json_close_object(json);
}

/* An object with the real user or group id, which is a text there. */
static void
put_ecs_id(struct json_out *json, const struct timeline_row *row, enum timeline_column column, const char *key)
{
	const struct cell cell = get(row, column);
	char text[PUT_INTEGER_MAX + PUT_SLACK];

	if (cell.kind != CELL_INTEGER)
		return;
	*put_i64(text, cell.integer) = '\0';
	json_open_object(json, key);
	json_text(json, "id", text);
	json_close_object(json);
}

static void
put_ecs_event(struct timeline *t, const struct timeline_row *row, const struct event *event, const char *time)
{
	const bool last = event->time == TIMELINE_LAST_SEEN || event->time == TIMELINE_ENDED;
	struct json_out json = { .out = timeline_out(t) };

	json_open_object(&json, NULL);
	json_text(&json, "@timestamp", time);
	put_message(&json, row, event);
	json_open_object(&json, "ecs");
	json_text(&json, "version", "8.11.0");
	json_close_object(&json);
	json_open_object(&json, "event");
	json_text(&json, "kind", "event");
	json_open_array(&json, "category");
	json_text(&json, NULL, "process");
	json_close_array(&json);
	json_open_array(&json, "type");
	json_text(&json, NULL, event->kind);
	json_close_array(&json);
	json_text(&json, "action", event->description);
	json_text(&json, "module", "atop");
	json_close_object(&json);
	json_open_object(&json, "host");
	put_column(&json, row, TIMELINE_HOST, "name");
	put_column(&json, row, TIMELINE_MACHINE, "architecture");
	json_close_object(&json);
	put_ecs_process(&json, row, event);
	put_ecs_id(&json, row, TIMELINE_RUID, "user");
	put_ecs_id(&json, row, TIMELINE_RGID, "group");
	json_open_object(&json, "log");
	json_open_object(&json, "file");
	put_column(&json, row, last ? TIMELINE_LAST_FILE : TIMELINE_FIRST_FILE, "path");
	json_close_object(&json);
	json_close_object(&json);
	json_close_object(&json);
	json_end(&json);
}

static void
put_ecs(struct timeline *t, const struct timeline_row *row)
{
	each_event(t, row, put_ecs_event);
}

const struct timeline_form timeline_ecs = { .put = put_ecs };
