/*
 * test_faults: known faults of a recorder: values are moved to where they belong or are null, and a note says so, once a
 * log and once an extent of carved records.
 */
#include <stdio.h>
#include <string.h>

#include "dumping.h"
#include "print/text/put.h"
#include "scratch.h"
#include "tiny_alike.h"
#include "unit.h"

#define SHIFTED 6 /* kernels: of the first fault, of no fault, of the second fault */
#define RIGHT   5
#define UNKNOWN 0

#define TIME      1000000000
#define JUNK_SIZE 5000

static struct tiny_log alike, other;

static void
teardown(void)
{
	tiny_free(&alike);
	tiny_free(&other);
	scratch_remove();
}

/* A log of three samples, of which the first does not show the fault of kernel 6. Returns the offset of the second. */
static size_t
make(struct tiny_log *log, uint16_t kernel)
{
	size_t second;

	alike_begin(log, 4, kernel, 0);
	alike_sample(log, TIME, 0, 0);
	second = alike_sample(log, TIME + 10, 0, 77);
	alike_sample(log, TIME + 20, 0, 78);
	return second;
}

/* Appends the log `from` to `to` and frees it. */
static void
append(struct tiny_log *to, struct tiny_log *from)
{
	tiny_append(to, from->bytes, from->size);
	tiny_free(from);
}

static void
append_junk(struct tiny_log *log)
{
	static unsigned char junk[JUNK_SIZE];

	memset(junk, 0xa5, sizeof junk);
	tiny_append(log, junk, sizeof junk);
}

static const char *
dump(const struct dumping *d)
{
	return dumping_text(d, (const struct tiny_log *const[]){ &alike }, 1);
}

static const struct dumping json = { .format = &format_json };
static const struct dumping json_carved = { .format = &format_json, .carve = true };
static const struct dumping json_threads = { .format = &format_json, .jobs = 3 };

#define NOTE_SHIFTED    "\"note\":{\"fault\":\"shifted\""
#define NOTE_UNKNOWN    "\"note\":{\"fault\":\"kernel-unknown\""
#define MESSAGE_SHIFTED "note: sstat.net: kernel 6 has a counter"
#define MESSAGE_UNKNOWN "note: sstat.net: the kernel is not known"

/* The lines of notes in `text`, and the messages, are so many of each. */
static void
check_notes(const char *text, size_t shifted, size_t unknown)
{
	ck_assert_uint_eq(dumping_count(text, NOTE_SHIFTED), shifted);
	ck_assert_uint_eq(dumping_count(text, NOTE_UNKNOWN), unknown);
	ck_assert_uint_eq(dumping_count(text, "\"note\":"), shifted + unknown);
	ck_assert_uint_eq(dumping_count(dumping_messages(), MESSAGE_SHIFTED), shifted);
	ck_assert_uint_eq(dumping_count(dumping_messages(), MESSAGE_UNKNOWN), unknown);
	ck_assert_uint_eq(dumping_count(dumping_messages(), "note:"), shifted + unknown);
}

START_TEST(members_move)
{
	const char *text;

	make(&alike, SHIFTED);
	text = dump(&json);
	ck_assert_uint_eq(dumping_count(text, "\"net\":{\"in\":100,\"err\":0,\"out\":300,\"lost\":400}"), 1);
	ck_assert_uint_eq(dumping_count(text, "\"net\":{\"in\":100,\"err\":300,\"out\":400,\"lost\":null}"), 2);
}
END_TEST

START_TEST(members_move_in_csv)
{
	make(&alike, SHIFTED);
	ck_assert_uint_eq(
	    dumping_count(dump(&(struct dumping){ .format = &format_csv, .table = "sstat" }), ",,100,300,400,,,,\r\n"),
	    2);
	ck_assert_uint_eq(dumping_count(dumping_messages(), MESSAGE_SHIFTED), 1);
}
END_TEST

START_TEST(members_are_null)
{
	make(&alike, UNKNOWN);
	ck_assert_uint_eq(dumping_count(dump(&json), "\"net\":{\"in\":100,\"err\":null,\"out\":null,\"lost\":null}"),
	    3);
}
END_TEST

START_TEST(as_stored_nothing_is_mended)
{
	const char *text;

	make(&alike, SHIFTED);
	text = dump(&(struct dumping){ .format = &format_json, .print = PRINT_RESERVED });
	ck_assert_uint_eq(dumping_count(text, "\"net\":{\"in\":100,\"err\":77,\"out\":300,\"lost\":400}"), 1);
	check_notes(text, 0, 0);
}
END_TEST

START_TEST(the_note_is_of_the_first_sample_concerned)
{
	const size_t second = make(&alike, SHIFTED);
	char want[512];
	const char *text = dump(&json);

	check_notes(text, 1, 0);
	snprintf(want, sizeof want,
	    "{\"host\":\"alike\",\"note\":{\"fault\":\"shifted\",\"sample\":1,\"offset\":%zu,"
	    "\"text\":\"kernel 6 has a counter that atop does not know: out and lost were read one place later\","
	    "\"struct\":\"sstat.net\",\"members\":[\"err\",\"out\",\"lost\"]}}\n",
	    second);
	ck_assert_ptr_nonnull(strstr(text, want));
	ck_assert_ptr_nonnull(strstr(strstr(text, want), "\"err\":300")); /* it stands before the struct */
}
END_TEST

START_TEST(a_log_without_the_fault_has_no_note)
{
	make(&alike, RIGHT);
	check_notes(dump(&json), 0, 0);
}
END_TEST

START_TEST(a_table_without_the_fault_has_no_note)
{
	make(&alike, SHIFTED);
	check_notes(dump(&(struct dumping){ .format = &format_json, .table = "tstat" }), 0, 0);
}
END_TEST

START_TEST(each_file_has_its_note)
{
	const struct tiny_log *const logs[] = { &alike, &other, &alike, &alike };

	make(&alike, SHIFTED);
	make(&other, RIGHT);
	check_notes(dumping_text(_i == 0 ? &json : &json_threads, logs, 4), 3, 0);
}
END_TEST

START_TEST(each_log_of_a_file_has_its_note)
{
	static const uint16_t kernels[] = { SHIFTED, RIGHT, UNKNOWN, SHIFTED };

	make(&alike, SHIFTED);
	for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
		make(&other, kernels[i]);
		append(&alike, &other);
	}
	check_notes(dump(_i == 0 ? &json : &json_threads), 3, 1);
}
END_TEST

START_TEST(each_carved_extent_has_its_note)
{
	static const uint16_t kernels[] = { SHIFTED, RIGHT, SHIFTED };

	make(&alike, SHIFTED);
	for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
		append_junk(&alike);
		make(&other, kernels[i]);
		append(&alike, &other);
	}
	check_notes(dump(&json_carved), 3, 0);
	ck_assert_uint_eq(dumping_count(dumping_messages(), "with a header at byte"), 4);
}
END_TEST

START_TEST(a_carved_extent_without_a_header_has_an_unknown_kernel)
{
	make(&alike, SHIFTED);
	append_junk(&alike);
	make(&other, RIGHT);
	tiny_append(&alike, other.bytes + ALIKE_HEADER, other.size - ALIKE_HEADER);
	check_notes(dump(&json_carved), 1, 1);
	ck_assert_uint_eq(dumping_count(dumping_messages(), "without a header"), 1);
}
END_TEST

static TCase *
test_faults(void)
{
	TCase *t = tcase_create("faults");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, members_move);
	tcase_add_test(t, members_move_in_csv);
	tcase_add_test(t, members_are_null);
	tcase_add_test(t, as_stored_nothing_is_mended);
	tcase_add_test(t, the_note_is_of_the_first_sample_concerned);
	tcase_add_test(t, a_log_without_the_fault_has_no_note);
	tcase_add_test(t, a_table_without_the_fault_has_no_note);
	tcase_add_loop_test(t, each_file_has_its_note, 0, 2);
	tcase_add_loop_test(t, each_log_of_a_file_has_its_note, 0, 2);
	tcase_add_test(t, each_carved_extent_has_its_note);
	tcase_add_test(t, a_carved_extent_without_a_header_has_an_unknown_kernel);
	return t;
}

REGISTER(test_faults);
