/*
 * timepoint: a function for each form; the first that recognises the text decides.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "print/query/calendar.h"
#include "print/query/timepoint.h"
#include "print/query/zone.h"

#define MINUTE     60
#define HOUR       3600
#define DAY        86400
#define BARE       10 /* digits of seconds since 1970 without an @ */
#define UNITS_MAX  11 /* digits of a number of units before now */
#define NUMBER_MAX 17 /* digits of any number */

/* What is left of the text, and whether all before was as expected. */
struct cursor {
	const char *at;
	bool ok;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(const char *text)
{
	size_t n = 0;

	while (is_digit(text[n]))
		n++;
	return n;
}

/* A number of exactly `size` digits. */
static int64_t
take_digits(struct cursor *c, size_t size)
{
	int64_t value = 0;

	for (size_t i = 0; i < size && c->ok; i++) {
		c->ok = is_digit(*c->at);
		if (c->ok)
			value = 10 * value + (*c->at++ - '0');
	}
	return value;
}

/* Skips one of the characters in `set`; false: another one is next. */
static bool
take_one(struct cursor *c, const char *set)
{
	if (!c->ok || *c->at == '\0' || strchr(set, *c->at) == NULL)
		return false;
	c->at++;
	return true;
}

static void
expect(struct cursor *c, const char *set)
{
	c->ok = take_one(c, set);
}

/* --- dates ---------------------------------------------------------------------------------------------------- */

static enum timepoint_result
set_moment(struct timepoint *p, int64_t first, int64_t last)
{
	*p = (struct timepoint){ TIMEPOINT_MOMENT, first, last };
	return TIMEPOINT_OK;
}

/* The moment at which clocks of the zone show the date and time, and `seconds` more for the last one. */
static enum timepoint_result
set_local(struct timepoint *p, const struct calendar_date *d, int64_t seconds)
{
	int64_t first, last, other;

	if (!calendar_is_possible(d))
		return TIMEPOINT_IMPOSSIBLE;
	zone_find(calendar_seconds(d), &first, &other);
	zone_find(calendar_seconds(d) + seconds, &other, &last);
	return set_moment(p, first, last);
}

/* --- forms ---------------------------------------------------------------------------------------------------- */

/* Hours, minutes and, if there are some, seconds. */
static void
take_clock(struct cursor *c, struct calendar_date *d)
{
	d->hour = take_digits(c, 2);
	expect(c, ":");
	d->minute = take_digits(c, 2);
	if (take_one(c, ":"))
		d->second = take_digits(c, 2);
}

/* Skips a fraction of a second. Whether it is not 0. */
static bool
take_fraction(struct cursor *c)
{
	bool some = false;

	if (!take_one(c, ".,"))
		return false;
	c->ok = is_digit(*c->at);
	while (is_digit(*c->at))
		some = *c->at++ != '0' || some;
	return some;
}

/* An offset such as +01:00 or +01, in seconds; whether it is `possible`. */
static int64_t
take_offset(struct cursor *c, bool *possible)
{
	const bool west = *c->at == '-';
	int64_t hours, minutes = 0;

	expect(c, "+-");
	hours = take_digits(c, 2);
	if (*c->at != '\0') {
		expect(c, ":");
		minutes = take_digits(c, 2);
	}
	*possible = hours < 24 && minutes < 60;
	return (west ? -1 : 1) * (HOUR * hours + MINUTE * minutes);
}

/* 2022-11-11, alone or with a time. */
static enum timepoint_result
parse_date(struct timepoint *p, const char *text)
{
	struct cursor c = { text, true };
	struct calendar_date d = { 0 };
	int64_t offset = 0;
	bool possible = true, fraction;
	enum timepoint_result result;

	d.year = take_digits(&c, 4);
	expect(&c, "-");
	d.month = take_digits(&c, 2);
	expect(&c, "-");
	d.day = take_digits(&c, 2);
	if (c.ok && *c.at == '\0')
		return set_local(p, &d, DAY - 1);
	expect(&c, "Tt ");
	take_clock(&c, &d);
	fraction = take_fraction(&c);
	if (c.ok && *c.at == '\0') {
		result = set_local(p, &d, 0);
	} else {
		if (!take_one(&c, "Zz"))
			offset = take_offset(&c, &possible);
		if (!c.ok || *c.at != '\0')
			return TIMEPOINT_UNKNOWN;
		if (!possible || !calendar_is_possible(&d))
			return TIMEPOINT_IMPOSSIBLE;
		result = set_moment(p, calendar_seconds(&d) - offset, calendar_seconds(&d) - offset);
	}
	if (result == TIMEPOINT_OK)
		p->first += fraction;
	return result;
}

/* 19:51 or 19:51:50. */
static enum timepoint_result
parse_daily(struct timepoint *p, const char *text)
{
	struct cursor c = { text, true };
	struct calendar_date d = { 1970, 1, 1, 0, 0, 0 };

	take_clock(&c, &d);
	if (!c.ok || *c.at != '\0')
		return TIMEPOINT_UNKNOWN;
	if (!calendar_is_possible(&d))
		return TIMEPOINT_IMPOSSIBLE;
	*p = (struct timepoint){ TIMEPOINT_DAILY, calendar_seconds(&d), calendar_seconds(&d) };
	return TIMEPOINT_OK;
}

/* YYYYMMDDhhmm or YYYYMMDDhhmmss. */
static enum timepoint_result
parse_digits(struct timepoint *p, const char *text, size_t size)
{
	struct cursor c = { text, true };
	struct calendar_date d = { 0 };

	d.year = take_digits(&c, 4);
	d.month = take_digits(&c, 2);
	d.day = take_digits(&c, 2);
	d.hour = take_digits(&c, 2);
	d.minute = take_digits(&c, 2);
	if (size == 14)
		d.second = take_digits(&c, 2);
	return set_local(p, &d, 0);
}

/* Digits alone, behind an @ or not. */
static enum timepoint_result
parse_number(struct timepoint *p, const char *text)
{
	const bool marked = *text == '@';
	struct cursor c = { text + marked, true };
	const size_t size = count_digits(c.at);
	int64_t value;

	if (!marked && (size == 12 || size == 14))
		return parse_digits(p, text, size);
	if (!marked && size > 0 && size != BARE)
		return TIMEPOINT_DIGITS;
	if (c.at[size] != '\0' || size == 0 || size > NUMBER_MAX)
		return TIMEPOINT_UNKNOWN;
	value = take_digits(&c, size);
	return set_moment(p, value, value);
}

/* -2h and its like. */
static enum timepoint_result
parse_relative(struct timepoint *p, const char *text, int64_t now)
{
	static const char units[] = "smhd";
	static const int64_t seconds[] = { 1, MINUTE, HOUR, DAY };
	struct cursor c = { text + 1, true };
	const size_t size = count_digits(c.at);
	const char *unit = size > 0 && c.at[size] != '\0' ? strchr(units, c.at[size]) : NULL;
	int64_t past;

	if (unit == NULL || c.at[size + 1] != '\0' || size > UNITS_MAX)
		return TIMEPOINT_UNKNOWN;
	past = take_digits(&c, size) * seconds[unit - units];
	return set_moment(p, now - past, now - past);
}

enum timepoint_result
timepoint_parse(struct timepoint *point, const char *text, int64_t now)
{
	const size_t size = count_digits(text);

	if (*text == '-')
		return parse_relative(point, text, now);
	if (*text == '@' || text[size] == '\0')
		return parse_number(point, text);
	return text[size] == '-' ? parse_date(point, text) : parse_daily(point, text);
}
