/*
 * test_dump: logs in, lines out, in each format; by one thread and by several.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"
#include "print/format/formats.h"
#include "print/text/put.h"
#include "scratch.h"
#include "unit.h"
#include "tiny.h"

static struct tiny_log tiny;
static struct word_set tables;
static struct query query;
static struct output_place place;
static struct dump_options options;
static char told[2048];				/* the messages, a line each */
static const char *log_path, *out_path;		/* the path that messages must name; NULL: any */

#define LOGS_MAX	8

static void
setup(void)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&tiny, 1668196310, 2, 3, "a\"b");
	tiny_sample(&tiny, -1, 0, 0, "");
	told[0] = '\0';
	out_path = scratch_path("out");
	query = (struct query){.tables = &tables};
	place = (struct output_place){.path = out_path};
	options = (struct dump_options){.jobs = 1};
}

static void
setup_threads(void)
{
	setup();
	options.jobs = 3;
}

static void
teardown(void)
{
	word_set_free(&tables);
	tiny_free(&tiny);
	scratch_remove();
}

static void
tell(const char *path, const char *text)
{
	size_t used = strlen(told);

	ck_assert(log_path == NULL || strcmp(path, log_path) == 0);
	snprintf(told + used, sizeof told - used, "%s\n", text);
}

/* Dumps the `count` logs at `paths`. */
static enum rawlog_result
dump_paths(struct formatter *f, char **paths, int count)
{
	enum rawlog_result result;
	struct inputs in;

	inputs_init(&in, paths, count);
	result = dump_logs(f, &options, &in, NULL, tell);
	inputs_close(&in);
	return result;
}

/* Dumps the current log `times` times. Returns the worst result. Checks that ending the output does not fail. */
static enum rawlog_result
dump(const struct format *format, int times)
{
	enum rawlog_result result;
	char *paths[LOGS_MAX];
	struct formatter *f;

	log_path = scratch_file("log", tiny.bytes, tiny.size);
	for (int i = 0; i < times; i++)
		paths[i] = (char *)log_path;
	ck_assert_int_eq(formatter_open(&f, format, &query, &place), 0);
	result = dump_paths(f, paths, times);
	ck_assert_int_eq(formatter_error(f), 0);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	return result;
}

#define TASK_COLUMNS	"host,time,sample,gen.pid,gen.name,gen.name_hex,gen.state,prio,gpu,btime\r\n"
#define FIRST	"{\"host\":\"tiny\",\"time\":\"2022-11-11T19:51:50Z\",\"sample\":0,"
#define SECOND	"{\"host\":\"tiny\",\"time\":null,\"sample\":1,"
#define HEADER	"{\"host\":\"tiny\",\"release\":\"0.1\",\"model\":\"wide\",\"byteorder\":\"little\",\"rawheader\":{\"aversion\":32769,\"nodename\":\"tiny\"}}\n"
#define SYSTEM	"\"sstat\":{\"cpu\":[{\"id\":0,\"load\":0.5},{\"id\":1,\"load\":0.5}],\"uptime\":12345}}\n"
#define TASK_1	"\"tstat\":{\"pid\":1,\"name\":\"a\\\"b\",\"prio\":null,\"gpu\":null}}\n"
#define TASK_2	"\"tstat\":{\"pid\":2,\"name\":\"a\\\"b\",\"prio\":20,\"gpu\":5}}\n"
#define TASK_3	"\"tstat\":{\"pid\":3,\"name\":\"a\\\"b\",\"prio\":20,\"gpu\":null}}\n"

START_TEST(json)
{
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path),
	    HEADER
	    FIRST "\"rawrecord\":{\"ndeviat\":3}}\n" FIRST SYSTEM FIRST TASK_1 FIRST TASK_2 FIRST TASK_3
	    SECOND "\"rawrecord\":{\"ndeviat\":0}}\n" SECOND "\"sstat\":{\"cpu\":[],\"uptime\":12345}}\n");
	ck_assert_str_eq(told, "");
}
END_TEST

START_TEST(json_of_some_tables)
{
	ck_assert(word_set_add(&tables, "tstat"));
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path), FIRST TASK_1 FIRST TASK_2 FIRST TASK_3);
}
END_TEST

START_TEST(json_with_reserved_members)
{
	query.print = PRINT_RESERVED;
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_OK);
	ck_assert_ptr_nonnull(strstr(scratch_read(out_path), "],\"spare\":77,\"uptime\""));
}
END_TEST

START_TEST(json_of_several_logs_names_them)
{
	char want[512];

	ck_assert(word_set_add(&tables, "rawheader"));
	query.several = true;
	ck_assert_int_eq(dump(&format_json, 2), RAWLOG_OK);
	snprintf(want, sizeof want, "{\"file\":\"%s\",%s{\"file\":\"%s\",%s", log_path, &HEADER[1], log_path,
	    &HEADER[1]);
	ck_assert_str_eq(scratch_read(out_path), want);
}
END_TEST

START_TEST(json_host_that_is_no_text)
{
	memcpy(tiny.bytes + 20, "\xff\"", 2);
	ck_assert(word_set_add(&tables, "sstat"));
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_OK);
	ck_assert_ptr_eq(strstr(scratch_read(out_path),
	    "{\"host\":\"\xef\xbf\xbd\\\"ny\",\"host_hex\":\"ff226e79\",\"time\":"), scratch_read(out_path));
}
END_TEST

START_TEST(json_damage)
{
	tiny.size -= 3;
	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_DAMAGED);
	ck_assert_ptr_nonnull(strstr(scratch_read(out_path),
	    ",\"length\":5,\"sample\":1,\"block\":\"tstat\","
	    "\"kind\":\"truncated\",\"reason\":\"the log ends 3 bytes before the sample does\"}}\n"));
	ck_assert_ptr_nonnull(strstr(told,
	    ", 5 bytes, sample 1, tstat: the log ends 3 bytes before the sample does"));
}
END_TEST

/* The checksum of the tasks is wrong. */
static void
break_tasks(void)
{
	tiny_free(&tiny);
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&tiny, 1668196310, 2, 3, "a\"b");
	tiny.bytes[tiny.size - 1] ^= 1;
	ck_assert(word_set_add(&tables, "tstat"));
}

#define UNVERIFIED	"{\"host\":\"tiny\",\"time\":\"2022-11-11T19:51:50Z\",\"sample\":0,\"unverified\":true,"

START_TEST(json_of_structs_that_nothing_vouches_for)
{
	const char *text;

	break_tasks();
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_DAMAGED);
	text = scratch_read(out_path);
	ck_assert_ptr_eq(strstr(text, UNVERIFIED TASK_1 UNVERIFIED TASK_2 UNVERIFIED TASK_3), text);
	ck_assert_ptr_nonnull(strstr(text, "the checksum of the block is wrong; 3 of 3 structs read"));
}
END_TEST

START_TEST(csv_leaves_out_structs_that_nothing_vouches_for)
{
	break_tasks();
	ck_assert_int_eq(dump(&format_csv, 1), RAWLOG_DAMAGED);
	ck_assert_str_eq(scratch_read(out_path), TASK_COLUMNS);
}
END_TEST

START_TEST(seed_leaves_out_structs_that_nothing_vouches_for)
{
	break_tasks();
	ck_assert_int_eq(dump(&format_atopdump, 1), RAWLOG_DAMAGED);
	ck_assert_ptr_null(strstr(scratch_read(out_path), "tstat"));
}
END_TEST

#define TASK_ROWS \
	"tiny,2022-11-11T19:51:50Z,0,1,\"a\"\"b\",,0,,5,999999999\r\n" \
	"tiny,2022-11-11T19:51:50Z,0,2,\"a\"\"b\",,83,20,5,999999999\r\n" \
	"tiny,2022-11-11T19:51:50Z,0,3,\"a\"\"b\",,0,20,5,999999999\r\n"
#define HEADER_TABLE	"host,time,sample,magic,aversion,nodename,nodename_hex\r\ntiny,,,4276993775,32769,tiny,\r\n"

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
	snprintf(want, sizeof want, "file,host,time,sample,uptime\r\n"
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
	ck_assert_ptr_nonnull(strstr(scratch_read(path),
	    ",5,1,tstat,the log ends 3 bytes before the sample does\r\n"));
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
	ck_assert_str_eq(told,
	    "atop 0.2 has other columns in table tstat than the header row already written\n");
	ck_assert_int_eq(formatter_finish(f, true), 0);
	ck_assert_str_eq(scratch_read(out_path), TASK_COLUMNS TASK_ROWS TASK_ROWS);
	tiny_free(&other);
}
END_TEST

START_TEST(csv_refuses_a_table_that_is_not_there)
{
	struct formatter *f;

	ck_assert(word_set_add(&tables, "rawrecord"));	/* no release of this catalog makes one of it */
	log_path = scratch_file("log", tiny.bytes, tiny.size);
	ck_assert_int_eq(formatter_open(&f, &format_csv, &query, &place), 0);
	ck_assert_int_eq(dump_paths(f, &(char *){(char *)log_path}, 1), RAWLOG_FAILED);
	ck_assert_str_eq(told, "atop 0.1 has no table rawrecord\n");
	ck_assert_int_eq(formatter_finish(f, false), 0);
}
END_TEST

START_TEST(seed)
{
	memcpy(tiny.bytes + 20, "\xe4\0\0\0", 4);
	ck_assert_int_eq(dump(&format_atopdump, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path),
	    "{\"rawheader\": {\"magic\": 4276993775, \"aversion\": 32769, "
	    "\"nodename\": \"e4000000000000000000000000000000\"}}\n"
	    "{\"rawrecord\": {\"curtime\": 1668196310, \"ndeviat\": 3}}\n"
	    "{\"tstat\": {\"gen\": {\"pid\": 1, \"name\": \"a\\\"b\", \"state\": \"00\"}, "
	    "\"prio\": -1, \"gpu\": 5, \"btime\": 999999999}}\n"
	    "{\"tstat\": {\"gen\": {\"pid\": 2, \"name\": \"a\\\"b\", \"state\": \"53\"}, "
	    "\"prio\": 20, \"gpu\": 5, \"btime\": 999999999}}\n"
	    "{\"tstat\": {\"gen\": {\"pid\": 3, \"name\": \"a\\\"b\", \"state\": \"00\"}, "
	    "\"prio\": 20, \"gpu\": 5, \"btime\": 999999999}}\n"
	    "{\"rawrecord\": {\"curtime\": 18446744073709551615, \"ndeviat\": 0}}\n");
}
END_TEST

static const struct {
	const char	*name;
	const char	*text;
} seed_texts[] = {
	{"gr\xfc\xdf", "gr\\u00fc\\u00df"}, {"a\x7f\x01", "a\\u007f\\u0001"},
	{"/ \\ \t ", "/ \\\\ \\t "}, {"", ""}
};

START_TEST(seed_text)
{
	char want[128];

	tiny_sample(&tiny, 5, 0, 1, seed_texts[_i].name);
	ck_assert_int_eq(dump(&format_atopdump, 1), RAWLOG_OK);
	snprintf(want, sizeof want, "\"name\": \"%s\", \"state\": \"00\"}", seed_texts[_i].text);
	ck_assert_ptr_nonnull(strstr(scratch_read(out_path), want));
}
END_TEST

START_TEST(refused)
{
	memcpy(tiny.bytes, "text", 4);
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_REFUSED);
	ck_assert_ptr_eq(strstr(told, "not an atop log: "), told);
}
END_TEST

START_TEST(a_full_disk_ends_it)
{
	static const struct format *const tried[] = {&format_json, &format_csv, &format_atopdump};
	struct tiny_log large;
	struct formatter *f;

	if (!scratch_exists("/dev/full"))
		return;
	ck_assert(word_set_add(&tables, "tstat"));
	tiny_begin(&large, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&large, 5, 1, 20000, "x");
	tiny_sample(&large, 5, 1, 20000, "x");
	log_path = scratch_file("log", large.bytes, large.size);
	place.path = "/dev/full";
	ck_assert_int_eq(formatter_open(&f, tried[_i], &query, &place), 0);
	ck_assert_int_eq(dump_paths(f, &(char *){(char *)log_path}, 1), RAWLOG_OK);
	ck_assert_int_eq(formatter_error(f), ENOSPC);
	ck_assert_int_eq(formatter_finish(f, true), ENOSPC);
	tiny_free(&large);
}
END_TEST

/* Dumps the tstats of the current log, of another one, and of the current log again. */
static enum rawlog_result
dump_around(const void *bytes, size_t size)
{
	char *whole = (char *)scratch_file("log", tiny.bytes, tiny.size), *paths[3];
	enum rawlog_result result;
	struct formatter *f;

	log_path = scratch_file("other", bytes, size);
	paths[0] = paths[2] = whole;
	paths[1] = (char *)log_path;
	ck_assert(word_set_add(&tables, "tstat"));
	ck_assert_int_eq(formatter_open(&f, &format_json, &query, &place), 0);
	result = dump_paths(f, paths, 3);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	return result;
}

START_TEST(logs_around_a_refused_one)
{
	ck_assert_int_eq(dump_around("text", 4), RAWLOG_REFUSED);
	ck_assert_ptr_eq(strstr(told, "not an atop log: "), told);
	ck_assert_str_eq(scratch_read(out_path),
	    FIRST TASK_1 FIRST TASK_2 FIRST TASK_3 FIRST TASK_1 FIRST TASK_2 FIRST TASK_3);
}
END_TEST

START_TEST(logs_around_a_damaged_one)
{
	const char *end = FIRST TASK_1 FIRST TASK_2 FIRST TASK_3;
	const char *text, *damaged;

	ck_assert_int_eq(dump_around(tiny.bytes, tiny.size - 3), RAWLOG_DAMAGED);
	text = scratch_read(out_path);
	damaged = strstr(text, "{\"host\":\"tiny\",\"damage\":");
	ck_assert_ptr_eq(damaged, text + 2 * strlen(end));
	ck_assert_str_eq(strchr(damaged, '\n') + 1, end);
	ck_assert_ptr_nonnull(strstr(told, ", 5 bytes, sample 1, tstat: "));
}
END_TEST

START_TEST(strict_shows_no_log_after_a_damaged_one)
{
	const char *text;

	options.strict = true;
	ck_assert_int_eq(dump_around(tiny.bytes, tiny.size - 3), RAWLOG_DAMAGED);
	text = scratch_read(out_path);
	ck_assert_ptr_eq(strchr(strstr(text, "\"damage\":"), '\n') + 1, text + strlen(text));
}
END_TEST

#define OTHER \
	"{\"host\":\"tiny\",\"release\":\"0.2\",\"model\":\"narrow\",\"byteorder\":\"big\",\"rawheader\":{\"aversion\":32770,\"nodename\":\"tiny\"}}\n" \
	"{\"host\":\"tiny\",\"time\":\"1970-01-01T00:00:05Z\",\"sample\":0," \
	"\"tstat\":{\"pid\":1,\"name\":\"x\",\"prio\":null,\"gpu\":null}}\n"

/* Nor after one that was refused before. */
START_TEST(strict_shows_no_log_after_a_refused_and_a_damaged_one)
{
	char *paths[3];
	struct formatter *f;

	options.strict = true;
	log_path = NULL;
	paths[0] = (char *)scratch_file("refused", "text", 4);
	paths[1] = (char *)scratch_file("damaged", tiny.bytes, tiny.size - 3);
	paths[2] = (char *)scratch_file("log", tiny.bytes, tiny.size);
	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert(word_set_add(&tables, "tstat"));
	ck_assert_int_eq(formatter_open(&f, &format_json, &query, &place), 0);
	ck_assert_int_eq(dump_paths(f, paths, 3), RAWLOG_REFUSED);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	ck_assert_ptr_eq(strstr(scratch_read(out_path), HEADER), scratch_read(out_path));
	ck_assert_ptr_null(strstr(scratch_read(out_path) + 1, HEADER));
}
END_TEST

/* Many small logs of two releases, which are spread over threads. */
START_TEST(many_logs_are_shown_in_order)
{
	char *paths[LOGS_MAX * LOGS_MAX];
	struct tiny_log other;
	struct formatter *f;
	const char *text;

	ck_assert(word_set_add(&tables, "rawheader"));
	ck_assert(word_set_add(&tables, "tstat"));
	tiny_begin(&other, 2, TINY_NARROW, ORDER_BIG);
	tiny_sample(&other, 5, 1, 1, "x");
	paths[0] = (char *)scratch_file("log", tiny.bytes, tiny.size);
	paths[1] = (char *)scratch_file("other", other.bytes, other.size);
	for (size_t i = 2; i < LOGS_MAX * LOGS_MAX; i++)
		paths[i] = paths[i % 2];
	ck_assert_int_eq(formatter_open(&f, &format_json, &query, &place), 0);
	ck_assert_int_eq(dump_paths(f, paths, LOGS_MAX * LOGS_MAX), RAWLOG_OK);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	text = scratch_read(out_path);
	for (size_t i = 0; i < LOGS_MAX * LOGS_MAX; i++) {
		const char *want = i % 2 == 0 ? HEADER FIRST TASK_1 FIRST TASK_2 FIRST TASK_3 : OTHER;

		ck_assert_int_eq(strncmp(text, want, strlen(want)), 0);
		text += strlen(want);
	}
	ck_assert_str_eq(text, "");
	tiny_free(&other);
}
END_TEST

/* All tests, with one thread or with several. */
static TCase *
make_case(const char *name, void (*begin)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, begin, teardown);
	tcase_add_test(t, json);
	tcase_add_test(t, json_of_some_tables);
	tcase_add_test(t, json_with_reserved_members);
	tcase_add_test(t, json_of_several_logs_names_them);
	tcase_add_test(t, json_host_that_is_no_text);
	tcase_add_test(t, json_damage);
	tcase_add_test(t, json_of_structs_that_nothing_vouches_for);
	tcase_add_test(t, csv_leaves_out_structs_that_nothing_vouches_for);
	tcase_add_test(t, seed_leaves_out_structs_that_nothing_vouches_for);
	tcase_add_test(t, csv);
	tcase_add_test(t, csv_of_an_array);
	tcase_add_test(t, csv_of_a_header_has_no_time);
	tcase_add_test(t, csv_of_several_logs_has_one_header_row);
	tcase_add_test(t, csv_in_a_folder);
	tcase_add_test(t, csv_without_damage_has_no_table_of_it);
	tcase_add_test(t, csv_refuses_other_columns);
	tcase_add_test(t, csv_refuses_a_table_that_is_not_there);
	tcase_add_test(t, seed);
	tcase_add_loop_test(t, seed_text, 0, sizeof seed_texts / sizeof seed_texts[0]);
	tcase_add_test(t, refused);
	tcase_add_loop_test(t, a_full_disk_ends_it, 0, 3);
	tcase_add_test(t, logs_around_a_refused_one);
	tcase_add_test(t, logs_around_a_damaged_one);
	tcase_add_test(t, strict_shows_no_log_after_a_damaged_one);
	tcase_add_test(t, strict_shows_no_log_after_a_refused_and_a_damaged_one);
	tcase_add_test(t, many_logs_are_shown_in_order);
	return t;
}

static TCase *
test_dump(void)
{
	return make_case("dump", setup);
}

static TCase *
test_dump_threads(void)
{
	return make_case("dump with threads", setup_threads);
}

REGISTER(test_dump);
REGISTER(test_dump_threads);
