/*
 * test_format_rows: logs in, rows of tables out as flat JSON; and rows by --fields and --where, as JSON and CSV: cell by cell
 * they are the same as from the printers of whole rows.
 */
#include <stdio.h>
#include <string.h>

#include "dump_setup.h"
#include "print/format/formats.h"
#include "print/text/put.h"
#include "scratch.h"
#include "tiny_alike.h"
#include "tiny_tables.h"
#include "unit.h"

#define START(table) "{\"table\":\"" table "\",\"file\":\"~\",\"log\":null,\"host\":\"tiny\",\"release\":\"0.1\","
#define NO_SAMPLE \
	"\"time\":null,\"sample\":null,\"interval\":null,\"since_boot\":null,\"run\":null,\"unverified\":false,"
#define FIRST     "\"time\":\"2022-11-11T19:51:50Z\",\"sample\":0,\"interval\":null,\"since_boot\":false,\"run\":0,"
#define SECOND    "\"time\":null,\"sample\":1,\"interval\":null,\"since_boot\":false,\"run\":0,"
#define KNOWN     "\"unverified\":false,"
#define NAME      "\"gen_name\":\"a\\\"b\",\"gen_name_bytes\":null,"
#define BORN      "\"btime\":\"2001-09-09T01:46:39Z\",\"nice\":null,\"io_0\":null,\"io_1\":null}\n"
#define NO_CGROUP "\"cgroup\":null,\"cgroup_bytes\":null,"
#define NO_NET    "\"net_in\":null,\"net_err\":null,\"net_out\":null,\"net_lost\":null,"
#define NO_HIST   "\"hist_0\":null,\"hist_1\":null,\"hist_2\":null}\n"
#define NOT_HOT   "\"ticks\":null,\"temp\":null}\n"

#define HEADER                                                                                             \
	START("rawheader")                                                                                 \
	NO_SAMPLE "\"magic\":4276993775,\"aversion\":32769,\"nodename\":\"tiny\",\"nodename_bytes\":null," \
		  "\"kernel\":null,\"flags\":null}\n"
#define RECORD             \
	START("rawrecord") \
	FIRST KNOWN "\"curtime\":\"2022-11-11T19:51:50Z\",\"ndeviat\":3,\"flags\":null,\"level\":null}\n"
#define SYSTEM START("sstat") FIRST KNOWN "\"uptime\":12345," NO_NET NO_HIST
#define CPU_0  START("sstat_cpu") FIRST KNOWN "\"idx\":0,\"id\":0,\"load\":0.5," NOT_HOT
#define CPU_1  START("sstat_cpu") FIRST KNOWN "\"idx\":1,\"id\":1,\"load\":0.5," NOT_HOT
#define TASK_1 \
	START("tstat") FIRST KNOWN NO_CGROUP "\"gen_pid\":1," NAME "\"gen_state\":0,\"prio\":null,\"gpu\":null," BORN
#define TASK_2 START("tstat") FIRST KNOWN NO_CGROUP "\"gen_pid\":2," NAME "\"gen_state\":83,\"prio\":20,\"gpu\":5," BORN
#define TASK_3 \
	START("tstat") FIRST KNOWN NO_CGROUP "\"gen_pid\":3," NAME "\"gen_state\":0,\"prio\":20,\"gpu\":null," BORN
#define EMPTY_RECORD START("rawrecord") SECOND KNOWN "\"curtime\":null,\"ndeviat\":0,\"flags\":null,\"level\":null}\n"
#define EMPTY_SYSTEM START("sstat") SECOND KNOWN "\"uptime\":12345," NO_NET NO_HIST
#define ALL          HEADER RECORD SYSTEM CPU_0 CPU_1 TASK_1 TASK_2 TASK_3 EMPTY_RECORD EMPTY_SYSTEM

static struct selection selection;
static struct row_limit limit;
static char why[SELECTION_WHY_MAX];

static void
teardown(void)
{
	query.selection = NULL;
	selection_free(&selection);
	dump_teardown();
}

/* The output is these rows of the log. */
static void
check_rows(const char *rows)
{
	ck_assert_str_eq(scratch_read(out_path), scratch_expand(rows, log_path));
}

/* The query has these options. */
static void
choose(const struct selection_options *o)
{
	ck_assert_msg(selection_make(&selection, &tables, o, why), "%s", why);
	query.selection = &selection;
}

START_TEST(all_tables_share_an_output)
{
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	check_rows(ALL);
}
END_TEST

START_TEST(some_tables)
{
	ck_assert(word_set_add(&tables, "sstat_cpu"));
	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert_int_eq(dump(&format_rows, 2), RAWLOG_OK);
	check_rows(HEADER CPU_0 CPU_1 HEADER CPU_0 CPU_1);
}
END_TEST

START_TEST(a_folder_has_a_file_for_each_table)
{
	static const struct {
		const char *table, *rows;
	} files[] = { { "rawheader", HEADER }, { "rawrecord", RECORD EMPTY_RECORD }, { "sstat", SYSTEM EMPTY_SYSTEM },
		{ "sstat_cpu", CPU_0 CPU_1 }, { "tstat", TASK_1 TASK_2 TASK_3 }, { "damage", "" } };
	char path[300];

	place.folder = true;
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s.jsonl", out_path, files[i].table);
		ck_assert_str_eq(scratch_read(path), scratch_expand(files[i].rows, log_path));
	}
}
END_TEST

START_TEST(damage_is_a_row)
{
	char row[600];

	ck_assert(word_set_add(&tables, "damage"));
	tiny.size -= 3;
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_DAMAGED);
	snprintf(row, sizeof row,
	    START(
		"damage") "\"time\":null,\"sample\":1,\"interval\":null,\"since_boot\":null,\"run\":null,"
			  "\"unverified\":null,\"offset\":%zu,\"length\":5,\"block\":\"tstat\",\"kind\":\"truncated\","
			  "\"reason\":\"the log ends 3 bytes before the sample does\"}\n",
	    tiny.size - 5);
	check_rows(row);
}
END_TEST

START_TEST(damage_that_meets_a_condition)
{
	static const char *const conditions[] = { "kind == \"truncated\" && length == 5", "length > 5",
		"time == null && block =~ \"^t\"", "sample != 1" };

	ck_assert(word_set_add(&tables, "damage"));
	tiny.size -= 3;
	choose(&(struct selection_options){ .condition = conditions[_i], .fields = "where=block,length,host" });
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_DAMAGED);
	check_rows(_i % 2 == 0 ? "{\"table\":\"damage\",\"where\":\"tstat\",\"length\":5,\"host\":\"tiny\"}\n" : "");
}
END_TEST

START_TEST(times_as_seconds)
{
	ck_assert(word_set_add(&tables, "rawrecord"));
	query.print = PRINT_EPOCH;
	choose(&(struct selection_options){ .fields = "time,curtime" });
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	check_rows("{\"table\":\"rawrecord\",\"time\":1668196310,\"curtime\":1668196310}\n"
		   "{\"table\":\"rawrecord\",\"time\":-1,\"curtime\":-1}\n");
}
END_TEST

START_TEST(fields_and_a_condition)
{
	choose(
	    &(struct selection_options){ .fields = "id=gen_pid,gpu,gen.name,unverified", .condition = "gen_pid > 1" });
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	check_rows("{\"table\":\"tstat\",\"id\":2,\"gpu\":5,\"gen_name\":\"a\\\"b\",\"unverified\":false}\n"
		   "{\"table\":\"tstat\",\"id\":3,\"gpu\":null,\"gen_name\":\"a\\\"b\",\"unverified\":false}\n");
}
END_TEST

/* The header row has the names that were chosen. */
START_TEST(fields_of_csv)
{
	ck_assert(word_set_add(&tables, "tstat"));
	choose(&(struct selection_options){ .fields = "id=gen_pid,gpu,gen.name,gen_name_bytes",
	    .condition = "gpu == null" });
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	check_rows("id,gpu,gen_name,gen_name_bytes\r\n1,,\"a\"\"b\",\r\n3,,\"a\"\"b\",\r\n");
}
END_TEST

/* A column that is not printed can decide; a table that no row of which passes has its header row. */
START_TEST(a_condition_alone)
{
	ck_assert(word_set_add(&tables, "sstat_cpu"));
	choose(&(struct selection_options){ .condition = "idx == 1 && load == 0.5" });
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	check_rows(CPU_1);
	selection_free(&selection);
	choose(&(struct selection_options){ .condition = "idx == 2" });
	place.force = true;
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_OK);
	check_rows(CPU_NAMES);
}
END_TEST

START_TEST(the_top_rows_of_each_sample)
{
	tiny_sample(&tiny, 20, 4, 5, "x");
	choose(&(struct selection_options){ .fields = "sample,gen_pid", .by = "gen_pid" });
	query.top = 2;
	ck_assert_int_eq(dump(&format_rows, 1), RAWLOG_OK);
	check_rows(
	    "{\"table\":\"tstat\",\"sample\":0,\"gen_pid\":3}\n{\"table\":\"tstat\",\"sample\":0,\"gen_pid\":2}\n"
	    "{\"table\":\"tstat\",\"sample\":2,\"gen_pid\":5}\n{\"table\":\"tstat\",\"sample\":2,\"gen_pid\":4}\n");
}
END_TEST

/* Each table has so many rows, whatever log they are of. A dump with a limit has one thread. */
START_TEST(a_limit)
{
	ck_assert(word_set_add(&tables, "tstat"));
	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert(row_limit_init(&limit, 2, &tables));
	query.limit = &limit;
	options.jobs = 1;
	ck_assert_int_eq(dump(&format_rows, 3), RAWLOG_OK);
	row_limit_free(&limit);
	check_rows(HEADER TASK_1 TASK_2 HEADER);
}
END_TEST

/* --- both ways of printing ------------------------------------------------------------------------------------ */

/* Dumps a log and returns what was printed, less than 64 KiB; valid until the next call. */
static const char *
print(const struct tiny_log *log, const struct format *format, unsigned how, const char *fields)
{
	struct formatter *f;

	query.selection = NULL;
	query.print = how;
	place.force = true;
	selection_free(&selection);
	if (fields != NULL)
		choose(&(struct selection_options){ .fields = fields });
	log_path = scratch_file("log", log->bytes, log->size);
	ck_assert_int_eq(formatter_open(&f, format, &query, &place), 0);
	dump_paths(f, &(char *){ (char *)log_path }, 1);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	ck_assert_uint_lt(strlen(scratch_read(out_path)), 1 << 16);
	return scratch_read(out_path);
}

/* The names of all columns of a table, with commas. */
static const char *
names_of(const struct column_table *t)
{
	static char names[1024];

	names[0] = '\0';
	for (size_t i = 0; i < t->ncolumns; i++)
		strcat(strcat(names, i > 0 ? "," : ""), column_name(&t->columns[i]));
	return names;
}

/* All tables of the log come out the same from the printers of whole rows and from cells, in each format. */
static void
compare_ways(const struct tiny_log *log, int way)
{
	static const unsigned ways[] = { 0, PRINT_CSV_SAFE, PRINT_EPOCH, PRINT_RESERVED };
	static const struct format *const both[] = { &format_csv, &format_rows };
	static char whole[1 << 16];

	for (size_t t = 0; t < catalog_ntables; t++) {
		word_set_free(&tables);
		ck_assert(word_set_add(&tables, catalog_tables[t].name));
		for (size_t k = 0; k < 2; k++) {
			strcpy(whole, print(log, both[k], ways[way % 4], NULL));
			ck_assert_str_eq(print(log, both[k], ways[way % 4], "*"), whole);
			ck_assert_str_eq(print(log, both[k], ways[way % 4], names_of(&catalog_tables[t])), whole);
		}
	}
}

static const char *const names[] = { "init", "", "a,b", "\xff\xfe;=1", "=\"x\"", "sixteen bytes!!!" };

START_TEST(cells_and_whole_rows_agree)
{
	tiny_free(&tiny);
	tiny_begin(&tiny, 1 + (unsigned)_i % 3, _i % 2 == 0 ? TINY_WIDE : TINY_NARROW, ORDER_BIG);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		tiny_sample(&tiny, 1000000000 + (int64_t)i, (int32_t)i % 5, 3, names[i]);
	memcpy(tiny.bytes + 20, "h\xf6st,", 5);
	compare_ways(&tiny, _i);
}
END_TEST

START_TEST(cells_and_whole_rows_agree_on_nulls)
{
	static const uint16_t kernels[] = { 0, 5, 6 };
	struct tiny_log log;

	alike_begin(&log, _i % 2 == 0 ? 4 : 5, kernels[_i / 2 % 3], _i < 6 ? 0 : ALIKE_HAS_HISTORY | ALIKE_HAS_GPU);
	for (uint16_t flags = 0; flags < 4; flags++)
		alike_sample(&log, 1000000000 + flags, flags, flags == 2 ? 0 : 77);
	log.size -= 3; /* has a row of damage too */
	compare_ways(&log, _i / 2);
	tiny_free(&log);
}
END_TEST

/* The tests of what is printed, with one thread or with several. */
static TCase *
make_case(const char *name, void (*begin)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, begin, teardown);
	tcase_add_test(t, all_tables_share_an_output);
	tcase_add_test(t, some_tables);
	tcase_add_test(t, a_folder_has_a_file_for_each_table);
	tcase_add_test(t, damage_is_a_row);
	tcase_add_loop_test(t, damage_that_meets_a_condition, 0, 4);
	tcase_add_test(t, times_as_seconds);
	tcase_add_test(t, fields_and_a_condition);
	tcase_add_test(t, fields_of_csv);
	tcase_add_test(t, a_condition_alone);
	tcase_add_test(t, the_top_rows_of_each_sample);
	tcase_add_test(t, a_limit);
	return t;
}

static TCase *
test_format_rows(void)
{
	TCase *t = make_case("format rows", dump_setup);

	tcase_add_loop_test(t, cells_and_whole_rows_agree, 0, 6);
	tcase_add_loop_test(t, cells_and_whole_rows_agree_on_nulls, 0, 12);
	return t;
}

static TCase *
test_format_rows_threads(void)
{
	return make_case("format rows with threads", dump_setup_threads);
}

REGISTER(test_format_rows);
REGISTER(test_format_rows_threads);
