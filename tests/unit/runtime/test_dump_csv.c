/*
 * test_dump_csv: logs in, tables of CSV out; by one thread and by several.
 */
#include <stdio.h>
#include <string.h>

#include "dump_setup.h"
#include "print/format/formats.h"
#include "scratch.h"
#include "unit.h"

#define TASK_COLUMNS "host,time,sample,gen.pid,gen.name,gen.name_hex,gen.state,prio,gpu,btime\r\n"
#define TASK_ROWS                                                         \
	"tiny,2022-11-11T19:51:50Z,0,1,\"a\"\"b\",,0,,5,999999999\r\n"    \
	"tiny,2022-11-11T19:51:50Z,0,2,\"a\"\"b\",,83,20,5,999999999\r\n" \
	"tiny,2022-11-11T19:51:50Z,0,3,\"a\"\"b\",,0,20,5,999999999\r\n"
#define HEADER_TABLE "host,time,sample,magic,aversion,nodename,nodename_hex\r\ntiny,,,4276993775,32769,tiny,\r\n"

START_TEST(csv_leaves_out_structs_that_nothing_vouches_for)
{
	break_tasks();
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_DAMAGED);
	ck_assert_str_eq(scratch_read(out_path), TASK_COLUMNS);
}
END_TEST

START_TEST(csv)
{
	ck_assert(word_set_add(&tables, "tstat"));
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path), TASK_COLUMNS TASK_ROWS);
}
END_TEST

START_TEST(csv_of_an_array)
{
	ck_assert(word_set_add(&tables, "sstat.cpu"));
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path),
	    "host,time,sample,index,id,load\r\n"
	    "tiny,2022-11-11T19:51:50Z,0,0,0,0.5\r\n"
	    "tiny,2022-11-11T19:51:50Z,0,1,1,0.5\r\n");
}
END_TEST

START_TEST(csv_of_a_header_has_no_time)
{
	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path), HEADER_TABLE);
}
END_TEST

START_TEST(csv_of_several_logs_has_one_header_row)
{
	char want[512];

	ck_assert(word_set_add(&tables, "sstat"));
	query.several = true;
	ck_assert_int_eq(dump(&format_csv, 2), RAWLOG_OK);
	snprintf(want, sizeof want,
	    "file,host,time,sample,uptime\r\n"
	    "%s,tiny,2022-11-11T19:51:50Z,0,12345\r\n%s,tiny,,1,12345\r\n"
	    "%s,tiny,2022-11-11T19:51:50Z,0,12345\r\n%s,tiny,,1,12345\r\n",
	    log_path, log_path, log_path, log_path);
	ck_assert_str_eq(scratch_read(out_path), want);
}
END_TEST

START_TEST(csv_in_a_folder)
{
	char path[300];

	place.folder = true;
	tiny.size -= 3;
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_DAMAGED);
	snprintf(path, sizeof path, "%s/sstat.cpu.csv", out_path);
	ck_assert_ptr_nonnull(strstr(scratch_read(path), ",0,1,1,0.5\r\n"));
	snprintf(path, sizeof path, "%s/rawheader.csv", out_path);
	ck_assert_str_eq(scratch_read(path), HEADER_TABLE);
	snprintf(path, sizeof path, "%s/damage.csv", out_path);
	ck_assert_ptr_nonnull(strstr(scratch_read(path), ",5,1,tstat,the log ends 3 bytes before the sample does\r\n"));
}
END_TEST

START_TEST(csv_without_damage_has_no_table_of_it)
{
	char path[300];

	place.folder = true;
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	snprintf(path, sizeof path, "%s/damage.csv", out_path);
	ck_assert(!scratch_exists(path));
}
END_TEST

START_TEST(csv_refuses_other_columns)
{
	char *first = (char *)scratch_file("first", tiny.bytes, tiny.size), *paths[3];
	struct tiny_log other;
	struct formatter *f;

	ck_assert(word_set_add(&tables, "tstat"));
	tiny_begin(&other, 2, TINY_NARROW, ORDER_BIG);
	tiny_sample(&other, 5, 1, 1, "x");
	ck_assert_int_eq(formatter_open(&f, &format_csv, &query, &place), 0);
	log_path = scratch_file("second", other.bytes, other.size);
	paths[0] = paths[2] = first;
	paths[1] = (char *)log_path;
	ck_assert_int_eq(dump_paths(f, paths, 3), RAWLOG_FAILED);
	ck_assert_str_eq(told, "atop 0.2 has other columns in table tstat than the header row already written\n");
	ck_assert_int_eq(formatter_finish(f, true), 0);
	ck_assert_str_eq(scratch_read(out_path), TASK_COLUMNS TASK_ROWS TASK_ROWS);
	tiny_free(&other);
}
END_TEST

START_TEST(csv_refuses_a_table_that_is_not_there)
{
	struct formatter *f;

	ck_assert(word_set_add(&tables, "rawrecord")); /* no release of this catalog makes one of it */
	log_path = scratch_file("log", tiny.bytes, tiny.size);
	ck_assert_int_eq(formatter_open(&f, &format_csv, &query, &place), 0);
	ck_assert_int_eq(dump_paths(f, &(char *){ (char *)log_path }, 1), RAWLOG_FAILED);
	ck_assert_str_eq(told, "atop 0.1 has no table rawrecord\n");
	ck_assert_int_eq(formatter_finish(f, false), 0);
}
END_TEST

/* All tests, with one thread or with several. */
static TCase *
make_case(const char *name, void (*begin)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, begin, dump_teardown);
	tcase_add_test(t, csv_leaves_out_structs_that_nothing_vouches_for);
	tcase_add_test(t, csv);
	tcase_add_test(t, csv_of_an_array);
	tcase_add_test(t, csv_of_a_header_has_no_time);
	tcase_add_test(t, csv_of_several_logs_has_one_header_row);
	tcase_add_test(t, csv_in_a_folder);
	tcase_add_test(t, csv_without_damage_has_no_table_of_it);
	tcase_add_test(t, csv_refuses_other_columns);
	tcase_add_test(t, csv_refuses_a_table_that_is_not_there);
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
