/*
 * diag: the queue of messages, how they are printed, and which name was probably meant.
 */
#include "base/diag.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define EXCERPT_WIDTH  100 /* characters of a source line that are shown */
#define EXCERPT_BEFORE 60  /* of them before the caret, in a line that is longer */
#define NAME_MAX_HINT  64  /* names longer than this get no hint */

void
diag_context(struct diag *d, const struct source *file, const char *context)
{
	d->file = file;
	d->context = context;
}

static bool
same_place(struct position a, struct position b)
{
	return a.source == b.source && a.line == b.line && a.column == b.column;
}

bool
diag_full(const struct diag *d)
{
	return d->nerrors >= DIAG_MESSAGES_MAX;
}

/* Counts a message. Returns whether it is kept. */
static bool
count(struct diag *d, enum severity severity)
{
	size_t *n = severity == DIAG_ERROR ? &d->nerrors : &d->nwarnings;

	return ++*n <= DIAG_MESSAGES_MAX;
}

static void
report(struct diag *d, enum severity severity, struct position at, const char *format, va_list args)
{
	const bool elsewhere = d->context != NULL && at.source != d->file;
	const size_t n = severity == DIAG_ERROR ? d->nerrors : d->nwarnings;
	const char *text = n < DIAG_MESSAGES_MAX ? arena_vprintf(d->arena, format, args) : "";

	for (size_t i = 0; i < d->nmessages; i++)
		if (same_place(d->messages[i].at, at) && strcmp(d->messages[i].text, text) == 0)
			return;
	if (!count(d, severity))
		return;
	d->messages = arena_grow(d->arena, d->messages, d->nmessages, sizeof(*d->messages));
	d->messages[d->nmessages] = (struct message){
		.severity = severity,
		.at = at,
		.text = text,
		.context = elsewhere ? d->context : NULL,
		.serial = d->nmessages,
	};
	d->nmessages++;
}

void
diag_error(struct diag *d, struct position at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(d, DIAG_ERROR, at, format, args);
	va_end(args);
}

void
diag_warning(struct diag *d, struct position at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(d, DIAG_WARNING, at, format, args);
	va_end(args);
}

/* --- printing ------------------------------------------------------------------------------------------ */

static int
compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
compare_messages(const void *left, const void *right)
{
	const struct message *a = left, *b = right;
	int order = compare_numbers(a->at.source->order, b->at.source->order);

	if (order == 0)
		order = compare_numbers(a->at.line, b->at.line);
	if (order == 0)
		order = compare_numbers(a->at.column, b->at.column);
	if (order == 0)
		order = compare_numbers(a->serial, b->serial);
	return order;
}

/* The beginning of a line, and in `length` its bytes without the line end. */
static const char *
find_line(const struct source *source, unsigned line, size_t *length)
{
	const char *p = source->text, *end = source->text + source->length;
	const char *stop;

	while (--line > 0 && p != NULL) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (p != NULL)
			p++;
	}
	if (p == NULL)
		return NULL;
	stop = memchr(p, '\n', (size_t)(end - p));
	*length = (size_t)((stop != NULL ? stop : end) - p);
	return p;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Moves past one character of the source, of one byte. */
static void
step(struct position *at, char c)
{
	if (c == '\n') {
		at->line++;
		at->column = 1;
	} else {
		at->column++;
	}
}

struct position
diag_within(struct position at, const char *value, size_t offset)
{
	size_t length = 0, i = 0;
	const char *p = at.source != NULL && at.line > 0 ? find_line(at.source, at.line, &length) : NULL;
	const char *end;

	if (p == NULL)
		return at;
	end = at.source->text + at.source->length;
	for (unsigned column = 1; p < end && column < at.column; column++)
		for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80; p++)
			continue;
	if (p < end && *p != *value && (*p == '"' || *p == '\''))
		step(&at, *p++);
	while (i < offset) {
		if (is_blank(value[i])) {
			for (; i < offset && is_blank(value[i]); i++)
				continue;
			for (; p < end && is_blank(*p); p++)
				step(&at, *p);
		} else if (p < end && *p == value[i]) {
			step(&at, *p++);
			i++;
		} else {
			break;
		}
	}
	return at;
}

/* Prints the character, or `?` for one that a terminal must not receive. Returns its length in bytes. */
static size_t
print_character(FILE *out, const char *p, size_t rest)
{
	size_t length;
	const int32_t c = utf8_decode(p, rest, &length);

	if (c < 0 || (utf8_is_control(c) && c != '\t'))
		fputc('?', out);
	else
		fwrite(p, 1, length, out);
	return length;
}

/* Bytes before the character in that column, counted from 1; all bytes if the line has fewer. */
static size_t
column_start(const char *line, size_t length, size_t column)
{
	size_t i = 0, n;

	while (i < length && --column > 0) {
		utf8_decode(line + i, length - i, &n);
		i += n;
	}
	return i;
}

/* Prints spaces as wide as the text. Tabs stay tabs. */
static void
print_blank(FILE *out, const char *text, size_t length)
{
	size_t n;

	for (size_t i = 0; i < length; i += n) {
		utf8_decode(text + i, length - i, &n);
		fputc(text[i] == '\t' ? '\t' : ' ', out);
	}
}

/* The source line and a caret below the column; of a long line, the part around it. */
static void
print_excerpt(FILE *out, struct position at)
{
	size_t length = 0, first = 0, last, caret;
	const char *line = find_line(at.source, at.line, &length);

	if (line == NULL)
		return;
	last = length;
	caret = column_start(line, length, at.column);
	if (column_start(line, length, EXCERPT_WIDTH + 1) < length) {
		if (at.column > EXCERPT_BEFORE)
			first = column_start(line, length, at.column - EXCERPT_BEFORE);
		last = first + column_start(line + first, length - first, EXCERPT_WIDTH + 1);
	}
	fprintf(out, "%5u | %s", at.line, first > 0 ? "..." : "");
	for (size_t i = first; i < last;)
		i += print_character(out, line + i, last - i);
	fprintf(out, "%s\n      | %s", last < length ? "..." : "", first > 0 ? "   " : "");
	print_blank(out, line + first, caret - first);
	fputs("^\n", out);
}

static void
print_message(FILE *out, const struct message *m)
{
	fputs(m->at.source->name, out);
	if (m->at.line > 0)
		fprintf(out, ":%u:%u", m->at.line, m->at.column);
	fprintf(out, ": %s: %s", m->severity == DIAG_ERROR ? "error" : "warning", m->text);
	if (m->context != NULL)
		fprintf(out, " (in %s)", m->context);
	fputc('\n', out);
	if (m->at.line > 0)
		print_excerpt(out, m->at);
}

/* How many messages of a kind were counted but not kept. */
static void
print_rest(FILE *out, size_t count, const char *what)
{
	if (count > DIAG_MESSAGES_MAX)
		fprintf(out, "atopgen: %zu more %s not shown\n", count - DIAG_MESSAGES_MAX, what);
}

void
diag_print(const struct diag *d, FILE *out)
{
	struct message *sorted;

	if (d->nmessages == 0)
		return;
	sorted = arena_alloc(d->arena, d->nmessages * sizeof(*sorted));
	memcpy(sorted, d->messages, d->nmessages * sizeof(*sorted));
	qsort(sorted, d->nmessages, sizeof(*sorted), compare_messages);
	for (size_t i = 0; i < d->nmessages; i++)
		print_message(out, &sorted[i]);
	print_rest(out, d->nerrors, "errors");
	print_rest(out, d->nwarnings, "warnings");
}

/* --- near names ---------------------------------------------------------------------------------------- */

static size_t
least(size_t a, size_t b, size_t c)
{
	const size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/*
 * Edit distance of two names of at most NAME_MAX_HINT characters: insertions, deletions, replacements, and
 * swaps of neighbours.
 */
static size_t
distance(const char *a, const char *b)
{
	const size_t width = strlen(b) + 1;
	size_t rows[3][NAME_MAX_HINT + 1];
	size_t *two_up = rows[0], *up = rows[1], *row = rows[2];

	for (size_t j = 0; j < width; j++)
		up[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t *spare = two_up;

		row[0] = i;
		for (size_t j = 1; j < width; j++) {
			const size_t replaced = up[j - 1] + (a[i - 1] != b[j - 1]);

			row[j] = least(up[j] + 1, row[j - 1] + 1, replaced);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], two_up[j - 2] + 1, SIZE_MAX);
		}
		two_up = up;
		up = row;
		row = spare;
	}
	return up[width - 1];
}

const char *
diag_nearest(const char *name, const char *const *candidates, size_t ncandidates)
{
	const size_t length = strlen(name);
	size_t limit = length / 3 > 0 ? length / 3 : 1;
	const char *nearest = NULL;

	if (length < 2 || length > NAME_MAX_HINT)
		return NULL;
	for (size_t i = 0; i < ncandidates; i++) {
		size_t d;

		if (strlen(candidates[i]) > NAME_MAX_HINT)
			continue;
		d = distance(name, candidates[i]);
		if (d < limit || (d == limit && nearest == NULL)) {
			nearest = candidates[i];
			limit = d;
		}
	}
	return nearest;
}

const char *
diag_hint(struct diag *d, const char *name, const char *const *candidates, size_t ncandidates)
{
	const char *nearest = diag_full(d) ? NULL : diag_nearest(name, candidates, ncandidates);

	return nearest != NULL ? arena_printf(d->arena, "; did you mean '%s'?", nearest) : "";
}
