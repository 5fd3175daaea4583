/*
 * utf8: decoding, strict about form: no overlong encodings, no surrogates, nothing beyond U+10FFFF.
 */
#include "base/utf8.h"

/* Bytes of a character by the first of them; 0 for a byte that begins none. */
static size_t
claimed_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc0 || first > 0xf7)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

int32_t
utf8_decode(const char *p, size_t rest, size_t *length)
{
	static const int32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char first = (unsigned char)*p;
	const size_t n = claimed_length(first);
	int32_t c = n == 1 ? first : first & (0x7f >> n);

	*length = 1;
	if (n == 0 || n > rest)
		return -1;
	for (size_t i = 1; i < n; i++) {
		const unsigned char byte = (unsigned char)p[i];

		if ((byte & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (byte & 0x3f);
	}
	if (c < smallest[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return -1;
	*length = n;
	return c;
}

bool
utf8_is_control(int32_t c)
{
	static const int32_t ranges[][2] = {
		{ 0x00, 0x1f },
		{ 0x7f, 0x9f },
		{ 0x200e, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2066, 0x2069 },
		{ 0xfeff, 0xfeff },
		{ 0xfffe, 0xffff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}
