/*
 * test_label: lists of labels, the values of columns as printf writes them, and logs as labels.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dump_setup.h"
#include "print/format/formats.h"
#include "print/label/put_label.h"
#include "print/query/calendar.h"
#include "scratch.h"
#include "unit.h"

/* --- lists -------------------------------------------------------------------------------------------------- */

static void
check_list(const char *list, enum label_result result, uint64_t expected)
{
	uint64_t chosen = 0;
	const char *name;
	size_t length;

	ck_assert_int_eq(label_choice_add(&chosen, list, &name, &length), result);
	if (result == LABEL_OK)
		ck_assert_uint_eq(chosen, expected);
}

START_TEST(lists_name_labels)
{
	check_list("SYS", LABEL_OK, 1);
	check_list("TSK", LABEL_OK, 2);
	check_list("TSK,SYS", LABEL_OK, 3);
	check_list("SYS,", LABEL_OK, 1);
	check_list("ALL", LABEL_OK, UINT64_MAX);
	check_list("SYS,ALL,NONE,", LABEL_OK, UINT64_MAX);
}
END_TEST

START_TEST(wrong_lists_are_refused)
{
	uint64_t chosen = 0;
	const char *name;
	size_t length;

	check_list("", LABEL_EMPTY, 0);
	check_list(",SYS", LABEL_EMPTY, 0);
	check_list("SYS,,TSK", LABEL_EMPTY, 0);
	check_list("sys", LABEL_UNKNOWN, 0);
	check_list("SYSTEM", LABEL_UNKNOWN, 0);
	check_list("SY", LABEL_UNKNOWN, 0);
	ck_assert_int_eq(label_choice_add(&chosen, "SYS,TKS,SYS", &name, &length), LABEL_UNKNOWN);
	ck_assert_uint_eq(length, 3);
	ck_assert_int_eq(memcmp(name, "TKS", 3), 0);
}
END_TEST

START_TEST(releases_have_versions_and_cover_others)
{
	ck_assert_ptr_eq(label_choice_release("0.1"), label_releases[0]);
	ck_assert_ptr_eq(label_choice_release("0.1.1"), label_releases[0]);
	ck_assert_ptr_eq(label_choice_release("0.2.0"), label_releases[1]);
	ck_assert_ptr_null(label_choice_release("0.1.2"));
	ck_assert_ptr_null(label_choice_release("0.1.0, 0.1.1"));
	ck_assert_ptr_null(label_choice_release(""));
}
END_TEST

/* --- values ------------------------------------------------------------------------------------------------- */

static char text[2048];
static struct label_style style;
static struct label_row row = { .style = &style };

/* What was written from text[1] on. */
#define CHECK_PUT(call, expected)                                              \
	do {                                                                   \
		char *w = text + 1, *end;                                      \
		text[0] = '^';                                                 \
		end = (call);                                                  \
		*end = '\0';                                                   \
		ck_assert_str_eq(text + 1, (expected));                        \
		ck_assert_uint_eq(strlen(text + 1), (size_t)(end - text) - 1); \
		ck_assert_int_eq(text[0], '^');                                \
	} while (0)

START_TEST(integers_are_cut_to_their_conversion)
{
	CHECK_PUT(put_d(w, INT64_C(0x1ffffffff)), "-1");
	CHECK_PUT(put_d(w, -5), "-5");
	CHECK_PUT(put_u(w, -1), "4294967295");
	CHECK_PUT(put_x(w, 0), "0");
	CHECK_PUT(put_x(w, 0x10), "10");
	CHECK_PUT(put_x(w, -1), "ffffffff");
	CHECK_PUT(put_hd(w, 0x18000), "-32768");
	CHECK_PUT(put_lld(w, INT64_MIN), "-9223372036854775808");
	CHECK_PUT(put_llu(w, -1), "18446744073709551615");
	CHECK_PUT(put_ld(w, INT64_C(0x1ffffffff), 4), "-1");
	CHECK_PUT(put_ld(w, INT64_C(0x1ffffffff), 8), "8589934591");
	CHECK_PUT(put_wide_d(w, 7, 3, false), "  7");
	CHECK_PUT(put_wide_d(w, 7, 3, true), "007");
	CHECK_PUT(put_wide_d(w, -7, 4, true), "-007");
	CHECK_PUT(put_wide_d(w, -7, 4, false), "  -7");
	CHECK_PUT(put_wide_d(w, 12345, 3, true), "12345");
	CHECK_PUT(put_wide_d(w, -12345, 0, true), "-12345");
}
END_TEST

START_TEST(reals_are_those_of_printf)
{
	CHECK_PUT(put_real(w, 0.125, 0, 2), "0.12");
	CHECK_PUT(put_real(w, 2.5, 0, 0), "2");
	CHECK_PUT(put_real(w, 1.25, 6, 1), "   1.2");
	CHECK_PUT(put_real(w, (double)INFINITY, 0, 2), "inf");
	CHECK_PUT(put_real(w, (double)-INFINITY, 0, 2), "-inf");
	CHECK_PUT(put_real(w, copysign((double)NAN, 1), 0, 2), "nan");
	CHECK_PUT(put_real(w, copysign((double)NAN, -1), 0, 2), "-nan");
	style = (struct label_style){ .json = true };
	CHECK_PUT(put_number(w, &row, (double)NAN, 0, 2), "null");
	CHECK_PUT(put_number(w, &row, 0.5, 0, 2), "0.50");
	style = (struct label_style){ .json = true, .compat = true };
	CHECK_PUT(put_number(w, &row, (double)INFINITY, 0, 2), "inf");
	ck_assert_uint_lt((size_t)(put_real(text, -1.7976931348623157e308, 0, 6) - text), PUT_LABEL_REAL_MAX);
}
END_TEST

START_TEST(letters_are_bytes)
{
	style = (struct label_style){ .json = false };
	CHECK_PUT(put_letter(w, &row, 'S'), "S");
	CHECK_PUT(put_letter(w, &row, '\n'), "\\x0a");
	CHECK_PUT(put_letter(w, &row, 0x7f), "\\x7f");
	CHECK_PUT(put_letter(w, &row, '"'), "\"");
	style = (struct label_style){ .json = true };
	CHECK_PUT(put_letter(w, &row, 'S'), "S");
	CHECK_PUT(put_letter(w, &row, 0), "");
	CHECK_PUT(put_letter(w, &row, '"'), "\\\"");
	CHECK_PUT(put_letter(w, &row, -23), "\\u00e9");
	style = (struct label_style){ .json = true, .compat = true };
	CHECK_PUT(put_letter(w, &row, '"'), "\"");
	CHECK_PUT(put_letter(w, &row, -23), "\xe9");
}
END_TEST

#define TEXT_OF(literal) literal, sizeof(literal) - 1

START_TEST(texts_cannot_forge_words)
{
	style = (struct label_style){ .json = false };
	CHECK_PUT(put_text(w, &row, TEXT_OF("a b\0c"), 0, 0), "a b");
	CHECK_PUT(put_text(w, &row, TEXT_OF("a b"), 0, LABEL_WORD), "(a b)");
	CHECK_PUT(put_text(w, &row, TEXT_OF(""), 0, LABEL_WORD), "()");
	CHECK_PUT(put_text(w, &row, TEXT_OF("long enough\nSEP\x7f"), 0, 0), "long enough\\x0aSEP\\x7f");
	CHECK_PUT(put_text(w, &row, TEXT_OF("/a b/c d e f g h"), 0, LABEL_PLAIN),
	    "/a\\x20b/c\\x20d\\x20e\\x20f\\x20g\\x20h");
	CHECK_PUT(put_text(w, &row, TEXT_OF("\xc3\xa9\xff!"), 2, 0), "\xc3\xa9\xff!");
	style.no_spaces = true;
	CHECK_PUT(put_text(w, &row, TEXT_OF("one two three four"), 0, LABEL_WORD), "one_two_three_four");
	CHECK_PUT(put_text(w, &row, TEXT_OF("\0abc"), 0, LABEL_WORD), "_");
	CHECK_PUT(put_text(w, &row, TEXT_OF("one two three four"), 0, 0), "one two three four");
	style = (struct label_style){ .compat = true };
	CHECK_PUT(put_text(w, &row, TEXT_OF("long enough\nSEP\x7f"), 0, LABEL_PLAIN), "long enough\nSEP\x7f");
}
END_TEST

START_TEST(texts_are_json)
{
	style = (struct label_style){ .json = true };
	CHECK_PUT(put_text(w, &row, TEXT_OF("a\"b\\c\n\0d"), 2, LABEL_HASH), "a\\\"b\\\\c\\n");
	CHECK_PUT(put_text(w, &row, TEXT_OF("\xff"), 0, 0), "\xef\xbf\xbd");
	CHECK_PUT(put_text(w, &row, TEXT_OF(""), 0, 0), "");
	style.compat = true;
	CHECK_PUT(put_text(w, &row, TEXT_OF("a\"b\\c"), 0, LABEL_HASH), "a#b#c");
	CHECK_PUT(put_text(w, &row, TEXT_OF("a\"b\\c"), 0, LABEL_ESCAPE), "a\"b\\\\c");
	CHECK_PUT(put_text(w, &row, TEXT_OF("a\"b\\c"), 2, 0), "a\"");
	CHECK_PUT(put_text(w, &row, TEXT_OF("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"), 0, LABEL_ESCAPE),
	    "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\");
}
END_TEST

START_TEST(paths_and_processes_that_are_not_known)
{
	const struct row alone = { .cgroup = NULL };

	style = (struct label_style){ .json = false };
	row.path = NULL;
	row.path_size = 0;
	row.row = &alone;
	CHECK_PUT(put_path(w, &row, 0, 0), "");
	CHECK_PUT(put_pids(w, &row), "-");
	style.json = true;
	CHECK_PUT(put_pids(w, &row), "null");
}
END_TEST

/* --- dates -------------------------------------------------------------------------------------------------- */

START_TEST(dates_are_found_again)
{
	struct calendar_date d;

	for (int64_t time = -INT64_C(62135596800); time < INT64_C(400000000000); time += 86399 * 7 + 1) {
		calendar_find(time, 0, &d);
		ck_assert(calendar_is_possible(&d));
		ck_assert_int_eq(calendar_seconds(&d), time);
	}
	calendar_find(INT64_C(951782400) - 1, 3600, &d);
	ck_assert_int_eq(d.year, 2000);
	ck_assert_int_eq(d.month, 2);
	ck_assert_int_eq(d.day, 29);
	ck_assert_int_eq(d.hour, 0);
	ck_assert_int_eq(d.second, 59);
	calendar_find(INT64_MAX, 0, &d);
	ck_assert(calendar_is_possible(&d));
	calendar_find(INT64_MIN, -86400, &d);
	ck_assert(d.month >= 1 && d.month <= 12 && d.hour >= 0 && d.hour < 24);
}
END_TEST

/* --- logs --------------------------------------------------------------------------------------------------- */

#define FIRST_OF(label) label " tiny 1668196310 2022/11/11 19:51:50 0"

START_TEST(words_of_a_log)
{
	query.labels = (struct label_choice){ .labels = 0 };
	ck_assert_int_eq(dump(&format_parseable, 1), RAWLOG_OK);
	ck_assert_ptr_nonnull(strstr(scratch_read(out_path),
	    FIRST_OF("SYS") " 12345\n" FIRST_OF("TSK") " 1 (a\"b) -\n" FIRST_OF("TSK") " 2 (a\"b) 20\n" FIRST_OF(
		"TSK") " 3 (a\"b) 20\nSEP\n"));
}
END_TEST

START_TEST(chosen_labels_as_of_another_release)
{
	query.labels = (struct label_choice){ .labels = 2, .as = label_releases[1], .style.compat = true };
	ck_assert_int_eq(dump(&format_parseable, 1), RAWLOG_OK);
	ck_assert_ptr_eq(strstr(scratch_read(out_path), "TSK tiny 1668196310 022/11/11"), NULL);
	ck_assert_ptr_nonnull(
	    strstr(scratch_read(out_path), "TSK tiny 1668196310 0022/11/11 19:51:50 0 1 (a\"b) -1 -\nTSK "));
	ck_assert_ptr_null(strstr(scratch_read(out_path), "SYS"));
}
END_TEST

START_TEST(json_of_a_log)
{
	const char *start =
	    "{\"host\": \"tiny\", \"timestamp\": 1668196310, \"elapsed\": 0, \"system\": {\"uptime\": 12345}, "
	    "\"TSK\": [";
	char expected[512];

	query.labels = (struct label_choice){ .labels = 0 };
	ck_assert_int_eq(dump(&format_atop_json, 1), RAWLOG_OK);
	strcat(strcpy(expected, start),
	    "{\"pid\": 2, \"name\": \"a\\\"b\", \"prio\" : 20}, {\"pid\": 3, \"name\": "
	    "\"a\\\"b\", \"prio\" : 20}]}\n");
	ck_assert_ptr_eq(strstr(scratch_read(out_path), expected), scratch_read(out_path));
	query.labels.style.compat = true;
	place.force = true;
	ck_assert_int_eq(dump(&format_atop_json, 1), RAWLOG_OK);
	strcat(strcpy(expected, start),
	    ", {\"pid\": 2, \"name\": \"a#\", \"prio\" : 20}, {\"pid\": 3, \"name\": \"a#\", \"prio\" : 20}]}\n");
	ck_assert_ptr_eq(strstr(scratch_read(out_path), expected), scratch_read(out_path));
}
END_TEST

START_TEST(what_cannot_be_read_is_not_printed)
{
	break_tasks();
	query.labels = (struct label_choice){ .labels = 2 };
	ck_assert_int_eq(dump(&format_parseable, 1), RAWLOG_DAMAGED);
	ck_assert_ptr_null(strstr(scratch_read(out_path), "TSK"));
	ck_assert_ptr_nonnull(strstr(scratch_read(out_path), "SEP\n"));
}
END_TEST

static TCase *
test_label(void)
{
	TCase *tc = tcase_create("label");

	tcase_add_checked_fixture(tc, dump_setup, dump_teardown);
	tcase_add_test(tc, lists_name_labels);
	tcase_add_test(tc, wrong_lists_are_refused);
	tcase_add_test(tc, releases_have_versions_and_cover_others);
	tcase_add_test(tc, integers_are_cut_to_their_conversion);
	tcase_add_test(tc, reals_are_those_of_printf);
	tcase_add_test(tc, letters_are_bytes);
	tcase_add_test(tc, texts_cannot_forge_words);
	tcase_add_test(tc, texts_are_json);
	tcase_add_test(tc, paths_and_processes_that_are_not_known);
	tcase_add_test(tc, dates_are_found_again);
	tcase_add_test(tc, words_of_a_log);
	tcase_add_test(tc, chosen_labels_as_of_another_release);
	tcase_add_test(tc, json_of_a_log);
	tcase_add_test(tc, what_cannot_be_read_is_not_printed);
	return tc;
}

REGISTER(test_label);
