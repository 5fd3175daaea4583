/*
 * test_dump_csv: logs in, tables of CSV out; by one thread and by several.
 */
#include <stdio.h>
#include <string.h>

#include "dump_setup.h"
#include "print/format/formats.h"
#include "scratch.h"
#include "tiny_alike.h"
#include "tiny_tables.h"
#include "unit.h"

#define FIRST  "~,,tiny,0.1,2022-11-11T19:51:50Z,0,,false,0,"
#define SECOND "~,,tiny,0.1,,1,,false,0,"
#define BORN   "2001-09-09T01:46:39Z"

#define TASK_ROWS                                                                                                     \
	FIRST "false,,,1,\"a\"\"b\",,0,,," BORN ",,,\r\n" FIRST "false,,,2,\"a\"\"b\",,83,20,5," BORN ",,,\r\n" FIRST \
	      "false,,,3,\"a\"\"b\",,0,20,," BORN ",,,\r\n"
#define HEADER_ROW  "~,,tiny,0.1,,,,,,false,4276993775,32769,tiny,,,\r\n"
#define RECORD_ROWS FIRST "false,2022-11-11T19:51:50Z,3,,\r\n" SECOND "false,,0,,\r\n"
#define SYSTEM_ROWS FIRST "false,12345,,,,,,,\r\n" SECOND "false,12345,,,,,,,\r\n"
#define CPU_ROWS    FIRST "false,0,0,0.5,,\r\n" FIRST "false,1,1,0.5,,\r\n"

/* The file is the table: its header row, and rows of the log. */
static void
check_table(const char *path, const char *names, const char *rows)
{
	const char *text = scratch_read(path);

	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_eq(strstr(text, names), text);
	ck_assert_str_eq(text + strlen(names), scratch_expand(rows, log_path));
}

START_TEST(structs_that_nothing_vouches_for_are_marked)
{
	break_tasks();
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_DAMAGED);
	check_table(out_path, TSTAT_NAMES,
	    FIRST "true,,,1,\"a\"\"b\",,0,,," BORN ",,,\r\n" FIRST "true,,,2,\"a\"\"b\",,83,20,5," BORN ",,,\r\n" FIRST
		  "true,,,3,\"a\"\"b\",,0,20,," BORN ",,,\r\n");
}
END_TEST

/* Names and rows of each table. */
static const struct {
	const char *table, *names, *rows;
} all[] = { { "tstat", TSTAT_NAMES, TASK_ROWS }, { "rawheader", HEADER_NAMES, HEADER_ROW },
	{ "rawrecord", RECORD_NAMES, RECORD_ROWS }, { "sstat", SSTAT_NAMES, SYSTEM_ROWS },
	{ "sstat_cpu", CPU_NAMES, CPU_ROWS }, { "damage", DAMAGE_NAMES, "" } };
#define NTABLES (int)(sizeof all / sizeof all[0])

START_TEST(csv)
{
	ck_assert(word_set_add(&tables, all[_i].table));
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	check_table(out_path, all[_i].names, all[_i].rows);
}
END_TEST

START_TEST(csv_of_several_logs_has_one_header_row)
{
	ck_assert(word_set_add(&tables, "sstat"));
	query.several = true;
	ck_assert_int_eq(dump(&format_csv, 2), RAWLOG_OK);
	check_table(out_path, SSTAT_NAMES, SYSTEM_ROWS SYSTEM_ROWS);
}
END_TEST

/* All tables are there, if they have rows or not. */
START_TEST(csv_in_a_folder)
{
	char path[300];

	place.folder = true;
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	for (int i = 0; i < NTABLES; i++) {
		snprintf(path, sizeof path, "%s/%s.csv", out_path, all[i].table);
		check_table(path, all[i].names, all[i].rows);
	}
}
END_TEST

START_TEST(damage_is_a_table)
{
	char path[300], row[300];

	place.folder = true;
	tiny.size -= 3;
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_DAMAGED);
	snprintf(path, sizeof path, "%s/damage.csv", out_path);
	snprintf(row, sizeof row,
	    "~,,tiny,0.1,,1,,,,,%zu,5,tstat,truncated,the log ends 3 bytes before the sample does\r\n", tiny.size - 5);
	check_table(path, DAMAGE_NAMES, row);
	snprintf(path, sizeof path, "%s/tstat.csv", out_path);
	check_table(path, TSTAT_NAMES, TASK_ROWS);
}
END_TEST

/* Logs of releases with other members share a table. */
START_TEST(csv_of_several_releases)
{
	char *first = (char *)scratch_file("first", tiny.bytes, tiny.size), *paths[4], want[4096];
	struct tiny_log other, alike;
	struct formatter *f;

	ck_assert(word_set_add(&tables, "tstat"));
	tiny_begin(&other, 2, TINY_NARROW, ORDER_BIG);
	tiny_sample(&other, 5, 1, 1, "");
	alike_begin(&alike, 4, 5, ALIKE_HAS_GPU);
	alike_sample(&alike, 10, ALIKE_GPU, 0);
	paths[0] = paths[3] = first;
	paths[1] = (char *)scratch_file("second", other.bytes, other.size);
	paths[2] = (char *)scratch_file("third", alike.bytes, alike.size);
	ck_assert_int_eq(formatter_open(&f, &format_csv, &query, &place), 0);
	log_path = NULL;
	ck_assert_int_eq(dump_paths(f, paths, 4), RAWLOG_OK);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	strcpy(want, scratch_expand(TSTAT_NAMES TASK_ROWS, first));
	strcat(want,
	    scratch_expand("~,,tiny,0.2,1970-01-01T00:00:05Z,0,,false,0,false,,,1,\"\",,0,,," BORN ",3,,\r\n",
		paths[1]));
	strcat(want,
	    scratch_expand("~,,alike,0.4,1970-01-01T00:00:10Z,0,,false,0,false,,,1,,,,,5,,,50,60\r\n"
			   "~,,alike,0.4,1970-01-01T00:00:10Z,0,,false,0,false,,,2,,,,,5,,,,\r\n",
		paths[2]));
	strcat(want, scratch_expand(TASK_ROWS, first));
	ck_assert_str_eq(scratch_read(out_path), want);
	ck_assert_str_eq(told, "");
	tiny_free(&other);
	tiny_free(&alike);
}
END_TEST

/* All tests, with one thread or with several. */
static TCase *
make_case(const char *name, void (*begin)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, begin, dump_teardown);
	tcase_add_test(t, structs_that_nothing_vouches_for_are_marked);
	tcase_add_loop_test(t, csv, 0, NTABLES);
	tcase_add_test(t, csv_of_several_logs_has_one_header_row);
	tcase_add_test(t, csv_in_a_folder);
	tcase_add_test(t, damage_is_a_table);
	tcase_add_test(t, csv_of_several_releases);
	return t;
}

static TCase *
test_dump_csv(void)
{
	return make_case("dump csv", dump_setup);
}

static TCase *
test_dump_csv_threads(void)
{
	return make_case("dump csv with threads", dump_setup_threads);
}

REGISTER(test_dump_csv);
REGISTER(test_dump_csv_threads);
