/*
 * test_load: which files are read, in which order, and each once.
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/load.h"
#include "unit.h"

static char folder[4096];

static const char *
path(const char *name)
{
	return arena_printf(&fixture_arena, "%s/%s", folder, name);
}

static void
put(const char *name, const char *text)
{
	FILE *file = fopen(path(name), "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static void
begin(void)
{
	const char *parent = getenv("TMPDIR");

	fixture_begin();
	snprintf(folder, sizeof(folder), "%s/atopgen-XXXXXX", parent != NULL ? parent : ".");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	put("abi.yaml",
	    "models:\n  - {name: m, machines: [x], doc: d}\ntypes:\n"
	    "  - {name: int, kind: signed, size: 4, align: 4}\n");
	put("atop-1.0.yaml", fixture_text("", "    - {name: a, type: int}\n"));
	put("atop-1.1.yaml", fixture_next(""));
}

static void
end(void)
{
	static const char *const names[] = { "abi.yaml", "atop-1.0.yaml", "atop-1.1.yaml", "other.yaml" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		remove(path(names[i]));
	rmdir(folder);
	fixture_end();
}

static bool
load(const char *first, const char *second, struct loaded *out)
{
	const char *paths[] = { path(first), second != NULL ? path(second) : NULL };

	return load_schemas(&fixture_arena, &fixture_diag, paths, second != NULL ? 2 : 1, out);
}

START_TEST(base_before_derived)
{
	struct loaded out;

	ck_assert_msg(load("atop-1.1.yaml", NULL, &out), "%s", fixture_messages());
	ck_assert_uint_eq(out.nschemas, 2);
	ck_assert_str_eq(out.schemas[0]->version.text, "1.0");
	ck_assert_str_eq(out.schemas[1]->version.text, "1.1");
	ck_assert(!out.named[0] && out.named[1]);
	ck_assert_uint_eq(out.abi->ntypes, 1);
}
END_TEST

START_TEST(each_file_once)
{
	struct loaded out;

	ck_assert(load("atop-1.1.yaml", "./atop-1.0.yaml", &out));
	ck_assert_uint_eq(out.nschemas, 2);
	ck_assert(out.named[0] && out.named[1]);
}
END_TEST

START_TEST(missing_file)
{
	struct loaded out;

	ck_assert(!load("other.yaml", NULL, &out));
	ck_assert_message("other.yaml: error: cannot read");
}
END_TEST

START_TEST(folder_instead_of_file)
{
	struct loaded out;

	ck_assert(!load("", NULL, &out));
	ck_assert_message("error: cannot read");
}
END_TEST

START_TEST(missing_base)
{
	struct loaded out;

	remove(path("atop-1.0.yaml"));
	ck_assert(!load("atop-1.1.yaml", NULL, &out));
	ck_assert_message("atop-1.1.yaml:2:10: error: cannot read");
}
END_TEST

START_TEST(missing_abi)
{
	struct loaded out;

	remove(path("abi.yaml"));
	ck_assert(!load("atop-1.1.yaml", NULL, &out));
	ck_assert_errors(1);
	ck_assert_message("abi.yaml: error: cannot read");
}
END_TEST

START_TEST(two_of_one_version)
{
	struct loaded out;

	put("other.yaml", fixture_text("", "    - {name: a, type: int}\n"));
	ck_assert(!load("atop-1.0.yaml", "other.yaml", &out));
	ck_assert_message("other.yaml:1:10: error: '");
	ck_assert_message("' has version '1.0' already");
}
END_TEST

START_TEST(cycle)
{
	struct loaded out;

	put("atop-1.0.yaml",
	    "version: \"1.0\"\nextends: \"1.1\"\nreleases: [x]\naversion: 1\n"
	    "source: {tag: t, files: [f]}\n");
	ck_assert(!load("atop-1.1.yaml", NULL, &out));
	ck_assert_errors(1);
	ck_assert_message("atop-1.0.yaml:2:10: error: '1.1' extends itself");
}
END_TEST

START_TEST(name_and_version)
{
	struct loaded out;

	put("atop-1.0.yaml", "version: \"1.5\"\nreleases: [x]\naversion: 1\nsource: {tag: t, files: [f]}\n");
	ck_assert(!load("atop-1.1.yaml", NULL, &out));
	ck_assert_message("atop-1.0.yaml:1:10: error: version '1.5' in a file that is named for '1.0'");
}
END_TEST

static TCase *
test_load(void)
{
	const TTest *const tests[] = {
		base_before_derived,
		each_file_once,
		missing_file,
		folder_instead_of_file,
		missing_base,
		missing_abi,
		two_of_one_version,
		cycle,
		name_and_version,
	};
	TCase *tcase = tcase_create("load");

	tcase_add_checked_fixture(tcase, begin, end);
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		tcase_add_test(tcase, tests[i]);
	return tcase;
}

REGISTER(test_load);
