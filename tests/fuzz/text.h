/*
 * text: whether output is what it should be by form alone: UTF-8, lines of JSON, a CSV table, C that a
 * compiler can take apart. Written from the formats' rules and not from the printers.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

bool text_is_utf8(const char *p, size_t size);

/* Whole lines, each of them one JSON object in UTF-8. */
bool text_is_json_lines(const char *p, size_t size);

/* RFC 4180: a header row and rows of as many cells, or nothing; UTF-8. */
bool text_is_csv(const char *p, size_t size);

/* C whose strings and comments end and whose brackets match. */
bool text_is_c(const char *p, size_t size);

/* How often `word` occurs. */
size_t text_count(const char *p, size_t size, const char *word);

#endif
