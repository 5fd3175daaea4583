/*
 * put: prints numbers, times, flags and hex; generated printers consist of calls of these and of put_text. Each function
 * writes at `w` and returns the end of its text. None checks the space: the caller provides the sum of the PUT_*_MAX of all
 * calls, plus PUT_SLACK, because a function may overwrite up to PUT_SLACK bytes behind the end that it returns.
 */
#ifndef PUT_H
#define PUT_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PUT_SLACK       32
#define PUT_INTEGER_MAX 20 /* -9223372036854775808 */
#define PUT_FLOAT_MAX   32
#define PUT_UTC_MAX     20 /* 2022-11-11T19:51:50Z */
#define PUT_TIME_MAX    22 /* the same with quotes */
#define PUT_FLAG_MAX    5
#define PUT_HEX_MAX(n)  (2 + 2 * (n))

/* The options of a printer, as bits. */
#define PRINT_RESERVED 1u /* reserved members too */
#define PRINT_CSV_SAFE 2u /* no text in CSV is a formula, or has controls */
#define PRINT_EPOCH    4u /* times are seconds since 1970 */
#define PRINT_NAMES    8u /* columns whose bits have names are texts with these names */

/*
 * A literal without its NUL, copied in whole words: up to 32 bytes it has NULs behind it, which are copied with it as far
 * as the next word's end.
 */
#define PUT_WORDS(size) ((size) <= 8 ? 8 : (size) <= 16 ? 16 : (size) <= 32 ? 32 : (size))
#define PUT_NULS        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define PUT(w, literal) \
	((char *)memcpy((w), "" literal PUT_NULS, PUT_WORDS(sizeof(literal) - 1)) + (sizeof(literal) - 1))

/* Integers of two digits and more. */
char *put_long_u64(char *w, uint64_t value);
char *put_long_i64(char *w, int64_t value);

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

/* Eight bytes, the lowest one first; written out, so that compilers make one store of them. */
static inline char *
put_word(char *w, uint64_t word)
{
	w[0] = (char)word;
	w[1] = (char)(word >> 8);
	w[2] = (char)(word >> 16);
	w[3] = (char)(word >> 24);
	w[4] = (char)(word >> 32);
	w[5] = (char)(word >> 40);
	w[6] = (char)(word >> 48);
	w[7] = (char)(word >> 56);
	return w + 8;
}

/*
 * The shortest decimal that reads back to the same value, always with a point, whatever the locale: 0.0, 1.5,
 * 1.0e-10. Infinities and NaN, which JSON has no number for, are put as null.
 */
char *put_f32(char *w, float value);
char *put_f64(char *w, double value);

/* true or false. */
static inline char *
put_flag(char *w, int64_t value)
{
	return value != 0 ? PUT(w, "true") : PUT(w, "false");
}

/* Seconds since 1970 as 2022-11-11T19:51:50Z, unquoted; nothing outside the years 1970 to 9999. */
char *put_utc(char *w, int64_t seconds);

/*
 * The same in a table, as JSON or CSV: in quotes in JSON; null, or nothing in CSV, if it has no such text. With PRINT_EPOCH
 * it is the number.
 */
char *put_json_time(char *w, int64_t seconds, unsigned print);
char *put_csv_time(char *w, int64_t seconds, unsigned print);

/* All `size` bytes in lower-case hex, quoted. */
char *put_json_hex(char *w, const char *bytes, size_t size);

/* All `size` bytes in lower-case hex. */
char *put_csv_hex(char *w, const char *bytes, size_t size);

/* As put_f32 and put_f64, but infinities and NaN are written as nothing. */
char *put_csv_f32(char *w, float value);
char *put_csv_any_f64(char *w, double value);

/* The same as put_csv_any_f64. Most numbers of views are 0. */
static inline char *
put_csv_f64(char *w, double value)
{
	return value == 0 && !signbit(value) ? PUT(w, "0.0") : put_csv_any_f64(w, value);
}

/* A comma before every element of a list but the first. */
static inline char *
put_separator(char *w, size_t index)
{
	*w = ',';
	return w + (index != 0);
}

#endif
