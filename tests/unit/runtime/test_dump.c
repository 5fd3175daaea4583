/*
 * test_dump: logs in, lines of JSON out, and what ends a dump; by one thread and by several.
 * test_dump_csv has the tests of CSV.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "dump_setup.h"
#include "print/format/formats.h"
#include "print/text/put.h"
#include "scratch.h"
#include "unit.h"

#define FIRST  "{\"host\":\"tiny\",\"time\":\"2022-11-11T19:51:50Z\",\"sample\":0,"
#define SECOND "{\"host\":\"tiny\",\"time\":null,\"sample\":1,"
#define HEADER \
	"{\"host\":\"tiny\",\"release\":\"0.1\",\"model\":\"wide\",\"byteorder\":\"little\",\"rawheader\":{\"aversion\":32769,\"nodename\":\"tiny\"}}\n"
#define SYSTEM "\"sstat\":{\"cpu\":[{\"id\":0,\"load\":0.5},{\"id\":1,\"load\":0.5}],\"uptime\":12345}}\n"
#define TASK_1 "\"tstat\":{\"pid\":1,\"name\":\"a\\\"b\",\"prio\":null,\"gpu\":null}}\n"
#define TASK_2 "\"tstat\":{\"pid\":2,\"name\":\"a\\\"b\",\"prio\":20,\"gpu\":5}}\n"
#define TASK_3 "\"tstat\":{\"pid\":3,\"name\":\"a\\\"b\",\"prio\":20,\"gpu\":null}}\n"

START_TEST(json)
{
	ck_assert_int_eq(dump(&format_json, 1), RAWLOG_OK);
	ck_assert_str_eq(scratch_read(out_path),
	    HEADER FIRST "\"rawrecord\":{\"ndeviat\":3}}\n" FIRST SYSTEM FIRST TASK_1 FIRST TASK_2 FIRST TASK_3 SECOND
			 "\"rawrecord\":{\"ndeviat\":0}}\n" SECOND "\"sstat\":{\"cpu\":[],\"uptime\":12345}}\n");
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
	ck_assert_ptr_eq(
	    strstr(scratch_read(out_path), "{\"host\":\"\xef\xbf\xbd\\\"ny\",\"host_hex\":\"ff226e79\",\"time\":"),
	    scratch_read(out_path));
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
	ck_assert_ptr_nonnull(strstr(told, ", 5 bytes, sample 1, tstat: the log ends 3 bytes before the sample does"));
}
END_TEST

#define UNVERIFIED "{\"host\":\"tiny\",\"time\":\"2022-11-11T19:51:50Z\",\"sample\":0,\"unverified\":true,"

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

START_TEST(seed_leaves_out_structs_that_nothing_vouches_for)
{
	break_tasks();
	ck_assert_int_eq(dump(&format_atopdump, 1), RAWLOG_DAMAGED);
	ck_assert_ptr_null(strstr(scratch_read(out_path), "tstat"));
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
	const char *name;
	const char *text;
} seed_texts[] = { { "gr\xfc\xdf", "gr\\u00fc\\u00df" }, { "a\x7f\x01", "a\\u007f\\u0001" },
	{ "/ \\ \t ", "/ \\\\ \\t " }, { "", "" } };

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
	ck_assert_ptr_eq(strstr(told, "not an atop log"), told);
}
END_TEST

START_TEST(a_full_disk_ends_it)
{
	static const struct format *const tried[] = { &format_json, &format_csv, &format_atopdump };
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
	ck_assert_int_eq(dump_paths(f, &(char *){ (char *)log_path }, 1), RAWLOG_OK);
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
	ck_assert_ptr_eq(strstr(told, "not an atop log"), told);
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

#define OTHER                                                                                                                                           \
	"{\"host\":\"tiny\",\"release\":\"0.2\",\"model\":\"narrow\",\"byteorder\":\"big\",\"rawheader\":{\"aversion\":32770,\"nodename\":\"tiny\"}}\n" \
	"{\"host\":\"tiny\",\"time\":\"1970-01-01T00:00:05Z\",\"sample\":0,"                                                                            \
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

	tcase_add_checked_fixture(t, begin, dump_teardown);
	tcase_add_test(t, json);
	tcase_add_test(t, json_of_some_tables);
	tcase_add_test(t, json_with_reserved_members);
	tcase_add_test(t, json_of_several_logs_names_them);
	tcase_add_test(t, json_host_that_is_no_text);
	tcase_add_test(t, json_damage);
	tcase_add_test(t, json_of_structs_that_nothing_vouches_for);
	tcase_add_test(t, seed_leaves_out_structs_that_nothing_vouches_for);
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
	return make_case("dump", dump_setup);
}

static TCase *
test_dump_threads(void)
{
	return make_case("dump with threads", dump_setup_threads);
}

REGISTER(test_dump);
REGISTER(test_dump_threads);
