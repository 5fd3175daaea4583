/*
 * test_carved: what a line of carved records says of their host and of the release: how certain it is.
 */
#include <string.h>

#include "dumping.h"
#include "scratch.h"
#include "tiny_alike.h"
#include "unit.h"

#define JUNK_SIZE 3000
#define RECORD    "\"time\":\"2001-09-09T01:46:40Z\",\"sample\":0,\"rawrecord\":"

static struct tiny_log carved, log_of_one;
static unsigned char junk[JUNK_SIZE];
static const struct dumping d = { .format = &format_json, .table = "rawrecord", .carve = true };

static void
setup(void)
{
	memset(junk, 0xa5, sizeof junk);
	carved = (struct tiny_log){ 0 };
	tiny_append(&carved, junk, sizeof junk);
}

static void
teardown(void)
{
	tiny_free(&carved);
	tiny_free(&log_of_one);
	scratch_remove();
}

/* What is printed of the junk, and behind it the log from byte `from` on. */
static const char *
dump(size_t from)
{
	tiny_append(&carved, log_of_one.bytes + from, log_of_one.size - from);
	return dumping_text(&d, (const struct tiny_log *const[]){ &carved }, 1);
}

START_TEST(by_a_header)
{
	alike_begin(&log_of_one, 5, 0, 0);
	alike_sample(&log_of_one, 1000000000, 8, 0);
	ck_assert_str_eq(dump(0), "{\"host\":\"alike\",\"sure\":\"header\"," RECORD "{\"flags\":8,\"level\":0}}\n");
	ck_assert_ptr_nonnull(strstr(dumping_messages(),
	    "from byte 3036 on, records of atop 0.5, wide, little-endian, with a header at byte 3000\n"));
}
END_TEST

/* Shown as of 0.4, which claims one member less. */
START_TEST(by_lengths_of_two_releases)
{
	alike_begin(&log_of_one, 5, 0, 0);
	alike_sample(&log_of_one, 1000000000, 2, 0);
	ck_assert_str_eq(dump(ALIKE_HEADER),
	    "{\"host\":null,\"sure\":\"lengths\",\"releases\":[\"0.4\",\"0.5\"]," RECORD "{\"flags\":2}}\n");
	ck_assert_ptr_nonnull(strstr(dumping_messages(),
	    "from byte 3000 on, records of atop 0.4 or 0.5, wide, little-endian, "
	    "without a header: their host is unknown; shown as of 0.4\n"));
}
END_TEST

START_TEST(by_lengths_of_one_release)
{
	tiny_begin(&log_of_one, 1, TINY_NARROW, ORDER_BIG);
	tiny_sample(&log_of_one, 1000000000, 1, 1, "x");
	ck_assert_str_eq(dump(ALIKE_HEADER), "{\"host\":null,\"sure\":\"release\"," RECORD "{\"ndeviat\":1}}\n");
	ck_assert_ptr_nonnull(strstr(dumping_messages(),
	    "from byte 3000 on, records of atop 0.1, narrow, big-endian, without a header: their host is unknown\n"));
}
END_TEST

START_TEST(a_header_serves_no_other_extent)
{
	const char *text;

	alike_begin(&log_of_one, 4, 0, 0);
	alike_sample(&log_of_one, 1000000000, 2, 0);
	tiny_append(&carved, log_of_one.bytes, log_of_one.size);
	tiny_append(&carved, junk, sizeof junk);
	text = dump(ALIKE_HEADER);
	ck_assert_ptr_eq(strstr(text, "{\"host\":\"alike\",\"sure\":\"header\","), text);
	ck_assert_uint_eq(dumping_count(text, "{\"host\":\"alike\""), 1);
	ck_assert_uint_eq(dumping_count(text, "{\"host\":null,\"sure\":\"lengths\","), 1);
}
END_TEST

static TCase *
test_carved(void)
{
	TCase *t = tcase_create("carved");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, by_a_header);
	tcase_add_test(t, by_lengths_of_two_releases);
	tcase_add_test(t, by_lengths_of_one_release);
	tcase_add_test(t, a_header_serves_no_other_extent);
	return t;
}

REGISTER(test_carved);
