/*
 * zone: the time zone in which the times of a command line are read. Its data is read once, by zone_load, before any log;
 * afterwards nothing is opened. One zone serves the whole process, because the C library keeps one.
 */
#ifndef ZONE_H
#define ZONE_H

#include <stdint.h>

#define ZONE_NAME_MAX 128

enum zone_result {
	ZONE_OK,
	ZONE_UNKNOWN,    /* the system's database has no zone of that name */
	ZONE_UNREADABLE, /* its file cannot be read; errno says why */
	ZONE_NO_MEMORY
};

/*
 * Loads the zone that `name` means: "UTC", which needs no database, "local", that of the system or of the environment
 * variable TZ, or a name of the system's database such as "Europe/Berlin". Without a call the zone is UTC, whatever TZ says.
 */
enum zone_result zone_load(const char *name);

/* Seconds that clocks of the zone are ahead of UTC at `time` (seconds since 1970, UTC). 0 for times out of all range. */
int64_t zone_offset(int64_t time);

/*
 * The time at which clocks of the zone show `local`, which counts the seconds of their date and time as if they were UTC. Where
 * a change of the offset makes clocks show it twice, or skip it, there are two answers: `earlier` and `later`; else they
 * are equal.
 */
void zone_find(int64_t local, int64_t *earlier, int64_t *later);

#endif
