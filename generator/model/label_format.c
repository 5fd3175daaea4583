/*
 * label_format: a table of conversions, by what follows flags, width and precision.
 */
#include "model/label_format.h"

#include <string.h>

static const struct {
	const char *text;
	enum conversion conversion;
	bool width, precision; /* that it can have */
} conversions[] = {
	{ "lld", CONVERT_LLD, false, false },
	{ "llu", CONVERT_LLU, false, false },
	{ "ld", CONVERT_LD, false, false },
	{ "hd", CONVERT_HD, false, false },
	{ "d", CONVERT_D, true, false },
	{ "u", CONVERT_U, false, false },
	{ "x", CONVERT_X, false, false },
	{ "c", CONVERT_LETTER, false, false },
	{ "s", CONVERT_TEXT, false, true },
	{ "f", CONVERT_REAL, true, true },
};

#define DIGITS_MAX 3 /* of a width or a precision */

/* A number of at most DIGITS_MAX digits; moves behind it. */
static unsigned
read_number(const char **p)
{
	unsigned value = 0;

	for (unsigned n = 0; n < DIGITS_MAX && **p >= '0' && **p <= '9'; n++)
		value = 10 * value + (unsigned)(*(*p)++ - '0');
	return value;
}

/* The conversion behind "%"; moves behind it. False: there is none. */
static bool
read_conversion(const char **p, struct label_segment *s)
{
	bool has_precision = false;

	if (**p == '0') {
		s->zeros = true;
		++*p;
	}
	s->width = read_number(p);
	if (**p == '.') {
		has_precision = true;
		++*p;
		s->precision = read_number(p);
	}
	for (size_t i = 0; i < sizeof conversions / sizeof conversions[0]; i++) {
		const size_t length = strlen(conversions[i].text);

		if (strncmp(*p, conversions[i].text, length) != 0)
			continue;
		*p += length;
		s->conversion = conversions[i].conversion;
		if (s->conversion == CONVERT_REAL && !has_precision)
			s->precision = 6;
		if (s->conversion == CONVERT_D && s->width > 0)
			s->conversion = CONVERT_WIDE_D;
		return (s->width == 0 || conversions[i].width) && (!has_precision || conversions[i].precision) &&
		    (!s->zeros || s->conversion == CONVERT_WIDE_D);
	}
	return false;
}

bool
label_format_parse(struct arena *a, const char *text, struct label_format *format, size_t *at)
{
	const char *p = text;

	*format = (struct label_format){ .nsegments = 0 };
	for (;;) {
		struct label_segment *s = &format->segments[format->nsegments];
		const char *literal = "";

		*at = (size_t)(p - text);
		if (format->nsegments++ == LABEL_SEGMENTS_MAX)
			return false;
		for (; *p != '\0' && (*p != '%' || p[1] == '%'); p += *p == '%' ? 2 : 1)
			literal = arena_printf(a, "%s%c", literal, *p);
		s->text = literal;
		if (*p == '\0')
			return true;
		*at = (size_t)(p++ - text);
		if (!read_conversion(&p, s))
			return false;
		format->nconversions++;
	}
}
