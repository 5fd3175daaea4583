/*
 * test_outputs_part: parts of outputs: their tables are those of the whole, and go there in the order of appending.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "print/format/outputs.h"
#include "scratch.h"
#include "unit.h"

#define HEAD "a,b\r\n"

static struct outputs whole, first, second;
static struct output_place place;
static char path[256];
static bool is_wanted; /* what a part is answered that waits for its turn */
static unsigned nwaits;

static bool
is_next(void *context)
{
	(void)context;
	return false;
}

static bool
wait_for_order(void *context)
{
	(void)context;
	nwaits++;
	return is_wanted;
}

static struct writer_order order = { .is_next = is_next, .wait = wait_for_order, .kept_max = 1u << 20 };

/* A folder with a file for each table, and two parts. */
static void
setup(void)
{
	is_wanted = true;
	nwaits = 0;
	strcpy(path, scratch_path("tables"));
	place = (struct output_place){ .path = path, .folder = true };
	ck_assert_int_eq(outputs_open(&whole, &place, true, "csv"), 0);
	ck_assert_int_eq(outputs_open_part(&first, &whole, &order), 0);
	ck_assert_int_eq(outputs_open_part(&second, &whole, &order), 0);
}

static void
teardown(void)
{
	scratch_remove();
}

static void
put(struct outputs *o, const char *table, const char *row)
{
	struct writer *out = outputs_table(o, table, HEAD, strlen(HEAD));

	ck_assert_ptr_nonnull(out);
	writer_put(out, row, strlen(row));
}

static void
check_table(const char *name, const char *want)
{
	char inner[128];

	snprintf(inner, sizeof inner, "tables/%s.csv", name);
	ck_assert_str_eq(scratch_read(scratch_path(inner)), want);
}

static void
finish(void)
{
	outputs_free_part(&first);
	outputs_free_part(&second);
	ck_assert_int_eq(outputs_finish(&whole, true), 0);
}

START_TEST(a_table_has_one_head)
{
	put(&second, "x", "2\r\n");
	put(&first, "x", "1\r\n");
	put(&first, "y", "3\r\n");
	ck_assert_uint_eq(nwaits, 2); /* for two new tables */
	outputs_append(&first);
	outputs_append(&second);
	finish();
	check_table("x", HEAD "1\r\n2\r\n");
	check_table("y", HEAD "3\r\n");
}
END_TEST

START_TEST(a_table_keeps_its_head_if_its_rows_are_discarded)
{
	put(&first, "x", "1\r\n");
	put(&second, "x", "2\r\n");
	outputs_discard(&first);
	outputs_append(&second);
	finish();
	check_table("x", HEAD "2\r\n");
}
END_TEST

START_TEST(a_table_of_the_whole_needs_no_turn)
{
	put(&whole, "x", "0\r\n");
	is_wanted = false;
	put(&first, "x", "1\r\n");
	ck_assert_uint_eq(nwaits, 0);
	outputs_append(&first);
	finish();
	check_table("x", HEAD "0\r\n1\r\n");
}
END_TEST

START_TEST(nothing_more_is_wanted)
{
	is_wanted = false;
	ck_assert_ptr_null(outputs_table(&first, "x", HEAD, strlen(HEAD)));
	ck_assert_uint_eq(nwaits, 1);
	ck_assert_int_eq(outputs_error(&first), 0);
	finish();
	ck_assert(!scratch_exists(scratch_path("tables/x.csv")));
}
END_TEST

START_TEST(a_table_that_cannot_be_made)
{
	scratch_file("tables/x.csv", "old", 3);
	ck_assert_ptr_null(outputs_table(&first, "x", HEAD, strlen(HEAD)));
	ck_assert_int_eq(outputs_error(&first), EEXIST);
	ck_assert_int_eq(outputs_error(&whole), EEXIST);
	outputs_free_part(&first);
	outputs_free_part(&second);
	ck_assert_int_eq(outputs_finish(&whole, true), EEXIST);
	check_table("x", "old");
}
END_TEST

START_TEST(a_failure_of_a_part_is_one_of_the_whole)
{
	put(&first, "x", "1\r\n");
	outputs_table(&first, "x", HEAD, strlen(HEAD))->error = ENOMEM;
	ck_assert_int_eq(outputs_error(&first), ENOMEM);
	ck_assert_int_eq(outputs_error(&whole), 0);
	outputs_append(&first);
	ck_assert_int_eq(outputs_error(&whole), ENOMEM);
	outputs_free_part(&first);
	outputs_free_part(&second);
	ck_assert_int_eq(outputs_finish(&whole, true), ENOMEM);
	ck_assert(!scratch_exists(path));
}
END_TEST

static TCase *
test_outputs_part(void)
{
	TCase *t = tcase_create("outputs part");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_table_has_one_head);
	tcase_add_test(t, a_table_keeps_its_head_if_its_rows_are_discarded);
	tcase_add_test(t, a_table_of_the_whole_needs_no_turn);
	tcase_add_test(t, nothing_more_is_wanted);
	tcase_add_test(t, a_table_that_cannot_be_made);
	tcase_add_test(t, a_failure_of_a_part_is_one_of_the_whole);
	return t;
}

REGISTER(test_outputs_part);
