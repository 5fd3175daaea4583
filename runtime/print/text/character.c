/*
 * character: well-formed UTF-8 as the Unicode standard defines it (table 3-7).
 */
#include "print/text/character.h"

#include <string.h>

size_t
character_length(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length, i;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (length > left)
		return 0;
	switch (p[0]) {
	case 0xe0: low = 0xa0; break;
	case 0xed: high = 0x9f; break;
	case 0xf0: low = 0x90; break;
	case 0xf4: high = 0x8f; break;
	}
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return length;
}

uint32_t
character_code(const unsigned char *p, size_t length)
{
	uint32_t code = length == 1 ? p[0] : p[0] & (0x7fu >> length);

	for (size_t i = 1; i < length; i++)
		code = code << 6 | (p[i] & 0x3f);
	return code;
}

bool
character_is_control(const unsigned char *p, size_t length)
{
	return length == 0 || p[0] < 0x20 || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
}

bool
character_is_direction(const unsigned char *p, size_t length)
{
	if (length == 2)
		return p[0] == 0xd8 && p[1] == 0x9c;
	if (length != 3 || p[0] != 0xe2)
		return false;
	return p[1] == 0x80 ? p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xaa && p[2] <= 0xae)
			    : p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

bool
character_is_line_end(const unsigned char *p, size_t length)
{
	return length == 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9);
}

/* Whether the eight bytes at `p` are ASCII. */
static inline bool
is_ascii_word(const unsigned char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	return (word & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether the bytes from `i` on, fewer than eight, are ASCII. False also if another of the text's last eight bytes is not. */
static inline bool
is_ascii_end(const unsigned char *p, size_t i, size_t size)
{
	unsigned char all = 0;

	if (size >= sizeof(uint64_t))
		return is_ascii_word(p + size - sizeof(uint64_t));
	for (; i < size; i++)
		all |= p[i];
	return all < 0x80;
}

bool
character_all_valid(const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t length;

	for (size_t i = 0; i < size; i += length) {
		length = sizeof(uint64_t);
		if (size - i < length ? is_ascii_end(p, i, size) : is_ascii_word(p + i))
			continue;
		length = character_length(p + i, size - i);
		if (length == 0)
			return false;
	}
	return true;
}
