/*
 * test_outputs: files for tables that appear all or none, and the folder they are in.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/outputs.h"
#include "scratch.h"
#include "unit.h"

static struct outputs outputs;
static struct output_place place;
static char path[256];

static void
setup(void)
{
	strcpy(path, scratch_path("tables"));
	place = (struct output_place){ .path = path, .folder = true };
}

static void
teardown(void)
{
	scratch_remove();
}

static const char *
table(const char *name)
{
	char inner[128];

	snprintf(inner, sizeof inner, "tables/%s.csv", name);
	return scratch_path(inner);
}

/* Opens the outputs and two tables. */
static void
begin(void)
{
	ck_assert_int_eq(outputs_open(&outputs, &place, true, "csv"), 0);
	ck_assert_ptr_nonnull(outputs_table(&outputs, "one", "host,a\r\n", 8));
	ck_assert_ptr_nonnull(outputs_table(&outputs, "two", "host,b\r\n", 8));
}

START_TEST(all_appear_at_the_end)
{
	begin();
	ck_assert(!scratch_exists(table("one")));
	ck_assert_int_eq(outputs_finish(&outputs, true), 0);
	ck_assert_str_eq(scratch_read(table("one")), "host,a\r\n");
	ck_assert_str_eq(scratch_read(table("two")), "host,b\r\n");
}
END_TEST

START_TEST(a_folder_made_for_nothing_is_removed)
{
	begin();
	ck_assert(scratch_exists(path));
	ck_assert_int_eq(outputs_finish(&outputs, false), 0);
	ck_assert(!scratch_exists(path));
}
END_TEST

START_TEST(a_folder_that_was_there_stays)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	begin();
	ck_assert_int_eq(outputs_finish(&outputs, false), 0);
	ck_assert(scratch_exists(path));
	ck_assert(!scratch_exists(table("one")));
}
END_TEST

START_TEST(a_table_that_exists_is_replaced_only_if_asked)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	scratch_file("tables/one.csv", "old", 3);
	ck_assert_int_eq(outputs_open(&outputs, &place, true, "csv"), 0);
	ck_assert_ptr_null(outputs_table(&outputs, "one", "host,a\r\n", 8));
	ck_assert_int_eq(outputs_error(&outputs), EEXIST);
	ck_assert_int_eq(outputs_finish(&outputs, false), EEXIST);
	ck_assert_str_eq(scratch_read(table("one")), "old");
	place.force = true;
	begin();
	ck_assert_int_eq(outputs_finish(&outputs, true), 0);
	ck_assert_str_eq(scratch_read(table("one")), "host,a\r\n");
}
END_TEST

START_TEST(of_one_that_appears_meanwhile_none_is_named)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	begin();
	scratch_file("tables/two.csv", "theirs", 6);
	ck_assert_int_eq(outputs_finish(&outputs, true), EEXIST);
	ck_assert(!scratch_exists(table("one")));
	ck_assert_str_eq(scratch_read(table("two")), "theirs");
}
END_TEST

START_TEST(what_a_signal_finds_is_removed)
{
	begin();
	ck_assert(unfinished_clean());
	ck_assert(!scratch_exists(path));
}
END_TEST

START_TEST(one_place_without_a_table_leaves_nothing)
{
	place.folder = false;
	ck_assert_int_eq(outputs_open(&outputs, &place, true, "csv"), 0);
	ck_assert_int_eq(outputs_finish(&outputs, true), 0);
	ck_assert(!scratch_exists(path));
	scratch_file("tables", "old", 3);
	ck_assert_int_eq(outputs_open(&outputs, &place, true, "csv"), EEXIST);
	ck_assert_str_eq(scratch_read(path), "old");
}
END_TEST

static TCase *
test_outputs(void)
{
	TCase *t = tcase_create("outputs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_appear_at_the_end);
	tcase_add_test(t, a_folder_made_for_nothing_is_removed);
	tcase_add_test(t, a_folder_that_was_there_stays);
	tcase_add_test(t, a_table_that_exists_is_replaced_only_if_asked);
	tcase_add_test(t, of_one_that_appears_meanwhile_none_is_named);
	tcase_add_test(t, what_a_signal_finds_is_removed);
	tcase_add_test(t, one_place_without_a_table_leaves_nothing);
	return t;
}

REGISTER(test_outputs);
