/*
 * character: the UTF-8 characters of a text of any content, and those that act on the program or the person that reads it.
 */
#ifndef CHARACTER_H
#define CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What stands for a byte that is not part of valid UTF-8: U+FFFD. */
#define CHARACTER_REPLACEMENT "\xef\xbf\xbd"

/*
 * The length of the well-formed UTF-8 sequence at `p`, of which `left` bytes can be read: 1 to 4; 0 if there
 * is none. The second byte's range is what excludes overlong forms, surrogates, and what lies beyond
 * U+10FFFF.
 */
size_t character_length(const unsigned char *p, size_t left);

/* Whether all `size` bytes are well-formed UTF-8. */
bool character_all_valid(const char *bytes, size_t size);

/* Of the following, `p` is a sequence of which character_length returned `length`. */

/* The code point; `length` is not 0. */
uint32_t character_code(const unsigned char *p, size_t length);

/* A control character (below 0x20, 0x7f, and C1), or no character. */
bool character_is_control(const unsigned char *p, size_t length);

/* A control of writing direction, which changes the order in which text is shown: U+061C, 200E-F, 202A-E, 2066-9. */
bool character_is_direction(const unsigned char *p, size_t length);

/* U+2028 and 2029, which end a line for some readers. */
bool character_is_line_end(const unsigned char *p, size_t length);

/* The bytes before the first NUL, `size` at most. */
static inline size_t
character_text_length(const char *bytes, size_t size)
{
	const char *nul = memchr(bytes, 0, size);

	return nul == NULL ? size : (size_t)(nul - bytes);
}

/*
 * Copies the bytes at `bytes`, `size` at most, up to the first one that `plain` does not accept; returns their number.
 * `plain` tests eight bytes at a time, so the last seven bytes are never copied.
 */
static inline size_t
character_copy_words(char *w, const char *bytes, size_t size, size_t (*plain)(const char *p))
{
	size_t i = 0, n = 8;

	while (n == 8 && size - i >= 8) {
		memcpy(w + i, bytes + i, 8);
		n = plain(bytes + i);
		i += n;
	}
	return i;
}

#endif
