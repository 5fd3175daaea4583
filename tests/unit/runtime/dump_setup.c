/*
 * dump_setup: sets up and runs the dumps that test_dump and test_dump_csv check.
 */
#include <stdio.h>
#include <string.h>

#include "dump_setup.h"
#include "scratch.h"
#include "unit.h"

struct tiny_log tiny;
struct word_set tables;
struct query query;
struct output_place place;
struct dump_options options;
char told[2048];
const char *log_path, *out_path;

void
dump_setup(void)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&tiny, 1668196310, 2, 3, "a\"b");
	tiny_sample(&tiny, -1, 0, 0, "");
	told[0] = '\0';
	out_path = scratch_path("out");
	query = (struct query){ .tables = &tables };
	place = (struct output_place){ .path = out_path };
	options = (struct dump_options){ .jobs = 1 };
}

void
dump_setup_threads(void)
{
	dump_setup();
	options.jobs = 3;
}

void
dump_teardown(void)
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

enum rawlog_result
dump_paths(struct formatter *f, char **paths, int count)
{
	enum rawlog_result result;
	struct inputs in;

	inputs_init(&in, paths, count);
	result = dump_logs(f, &options, &in, tell);
	inputs_close(&in);
	return result;
}

enum rawlog_result
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

void
break_tasks(void)
{
	tiny_free(&tiny);
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&tiny, 1668196310, 2, 3, "a\"b");
	tiny.bytes[tiny.size - 1] ^= 1;
	ck_assert(word_set_add(&tables, "tstat"));
}
