/*
 * Both ways of printing the same thing must agree: every struct of every log named on the command line, printed by
 * the generated straight-line printers and by the field dictionary, with and without reserved members.
 */
#include <check.h>
#include <stdlib.h>

#include "put.h"
#include "rawlog.h"
#include "walk.h"

static char **logs;
static int nlogs;

static void
compare(const struct catalog_struct *s, const void *host, unsigned print)
{
	struct writer straight, walked;
	size_t size;

	ck_assert_int_eq(writer_open(&straight, -1), 0);
	ck_assert_int_eq(writer_open(&walked, -1), 0);
	s->json(&straight, host, print);
	walk_json(&walked, s->definition, host, print);
	writer_put(&straight, "", 1);
	writer_put(&walked, "", 1);
	size = (size_t)(straight.next - straight.buffer);
	ck_assert_str_eq(straight.buffer, walked.buffer);
	ck_assert_uint_eq((size_t)(walked.next - walked.buffer), size);
	writer_close(&straight);
	writer_close(&walked);
}

static void
compare_both(const struct catalog_struct *s, const void *host)
{
	compare(s, host, 0);
	compare(s, host, PRINT_RESERVED);
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

	compare_both(r->rawrecord, sample->record);
	for (size_t i = 0; i < r->nblocks; i++) {
		rawlog_block(sample, i);
		while ((result = rawlog_struct(sample, &host, &damage, &error)) == RAWLOG_OK) {
			compare_both(r->blocks[i].entry, host);
			structs++;
		}
		ck_assert_int_eq(result, RAWLOG_END);
	}
	return structs;
}

START_TEST(both_printers_agree)
{
	struct rawlog_error refusal;
	struct rawlog_sample sample;
	struct rawlog_damage damage;
	enum rawlog_result result;
	size_t structs = 0;
	struct rawlog *log;
	int error;

	ck_assert_int_eq(rawlog_open(&log, logs[_i], NULL, &refusal), RAWLOG_OK);
	ck_assert_int_eq(rawlog_sample_init(&sample, log), 0);
	compare_both(rawlog_layout(log)->release->rawheader, rawlog_header(log));
	while ((result = rawlog_next(log, &sample, &damage, &error)) == RAWLOG_OK)
		structs += compare_sample(&sample);
	ck_assert_int_eq(result, RAWLOG_END);
	ck_assert_uint_gt(structs, 0);
	rawlog_sample_free(&sample);
	rawlog_close(log);
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("printed");
	TCase *tcase = tcase_create("logs");
	SRunner *runner;
	int failed;

	logs = argv + 1;
	nlogs = argc - 1;
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, both_printers_agree, 0, nlogs);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = nlogs == 0 || srunner_ntests_failed(runner) > 0;
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
