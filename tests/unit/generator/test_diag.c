/*
 * test_diag: order and form of messages, the caret below odd lines, and hints.
 */
#include "fixture.h"

#include <string.h>

#include "unit.h"

static struct position
at(const struct source *source, unsigned line, unsigned column)
{
	return (struct position){ .source = source, .line = line, .column = column };
}

START_TEST(sorted_by_place)
{
	const struct source *first = fixture_source("one\ntwo\n"), *second = fixture_source("three\n");

	diag_warning(&fixture_diag, at(second, 1, 1), "d");
	diag_error(&fixture_diag, at(first, 2, 2), "c");
	diag_error(&fixture_diag, at(first, 2, 1), "a");
	diag_error(&fixture_diag, at(first, 2, 1), "b%d", 1);
	diag_error(&fixture_diag, at(first, 0, 0), "z");
	ck_assert_errors(4);
	ck_assert_str_eq(fixture_messages(),
	    "t.yaml: error: z\n"
	    "t.yaml:2:1: error: a\n    2 | two\n      | ^\n"
	    "t.yaml:2:1: error: b1\n    2 | two\n      | ^\n"
	    "t.yaml:2:2: error: c\n    2 | two\n      |  ^\n"
	    "t.yaml:1:1: warning: d\n    1 | three\n      | ^\n");
}
END_TEST

START_TEST(same_message_once)
{
	const struct source *source = fixture_source("x");

	diag_error(&fixture_diag, at(source, 1, 1), "a");
	diag_error(&fixture_diag, at(source, 1, 1), "a");
	diag_error(&fixture_diag, at(source, 1, 1), "b");
	ck_assert_errors(2);
}
END_TEST

START_TEST(context_for_other_files)
{
	const struct source *base = fixture_source("b"), *own = fixture_source("o");

	diag_context(&fixture_diag, own, "atop 1.1");
	diag_error(&fixture_diag, at(base, 1, 1), "x");
	diag_error(&fixture_diag, at(own, 1, 1), "x");
	ck_assert_str_eq(fixture_messages(),
	    "t.yaml:1:1: error: x (in atop 1.1)\n    1 | b\n      | ^\n"
	    "t.yaml:1:1: error: x\n    1 | o\n      | ^\n");
}
END_TEST

START_TEST(caret_behind_tabs_and_wide_bytes)
{
	diag_error(&fixture_diag, at(fixture_source("\t\xc3\xa9\tx"), 1, 4), "x");
	ck_assert_str_eq(fixture_messages(), "t.yaml:1:4: error: x\n    1 | \t\xc3\xa9\tx\n      | \t \t^\n");
}
END_TEST

START_TEST(caret_at_line_end)
{
	diag_error(&fixture_diag, at(fixture_source("ab"), 1, 3), "x");
	ck_assert_message("    1 | ab\n      |   ^\n");
}
END_TEST

START_TEST(unprintable_bytes)
{
	diag_error(&fixture_diag, at(fixture_source("a\x1b[2J\xff\xe2\x80\xae!"), 1, 7), "x");
	ck_assert_message("    1 | a?[2J?\?!\n      |       ^\n");
}
END_TEST

START_TEST(long_line_is_cut)
{
	char *line = arena_alloc(&fixture_arena, 1001);
	const char *messages;

	memset(line, 'a', 1000);
	line[499] = 'X';
	diag_error(&fixture_diag, at(fixture_source(line), 1, 500), "x");
	messages = fixture_messages();
	ck_assert_ptr_nonnull(strstr(messages, "    1 | ...aaa"));
	ck_assert_ptr_nonnull(strstr(messages, "aaa...\n      |    "));
	ck_assert_uint_eq(strchr(messages, 'X') - strstr(messages, "    1"),
	    strchr(messages, '^') - strstr(messages, "      |"));
	ck_assert_uint_lt(strlen(messages), 300);
}
END_TEST

START_TEST(place_beyond_text)
{
	diag_error(&fixture_diag, at(fixture_source("a\n"), 9, 1), "x");
	ck_assert_str_eq(fixture_messages(), "t.yaml:9:1: error: x\n");
}
END_TEST

START_TEST(nearest)
{
	static const char *const names[] = { "count_t", "int", "long", "time_t" };

	ck_assert_str_eq(diag_nearest("cuont_t", names, 4), "count_t");
	ck_assert_str_eq(diag_nearest("in", names, 4), "int");
	ck_assert_str_eq(diag_nearest("lnog", names, 4), "long");
	ck_assert_str_eq(diag_nearest("time_tt", names, 4), "time_t");
	ck_assert_ptr_null(diag_nearest("double", names, 4));
	ck_assert_ptr_null(diag_nearest("x", names, 4));
	ck_assert_ptr_null(diag_nearest("", names, 4));
	ck_assert_str_eq(diag_hint(&fixture_diag, "itn", names, 4), "; did you mean 'int'?");
	ck_assert_str_eq(diag_hint(&fixture_diag, "double", names, 4), "");
}
END_TEST

static TCase *
test_diag(void)
{
	const TTest *const tests[] = {
		sorted_by_place,
		same_message_once,
		context_for_other_files,
		caret_behind_tabs_and_wide_bytes,
		caret_at_line_end,
		unprintable_bytes,
		long_line_is_cut,
		place_beyond_text,
		nearest,
	};

	return fixture_case("diag", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_diag);
