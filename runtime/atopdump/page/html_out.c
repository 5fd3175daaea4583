/*
 * html_out: the only place where text becomes HTML.
 */
#include "atopdump/page/html_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "print/query/calendar.h"
#include "print/query/zone.h"
#include "print/text/character.h"
#include "print/text/put_text.h"

#define FORMAT_MAX 512

void
html_markup(struct writer *out, const char *markup)
{
	writer_put(out, markup, strlen(markup));
}

void
html_format(struct writer *out, const char *format, ...)
{
	char *const text = writer_room(out, FORMAT_MAX);
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(text, FORMAT_MAX, format, list);
	va_end(list);
	writer_commit(out, text + (size < 0 ? 0 : size < FORMAT_MAX ? size : FORMAT_MAX - 1));
}

/* What stands for a character that HTML reads as markup; NULL: itself. */
static const char *
reference_of(unsigned char byte)
{
	switch (byte) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

/* Writes the character of `n` bytes, of which character_length returned `length`. */
static void
put_character(struct writer *out, const unsigned char *p, size_t n, size_t length)
{
	const char *reference = n == 1 ? reference_of(p[0]) : NULL;

	if (reference != NULL)
		html_markup(out, reference);
	else if (character_is_control(p, length) || character_is_direction(p, length) ||
	    character_is_line_end(p, length))
		writer_commit(out, put_byte_values(writer_room(out, PUT_VISIBLE_MAX(n) + PUT_SLACK), p, n));
	else
		writer_put(out, p, n);
}

void
html_text(struct writer *out, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t n;

	for (; size > 0; p += n, size -= n) {
		const size_t length = character_length(p, size);

		n = length > 0 ? length : 1;
		put_character(out, p, n, length);
	}
}

void
html_words(struct writer *out, const char *text)
{
	html_text(out, text, strlen(text));
}

void
html_cut_text(struct writer *out, const char *bytes, size_t size, size_t most)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t used = 0;

	if (size <= most) {
		html_text(out, bytes, size);
		return;
	}
	for (size_t n; used < most; used += n) {
		const size_t length = character_length(p + used, size - used);

		n = length > 0 ? length : 1;
		if (used + n > most)
			break;
		put_character(out, p + used, n, length);
	}
	html_markup(out, "\xe2\x80\xa6");
}

void
html_time_text(char text[HTML_TIME_MAX], int64_t time)
{
	struct calendar_date d;

	calendar_find(time, zone_offset(time), &d);
	if (d.year < 1000 || d.year > 9999)
		snprintf(text, HTML_TIME_MAX, "?");
	else
		snprintf(text, HTML_TIME_MAX, "%04u-%02u-%02u %02u:%02u:%02u", (unsigned)(d.year % 10000),
		    (unsigned)(d.month % 100), (unsigned)(d.day % 100), (unsigned)(d.hour % 100),
		    (unsigned)(d.minute % 100), (unsigned)(d.second % 100));
}

void
html_time(struct writer *out, int64_t time)
{
	char text[HTML_TIME_MAX];

	html_time_text(text, time);
	html_markup(out, text);
}
