/*
 * where_time: times in texts of a condition.
 */
#include <string.h>

#include "print/query/where_internal.h"

/* Reads `n` digits and the character `mark` behind them; '\0': none is needed. Moves past both. */
static bool
read_digits(const char **text, int n, char mark, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++, ++*text) {
		if (**text < '0' || **text > '9')
			return false;
		*value = *value * 10 + (**text - '0');
	}
	if (mark == '\0')
		return true;
	return *(*text)++ == mark;
}

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t
days_of(int year, int month, int day)
{
	const int64_t y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static int
month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* "Z", or the hours and minutes that local time is ahead of UTC. */
static bool
read_zone(const char **text, int *seconds)
{
	const char sign = *(*text)++;
	int hours, minutes;

	*seconds = 0;
	if (sign == 'Z' || sign == 'z')
		return true;
	if (sign != '+' && sign != '-')
		return false;
	if (!read_digits(text, 2, ':', &hours) || !read_digits(text, 2, '\0', &minutes) || hours > 23 || minutes > 59)
		return false;
	*seconds = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
	return true;
}

bool
where_time(const char *text, int64_t *seconds)
{
	int year, month, day, hour, minute, second, ahead;

	if (!read_digits(&text, 4, '-', &year) || year < 1 || !read_digits(&text, 2, '-', &month) || month < 1 ||
	    month > 12 || !read_digits(&text, 2, '\0', &day) || day < 1 || day > month_length(year, month))
		return false;
	*seconds = days_of(year, month, day) * 86400;
	if (*text == '\0')
		return true;
	if (strchr("Tt ", *text++) == NULL)
		return false;
	if (!read_digits(&text, 2, ':', &hour) || !read_digits(&text, 2, ':', &minute) ||
	    !read_digits(&text, 2, '\0', &second) || hour > 23 || minute > 59 || second > 59)
		return false;
	if (!read_zone(&text, &ahead) || *text != '\0')
		return false;
	*seconds += (hour * 60 + minute) * 60 + second - ahead;
	return true;
}
