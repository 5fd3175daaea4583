/*
 * text: checks that output is well-formed.
 */
#include <stdint.h>
#include <string.h>

#include "text.h"

#define DEPTH_MAX 64 /* of what may be nested */

/* What is still to be read. */
struct rest {
	const char *p, *end;
};

static int
peek(const struct rest *r)
{
	return r->p < r->end ? (unsigned char)*r->p : -1;
}

static bool
take(struct rest *r, int c)
{
	if (peek(r) != c)
		return false;
	r->p++;
	return true;
}

/* --- UTF-8 ---------------------------------------------------------------------------------------------- */

/* One character beyond ASCII: the shortest form of one that is no surrogate. */
static bool
take_wide(struct rest *r)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char first = (unsigned char)*r->p++;
	const size_t more = first >= 0xf8 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
	uint32_t c = first & (0x3fu >> more);

	if (more == 0 || (size_t)(r->end - r->p) < more)
		return false;
	for (size_t i = 0; i < more; i++) {
		if (((unsigned char)*r->p & 0xc0) != 0x80)
			return false;
		c = c << 6 | ((unsigned char)*r->p++ & 0x3f);
	}
	return c >= least[more] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static bool
take_character(struct rest *r)
{
	if ((unsigned char)*r->p >= 0x80)
		return take_wide(r);
	r->p++;
	return true;
}

bool
text_is_utf8(const char *p, size_t size)
{
	struct rest r = { p, p + size };

	while (r.p < r.end)
		if (!take_character(&r))
			return false;
	return true;
}

/* --- JSON ----------------------------------------------------------------------------------------------- */

static bool take_value(struct rest *r, unsigned depth);

static bool
take_escape(struct rest *r)
{
	static const char hex[] = "0123456789abcdefABCDEF";

	if (!take(r, 'u'))
		return peek(r) > 0 && strchr("\"\\/bfnrt", *r->p++) != NULL;
	for (int i = 0; i < 4; i++)
		if (peek(r) <= 0 || strchr(hex, *r->p++) == NULL)
			return false;
	return true;
}

static bool
take_string(struct rest *r)
{
	if (!take(r, '"'))
		return false;
	while (!take(r, '"')) {
		if (peek(r) < 0x20)
			return false;
		if (take(r, '\\') ? !take_escape(r) : !take_character(r))
			return false;
	}
	return true;
}

static size_t
take_digits(struct rest *r)
{
	const char *start = r->p;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->p++;
	return (size_t)(r->p - start);
}

static bool
take_number(struct rest *r)
{
	take(r, '-');
	if (!take(r, '0') && take_digits(r) == 0)
		return false;
	if (take(r, '.') && take_digits(r) == 0)
		return false;
	if (!take(r, 'e') && !take(r, 'E'))
		return true;
	if (!take(r, '-'))
		take(r, '+');
	return take_digits(r) > 0;
}

static bool
take_word(struct rest *r, const char *word)
{
	const size_t length = strlen(word);

	if ((size_t)(r->end - r->p) < length || memcmp(r->p, word, length) != 0)
		return false;
	r->p += length;
	return true;
}

static bool
take_item(struct rest *r, bool keyed, unsigned depth)
{
	if (keyed) {
		if (!take_string(r) || !take(r, ':'))
			return false;
		take(r, ' ');
	}
	return take_value(r, depth + 1);
}

/* What is between brackets; a space may follow a comma and a colon. */
static bool
take_items(struct rest *r, bool keyed, unsigned depth)
{
	const char closing = keyed ? '}' : ']';

	r->p++;
	if (take(r, closing))
		return true;
	for (;;) {
		if (!take_item(r, keyed, depth))
			return false;
		if (take(r, closing))
			return true;
		if (!take(r, ','))
			return false;
		take(r, ' ');
	}
}

static bool
take_value(struct rest *r, unsigned depth)
{
	if (depth > DEPTH_MAX)
		return false;
	switch (peek(r)) {
	case '{': return take_items(r, true, depth);
	case '[': return take_items(r, false, depth);
	case '"': return take_string(r);
	case 't': return take_word(r, "true");
	case 'f': return take_word(r, "false");
	case 'n': return take_word(r, "null");
	default: return take_number(r);
	}
}

bool
text_is_json_lines(const char *p, size_t size)
{
	struct rest r = { p, p + size };

	while (r.p < r.end)
		if (peek(&r) != '{' || !take_value(&r, 0) || !take(&r, '\n'))
			return false;
	return true;
}

/* --- CSV ------------------------------------------------------------------------------------------------ */

static bool
take_cell(struct rest *r)
{
	if (!take(r, '"')) {
		while (peek(r) >= 0 && strchr(",\r\n\"", peek(r)) == NULL)
			r->p++;
		return true;
	}
	do {
		while (peek(r) >= 0 && peek(r) != '"')
			r->p++;
		if (!take(r, '"'))
			return false;
	} while (take(r, '"'));
	return true;
}

/* The number of the row's cells; 0: it is none. */
static size_t
take_row(struct rest *r)
{
	size_t n = 0;

	do {
		if (!take_cell(r))
			return 0;
		n++;
	} while (take(r, ','));
	return take(r, '\r') && take(r, '\n') ? n : 0;
}

bool
text_is_csv(const char *p, size_t size)
{
	struct rest r = { p, p + size };
	const size_t n = size > 0 ? take_row(&r) : 0;

	if (size > 0 && n == 0)
		return false;
	while (r.p < r.end)
		if (take_row(&r) != n)
			return false;
	return text_is_utf8(p, size) && memchr(p, '\0', size) == NULL;
}

/* --- C -------------------------------------------------------------------------------------------------- */

/* The rest of a literal that `quote` began. */
static bool
take_literal(struct rest *r, int quote)
{
	while (!take(r, quote)) {
		take(r, '\\');
		if (peek(r) < 0x20)
			return false;
		r->p++;
	}
	return true;
}

static bool
take_comment(struct rest *r)
{
	while (r->end - r->p >= 2) {
		if (r->p[0] == '*' && r->p[1] == '/') {
			r->p += 2;
			return true;
		}
		r->p++;
	}
	return false;
}

bool
text_is_c(const char *p, size_t size)
{
	struct rest r = { p, p + size };
	char open[DEPTH_MAX];
	size_t depth = 0;
	char c;

	while (r.p < r.end) {
		c = *r.p++;
		if ((c == '"' || c == '\'') && !take_literal(&r, c))
			return false;
		if (c == '/' && take(&r, '*') && !take_comment(&r))
			return false;
		if (strchr("([{", c) != NULL && c != '\0') {
			if (depth == DEPTH_MAX)
				return false;
			open[depth++] = (char)(c == '(' ? ')' : c + 2);
		}
		if (strchr(")]}", c) != NULL && (depth == 0 || open[--depth] != c))
			return false;
	}
	return depth == 0;
}

size_t
text_count(const char *p, size_t size, const char *word)
{
	const size_t length = strlen(word);
	const char *end = p + size;
	size_t n = 0;

	while ((size_t)(end - p) >= length) {
		p = memchr(p, word[0], (size_t)(end - p) - length + 1);
		if (p == NULL)
			break;
		n += memcmp(p, word, length) == 0;
		p++;
	}
	return n;
}
