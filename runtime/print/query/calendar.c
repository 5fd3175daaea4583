/*
 * calendar: years are counted from March, so that a leap day is the last of its year.
 */
#include "print/query/calendar.h"

#define MINUTE 60
#define HOUR   3600
#define DAY    86400

static int64_t
days_in_month(int64_t year, int64_t month)
{
	static const int64_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool
calendar_is_possible(const struct calendar_date *d)
{
	return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= days_in_month(d->year, d->month) &&
	    d->hour < 24 && d->minute < 60 && d->second < 60;
}

int64_t
calendar_seconds(const struct calendar_date *d)
{
	const int64_t years = d->month > 2 ? d->year : d->year - 1;
	const int64_t months = (d->month + 9) % 12;
	const int64_t days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + d->day - 1;

	return (days - 719468) * DAY + HOUR * d->hour + MINUTE * d->minute + d->second;
}
