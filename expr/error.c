/*
 * error: messages are printed first and made harmless then.
 */
#include "expr/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The bytes of the character that begins with `lead`, and the bits that `lead` has of it. 0: none begins with it. */
static size_t
lead_length(unsigned char lead, uint32_t *bits)
{
	if (lead < 0x80) {
		*bits = lead;
		return 1;
	}
	if (lead >= 0xc2 && lead < 0xe0) {
		*bits = lead & 0x1fU;
		return 2;
	}
	if (lead >= 0xe0 && lead < 0xf0) {
		*bits = lead & 0x0fU;
		return 3;
	}
	*bits = lead & 0x07U;
	return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/* Control characters, ends of lines, and those that change the direction of writing. */
static bool
is_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || (c >= 0x200e && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

int
expr_character(const char *text, size_t rest)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c;
	const size_t length = lead_length((unsigned char)text[0], &c);

	if (length == 0 || length > rest)
		return -1;
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | ((unsigned char)text[i] & 0x3fU);
	}
	if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return -1;
	return is_hidden(c) ? -(int)length : (int)length;
}

/* Replaces what must not be shown by question marks. */
static void
make_harmless(char *message)
{
	char *out = message;
	const char *end = message + strlen(message);

	for (const char *in = message; in < end;) {
		const int length = expr_character(in, (size_t)(end - in));

		if (length > 0) {
			memmove(out, in, (size_t)length);
			out += length;
		} else {
			*out++ = '?';
		}
		in += length > 0 ? length : -length;
	}
	*out = '\0';
}

void
expr_error_set(struct expr_error *error, size_t offset, size_t length, const char *format, ...)
{
	va_list args;

	error->offset = offset;
	error->length = length;
	va_start(args, format);
	vsnprintf(error->message, sizeof error->message, format, args);
	va_end(args);
	make_harmless(error->message);
}

const char *
expr_error_part(char shown[EXPR_SHOWN_SIZE], const char *text, size_t length)
{
	static const char dots[] = "...";
	size_t size = 0;

	while (size < length) {
		const int character = expr_character(text + size, length - size);
		const size_t step = (size_t)(character > 0 ? character : -character);

		if (size + step > EXPR_SHOWN_SIZE - sizeof dots)
			break;
		size += step;
	}
	memcpy(shown, text, size);
	if (size < length)
		memcpy(shown + size, dots, sizeof dots);
	else
		shown[size] = '\0';
	return shown;
}
