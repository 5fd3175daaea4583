/*
 * test_out: indentation and escapes; how files are written is tested by tests/schema/run.py.
 */
#include "base/out.h"

#include <string.h>

#include "fixture.h"
#include "unit.h"

START_TEST(indentation)
{
	struct out o = {.arena = &fixture_arena};

	out_printf(&o, "a\n");
	o.indent = 2;
	out_printf(&o, "b");
	out_printf(&o, "%d\n\nc\n", 1);
	o.indent = 0;
	out_printf(&o, "%s", "d\n");
	ck_assert_str_eq(o.text, "a\n\t\tb1\n\n\t\tc\nd\n");
	ck_assert_uint_eq(o.length, strlen(o.text));
}
END_TEST

START_TEST(long_text)
{
	struct out o = {.arena = &fixture_arena};

	for (int i = 0; i < 10000; i++)
		out_printf(&o, "%04d\n", i);
	ck_assert_uint_eq(o.length, 50000);
	ck_assert_str_eq(o.text + 49995, "9999\n");
	ck_assert_int_eq(strncmp(o.text, "0000\n0001\n", 10), 0);
}
END_TEST

START_TEST(c_string)
{
	struct out o = {.arena = &fixture_arena};

	out_c_string(&o, "a\"b\\c\n\x01" "7%s \xc3\xa9 ok? ?\?/");
	ck_assert_str_eq(o.text, "a\\\"b\\\\c\\012\\0017%s \\303\\251 ok? \\077?/");
}
END_TEST

START_TEST(c_comment)
{
	struct out o = {.arena = &fixture_arena};
	char *words = arena_alloc(&fixture_arena, 401);

	for (size_t i = 0; i < 400; i++)
		words[i] = i % 5 == 4 ? ' ' : 'w';
	out_printf(&o, "/* ");
	out_c_comment(&o, words, " * ");
	for (const char *line = o.text; line != NULL; line = strchr(line + 1, '\n'))
		ck_assert_uint_le(strcspn(line + 1, "\n"), 110);
	ck_assert_ptr_nonnull(strstr(o.text, "wwww\n * wwww"));
}
END_TEST

static TCase *
test_out(void)
{
	const TTest *const tests[] = {indentation, long_text, c_string, c_comment};

	return fixture_case("out", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_out);
