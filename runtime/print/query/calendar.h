/*
 * calendar: dates of the Gregorian calendar.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* A date and a time of that day. Months and days count from 1. */
struct calendar_date {
	int64_t year, month, day, hour, minute, second;
};

/* Whether there is such a date and time; no number is negative. A minute has 60 seconds. */
bool calendar_is_possible(const struct calendar_date *d);

/* Seconds from 1970 to the date and time, which are possible, in UTC. */
int64_t calendar_seconds(const struct calendar_date *d);

/* The date and time that clocks show at `time`, in seconds since 1970, where they are `offset` seconds ahead of UTC. */
void calendar_find(int64_t time, int64_t offset, struct calendar_date *d);

#endif
