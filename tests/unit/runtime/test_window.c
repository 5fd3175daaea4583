/*
 * test_window: times as they are written on a command line, in time zones of the system's database, and windows of them.
 */
#include <stdlib.h>
#include <string.h>

#include "print/query/timepoint.h"
#include "print/query/window.h"
#include "print/query/zone.h"
#include "unit.h"

#define NOW 1668196310 /* 2022-11-11T19:51:50Z */
#define DAY 86400

/* --- times in UTC ----------------------------------------------------------------------------------------------- */

static const struct {
	const char *text;
	enum timepoint_kind kind;
	int64_t first, last;
} times[] = {
	{ "1970-01-01T00:00:00Z", TIMEPOINT_MOMENT, 0, 0 },
	{ "1969-12-31T23:59:59Z", TIMEPOINT_MOMENT, -1, -1 },
	{ "2022-11-11T19:51:50Z", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11t19:51:50z", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11 19:51:50Z", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T19:51:50", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T19:51Z", TIMEPOINT_MOMENT, NOW - 50, NOW - 50 },
	{ "2022-11-11 19:51", TIMEPOINT_MOMENT, NOW - 50, NOW - 50 },
	{ "2022-11-11T20:51:50+01:00", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T20:51:50+01", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T14:21:50-05:30", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-12T01:36:50+05:45", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T19:51+00:00", TIMEPOINT_MOMENT, NOW - 50, NOW - 50 },
	{ "2022-11-11T19:51:50-00:00", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T19:51:50.0Z", TIMEPOINT_MOMENT, NOW, NOW },
	{ "2022-11-11T19:51:50.25Z", TIMEPOINT_MOMENT, NOW + 1, NOW },
	{ "2022-11-11T19:51:50,000001", TIMEPOINT_MOMENT, NOW + 1, NOW },
	{ "2022-11-11T20:51:50.9+01:00", TIMEPOINT_MOMENT, NOW + 1, NOW },
	{ "2022-11-11", TIMEPOINT_MOMENT, 1668124800, 1668211199 },
	{ "1970-01-01", TIMEPOINT_MOMENT, 0, DAY - 1 },
	{ "1969-12-31", TIMEPOINT_MOMENT, -DAY, -1 },
	{ "2000-02-29", TIMEPOINT_MOMENT, 951782400, 951868799 },
	{ "2024-02-29", TIMEPOINT_MOMENT, 1709164800, 1709251199 },
	{ "2024-03-01", TIMEPOINT_MOMENT, 1709251200, 1709337599 },
	{ "2100-03-01", TIMEPOINT_MOMENT, 4107542400, 4107628799 },
	{ "1900-03-01", TIMEPOINT_MOMENT, -2203891200, -2203804801 },
	{ "9999-12-31", TIMEPOINT_MOMENT, 253402214400, 253402300799 },
	{ "0001-01-01", TIMEPOINT_MOMENT, -62135596800, -62135510401 },
	{ "202211111951", TIMEPOINT_MOMENT, NOW - 50, NOW - 50 },
	{ "20221111195150", TIMEPOINT_MOMENT, NOW, NOW },
	{ "@1668196310", TIMEPOINT_MOMENT, NOW, NOW },
	{ "1668196310", TIMEPOINT_MOMENT, NOW, NOW },
	{ "@0", TIMEPOINT_MOMENT, 0, 0 },
	{ "@20221111", TIMEPOINT_MOMENT, 20221111, 20221111 },
	{ "@202211111951", TIMEPOINT_MOMENT, 202211111951, 202211111951 },
	{ "1000000000", TIMEPOINT_MOMENT, 1000000000, 1000000000 },
	{ "9999999999", TIMEPOINT_MOMENT, 9999999999, 9999999999 },
	{ "@100000000", TIMEPOINT_MOMENT, 100000000, 100000000 },
	{ "@99999999999", TIMEPOINT_MOMENT, 99999999999, 99999999999 },
	{ "00:00", TIMEPOINT_DAILY, 0, 0 },
	{ "00:00:01", TIMEPOINT_DAILY, 1, 1 },
	{ "07:00", TIMEPOINT_DAILY, 25200, 25200 },
	{ "19:51:50", TIMEPOINT_DAILY, 71510, 71510 },
	{ "23:59:59", TIMEPOINT_DAILY, DAY - 1, DAY - 1 },
	{ "-0s", TIMEPOINT_MOMENT, NOW, NOW },
	{ "-90s", TIMEPOINT_MOMENT, NOW - 90, NOW - 90 },
	{ "-30m", TIMEPOINT_MOMENT, NOW - 1800, NOW - 1800 },
	{ "-2h", TIMEPOINT_MOMENT, NOW - 7200, NOW - 7200 },
	{ "-1d", TIMEPOINT_MOMENT, NOW - DAY, NOW - DAY },
	{ "-99999999999d", TIMEPOINT_MOMENT, NOW - INT64_C(99999999999) * DAY, NOW - INT64_C(99999999999) * DAY },
};

START_TEST(times_in_utc)
{
	struct timepoint p;

	ck_assert_int_eq(timepoint_parse(&p, times[_i].text, NOW), TIMEPOINT_OK);
	ck_assert_int_eq(p.kind, times[_i].kind);
	ck_assert_int_eq(p.first, times[_i].first);
	ck_assert_int_eq(p.last, times[_i].last);
}
END_TEST

static const char *const unknown[] = { "", "x", "-", "@", ":", "yesterday", "now", "2022-11", "2022-1-1", "22-11-11",
	"2022-11-11T", "2022-11-11T19", "2022-11-11T19:5", "2022-11-11T19:51:5", "2022-11-11T19:51:50.",
	"2022-11-11T19:51:50.Z", "2022-11-11T19:51:50+1", "2022-11-11T19:51:50+0100", "2022-11-11T19:51:50ZZ",
	"2022-11-11T19:51:50 Z", "2022-11-11_19:51", "2022-11-11x", " 2022-11-11", "2022-11-11 ", "1668196310x", "@16x",
	"@-5", "+5", "@123456789012345678", "7:00", "07:0", "07:00:0", "07:00:00.5", "07:00Z", "07-00", "-h", "-2",
	"-2x", "-2hh", "-1h30m", "--2h", "- 2h", "-123456789012s" };

START_TEST(texts_that_are_no_time)
{
	struct timepoint p;

	ck_assert_int_eq(timepoint_parse(&p, unknown[_i], NOW), TIMEPOINT_UNKNOWN);
}
END_TEST

static const char *const digits[] = { "2", "2022", "20221111", "100000000", "202611221", "99999999999", "20261122100",
	"1234567890123", "123456789012345", "12345678901234567890123" };

START_TEST(digits_that_no_form_has)
{
	struct timepoint p;

	ck_assert_int_eq(timepoint_parse(&p, digits[_i], NOW), TIMEPOINT_DIGITS);
}
END_TEST

static const char *const impossible[] = { "2022-00-11", "2022-13-11", "2022-11-00", "2022-11-31", "2022-02-29",
	"2100-02-29", "2022-11-11T24:00Z", "2022-11-11T19:60Z", "2022-11-11T19:51:60Z", "2022-11-11T24:00",
	"2022-11-11T19:51+24:00", "2022-11-11T19:51-01:60", "2022-13-11T19:51+01:00", "202213111951", "202211112451",
	"20221111195160", "24:00", "12:60", "12:00:60" };

START_TEST(times_that_do_not_exist)
{
	struct timepoint p;

	ck_assert_int_eq(timepoint_parse(&p, impossible[_i], NOW), TIMEPOINT_IMPOSSIBLE);
}
END_TEST

/* --- times in zones --------------------------------------------------------------------------------------------- */

static const struct {
	const char *zone, *text, *first, *last; /* the last two in UTC */
} zoned[] = {
	{ "UTC", "2022-07-01 12:00", "2022-07-01T12:00Z", "2022-07-01T12:00Z" },
	{ "Etc/UTC", "2022-07-01 12:00", "2022-07-01T12:00Z", "2022-07-01T12:00Z" },
	{ "Etc/GMT+5", "2022-07-01 12:00", "2022-07-01T17:00Z", "2022-07-01T17:00Z" },
	{ "Europe/Berlin", "2022-07-01 12:00", "2022-07-01T10:00Z", "2022-07-01T10:00Z" },
	{ "Europe/Berlin", "2022-12-01 12:00", "2022-12-01T11:00Z", "2022-12-01T11:00Z" },
	{ "Europe/Berlin", "2022-12-01 12:00Z", "2022-12-01T12:00Z", "2022-12-01T12:00Z" },
	{ "Europe/Berlin", "2022-12-01", "2022-11-30T23:00Z", "2022-12-01T22:59:59Z" },
	{ "Europe/Berlin", "202212011200", "2022-12-01T11:00Z", "2022-12-01T11:00Z" },
	/* the clocks go from 02:00 to 03:00 */
	{ "Europe/Berlin", "2022-03-27 01:59:59", "2022-03-27T00:59:59Z", "2022-03-27T00:59:59Z" },
	{ "Europe/Berlin", "2022-03-27 02:00", "2022-03-27T00:00Z", "2022-03-27T01:00Z" },
	{ "Europe/Berlin", "2022-03-27 02:30", "2022-03-27T00:30Z", "2022-03-27T01:30Z" },
	{ "Europe/Berlin", "2022-03-27 03:00", "2022-03-27T01:00Z", "2022-03-27T01:00Z" },
	{ "Europe/Berlin", "2022-03-27", "2022-03-26T23:00Z", "2022-03-27T21:59:59Z" },
	/* and from 03:00 to 02:00 */
	{ "Europe/Berlin", "2022-10-30 01:59:59", "2022-10-29T23:59:59Z", "2022-10-29T23:59:59Z" },
	{ "Europe/Berlin", "2022-10-30 02:00", "2022-10-30T00:00Z", "2022-10-30T01:00Z" },
	{ "Europe/Berlin", "2022-10-30 02:59:59", "2022-10-30T00:59:59Z", "2022-10-30T01:59:59Z" },
	{ "Europe/Berlin", "2022-10-30 03:00", "2022-10-30T02:00Z", "2022-10-30T02:00Z" },
	{ "Europe/Berlin", "2022-10-30", "2022-10-29T22:00Z", "2022-10-30T22:59:59Z" },
	{ "Europe/Berlin", "2060-07-01 12:00", "2060-07-01T10:00Z", "2060-07-01T10:00Z" }, /* by the zone's rule */
	{ "Europe/London", "2022-10-30 01:30", "2022-10-30T00:30Z", "2022-10-30T01:30Z" },
	{ "America/New_York", "2022-03-13 02:30", "2022-03-13T06:30Z", "2022-03-13T07:30Z" },
	{ "America/New_York", "2022-11-06 01:30", "2022-11-06T05:30Z", "2022-11-06T06:30Z" },
	{ "America/St_Johns", "2022-07-01 12:00", "2022-07-01T14:30Z", "2022-07-01T14:30Z" },
	{ "America/Sao_Paulo", "2018-11-04", "2018-11-04T02:00Z", "2018-11-05T01:59:59Z" }, /* without its first hour */
	{ "Asia/Kolkata", "2022-07-01 12:00", "2022-07-01T06:30Z", "2022-07-01T06:30Z" },
	{ "Asia/Kathmandu", "2022-07-01 12:00", "2022-07-01T06:15Z", "2022-07-01T06:15Z" },
	{ "Asia/Tokyo", "2022-07-01", "2022-06-30T15:00Z", "2022-07-01T14:59:59Z" },
	{ "Asia/Tehran", "2022-07-01 12:00", "2022-07-01T07:30Z", "2022-07-01T07:30Z" },
	{ "Australia/Adelaide", "2022-12-01 12:00", "2022-12-01T01:30Z", "2022-12-01T01:30Z" },
	/* a change of half an hour */
	{ "Australia/Lord_Howe", "2022-04-03 01:45", "2022-04-02T14:45Z", "2022-04-02T15:15Z" },
	{ "Australia/Lord_Howe", "2022-10-02 02:15", "2022-10-01T15:15Z", "2022-10-01T15:45Z" },
	{ "Pacific/Chatham", "2022-07-01 12:00", "2022-06-30T23:15Z", "2022-06-30T23:15Z" },
	{ "Pacific/Kiritimati", "2022-07-01 00:00", "2022-06-30T10:00Z", "2022-06-30T10:00Z" },
	{ "Pacific/Apia", "2011-12-29 23:59:59", "2011-12-30T09:59:59Z", "2011-12-30T09:59:59Z" },
	{ "Pacific/Apia", "2011-12-31 00:00", "2011-12-30T10:00Z", "2011-12-30T10:00Z" }, /* the 30th was left out */
	{ "Africa/Casablanca", "2022-07-01 12:00", "2022-07-01T11:00Z", "2022-07-01T11:00Z" },
};

static int64_t
moment(const char *text)
{
	struct timepoint p;

	ck_assert_int_eq(timepoint_parse(&p, text, NOW), TIMEPOINT_OK);
	return p.first;
}

START_TEST(times_in_zones)
{
	struct timepoint p;

	setenv("TZ", "Asia/Tokyo", 1);
	ck_assert_int_eq(zone_load(zoned[_i].zone), ZONE_OK);
	ck_assert_int_eq(timepoint_parse(&p, zoned[_i].text, NOW), TIMEPOINT_OK);
	ck_assert_int_eq(p.first, moment(zoned[_i].first));
	ck_assert_int_eq(p.last, moment(zoned[_i].last));
}
END_TEST

START_TEST(the_environment_says_which_zone_is_local)
{
	struct timepoint p;

	setenv("TZ", "Asia/Tokyo", 1);
	ck_assert_int_eq(timepoint_parse(&p, "2022-07-01 12:00", NOW), TIMEPOINT_OK);
	ck_assert_int_eq(p.first, moment("2022-07-01T12:00Z"));
	ck_assert_int_eq(zone_load("local"), ZONE_OK);
	ck_assert_int_eq(timepoint_parse(&p, "2022-07-01 12:00", NOW), TIMEPOINT_OK);
	ck_assert_int_eq(p.first, moment("2022-07-01T03:00Z"));
}
END_TEST

static const char *const no_zones[] = { "", "Europe", "Europe/", "Europe/Berlix", "/usr/share/zoneinfo/Europe/Berlin",
	"../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin", "zone.tab", "CET-1", "utc0x",
	"a-name-longer-than-any-zone-of-the-database-can-be-because-it-has-more-than-one-hundred-and-twenty-eight-bytes-"
	"and-so-fits-into-no-buffer" };

START_TEST(names_that_are_no_zone)
{
	ck_assert_int_eq(zone_load(no_zones[_i]), ZONE_UNKNOWN);
	ck_assert_int_eq(zone_offset(NOW), 0);
}
END_TEST

START_TEST(times_out_of_range_have_no_offset)
{
	ck_assert_int_eq(zone_load("Asia/Tokyo"), ZONE_OK);
	ck_assert_int_eq(zone_offset(NOW), 9 * 3600);
	ck_assert_int_eq(zone_offset(INT64_MAX), 0);
	ck_assert_int_eq(zone_offset(INT64_MIN), 0);
}
END_TEST

/* --- windows ----------------------------------------------------------------------------------------------------- */

static enum window_result
make(struct window *w, const char *begin, const char *end)
{
	struct timepoint b, e;

	if (begin != NULL)
		ck_assert_int_eq(timepoint_parse(&b, begin, NOW), TIMEPOINT_OK);
	if (end != NULL)
		ck_assert_int_eq(timepoint_parse(&e, end, NOW), TIMEPOINT_OK);
	return window_make(w, begin != NULL ? &b : NULL, end != NULL ? &e : NULL);
}

static const struct {
	const char *zone, *begin, *end, *time;
	bool has;
} windows[] = {
	{ "UTC", NULL, NULL, "1970-01-01T00:00Z", true },
	{ "UTC", "2022-11-11", NULL, "2022-11-10T23:59:59Z", false },
	{ "UTC", "2022-11-11", NULL, "2022-11-11T00:00:00Z", true },
	{ "UTC", "2022-11-11", NULL, "9999-12-31T00:00:00Z", true },
	{ "UTC", NULL, "2022-11-11", "2022-11-11T23:59:59Z", true },
	{ "UTC", NULL, "2022-11-11", "2022-11-12T00:00:00Z", false },
	{ "UTC", NULL, "2022-11-11T07:00Z", "2022-11-11T07:00:00Z", true },
	{ "UTC", NULL, "2022-11-11T07:00Z", "2022-11-11T07:00:01Z", false },
	{ "UTC", "@5", "@5", "1970-01-01T00:00:05Z", true },
	{ "UTC", "@5", "@5", "1970-01-01T00:00:06Z", false },
	{ "UTC", "-1h", "-30m", "2022-11-11T18:51:50Z", true },
	{ "UTC", "-1h", "-30m", "2022-11-11T18:51:49Z", false },
	{ "UTC", "-1h", "-30m", "2022-11-11T19:21:50Z", true },
	{ "UTC", "-1h", "-30m", "2022-11-11T19:21:51Z", false },
	{ "UTC", "09:00", "17:00", "2022-11-11T09:00:00Z", true },
	{ "UTC", "09:00", "17:00", "1969-11-11T08:59:59Z", false },
	{ "UTC", "09:00", "17:00", "1969-11-11T17:00:00Z", true },
	{ "UTC", "09:00", "17:00", "2023-11-11T17:00:01Z", false },
	{ "UTC", "23:00", "01:00", "2022-11-11T23:00:00Z", true },
	{ "UTC", "23:00", "01:00", "2022-11-11T22:59:59Z", false },
	{ "UTC", "23:00", "01:00", "2022-11-12T00:00:00Z", true },
	{ "UTC", "23:00", "01:00", "2022-11-12T01:00:00Z", true },
	{ "UTC", "23:00", "01:00", "2022-11-12T01:00:01Z", false },
	{ "UTC", "12:00", "12:00", "2022-11-12T12:00:00Z", true },
	{ "UTC", "12:00", "12:00", "2022-11-12T12:00:01Z", false },
	{ "UTC", "23:00", NULL, "2022-11-12T23:59:59Z", true },
	{ "UTC", "23:00", NULL, "2022-11-12T00:00:00Z", false },
	{ "UTC", NULL, "07:00", "2022-11-12T00:00:00Z", true },
	{ "UTC", NULL, "07:00", "2022-11-12T23:59:59Z", false },
	{ "Europe/Berlin", "09:00", "10:00", "2022-07-01T07:30:00Z", true },
	{ "Europe/Berlin", "09:00", "10:00", "2022-07-01T08:00:01Z", false },
	{ "Europe/Berlin", "09:00", "10:00", "2022-12-01T08:00:00Z", true },
	{ "Europe/Berlin", "02:00", "02:30", "2022-10-30T00:15:00Z", true },
	{ "Europe/Berlin", "02:00", "02:30", "2022-10-30T00:45:00Z", false },
	{ "Europe/Berlin", "02:00", "02:30", "2022-10-30T01:15:00Z", true },
	{ "Asia/Kathmandu", "00:00", "00:00", "2022-06-30T18:15:00Z", true },
	{ "America/New_York", "23:00", "23:59:59", "2022-07-02T03:59:59Z", true },
};

START_TEST(what_is_in_a_window)
{
	struct window w;

	ck_assert_int_eq(zone_load(windows[_i].zone), ZONE_OK);
	ck_assert_int_eq(make(&w, windows[_i].begin, windows[_i].end), WINDOW_OK);
	ck_assert_int_eq(window_has(&w, moment(windows[_i].time)), windows[_i].has);
}
END_TEST

START_TEST(any_time_can_be_asked_for)
{
	struct window w;

	ck_assert_int_eq(make(&w, "00:00", "23:59:59"), WINDOW_OK);
	ck_assert(window_has(&w, INT64_MIN));
	ck_assert(window_has(&w, INT64_MAX));
	ck_assert(window_has(&w, -1));
}
END_TEST

START_TEST(windows_that_are_none)
{
	struct window w;

	ck_assert_int_eq(make(&w, "2022-11-12", "2022-11-11"), WINDOW_BACKWARDS);
	ck_assert_int_eq(make(&w, "-1h", "-2h"), WINDOW_BACKWARDS);
	ck_assert_int_eq(make(&w, "@6", "@5"), WINDOW_BACKWARDS);
	ck_assert_int_eq(make(&w, "2022-11-12", "07:00"), WINDOW_MIXED);
	ck_assert_int_eq(make(&w, "07:00", "-2h"), WINDOW_MIXED);
	ck_assert_int_eq(make(&w, "2022-11-11T19:51:50.1Z", "2022-11-11T19:51:50.9Z"), WINDOW_BACKWARDS);
}
END_TEST

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static TCase *
test_window(void)
{
	TCase *t = tcase_create("window");

	tcase_add_loop_test(t, times_in_utc, 0, COUNT(times));
	tcase_add_loop_test(t, texts_that_are_no_time, 0, COUNT(unknown));
	tcase_add_loop_test(t, digits_that_no_form_has, 0, COUNT(digits));
	tcase_add_loop_test(t, times_that_do_not_exist, 0, COUNT(impossible));
	tcase_add_loop_test(t, times_in_zones, 0, COUNT(zoned));
	tcase_add_test(t, the_environment_says_which_zone_is_local);
	tcase_add_loop_test(t, names_that_are_no_zone, 0, COUNT(no_zones));
	tcase_add_test(t, times_out_of_range_have_no_offset);
	tcase_add_loop_test(t, what_is_in_a_window, 0, COUNT(windows));
	tcase_add_test(t, any_time_can_be_asked_for);
	tcase_add_test(t, windows_that_are_none);
	return t;
}

REGISTER(test_window);
