/*
 * test_output: files that appear when they are whole.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/output.h"
#include "scratch.h"
#include "unit.h"

static struct output output;

static void
teardown(void)
{
	scratch_remove();
}

static int
open_path(struct output *o, const char *path, bool replaces)
{
	return output_open(o, &(struct output_place){ .path = path, .force = replaces });
}

/* Opens `path` and writes `text` to it. */
static void
begin(const char *path, const char *text)
{
	ck_assert_int_eq(open_path(&output, path, true), 0);
	writer_put(&output.writer, text, strlen(text));
	writer_flush(&output.writer);
}

START_TEST(a_file_appears_at_the_end)
{
	const char *path = scratch_path("out");

	begin(path, "new");
	ck_assert(!scratch_exists(path));
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert_str_eq(scratch_read(path), "new");
}
END_TEST

START_TEST(an_old_file_stays_until_then)
{
	const char *path = scratch_file("out", "old", 3);

	begin(path, "new");
	ck_assert_str_eq(scratch_read(path), "old");
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert_str_eq(scratch_read(path), "new");
}
END_TEST

START_TEST(what_is_not_kept_leaves_nothing)
{
	const char *path = scratch_file("out", "old", 3);
	char temporary[512];

	begin(path, "new");
	strcpy(temporary, output.temporary);
	ck_assert(scratch_exists(temporary));
	ck_assert_int_eq(output_finish(&output, false), 0);
	ck_assert_str_eq(scratch_read(path), "old");
	ck_assert(!scratch_exists(temporary));
}
END_TEST

START_TEST(what_exists_is_replaced_only_if_asked)
{
	const char *path = scratch_file("out", "old", 3), *link = scratch_path("link");

	ck_assert_int_eq(open_path(&output, path, false), EEXIST);
	ck_assert_str_eq(scratch_read(path), "old");
	ck_assert_int_eq(symlink("nowhere", link), 0);
	ck_assert_int_eq(open_path(&output, link, false), EEXIST);
	ck_assert(!scratch_exists(scratch_path("nowhere")));
}
END_TEST

START_TEST(what_appears_meanwhile_is_not_replaced)
{
	const char *path = scratch_path("out");
	char temporary[512];

	ck_assert_int_eq(open_path(&output, path, false), 0);
	writer_put(&output.writer, "new", 3);
	strcpy(temporary, output.temporary);
	scratch_file("out", "theirs", 6);
	ck_assert_int_eq(output_finish(&output, true), EEXIST);
	ck_assert_str_eq(scratch_read(path), "theirs");
	ck_assert(!scratch_exists(temporary));
}
END_TEST

/* A temporary name that is taken, by a file or by a link, is left alone. */
START_TEST(no_one_elses_temporary_file_is_touched)
{
	const char *path = scratch_path("out"), *theirs;
	char name[128], link[128];

	snprintf(name, sizeof name, "out.%ld.0.tmp", (long)getpid());
	snprintf(link, sizeof link, "out.%ld.1.tmp", (long)getpid());
	theirs = scratch_file(name, "theirs", 6);
	ck_assert_int_eq(symlink(name, scratch_path(link)), 0);
	begin(path, "new");
	ck_assert_str_eq(scratch_read(theirs), "theirs");
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert_str_eq(scratch_read(path), "new");
	ck_assert_str_eq(scratch_read(theirs), "theirs");
	ck_assert(scratch_exists(scratch_path(link)));
}
END_TEST

START_TEST(what_is_unfinished_can_be_removed)
{
	const char *path = scratch_path("out");
	char temporary[512];

	begin(path, "new");
	strcpy(temporary, output.temporary);
	ck_assert(unfinished_clean());
	ck_assert(!scratch_exists(temporary));
	ck_assert(!scratch_exists(path));
}
END_TEST

START_TEST(what_is_finished_stays)
{
	const char *path = scratch_path("out");

	begin(path, "new");
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert(!unfinished_clean());
	ck_assert_str_eq(scratch_read(path), "new");
}
END_TEST

START_TEST(a_link_is_followed)
{
	const char *path = scratch_file("out", "old", 3), *link = scratch_path("link");
	struct stat st;

	ck_assert_int_eq(symlink("out", link), 0);
	begin(link, "new");
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert_str_eq(scratch_read(path), "new");
	ck_assert_int_eq(lstat(link, &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

START_TEST(a_device_is_written_to_as_it_is)
{
	begin("/dev/null", "new");
	ck_assert_int_eq(output_finish(&output, true), 0);
	ck_assert(scratch_exists("/dev/null"));
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
	if (!scratch_exists("/dev/full"))
		return;
	begin("/dev/full", "new");
	ck_assert_int_eq(output_finish(&output, true), ENOSPC);
}
END_TEST

START_TEST(no_place)
{
	ck_assert_int_eq(open_path(&output, scratch_path("nothing/out"), false), ENOENT);
	ck_assert_int_eq(open_path(&output, scratch_path("."), false), EISDIR);
}
END_TEST

static TCase *
test_output(void)
{
	TCase *t = tcase_create("output");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, a_file_appears_at_the_end);
	tcase_add_test(t, an_old_file_stays_until_then);
	tcase_add_test(t, what_is_not_kept_leaves_nothing);
	tcase_add_test(t, what_exists_is_replaced_only_if_asked);
	tcase_add_test(t, what_appears_meanwhile_is_not_replaced);
	tcase_add_test(t, no_one_elses_temporary_file_is_touched);
	tcase_add_test(t, what_is_unfinished_can_be_removed);
	tcase_add_test(t, what_is_finished_stays);
	tcase_add_test(t, a_link_is_followed);
	tcase_add_test(t, a_device_is_written_to_as_it_is);
	tcase_add_test(t, a_full_disk_is_an_error);
	tcase_add_test(t, no_place);
	return t;
}

REGISTER(test_output);
