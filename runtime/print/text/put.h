/*
 * put: the primitives that generated printers are made of. Each writes at `w` and returns the end of what it
 * wrote. None checks for room: the caller asked for the sum of the PUT_*_MAX of all it puts, plus PUT_SLACK,
 * because a primitive may scribble up to PUT_SLACK bytes past the end that it returns.
 */
#ifndef PUT_H
#define PUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PUT_SLACK		32
#define PUT_INTEGER_MAX		20			/* -9223372036854775808 */
#define PUT_FLOAT_MAX		32
#define PUT_UTC_MAX		20			/* 2022-11-11T19:51:50Z */
#define PUT_FLAG_MAX		5
#define PUT_NULL_MAX		4
#define PUT_HEX_MAX(n)		(2 + 2 * (n))
#define PUT_JSON_TEXT_MAX(n)	(2 + 6 * (n) + 3 + 2 * (n))	/* hex_key is counted by the caller */
#define PUT_CSV_TEXT_MAX(n)	(3 + 4 * (n))
#define PUT_VISIBLE_MAX(n)	(4 * (n))

/* What a printer is asked for, as bits. */
#define PRINT_RESERVED		1u	/* reserved members too */
#define PRINT_CSV_SAFE		2u	/* no text in CSV is a formula, or has controls */

/*
 * A literal without its NUL, copied in whole words: up to 32 bytes it has NULs behind it, which are copied with it as far
 * as the next word's end.
 */
#define PUT_WORDS(size)	((size) <= 8 ? 8 : (size) <= 16 ? 16 : (size) <= 32 ? 32 : (size))
#define PUT_NULS	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define PUT(w, literal) \
	((char *)memcpy((w), "" literal PUT_NULS, PUT_WORDS(sizeof(literal) - 1)) + (sizeof(literal) - 1))

/* The integers that are not one digit. */
char	*put_long_u64(char *w, uint64_t value);
char	*put_long_i64(char *w, int64_t value);

/* Most integers of a log are 0. */
static inline char *
put_u64(char *w, uint64_t value)
{
	if (value > 9)
		return put_long_u64(w, value);
	*w = (char)('0' + value);
	return w + 1;
}

static inline char *
put_i64(char *w, int64_t value)
{
	if ((uint64_t)value > 9)
		return put_long_i64(w, value);
	*w = (char)('0' + value);
	return w + 1;
}

/*
 * The shortest decimal that reads back to the same value, always with a point, whatever the locale: 0.0, 1.5,
 * 1.0e-10. Infinities and NaN, which JSON has no number for, are put as null.
 */
char	*put_f32(char *w, float value);
char	*put_f64(char *w, double value);

/* true or false. */
static inline char *
put_flag(char *w, int64_t value)
{
	return value != 0 ? PUT(w, "true") : PUT(w, "false");
}

/* Seconds since 1970 as 2022-11-11T19:51:50Z, unquoted; nothing outside the years 1970 to 9999. */
char	*put_utc(char *w, int64_t seconds);

/*
 * The bytes up to the first NUL, `size` at most, as a JSON string. Control characters (below 0x20, 0x7f, and
 * C1), those of writing direction (U+061C, 200E-F, 202A-E, 2066-9), and U+2028 and 2029 are escaped; each byte that is not part of valid UTF-8 becomes U+FFFD. If there was one, `hex_key`
 * (such as ",\"name_hex\":") and the exact bytes in hex follow as a second member.
 */
char	*put_long_json_text(char *w, const char *bytes, size_t size, const char *hex_key);

static inline char *
put_json_text(char *w, const char *bytes, size_t size, const char *hex_key)
{
	return size > 0 && bytes[0] == '\0' ? PUT(w, "\"\"") : put_long_json_text(w, bytes, size, hex_key);
}

/*
 * A byte within a JSON string: itself if it is printable ASCII that needs no escape, else escaped by its
 * value.
 */
char	*put_json_byte(char *w, unsigned char byte);

/* All `size` bytes in lower-case hex, quoted. */
char	*put_json_hex(char *w, const char *bytes, size_t size);

/*
 * A CSV cell by RFC 4180 with the same text; quoted only where it must be. With PRINT_CSV_SAFE there is a ' in
 * front of what begins as a formula, white space aside, the text or what follows a semicolon in it; and what
 * put_visible would replace is replaced so, but for U+2028 and 2029.
 */
char	*put_csv_cell(char *w, const char *bytes, size_t size, unsigned print);

/* The same, a comma, and a cell for the exact bytes in hex if they are not those of the text in the first. */
char	*put_long_csv_text(char *w, const char *bytes, size_t size, unsigned print);

static inline char *
put_csv_text(char *w, const char *bytes, size_t size, unsigned print)
{
	return size > 0 && bytes[0] == '\0' ? PUT(w, ",") : put_long_csv_text(w, bytes, size, print);
}

/*
 * All `size` bytes, for a terminal: each byte of a character that put_json_text would escape for being a control or the
 * end of a line, and each that is not part of valid UTF-8, as \x1b.
 */
char	*put_visible(char *w, const char *bytes, size_t size);

/* All `size` bytes in lower-case hex. */
char	*put_csv_hex(char *w, const char *bytes, size_t size);

/* As put_f32 and put_f64, but nothing for what is no number. */
char	*put_csv_f32(char *w, float value);
char	*put_csv_f64(char *w, double value);

/* A comma before every element of a list but the first. */
static inline char *
put_separator(char *w, size_t index)
{
	*w = ',';
	return w + (index != 0);
}

#endif
