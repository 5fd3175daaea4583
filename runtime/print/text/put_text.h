/*
 * put_text: text of any content as valid JSON, or as text for a terminal; put_csv has CSV. Space is asked for as stated in put.h.
 */
#ifndef PUT_TEXT_H
#define PUT_TEXT_H

#include "print/text/put.h"

#define PUT_JSON_TEXT_MAX(n) (2 + 6 * (n) + 3 + 2 * (n)) /* hex_key is counted by the caller */
#define PUT_VISIBLE_MAX(n)   (4 * (n))
#define PUT_UTF8_MAX(n)      (3 * (n))

/*
 * The bytes up to the first NUL, `size` at most, as a JSON string. Control characters (below 0x20, 0x7f, and
 * C1), those of writing direction (U+061C, 200E-F, 202A-E, 2066-9), and U+2028 and 2029 are escaped; each byte that is not
 * part of valid UTF-8 becomes U+FFFD. If there was one, `hex_key` (such as ",\"name_hex\":") and the exact bytes in hex
 * follow as a second member, unless `hex_key` is NULL.
 */
char *put_long_json_text(char *w, const char *bytes, size_t size, const char *hex_key);

static inline char *
put_json_text(char *w, const char *bytes, size_t size, const char *hex_key)
{
	return size > 0 && bytes[0] == '\0' ? PUT(w, "\"\"") : put_long_json_text(w, bytes, size, hex_key);
}

/* The same; `bytes_key` and the exact bytes in hex, or null if the string shows them, always follow. */
char *put_json_both(char *w, const char *bytes, size_t size, const char *bytes_key);

/* A byte within a JSON string: itself if it is printable ASCII that needs no escape, else escaped by its value. */
char *put_json_byte(char *w, unsigned char byte);

/* The exact bytes of the same text in hex, or null if put_json_text shows them. */
char *put_json_bytes(char *w, const char *bytes, size_t size);

/*
 * All `size` bytes, for a terminal: each byte of a character that put_json_text escapes as a control or the end of a line,
 * and each byte that is not part of valid UTF-8, is written as \x1b.
 */
char *put_visible(char *w, const char *bytes, size_t size);

/* Each of the `size` bytes as \x1b; at most PUT_VISIBLE_MAX(size) bytes. */
char *put_byte_values(char *w, const unsigned char *p, size_t size);

/* All `size` bytes as they are, except that each one that is not part of valid UTF-8 becomes U+FFFD. */
char *put_utf8(char *w, const char *bytes, size_t size);

#endif
