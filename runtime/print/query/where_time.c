/*
 * where_time: times in texts of a condition.
 */
#include <string.h>

#include "print/query/calendar.h"
#include "print/query/where_internal.h"

/* Reads `n` digits and the character `mark` behind them; '\0': none is needed. Moves past both. */
static bool
read_digits(const char **text, int n, char mark, int64_t *value)
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

/* "Z", or the hours and minutes that local time is ahead of UTC. */
static bool
read_zone(const char **text, int64_t *seconds)
{
	const char sign = *(*text)++;
	int64_t hours, minutes;

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
	struct calendar_date d = { 0 };
	int64_t ahead;

	if (!read_digits(&text, 4, '-', &d.year) || d.year < 1 || !read_digits(&text, 2, '-', &d.month) ||
	    !read_digits(&text, 2, '\0', &d.day) || !calendar_is_possible(&d))
		return false;
	*seconds = calendar_seconds(&d);
	if (*text == '\0')
		return true;
	if (strchr("Tt ", *text++) == NULL)
		return false;
	if (!read_digits(&text, 2, ':', &d.hour) || !read_digits(&text, 2, ':', &d.minute) ||
	    !read_digits(&text, 2, '\0', &d.second) || !calendar_is_possible(&d))
		return false;
	if (!read_zone(&text, &ahead) || *text != '\0')
		return false;
	*seconds = calendar_seconds(&d) - ahead;
	return true;
}
