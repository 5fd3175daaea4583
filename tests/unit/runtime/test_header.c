/*
 * test_header: layouts recognised and refused.
 */
#include <string.h>

#include "rawlog/log/header.h"
#include "tiny.h"
#include "unit.h"

static struct tiny_log tiny;
static struct layout layout;
static char message[HEADER_MESSAGE_MAX];

static void
setup(void)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
}

static void
teardown(void)
{
	tiny_free(&tiny);
}

START_TEST(every_release_model_and_order)
{
	unsigned release = (unsigned)_i / 4 + 1;
	enum tiny_model model = _i / 2 % 2 == 0 ? TINY_WIDE : TINY_NARROW;
	enum byte_order order = _i % 2 == 0 ? ORDER_LITTLE : ORDER_BIG;
	struct tiny_log log;

	tiny_begin(&log, release, model, order);
	ck_assert_int_eq(header_identify(log.bytes, log.size, &layout, message), HEADER_OK);
	ck_assert_ptr_eq(layout.release, catalog_releases[release - 1]);
	ck_assert_uint_eq(layout.model, model);
	ck_assert_int_eq(layout.order, order);
	tiny_free(&log);
}
END_TEST

/* The message that refuses the current log with one byte changed. */
static const char *
refusal(size_t at, unsigned char byte)
{
	tiny.bytes[at] = byte;
	ck_assert_int_eq(header_identify(tiny.bytes, tiny.size, &layout, message), HEADER_REFUSED);
	return message;
}

START_TEST(one_part_wrong)
{
	ck_assert_str_eq(refusal(12, 49),
	    "not a layout that any schema describes: aversion 0x8001, rawheadlen 36, rawreclen 24, "
	    "sstatlen 49, tstatlen 40, little-endian; nearest: 0.1 wide (sstatlen is 49, should be 48)");
}
END_TEST

START_TEST(two_parts_wrong)
{
	refusal(6, 37);
	ck_assert_str_eq(refusal(12, 49),
	    "not a layout that any schema describes: aversion 0x8001, rawheadlen 37, rawreclen 24, "
	    "sstatlen 49, tstatlen 40, little-endian; nearest: 0.1 wide (rawheadlen is 37, should be 36; "
	    "sstatlen is 49, should be 48)");
}
END_TEST

START_TEST(a_version_that_none_has)
{
	refusal(4, 3);
	ck_assert_ptr_nonnull(strstr(message, "nearest: 0.1 wide (aversion is 0x8003, should be 0x8001)"));
}
END_TEST

START_TEST(of_rows_equally_near_the_latest)
{
	refusal(4, 3);
	ck_assert_ptr_nonnull(strstr(refusal(16, 200), "nearest: 0.2 wide ("));
}
END_TEST

START_TEST(every_part_counts)
{
	static const size_t parts[] = { 4, 6, 8, 12, 16 };

	refusal(parts[_i], 99);
	ck_assert_ptr_nonnull(strstr(message, "not a layout"));
}
END_TEST

START_TEST(what_the_header_says_of_the_host_does_not_matter)
{
	memset(tiny.bytes + 20, 0xff, 16);
	ck_assert_int_eq(header_identify(tiny.bytes, tiny.size, &layout, message), HEADER_OK);
}
END_TEST

START_TEST(no_log_at_all)
{
	static const unsigned char text[] = "#!/bin/sh\nnot an atop log, but long enough to be one\n";

	ck_assert_int_eq(header_identify(text, sizeof text, &layout, message), HEADER_STRANGE);
	ck_assert_str_eq(message, "not an atop log: it begins with 23 21 2f 62, which is no magic number");
	ck_assert_int_eq(header_identify(text, 0, &layout, message), HEADER_STRANGE);
	ck_assert_str_eq(message, "not an atop log, but an empty file");
	ck_assert_int_eq(header_identify(text, 2, &layout, message), HEADER_STRANGE);
	ck_assert_str_eq(message, "not an atop log, but text");
}
END_TEST

START_TEST(a_header_cut_anywhere)
{
	size_t size;

	for (size = 0; size < tiny.size; size++) {
		ck_assert_int_eq(header_identify(tiny.bytes, size, &layout, message),
		    size < 4 ? HEADER_STRANGE : HEADER_REFUSED);
		ck_assert_ptr_eq(strstr(message, size < 4 ? "not an atop log" : "it is cut"), message);
	}
	ck_assert_uint_eq(header_size_max(), tiny.size);
}
END_TEST

static TCase *
test_header(void)
{
	TCase *t = tcase_create("header");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, every_release_model_and_order, 0, 8);
	tcase_add_test(t, one_part_wrong);
	tcase_add_test(t, two_parts_wrong);
	tcase_add_test(t, a_version_that_none_has);
	tcase_add_test(t, of_rows_equally_near_the_latest);
	tcase_add_loop_test(t, every_part_counts, 0, 5);
	tcase_add_test(t, what_the_header_says_of_the_host_does_not_matter);
	tcase_add_test(t, no_log_at_all);
	tcase_add_test(t, a_header_cut_anywhere);
	return t;
}

REGISTER(test_header);
