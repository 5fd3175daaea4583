/*
 * json_schema_parts: what the files json_schema* write of a JSON Schema: values, and the frame of lines.
 */
#ifndef JSON_SCHEMA_PARTS_H
#define JSON_SCHEMA_PARTS_H

#include "atopdump/report/json_out.h"

#define TIME_OR_EPOCH "string integer null" /* --time=epoch */
#define TIME_PATTERN  "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"

/* "type": one of the words in `types`, or null as well. */
void json_schema_put_type(struct json_out *j, const char *types, bool nullable);

/* A key whose value has one of the types, and nothing else to be said about. */
void json_schema_put_simple(struct json_out *j, const char *key, const char *types);

/* A key with a text, and that of the exact bytes, which follow a text that is not valid UTF-8; the latter alone. */
void json_schema_put_text(struct json_out *j, const char *key, bool nullable);
void json_schema_put_hex(struct json_out *j, const char *key);

/* A key with a time, or null; with one text; with true. */
void json_schema_put_time(struct json_out *j, const char *key);
void json_schema_put_constant(struct json_out *j, const char *key, const char *value);
void json_schema_put_true(struct json_out *j, const char *key);

/* Begins a line, with the keys that any line can have. */
void json_schema_open_line(struct json_out *j, const char *title);

/* The keys of a line of a sample. */
void json_schema_put_sample_keys(struct json_out *j);

/* Ends a line that has the keys in `required`, up to NULL. */
void json_schema_close_line(struct json_out *j, const char *const *required);

/* The keys, up to NULL, that an object always has; it has none but those that are described. */
void json_schema_put_required(struct json_out *j, const char *const *names);

#endif
