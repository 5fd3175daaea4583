/*
 * test_nulls: a condition that is false makes members null in each format and in the library, unless members are shown as
 * they are stored.
 */
#include <string.h>

#include "dumping.h"
#include "print/text/put.h"
#include "rawlog/log/reader.h"
#include "scratch.h"
#include "tiny_alike.h"
#include "tiny_tables.h"
#include "unit.h"

#define KERNEL 5 /* without faults */

static struct tiny_log alike;

static void
teardown(void)
{
	tiny_free(&alike);
	scratch_remove();
}

/* A log of one sample with these flags of the header and the record, dumped. */
static const char *
dump(const struct format *format, unsigned print, const char *table, uint32_t header_flags, uint16_t flags)
{
	const struct tiny_log *const logs[] = { &alike };
	const struct dumping d = { .format = format, .print = print, .table = table };

	tiny_free(&alike);
	alike_begin(&alike, 4, KERNEL, header_flags);
	alike_sample(&alike, 1000000000, flags, 200);
	return dumping_text(&d, logs, 1);
}

/* The text has the part once. */
static void
check_has(const char *text, const char *part)
{
	if (dumping_count(text, part) != 1)
		ck_abort_msg("%s\nis not in\n%s", part, text);
}

#define ALL_HEADER (ALIKE_HAS_HISTORY | ALIKE_HAS_GPU)
#define ALL_RECORD (ALIKE_TEMPERATURE | ALIKE_GPU)
#define NET        "\"net\":{\"in\":100,\"err\":200,\"out\":300,\"lost\":400},"
#define HOT        "\"sstat\":{\"cpu\":[{\"id\":0,\"ticks\":10,\"temp\":40},{\"id\":1,\"ticks\":11,\"temp\":41}]," NET
#define COLD       "\"sstat\":{\"cpu\":[{\"id\":0,\"ticks\":10,\"temp\":null},{\"id\":1,\"ticks\":11,\"temp\":null}]," NET

START_TEST(json_by_the_record_in_an_array)
{
	check_has(dump(&format_json, 0, NULL, ALL_HEADER, ALL_RECORD), HOT "\"hist\":[7,8,9]}}");
	check_has(dump(&format_json, 0, NULL, ALL_HEADER, ALIKE_GPU), COLD "\"hist\":[7,8,9]}}");
}
END_TEST

START_TEST(json_by_the_header_a_whole_array)
{
	check_has(dump(&format_json, 0, NULL, ALIKE_HAS_GPU, ALL_RECORD), HOT "\"hist\":null}}");
	check_has(dump(&format_json, 0, NULL, 0, 0), COLD "\"hist\":null}}");
}
END_TEST

START_TEST(json_by_header_and_record)
{
	for (unsigned i = 0; i < 4; i++) {
		const char *text = dump(&format_json, 0, "tstat", i & 1 ? ALIKE_HAS_GPU : 0, i & 2 ? ALIKE_GPU : 0);

		check_has(text,
		    i == 3 ? "\"tstat\":{\"pid\":1,\"gpu\":5,\"io\":[50,60]}}"
			   : "\"tstat\":{\"pid\":1,\"gpu\":null,\"io\":[50,60]}}");
	}
}
END_TEST

START_TEST(json_by_the_struct_itself)
{
	check_has(dump(&format_json, 0, "tstat", ALL_HEADER, ALL_RECORD),
	    "\"tstat\":{\"pid\":2,\"gpu\":5,\"io\":null}}");
}
END_TEST

START_TEST(json_as_stored)
{
	const char *text = dump(&format_json, PRINT_RESERVED, NULL, 0, 0);

	check_has(text, HOT "\"hist\":[7,8,9],\"spare\":66}}");
	check_has(text, "\"tstat\":{\"pid\":1,\"gpu\":5,\"io\":[50,60]}}");
	check_has(text, "\"tstat\":{\"pid\":2,\"gpu\":5,\"io\":[51,61]}}");
}
END_TEST

#define ROW "~,,alike,0.4,2001-09-09T01:46:40Z,0,,false,0,false,"

/* The text is a table: its header row and these rows. */
static void
check_table(const char *text, const char *names, const char *rows)
{
	ck_assert_uint_eq(dumping_count(text, names), 1);
	ck_assert_str_eq(text + strlen(names), scratch_expand(rows, dumping_path(0)));
}

START_TEST(csv_cells_are_empty)
{
	check_table(dump(&format_csv, 0, "sstat", 0, ALL_RECORD), SSTAT_NAMES, ROW ",100,200,300,400,,,\r\n");
	check_table(dump(&format_csv, 0, "sstat", ALL_HEADER, 0), SSTAT_NAMES, ROW ",100,200,300,400,7,8,9\r\n");
	check_table(dump(&format_csv, 0, "tstat", 0, ALL_RECORD), TSTAT_NAMES,
	    ROW ",,1,,,,,,,,50,60\r\n" ROW ",,2,,,,,,,,,\r\n");
}
END_TEST

START_TEST(csv_of_an_array)
{
	check_table(dump(&format_csv, 0, "sstat_cpu", ALL_HEADER, ALIKE_GPU), CPU_NAMES,
	    ROW "0,0,,10,\r\n" ROW "1,1,,11,\r\n");
	check_table(dump(&format_csv, 0, "sstat_cpu", 0, ALIKE_TEMPERATURE), CPU_NAMES,
	    ROW "0,0,,10,40\r\n" ROW "1,1,,11,41\r\n");
}
END_TEST

/* A table has no reserved members. */
START_TEST(csv_as_stored)
{
	check_table(dump(&format_csv, PRINT_RESERVED, "sstat", 0, 0), SSTAT_NAMES, ROW ",100,200,300,400,7,8,9\r\n");
	check_has(dump(&format_csv, PRINT_RESERVED, "sstat_cpu", 0, 0),
	    scratch_expand(ROW "1,1,,11,41\r\n", dumping_path(0)));
	check_has(dump(&format_csv, PRINT_RESERVED, "tstat", 0, 0),
	    scratch_expand(ROW ",,2,,,,,5,,,51,61\r\n", dumping_path(0)));
}
END_TEST

START_TEST(rows_are_null)
{
	const char *text = dump(&format_rows, 0, "tstat", 0, ALL_RECORD);

	check_has(text, ",\"prio\":null,\"gpu\":null,\"btime\":null,\"nice\":null,\"io_0\":50,\"io_1\":60}\n");
	check_has(text, ",\"nice\":null,\"io_0\":null,\"io_1\":null}\n");
}
END_TEST

START_TEST(library)
{
	static const struct {
		const char *path;
		bool is_null;
	} members[] = { { "cpu[0].ticks", false }, { "cpu[1].temp", true }, { "hist", false }, { "hist[2]", false },
		{ "net.err", false } };
	struct rawlog_damage *damage = rawlog_damage_new();
	struct rawlog_sample *sample = rawlog_sample_new();
	struct rawlog_error why;
	struct rawlog_value value;
	struct rawlog *log;
	const void *host;
	int error;

	alike_begin(&alike, 4, KERNEL, ALIKE_HAS_HISTORY);
	alike_sample(&alike, 1000000000, 0, 200);
	ck_assert_int_eq(rawlog_open_memory(&log, alike.bytes, alike.size, NULL, &why), RAWLOG_OK);
	ck_assert_int_eq(rawlog_next(log, sample, damage, &error), RAWLOG_OK);
	rawlog_block(sample, 0);
	ck_assert_int_eq(rawlog_struct(sample, &host, damage, &error), RAWLOG_OK);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		ck_assert(
		    rawlog_value(rawlog_block_type(sample, 0), host, rawlog_nulls(sample), members[i].path, &value));
		ck_assert_int_eq(value.kind == RAWLOG_NULL, members[i].is_null);
	}
	rawlog_sample_delete(sample);
	rawlog_damage_delete(damage);
	rawlog_close(log);
}
END_TEST

static TCase *
test_nulls(void)
{
	TCase *t = tcase_create("nulls");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, json_by_the_record_in_an_array);
	tcase_add_test(t, json_by_the_header_a_whole_array);
	tcase_add_test(t, json_by_header_and_record);
	tcase_add_test(t, json_by_the_struct_itself);
	tcase_add_test(t, json_as_stored);
	tcase_add_test(t, csv_cells_are_empty);
	tcase_add_test(t, csv_of_an_array);
	tcase_add_test(t, csv_as_stored);
	tcase_add_test(t, rows_are_null);
	tcase_add_test(t, library);
	return t;
}

REGISTER(test_nulls);
