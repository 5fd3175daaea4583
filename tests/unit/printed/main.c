/*
 * Both ways of printing the same thing must agree: every struct of every log named on the command line, printed by
 * the generated straight-line printers and by the field dictionary, with and without reserved members, and as rows of
 * tables. So must rows of views of any content, printed by their printers and by cells. And no struct of any release prints
 * more than it may.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "ensure.h"
#include "parts.h"
#include "print/text/printers.h"
#include "print/text/put.h"
#include "rawlog/log/reader.h"
#include "rows.h"
#include "view_cells.h"
#include "walk.h"

#define FACTOR_MAX 9 /* bytes of JSON for each byte of a struct in a log */

static char **logs;
static int nlogs;
static size_t rows;           /* of tables, compared so far */
static size_t values;         /* of structs in parts, compared so far */
static struct writer outs[2]; /* in memory: what is compared */

static void
set_up(void)
{
	ck_assert_int_eq(writer_open(&outs[0], -1), 0);
	ck_assert_int_eq(writer_open(&outs[1], -1), 0);
}

static void
tear_down(void)
{
	writer_close(&outs[0]);
	writer_close(&outs[1]);
	rows_free();
}

static void
compare(const struct catalog_struct *s, const void *host, unsigned print, uint64_t nulls)
{
	struct writer *straight = &outs[0], *walked = &outs[1];

	writer_commit(straight, straight->buffer);
	writer_commit(walked, walked->buffer);
	printer_of(s)->json(straight, host, print, nulls);
	walk_json(walked, s->definition, host, print, nulls);
	writer_put(straight, "", 1);
	writer_put(walked, "", 1);
	ENSURE_STR_EQ(straight->buffer, walked->buffer);
	ENSURE(walked->next - walked->buffer == straight->next - straight->buffer);
}

static void
compare_both(const struct catalog_struct *s, const void *host, uint64_t nulls)
{
	compare(s, host, 0, nulls);
	compare(s, host, PRINT_RESERVED, 0);
	rows += rows_compare(s, host, nulls);
}

/* Compares all structs of a sample; returns how many there were in its blocks. */
static size_t
compare_sample(struct rawlog_sample *sample)
{
	const struct catalog_release *r = sample->layout->release;
	struct rawlog_damage damage;
	enum rawlog_result result;
	size_t structs = 0;
	const void *host;
	int error;

	compare_both(r->rawrecord, sample->record, 0);
	for (size_t i = 0; i < r->nblocks; i++) {
		rawlog_block(sample, i);
		while ((result = rawlog_struct(sample, &host, &damage, &error)) == RAWLOG_OK) {
			compare_both(r->blocks[i].entry, host, sample->nulls);
			values += parts_compare(sample, outs);
			structs++;
		}
		ck_assert_int_eq(result, RAWLOG_END);
	}
	return structs;
}

START_TEST(both_printers_agree)
{
	struct rawlog_error refusal;
	struct rawlog_sample sample = { 0 };
	struct rawlog_damage damage;
	enum rawlog_result result;
	size_t structs = 0;
	struct rawlog *log;
	int error;

	ck_assert_int_eq(rawlog_open(&log, logs[_i], NULL, &refusal), RAWLOG_OK);
	compare_both(rawlog_layout(log)->release->rawheader, rawlog_header(log), 0);
	while ((result = rawlog_next(log, &sample, &damage, &error)) == RAWLOG_OK)
		structs += compare_sample(&sample);
	ck_assert_int_eq(result, RAWLOG_END);
	ck_assert_uint_gt(structs, 0);
	ck_assert_uint_gt(rows, structs);
	ck_assert_uint_gt(values, structs);
	rawlog_sample_free(&sample);
	rawlog_close(log);
}
END_TEST

/* The structs of a block of which only what checks need is decoded: as many as the record counts, and their sums agree. */
static void
check_block(struct rawlog_sample *sample, size_t block)
{
	const struct catalog_struct *s = sample->layout->release->blocks[block].entry;
	struct rawlog_damage damage;
	enum rawlog_result result;
	uint64_t structs = 0;
	const void *host;
	int error;

	rawlog_block(sample, block);
	sample_want(sample, 0);
	while ((result = rawlog_struct(sample, &host, &damage, &error)) == RAWLOG_OK) {
		structs++;
		memset(sample->hosts[block], 0xa5, s->definition->size);
	}
	ck_assert_int_eq(result, RAWLOG_END);
	if (sample->of->kind == CATALOG_PLAIN)
		ck_assert_uint_eq(structs, sample->frame.blocks[block].count);
}

START_TEST(checks_need_few_parts)
{
	struct rawlog_error refusal;
	struct rawlog_sample sample = { 0 };
	struct rawlog_damage damage;
	enum rawlog_result result;
	struct rawlog *log;
	int error;

	ck_assert_int_eq(rawlog_open(&log, logs[_i], NULL, &refusal), RAWLOG_OK);
	while ((result = rawlog_next(log, &sample, &damage, &error)) == RAWLOG_OK)
		for (size_t i = 0; i < sample.layout->release->nblocks; i++)
			check_block(&sample, i);
	ck_assert_int_eq(result, RAWLOG_END);
	rawlog_sample_free(&sample);
	rawlog_close(log);
}
END_TEST

/* The struct, whatever is in it, prints no more than FACTOR_MAX times its bytes in any data model. */
static void
check_bound(const struct catalog_struct *s, unsigned print)
{
	static const unsigned char bytes[] = { 0x01, 0x80, 0xff, '"', 'x' };
	const uint64_t bound = bound_json(s->definition, print);
	unsigned char *host = malloc(s->definition->size);
	struct writer out;

	ck_assert_ptr_nonnull(host);
	for (size_t m = 0; m < catalog_nmodels; m++)
		ck_assert_msg(bound <= (uint64_t)FACTOR_MAX * s->size[m], "%s: %ju bytes of %u", s->role,
		    (uintmax_t)bound, (unsigned)s->size[m]);
	for (size_t i = 0; i < sizeof bytes; i++) {
		memset(host, 0, s->definition->size);
		bound_fill(s->definition, host, bytes[i]);
		rows += rows_check_size(s, host);
		ck_assert_int_eq(writer_open(&out, -1), 0);
		printer_of(s)->json(&out, host, print, 0);
		ck_assert_uint_le((size_t)(out.next - out.buffer), bound);
		if (bytes[i] == 0x01) /* not of processors that are taken for off */
			ck_assert_uint_ge((size_t)(out.next - out.buffer), bound / 3);
		writer_close(&out);
	}
	free(host);
}

START_TEST(no_struct_prints_too_much)
{
	const struct catalog_release *r = catalog_releases[_i];

	for (unsigned print = 0; print <= PRINT_RESERVED; print += PRINT_RESERVED) {
		check_bound(r->rawheader, print);
		check_bound(r->rawrecord, print);
		for (size_t b = 0; b < r->nblocks; b++)
			check_bound(r->blocks[b].entry, print);
	}
	ck_assert_uint_gt(rows, 0);
}
END_TEST

/* Rows of a struct of any content, with any of its members null. */
static void
compare_any_rows(const struct catalog_struct *s)
{
	static const unsigned char bytes[] = { 0x00, 0x01, 0x41, 0x80, 0xff };
	unsigned char *host = malloc(s->definition->size);

	ck_assert_ptr_nonnull(host);
	for (size_t i = 0; i < sizeof bytes; i++) {
		memset(host, bytes[i], s->definition->size);
		bound_elements(s->definition, host, 2);
		rows += rows_compare(s, host, 0) + rows_compare(s, host, UINT64_MAX);
		for (unsigned bit = 0; bit < 32; bit++)
			rows += rows_compare(s, host, UINT64_C(1) << bit);
	}
	free(host);
}

START_TEST(rows_of_any_content_agree)
{
	const struct catalog_release *r = catalog_releases[_i];

	compare_any_rows(r->rawheader);
	compare_any_rows(r->rawrecord);
	for (size_t b = 0; b < r->nblocks; b++)
		compare_any_rows(r->blocks[b].entry);
	ck_assert_uint_gt(rows, 0);
}
END_TEST

START_TEST(rows_of_views_agree)
{
	static const unsigned char bytes[] = { 0x00, 0x01, 0x41, '"', 0x80, 0xff };
	const struct catalog_release *r = catalog_releases[_i];
	size_t columns = 0;

	for (const struct view_printer *p = catalog_view_printers; p->release != NULL; p++)
		for (size_t i = 0; p->release == r && i < sizeof bytes; i++)
			columns += view_cells_compare(p, bytes[i]);
	ck_assert_uint_gt(columns, 0);
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("printed");
	TCase *tcase = tcase_create("logs");
	SRunner *runner;
	int failed;

	setenv("CK_DEFAULT_TIMEOUT", "600", 0); /* against hanging: a slow machine must not fail a test */
	logs = argv + 1;
	nlogs = argc - 1;
	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, both_printers_agree, 0, nlogs);
	tcase_add_loop_test(tcase, checks_need_few_parts, 0, nlogs);
	tcase_add_loop_test(tcase, no_struct_prints_too_much, 0, (int)catalog_nreleases);
	tcase_add_loop_test(tcase, rows_of_any_content_agree, 0, (int)catalog_nreleases);
	tcase_add_loop_test(tcase, rows_of_views_agree, 0, (int)catalog_nreleases);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = nlogs == 0 || srunner_ntests_failed(runner) > 0;
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
