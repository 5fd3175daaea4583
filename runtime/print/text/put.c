/*
 * put: prints numbers and times without allocation, locale or I/O.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "print/text/put.h"
#include "print/text/shortest.h"
#include "rawlog/base/swar.h"

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/*
 * The eight decimal digits of a value below 10^8, a byte each, the first one lowest: halved three times, each time in all
 * parts at once. Quotients come from multiplying: exact for the numbers of so few digits that there are.
 */
static inline uint64_t
eight_digits(uint32_t value)
{
	const uint64_t fours = value / 10000 | (uint64_t)(value % 10000) << 32;
	const uint64_t upper = fours * 10486 >> 20 & UINT64_C(0x0000007f0000007f);
	const uint64_t twos = upper | (fours - 100 * upper) << 16;
	const uint64_t tens = twos * 103 >> 10 & UINT64_C(0x000f000f000f000f);

	return tens | (twos - 10 * tens) << 8;
}

/*
 * From 1 to 10^8 - 1, without a branch. The length is found beside the digits instead of in them, so that what is put
 * next need not wait for these.
 */
static inline char *
put_short(char *w, uint32_t value)
{
	const unsigned length = 1u + (value >= 10) + (value >= 100) + (value >= 1000) + (value >= 10000) +
	    (value >= 100000) + (value >= 1000000) + (value >= 10000000);

	put_word(w, (eight_digits(value) | SWAR_EACH('0')) >> 8 * (8 - length));
	return w + length;
}

/* With zeros before it. */
static inline char *
put_eight(char *w, uint32_t value)
{
	return put_word(w, eight_digits(value) | SWAR_EACH('0'));
}

#define EIGHT 100000000 /* the first value of more than eight digits */

/* The lowest four bytes of a word, in the same way. */
static inline char *
put_half(char *w, uint32_t word)
{
	w[0] = (char)word;
	w[1] = (char)(word >> 8);
	w[2] = (char)(word >> 16);
	w[3] = (char)(word >> 24);
	return w + 4;
}

/* The two digits of a value below 100, the first one lowest. */
static inline uint32_t
two_digits(uint32_t value)
{
	return (unsigned char)pairs[2 * value] | (uint32_t)(unsigned char)pairs[2 * value + 1] << 8;
}

/* From 10 to 9999, which most integers that are not one digit are. */
static inline char *
put_shortest(char *w, uint32_t value)
{
	const unsigned length = 2u + (value >= 100) + (value >= 1000);
	const uint32_t upper = value * 10486 >> 20;
	const uint32_t digits = two_digits(upper) | two_digits(value - 100 * upper) << 16;

	put_half(w, digits >> 8 * (4 - length));
	return w + length;
}

/* Above eight digits. */
static char *
put_longest(char *w, uint64_t value)
{
	return put_eight(put_u64(w, value / EIGHT), (uint32_t)(value % EIGHT));
}

char *
put_long_u64(char *w, uint64_t value)
{
	if (value < 10000)
		return put_shortest(w, (uint32_t)value);
	return value < EIGHT ? put_short(w, (uint32_t)value) : put_longest(w, value);
}

char *
put_long_i64(char *w, int64_t value)
{
	if (value >= 0)
		return put_long_u64(w, (uint64_t)value);
	*w++ = '-';
	return put_u64(w, 0 - (uint64_t)value);
}

/* --- floating point ------------------------------------------------------------------------------------- */

#define DIGITS_MAX 17

/* A decimal: 0.d1d2d3… times ten to the `point`; no zero at the end. */
struct decimal {
	char digits[DIGITS_MAX + PUT_SLACK];
	int ndigits;
	int point;
};

static bool
reads_back(const struct decimal *d, double value, bool is_float)
{
	char text[DIGITS_MAX + 16];

	snprintf(text, sizeof text, "%.*se%d", d->ndigits, d->digits, d->point - d->ndigits);
	return is_float ? (double)strtof(text, NULL) == value : strtod(text, NULL) == value;
}

static void
drop_zeros(struct decimal *d)
{
	while (d->ndigits > 1 && d->digits[d->ndigits - 1] == '0')
		d->ndigits--;
}

/* A positive `value` rounded to `precision` digits. */
static void
round_to(double value, int precision, struct decimal *d)
{
	char text[64];
	const char *p;

	snprintf(text, sizeof text, "%.*e", precision - 1, value);
	d->ndigits = 0;
	for (p = text; *p != 'e'; p++) /* whatever the locale puts for a point is skipped */
		if (*p >= '0' && *p <= '9' && d->ndigits < DIGITS_MAX)
			d->digits[d->ndigits++] = *p;
	d->point = (int)strtol(p + 1, NULL, 10) + 1;
}

/* The next decimal of as many digits. */
static void
step_up(struct decimal *d)
{
	int i = d->ndigits;

	while (i > 0 && d->digits[i - 1] == '9')
		d->digits[--i] = '0';
	if (i > 0) {
		d->digits[i - 1]++;
	} else {
		d->digits[0] = '1';
		d->point++;
	}
}

/*
 * `precision` digits for a positive `value`; false if none read back to it. Above a power of two the next
 * value is twice as far away as below, so that the nearest decimal may fail where the one above it does not.
 */
static bool
try_precision(double value, int precision, bool is_float, struct decimal *d)
{
	round_to(value, precision, d);
	if (!reads_back(d, value, is_float)) {
		step_up(d);
		if (!reads_back(d, value, is_float))
			return false;
	}
	drop_zeros(d);
	return true;
}

static char *
put_zeros(char *w, int n)
{
	while (n-- > 0)
		*w++ = '0';
	return w;
}

/* The digits `from` to `to`; those behind the last one are 0. */
static char *
put_digits(char *w, const struct decimal *d, int from, int to)
{
	const int end = to < d->ndigits ? to : d->ndigits;

	for (; from < end; from++)
		*w++ = d->digits[from];
	return put_zeros(w, to - from);
}

/* 1.5e-10 */
static char *
put_scientific(char *w, const struct decimal *d)
{
	*w++ = d->digits[0];
	*w++ = '.';
	w = put_digits(w, d, 1, d->ndigits > 1 ? d->ndigits : 2);
	*w++ = 'e';
	return put_i64(w, d->point - 1);
}

#define FRACTION_ZEROS 3 /* behind the point, before the first other digit, at most */

static char *
put_decimal(char *w, const struct decimal *d)
{
	if (d->point > 0 && d->point < d->ndigits) { /* most have digits on both sides of the point */
		memcpy(w, d->digits, DIGITS_MAX);
		w[d->point] = '.';
		memcpy(w + d->point + 1, d->digits + d->point, DIGITS_MAX);
		return w + d->ndigits + 1;
	}
	if (d->point < -FRACTION_ZEROS || d->point > 16)
		return put_scientific(w, d);
	if (d->point <= 0) {
		w = PUT(w, "0.000") - (FRACTION_ZEROS + d->point);
		memcpy(w, d->digits, DIGITS_MAX);
		return w + d->ndigits;
	}
	w = put_digits(w, d, 0, d->point);
	return PUT(w, ".0");
}

/* Tries `precision` digits, then more; seventeen always do. */
static char *
put_general(char *w, double value, int precision, bool is_float)
{
	struct decimal d;

	if (signbit(value)) {
		*w++ = '-';
		value = -value;
	}
	while (!try_precision(value, precision, is_float, &d) && precision < DIGITS_MAX)
		precision++;
	return put_decimal(w, &d);
}

/* `hundredths`, below a million, as a decimal with one or two places. */
static char *
put_hundredths(char *w, unsigned hundredths)
{
	const char *pair = pairs + hundredths % 100 * 2;

	w = put_u64(w, hundredths / 100);
	*w++ = '.';
	*w++ = pair[0];
	if (pair[1] != '0')
		*w++ = pair[1];
	return w;
}

/*
 * Most floats of a log are load averages and percentages of two places. Six digits are unambiguous in a
 * float, so that what is found here is the shortest.
 */
char *
put_f32(char *w, float value)
{
	float magnitude = fabsf(value);
	unsigned hundredths;

	if (!isfinite(value))
		return PUT(w, "null");
	if (magnitude < 1e4f) {
		hundredths = (unsigned)((double)magnitude * 100 + 0.5);
		if ((float)(hundredths / 100.0) == magnitude) {
			if (signbit(value))
				*w++ = '-';
			return put_hundredths(w, hundredths);
		}
	}
	return put_general(w, (double)value, magnitude < FLT_MIN ? 1 : FLT_DIG, true);
}

#define INTEGERS_MAX 9007199254740992.0 /* below it each integer is a double, and no shorter decimal reads back to it */

char *
put_f64(char *w, double value)
{
	const double magnitude = fabs(value);
	struct decimal d;
	uint64_t digits;
	int power;

	if (!isfinite(value))
		return PUT(w, "null");
	if (magnitude < INTEGERS_MAX && (double)(uint64_t)magnitude == magnitude) {
		if (signbit(value))
			*w++ = '-';
		return PUT(put_u64(w, (uint64_t)magnitude), ".0");
	}
	if (!shortest_find(magnitude, &digits, &power))
		return put_general(w, value, magnitude < DBL_MIN ? 1 : DBL_DIG, false);
	d.ndigits = (int)(put_u64(d.digits, digits) - d.digits);
	d.point = d.ndigits + power;
	if (signbit(value))
		*w++ = '-';
	return put_decimal(w, &d);
}

char *
put_csv_f32(char *w, float value)
{
	return isfinite(value) ? put_f32(w, value) : w;
}

char *
put_csv_any_f64(char *w, double value)
{
	return isfinite(value) ? put_f64(w, value) : w;
}

/* --- time ----------------------------------------------------------------------------------------------- */

#define SECONDS_A_DAY 86400
#define SECONDS_MAX   253402300799 /* 9999-12-31T23:59:59Z */

static char *
put_pair(char *w, unsigned value, char after)
{
	memcpy(w, pairs + value * 2, 2);
	w[2] = after;
	return w + 3;
}

char *
put_utc(char *w, int64_t seconds)
{
	unsigned days, second, era_day, year_of_era, day, month;

	if (seconds < 0 || seconds > SECONDS_MAX)
		return w;
	/* Years begin in March here, so that the leap day is the last of its year; eras are of 400 years. */
	days = (unsigned)(seconds / SECONDS_A_DAY) + 719468;
	second = (unsigned)(seconds % SECONDS_A_DAY);
	era_day = days % 146097;
	year_of_era = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
	day = era_day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day + 2) / 153;
	w = put_u64(w, days / 146097 * 400 + year_of_era + (month >= 10));
	*w++ = '-';
	w = put_pair(w, month < 10 ? month + 3 : month - 9, '-');
	w = put_pair(w, day - (153 * month + 2) / 5 + 1, 'T');
	w = put_pair(w, second / 3600, ':');
	w = put_pair(w, second / 60 % 60, ':');
	return put_pair(w, second % 60, 'Z');
}

/* --- hex ------------------------------------------------------------------------------------------------ */

char *
put_csv_hex(char *w, const char *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		*w++ = digits[byte >> 4];
		*w++ = digits[byte & 15];
	}
	return w;
}

char *
put_json_hex(char *w, const char *bytes, size_t size)
{
	*w++ = '"';
	w = put_csv_hex(w, bytes, size);
	*w++ = '"';
	return w;
}

char *
put_json_time(char *w, int64_t seconds, unsigned print)
{
	char *end;

	if (print & PRINT_EPOCH)
		return put_i64(w, seconds);
	end = put_utc(PUT(w, "\""), seconds);
	return end > w + 1 ? PUT(end, "\"") : PUT(w, "null");
}

char *
put_csv_time(char *w, int64_t seconds, unsigned print)
{
	return print & PRINT_EPOCH ? put_i64(w, seconds) : put_utc(w, seconds);
}
