/*
 * json_schema_parts: types, texts, times; the keys that each line has.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/report/json_schema_parts.h"
#include "print/format/line_keys.h"

#define TEXT_ROOM 256
#define HEX       "^([0-9a-f]{2})*$"

/* --- values ------------------------------------------------------------------------------------------------- */

/* "type": one of the words in `types`, or null as well. */
void
json_schema_put_type(struct json_out *j, const char *types, bool nullable)
{
	char word[TEXT_ROOM];
	const char *next = types + strcspn(types, " ");

	if (*next == '\0' && !nullable) {
		json_text(j, "type", types);
		return;
	}
	json_open_array(j, "type");
	for (const char *p = types; *p != '\0'; p = next + strspn(next, " ")) {
		next = p + strcspn(p, " ");
		snprintf(word, sizeof word, "%.*s", (int)(next - p), p);
		json_text(j, NULL, word);
	}
	if (nullable)
		json_text(j, NULL, "null");
	json_close_array(j);
}

/* A key whose value has one of the types, and nothing else to be said about. */
void
json_schema_put_simple(struct json_out *j, const char *key, const char *types)
{
	json_open_object(j, key);
	json_schema_put_type(j, types, false);
	json_close_object(j);
}

static void
put_pattern(struct json_out *j, const char *key, const char *types, const char *pattern)
{
	json_open_object(j, key);
	json_schema_put_type(j, types, false);
	json_text(j, "pattern", pattern);
	json_close_object(j);
}

void
json_schema_put_text(struct json_out *j, const char *key, bool nullable)
{
	json_schema_put_simple(j, key, nullable ? "string null" : "string");
	json_schema_put_hex(j, key);
}

void
json_schema_put_time(struct json_out *j, const char *key)
{
	put_pattern(j, key, TIME_OR_EPOCH, TIME_PATTERN);
}

void
json_schema_put_hex(struct json_out *j, const char *key)
{
	char hex[TEXT_ROOM];

	snprintf(hex, sizeof hex, "%s_hex", key);
	put_pattern(j, hex, "string", HEX);
}

void
json_schema_put_constant(struct json_out *j, const char *key, const char *value)
{
	json_open_object(j, key);
	json_text(j, "const", value);
	json_close_object(j);
}

void
json_schema_put_true(struct json_out *j, const char *key)
{
	json_open_object(j, key);
	json_flag(j, "const", true);
	json_close_object(j);
}

/* --- lines -------------------------------------------------------------------------------------------------- */

/* The keys of any line. */
static void
put_log_keys(struct json_out *j)
{
	json_schema_put_text(j, LINE_FILE, false);
	json_schema_put_text(j, LINE_HOST, true);
	json_schema_put_simple(j, LINE_PART, "integer");
	json_schema_put_simple(j, LINE_SURE, "string");
	json_open_object(j, LINE_RELEASES);
	json_text(j, "type", "array");
	json_schema_put_simple(j, "items", "string");
	json_close_object(j);
}

void
json_schema_put_sample_keys(struct json_out *j)
{
	json_schema_put_time(j, LINE_TIME);
	json_schema_put_simple(j, LINE_SAMPLE, "integer");
	json_schema_put_true(j, LINE_SINCE_BOOT);
	json_schema_put_simple(j, LINE_OFFSET, "integer");
}

void
json_schema_open_line(struct json_out *j, const char *title)
{
	json_open_object(j, NULL);
	json_text(j, "title", title);
	json_text(j, "type", "object");
	json_open_object(j, "properties");
	put_log_keys(j);
}

void
json_schema_put_required(struct json_out *j, const char *const *names)
{
	json_open_array(j, "required");
	while (*names != NULL)
		json_text(j, NULL, *names++);
	json_close_array(j);
	json_flag(j, "additionalProperties", false);
}

/* Ends a line that has the keys in `required`. */
void
json_schema_close_line(struct json_out *j, const char *const *required)
{
	json_close_object(j);
	json_schema_put_required(j, required);
	json_close_object(j);
}
