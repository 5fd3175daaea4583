/*
 * calendar: years are counted from March, so that a leap day is the last of its year.
 */
#include "print/query/calendar.h"

#define MINUTE 60
#define HOUR   3600
#define DAY    86400

#define EPOCH_DAY 719468 /* days from 0000-03-01 to 1970-01-01 */
#define ERA       146097 /* days of 400 years */

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

	return (days - EPOCH_DAY) * DAY + HOUR * d->hour + MINUTE * d->minute + d->second;
}

/* Rounds down, also a negative quotient. */
static int64_t
divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* What is left over then, which is not negative. */
static int64_t
remainder_of(int64_t a, int64_t b)
{
	return a % b + (a % b < 0 ? b : 0);
}

void
calendar_find(int64_t time, int64_t offset, struct calendar_date *d)
{
	const int64_t seconds = remainder_of(time, DAY) + offset;
	const int64_t days = divide(time, DAY) + divide(seconds, DAY) + EPOCH_DAY;
	const int64_t of_day = remainder_of(seconds, DAY);
	const int64_t era = divide(days, ERA), of_era = remainder_of(days, ERA);
	const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
	const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	const int64_t month = (5 * of_year + 2) / 153; /* 0: March */

	d->day = of_year - (153 * month + 2) / 5 + 1;
	d->month = month < 10 ? month + 3 : month - 9;
	d->year = year + 400 * era + (d->month <= 2);
	d->hour = of_day / HOUR;
	d->minute = of_day % HOUR / MINUTE;
	d->second = of_day % MINUTE;
}
