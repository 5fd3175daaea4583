/*
 * zone: asks the C library, which reads the database and its rules for years to come. Unlike the library, it refuses unknown
 * names.
 */
#define _DEFAULT_SOURCE /* tm_gmtoff */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "print/query/zone.h"

#define DATABASE "/usr/share/zoneinfo/"
#define MAGIC    "TZif" /* what each file of the database begins with */
#define DAY      86400

static bool is_loaded; /* false: UTC */

/* Whether an error means that there is no such file. */
static bool
is_absent(int error)
{
	return error == ENOENT || error == ENOTDIR || error == EISDIR || error == ENAMETOOLONG;
}

/* Whether the file at `path` has the data of a zone. */
static enum zone_result
check_file(const char *path)
{
	char start[sizeof MAGIC - 1];
	FILE *file = fopen(path, "rb");
	bool is_whole;
	int error;

	if (file == NULL)
		return is_absent(errno) ? ZONE_UNKNOWN : ZONE_UNREADABLE;
	errno = 0;
	is_whole = fread(start, 1, sizeof start, file) == sizeof start;
	error = ferror(file) ? errno : 0;
	fclose(file);
	if (is_whole)
		return memcmp(start, MAGIC, sizeof start) == 0 ? ZONE_OK : ZONE_UNKNOWN;
	errno = error;
	return error == 0 || is_absent(error) ? ZONE_UNKNOWN : ZONE_UNREADABLE;
}

/* Whether `name` stays in the database. */
static bool
is_name(const char *name)
{
	return *name != '\0' && *name != '/' && strlen(name) < ZONE_NAME_MAX && strstr(name, "..") == NULL;
}

enum zone_result
zone_load(const char *name)
{
	enum zone_result result;
	char path[1 + sizeof DATABASE + ZONE_NAME_MAX]; /* begins with a colon: it is not a rule */

	is_loaded = false;
	if (strcmp(name, "UTC") == 0)
		return ZONE_OK;
	if (strcmp(name, "local") != 0) {
		if (!is_name(name))
			return ZONE_UNKNOWN;
		snprintf(path, sizeof path, ":" DATABASE "%s", name);
		result = check_file(path + 1);
		if (result != ZONE_OK)
			return result;
		if (setenv("TZ", path, 1) != 0)
			return ZONE_NO_MEMORY;
	}
	tzset();
	is_loaded = true;
	return ZONE_OK;
}

int64_t
zone_offset(int64_t time)
{
	const time_t given = (time_t)time;
	struct tm local;

	if (!is_loaded || (int64_t)given != time || localtime_r(&given, &local) == NULL)
		return 0;
	return (int64_t)local.tm_gmtoff;
}

/* Whether clocks show `local` at `time`. */
static bool
shows(int64_t time, int64_t local)
{
	return time + zone_offset(time) == local;
}

void
zone_find(int64_t local, int64_t *earlier, int64_t *later)
{
	const int64_t before = local - zone_offset(local - DAY), after = local - zone_offset(local + DAY);

	*earlier = before < after ? before : after;
	*later = before < after ? after : before;
	if (shows(before, local) == shows(after, local))
		return; /* shown twice, or never; or the offset does not change */
	*earlier = *later = shows(before, local) ? before : after;
}
