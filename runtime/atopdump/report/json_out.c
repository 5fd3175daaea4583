/*
 * json_out: each value is begun by the comma and the key before it.
 */
#include "atopdump/report/json_out.h"

#include <stdio.h>

#include "print/text/put_text.h"

#define KEY_MAX 256 /* bytes of a key */

/* Begins a line of the pretty form. */
static void
begin_line(struct json_out *j)
{
	writer_put(j->out, "\n", 1);
	for (unsigned i = 0; i < j->depth; i++)
		writer_put(j->out, "  ", 2);
}

/* The comma after the value before, and the key. */
static void
begin_value(struct json_out *j, const char *key)
{
	char *w;

	if (j->begun)
		writer_put(j->out, ",", 1);
	if (j->pretty && j->depth > 0)
		begin_line(j);
	j->begun = true;
	if (key == NULL)
		return;
	w = writer_room(j->out, PUT_JSON_TEXT_MAX(KEY_MAX) + 2 + PUT_SLACK);
	w = PUT(put_json_text(w, key, strnlen(key, KEY_MAX), NULL), ":");
	writer_commit(j->out, j->pretty ? PUT(w, " ") : w);
}

static void
open_with(struct json_out *j, const char *key, const char *bracket)
{
	begin_value(j, key);
	writer_put(j->out, bracket, 1);
	j->depth++;
	j->begun = false;
}

static void
close_with(struct json_out *j, const char *bracket)
{
	j->depth--;
	if (j->pretty && j->begun)
		begin_line(j);
	writer_put(j->out, bracket, 1);
	j->begun = true;
}

void
json_open_object(struct json_out *j, const char *key)
{
	open_with(j, key, "{");
}

void
json_open_array(struct json_out *j, const char *key)
{
	open_with(j, key, "[");
}

void
json_close_object(struct json_out *j)
{
	close_with(j, "}");
}

void
json_close_array(struct json_out *j)
{
	close_with(j, "]");
}

void
json_end(struct json_out *j)
{
	writer_put(j->out, "\n", 1);
	j->begun = false;
}

void
json_text(struct json_out *j, const char *key, const char *text)
{
	size_t size;

	if (text == NULL) {
		json_null(j, key);
		return;
	}
	begin_value(j, key);
	size = strlen(text);
	writer_commit(j->out,
	    put_json_text(writer_room(j->out, PUT_JSON_TEXT_MAX(size) + PUT_SLACK), text, size, NULL));
}

void
json_bytes(struct json_out *j, const char *key, const char *bytes, size_t size)
{
	char hex_key[KEY_MAX];
	char *w;

	begin_value(j, key);
	snprintf(hex_key, sizeof hex_key, ",%s\"%s_hex\":", j->pretty ? " " : "", key);
	w = writer_room(j->out, PUT_JSON_TEXT_MAX(size) + KEY_MAX + PUT_SLACK);
	writer_commit(j->out, put_json_text(w, bytes, size, hex_key));
}

void
json_natural(struct json_out *j, const char *key, uint64_t value)
{
	begin_value(j, key);
	writer_commit(j->out, put_u64(writer_room(j->out, PUT_INTEGER_MAX + PUT_SLACK), value));
}

void
json_integer(struct json_out *j, const char *key, int64_t value)
{
	begin_value(j, key);
	writer_commit(j->out, put_i64(writer_room(j->out, PUT_INTEGER_MAX + PUT_SLACK), value));
}

void
json_flag(struct json_out *j, const char *key, bool value)
{
	begin_value(j, key);
	writer_commit(j->out, put_flag(writer_room(j->out, PUT_FLAG_MAX + PUT_SLACK), value));
}

void
json_null(struct json_out *j, const char *key)
{
	begin_value(j, key);
	writer_put(j->out, "null", strlen("null"));
}

void
json_time_as(struct json_out *j, const char *key, int64_t seconds, unsigned print)
{
	begin_value(j, key);
	writer_commit(j->out, put_json_time(writer_room(j->out, PUT_TIME_MAX + PUT_SLACK), seconds, print));
}

void
json_time(struct json_out *j, const char *key, int64_t seconds)
{
	json_time_as(j, key, seconds, 0);
}
