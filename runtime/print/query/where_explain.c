/*
 * where_explain: what users read about conditions: the place of an error, and the help.
 */
#include <string.h>

#include "print/query/where.h"

#define COLUMNS_BEFORE 60  /* characters that are shown before the error */
#define COLUMNS_MAX    100 /* characters of a line */
#define CHARACTER_MAX  4   /* bytes of one */

_Static_assert((COLUMNS_MAX + 4) * CHARACTER_MAX + 2 * (COLUMNS_MAX + 4) < WHERE_EXPLAIN_SIZE, "both lines fit");

static size_t
step_of(const char *text)
{
	const int length = expr_character(text, strlen(text));

	return (size_t)(length > 0 ? length : -length);
}

static char *
put_character(char *w, const char *text)
{
	const int length = expr_character(text, strlen(text));

	if (length < 0) {
		*w++ = '?';
		return w;
	}
	memcpy(w, text, (size_t)length);
	return w + length;
}

/* The characters of the `offset` bytes from the start. */
static size_t
count_characters(const char *text, size_t offset)
{
	size_t n = 0;

	for (size_t i = 0; i < offset && text[i] != '\0'; n++)
		i += step_of(text + i);
	return n;
}

void
where_explain(char lines[WHERE_EXPLAIN_SIZE], const char *text, const struct expr_error *error)
{
	static const char dots[] = "...";
	const size_t at = count_characters(text, error->offset);
	const size_t width = count_characters(text, error->offset + error->length) - at;
	const size_t skipped = at > COLUMNS_BEFORE ? at - COLUMNS_BEFORE : 0;
	const char *p = text;
	char *w = lines;

	for (size_t i = 0; i < skipped; i++)
		p += step_of(p);
	if (skipped > 0)
		memcpy(w, dots, strlen(dots)), w += strlen(dots);
	for (size_t i = 0; i < COLUMNS_MAX && *p != '\0'; i++) {
		w = put_character(w, p);
		p += step_of(p);
	}
	*w++ = '\n';
	for (size_t i = 0; i < at - skipped + (skipped > 0 ? strlen(dots) : 0); i++)
		*w++ = ' ';
	*w++ = '^';
	for (size_t i = 1; i < width && at - skipped + i < COLUMNS_MAX; i++)
		*w++ = '~';
	memcpy(w, "\n", sizeof "\n");
}
