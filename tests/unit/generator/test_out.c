/*
 * test_out: indentation and escapes; files in folders. tests/schema/run.py tests which files are written.
 */
#include "base/out.h"

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "unit.h"

START_TEST(indentation)
{
	struct out o = { .arena = &fixture_arena };

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
	struct out o = { .arena = &fixture_arena };

	for (int i = 0; i < 10000; i++)
		out_printf(&o, "%04d\n", i);
	ck_assert_uint_eq(o.length, 50000);
	ck_assert_str_eq(o.text + 49995, "9999\n");
	ck_assert_int_eq(strncmp(o.text, "0000\n0001\n", 10), 0);
}
END_TEST

START_TEST(c_string)
{
	struct out o = { .arena = &fixture_arena };

	out_c_string(&o,
	    "a\"b\\c\n\x01"
	    "7%s \xc3\xa9 ok? ?\?/");
	ck_assert_str_eq(o.text, "a\\\"b\\\\c\\012\\0017%s \\303\\251 ok? \\077?/");
}
END_TEST

START_TEST(c_comment)
{
	struct out o = { .arena = &fixture_arena };
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

/* A path that lives as long as the test. */
static const char *
scratch(const char *folder, const char *name)
{
	return arena_printf(&fixture_arena, "%s/%s", folder, name);
}

static bool
exists(const char *folder, const char *name)
{
	return access(scratch(folder, name), F_OK) == 0;
}

START_TEST(files_in_folders)
{
	struct out_set set = { .arena = &fixture_arena };
	char folder[] = "/tmp/test_out.XXXXXX", error[512];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	out_printf(out_file(&set, "top.h"), "top\n");
	out_printf(out_file(&set, "a/b/deep.h"), "deep\n");
	ck_assert_int_eq(out_write(&set, scratch(folder, "made"), error, sizeof(error)), 0);
	ck_assert(exists(folder, "made/top.h") && exists(folder, "made/a/b/deep.h"));
	ck_assert_int_eq(unlink(scratch(folder, "made/top.h")), 0);
	ck_assert_int_eq(unlink(scratch(folder, "made/a/b/deep.h")), 0);
	ck_assert_int_eq(rmdir(scratch(folder, "made/a/b")), 0);
	ck_assert_int_eq(rmdir(scratch(folder, "made/a")), 0);
	ck_assert_int_eq(rmdir(scratch(folder, "made")), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(failure_leaves_no_folder)
{
	struct out_set set = { .arena = &fixture_arena };
	char folder[] = "/tmp/test_out.XXXXXX", error[512];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(mkdir(scratch(folder, "taken"), 0777), 0);
	out_printf(out_file(&set, "a/b/deep.h"), "deep\n");
	out_printf(out_file(&set, "taken"), "a folder has the name\n");
	ck_assert_int_eq(out_write(&set, folder, error, sizeof(error)), -1);
	ck_assert_str_eq(error, arena_printf(&fixture_arena, "cannot write '%s/taken': Is a directory", folder));
	ck_assert(!exists(folder, "a"));
	ck_assert_int_eq(rmdir(scratch(folder, "taken")), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

static TCase *
test_out(void)
{
	const TTest *const tests[] = {
		indentation,
		long_text,
		c_string,
		c_comment,
		files_in_folders,
		failure_leaves_no_folder,
	};

	return fixture_case("out", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_out);
