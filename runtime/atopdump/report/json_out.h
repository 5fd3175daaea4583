/*
 * json_out: JSON of reports, written value by value. It keeps the commas, and in pretty form the lines and the indentation.
 * Failures of output stay in the writer.
 */
#ifndef JSON_OUT_H
#define JSON_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/writer.h"

struct json_out {
	struct writer *out;
	bool pretty;    /* a line for each value; else all in one line */
	unsigned depth; /* open objects and arrays */
	bool begun;     /* the innermost one has a value */
};

/* In all functions `key` is the key of the value in its object; NULL: it is an element of an array, or the whole document. */

void json_open_object(struct json_out *j, const char *key);
void json_open_array(struct json_out *j, const char *key);
void json_close_object(struct json_out *j);
void json_close_array(struct json_out *j);

/* Ends the line of a whole document. */
void json_end(struct json_out *j);

/* NULL is written as null. The text is UTF-8. */
void json_text(struct json_out *j, const char *key, const char *text);

/* Any `size` bytes as text; if that cannot show them, the key KEY_hex follows with all bytes in hex. */
void json_bytes(struct json_out *j, const char *key, const char *bytes, size_t size);

void json_natural(struct json_out *j, const char *key, uint64_t value);
void json_integer(struct json_out *j, const char *key, int64_t value);
void json_flag(struct json_out *j, const char *key, bool value);
void json_null(struct json_out *j, const char *key);

/* Seconds since 1970 as "2022-11-11T19:51:50Z"; null outside the years 1970 to 9999. With PRINT_EPOCH in `print`: the number. */
void json_time_as(struct json_out *j, const char *key, int64_t seconds, unsigned print);
void json_time(struct json_out *j, const char *key, int64_t seconds);

#endif
