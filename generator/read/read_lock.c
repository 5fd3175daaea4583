/*
 * read_lock: parses a tables.lock, line by line.
 */
#include "read/read_lock.h"

#include <stdint.h>
#include <string.h>

#include "model/name_index.h"
#include "read/keys.h"

#define WORDS 7

/* Splits a line at its tabs into `words`, and returns how many there are; more than WORDS are not stored. */
static size_t
split_line(struct arena *a, const char *text, size_t length, const char **words)
{
	size_t n = 0;

	for (;;) {
		const char *tab = memchr(text, '\t', length);
		const size_t size = tab != NULL ? (size_t)(tab - text) : length;

		if (n < WORDS)
			words[n] = arena_strndup(a, text, size);
		n++;
		if (tab == NULL)
			return n;
		text += size + 1;
		length -= size + 1;
	}
}

static bool
is_type(const char *word)
{
	for (enum column_type type = COLUMN_INTEGER; type <= COLUMN_TIME; type++)
		if (strcmp(word, column_types[type]) == 0)
			return true;
	return false;
}

/* The line from its words; false if one of them cannot be. */
static bool
parse_line(const char *const *words, struct lock_line *line)
{
	uint64_t number;

	if (!keys_parse_number(words[0], strlen(words[0]), &number) || number == 0 || number > LOCK_NUMBER_MAX)
		return false;
	line->number = (unsigned)number;
	line->table = words[1];
	line->column = words[2];
	line->type = words[3];
	line->unit = words[4];
	line->kind = words[5];
	line->since = words[6];
	return column_name_is_valid(line->table) && column_name_is_valid(line->column) && is_type(line->type) &&
	    line->unit[0] != '\0' && (strcmp(line->kind, "delta") == 0 || strcmp(line->kind, "current") == 0) &&
	    line->since[0] != '\0';
}

/* Numbers rise, so a number that is used twice does not. */
static void
compare_with_last(struct diag *d, const struct lock_line *last, const struct lock_line *line)
{
	if (line->number == last->number)
		diag_error(d, line->at, "number %u is used twice", line->number);
	else if (line->number < last->number)
		diag_error(d, line->at, "number %u stands after number %u", line->number, last->number);
}

struct lock
read_lock(struct diag *d, const struct source *source)
{
	struct name_index *names = name_index_new(d->arena);
	struct lock_line *lines = NULL;
	size_t n = 0;
	unsigned at = 0;

	for (const char *p = source->text, *end = p + source->length; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const size_t length = newline != NULL ? (size_t)(newline - p) : (size_t)(end - p);
		struct lock_line line = { .at = { .source = source, .line = ++at, .column = 1 } };
		const char *words[WORDS];
		size_t other;

		if (newline == NULL || split_line(d->arena, p, length, words) != WORDS || !parse_line(words, &line)) {
			diag_error(d, line.at,
			    "a line is number, table, column, type, unit, kind and first release, with tabs between them");
			break;
		}
		lines = arena_grow(d->arena, lines, n, sizeof(*lines));
		lines[n] = line;
		if (n > 0)
			compare_with_last(d, &lines[n - 1], &line);
		other = name_index_find(names, line.table, line.column);
		if (other != SIZE_MAX)
			diag_error(d, line.at, "column '%s' of table '%s' has number %u already", line.column,
			    line.table, lines[other].number);
		else
			name_index_add(names, line.table, line.column, n);
		n++;
		p = newline + 1;
	}
	return (struct lock){ .lines = lines, .nlines = n };
}
