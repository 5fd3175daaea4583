/*
 * test_recorder: which release recorded a run, by the structs of its first samples; and what follows from that.
 */
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/recorder.h"
#include "tiny_alike.h"
#include "unit.h"

#define TIME       1000000000
#define NEW_RUN    8u /* the flag of a record that begins a run */
#define OF_RECORDS 2  /* the number of blocks: a count of records */
#define NEVER      (-1)

static struct tiny_log alike;
static struct file file;
static struct recorder recorder;
static struct recorder_run run;
static struct catalog_release teller; /* 0.5, with a `tell` section */
static struct catalog_tell tell;
static struct catalog_count counts[2];

static bool
begins(const void *record)
{
	return (((const struct alike_record_5 *)record)->flags & NEW_RUN) != 0;
}

/* Of the two tasks of a sample one is alive; each record has two tasks. */
static bool
is_alive(const void *record, const void *host, bool *has)
{
	(void)record;
	*has = host == NULL || ((const struct alike_tstat *)host)->state == 'S';
	return true;
}

static bool
does_not_count(const void *record, const void *host, bool *has)
{
	(void)record, (void)host;
	*has = true;
	return false;
}

static void
setup(void)
{
	const struct layout stated = { &alike_release_4, TINY_WIDE, ORDER_LITTLE };

	teller = alike_release_5;
	teller.tell = &tell;
	tell = (struct catalog_tell){ begins, counts, 1 };
	ck_assert_int_eq(recorder_init(&recorder, &stated), 0);
	recorder.layout = (struct layout){ &teller, TINY_WIDE, ORDER_LITTLE };
	recorder.record = host_new(teller.rawrecord);
	for (size_t i = 0; i < teller.nblocks; i++)
		recorder.hosts[i] = host_new(teller.blocks[i].entry);
	run = (struct recorder_run){ .stated = &alike_release_4, .shown = &alike_release_4 };
	alike_begin(&alike, 5, 0, 0);
}

static void
teardown(void)
{
	recorder_free(&recorder);
	tiny_free(&alike);
}

static void
add_samples(size_t n, uint16_t flags)
{
	for (size_t i = 0; i < n; i++)
		alike_sample(&alike, TIME, flags, 0);
}

/* Judges the run that begins with the first record. */
static enum recorder_verdict
judge(struct catalog_count first)
{
	struct alike_record_5 record;
	struct frame frame;

	counts[0] = first;
	ck_assert_int_eq(file_open_memory(&file, alike.bytes, alike.size), 0);
	ck_assert_int_eq(
	    frame_read(&recorder.layout, alike.bytes + ALIKE_HEADER, ALIKE_RECORD, ALIKE_HEADER, &record, &frame),
	    FRAME_OK);
	ck_assert_int_eq(recorder_judge_run(&recorder, &file, &frame, &run), 0);
	file_close(&file);
	ck_assert_uint_eq(run.offset, ALIKE_HEADER);
	ck_assert_ptr_eq(run.candidates.teller, &teller);
	return run.candidates.verdict;
}

static const struct {
	struct catalog_count count;
	enum recorder_verdict verdict;
} shares[] = {
	{ { is_alive, 1, 1, 50, NEVER }, RECORDER_OWN },
	{ { is_alive, 1, 1, 51, NEVER }, RECORDER_UNKNOWN },
	{ { is_alive, 1, 1, 51, 50 }, RECORDER_OTHER },
	{ { is_alive, 1, 1, 51, 49 }, RECORDER_UNKNOWN },
	{ { is_alive, 1, 1, NEVER, NEVER }, RECORDER_UNKNOWN },
	{ { does_not_count, 1, 0, 0, 100 }, RECORDER_UNKNOWN },
	{ { is_alive, OF_RECORDS, 3, 100, NEVER }, RECORDER_OWN },
	{ { is_alive, OF_RECORDS, 4, 100, NEVER }, RECORDER_UNKNOWN },
	{ { is_alive, 1, 5, 50, NEVER }, RECORDER_OWN },
	{ { is_alive, 1, 6, 50, NEVER }, RECORDER_OWN },
	{ { is_alive, 1, 7, 50, NEVER }, RECORDER_UNKNOWN },
};

START_TEST(a_share_of_the_structs_decides)
{
	add_samples(3, 0);
	ck_assert_int_eq(judge(shares[_i].count), shares[_i].verdict);
}
END_TEST

START_TEST(a_later_count_decides_where_the_first_does_not)
{
	add_samples(1, 0);
	tell.ncounts = 2;
	counts[1] = (struct catalog_count){ is_alive, OF_RECORDS, 1, 100, NEVER };
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 1, 51, 49 }), RECORDER_OWN);
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 1, 51, 50 }), RECORDER_OTHER);
}
END_TEST

START_TEST(the_first_samples_of_the_run_are_read)
{
	add_samples(RECORDER_SAMPLES_MAX + 2, 0);
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 2 * RECORDER_SAMPLES_MAX, 50, NEVER }),
	    RECORDER_OWN);
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 2 * RECORDER_SAMPLES_MAX + 1, 50, NEVER }),
	    RECORDER_UNKNOWN);
}
END_TEST

START_TEST(the_next_run_is_not_read)
{
	add_samples(1, NEW_RUN);
	add_samples(1, 0);
	add_samples(1, NEW_RUN);
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 4, 50, NEVER }), RECORDER_OWN);
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 5, 50, NEVER }), RECORDER_UNKNOWN);
}
END_TEST

START_TEST(a_corrupt_block_does_not_count)
{
	add_samples(1, 0);
	alike.bytes[alike.size - 1] ^= 1;
	ck_assert_int_eq(judge((struct catalog_count){ is_alive, 1, 1, 0, NEVER }), RECORDER_UNKNOWN);
}
END_TEST

START_TEST(a_run_may_contradict_the_header)
{
	const struct catalog_count own = { is_alive, 1, 1, 0, NEVER }, other = { is_alive, 1, 1, NEVER, 100 },
				   unknown = { is_alive, 1, 1, NEVER, NEVER };

	add_samples(1, 0);
	judge(own);
	ck_assert(run.contradicts);
	ck_assert_str_eq(run.recorded_by, "0.5");
	ck_assert_ptr_eq(run.shown, &alike_release_4); /* the one with the fewest members */
	judge(other);
	ck_assert(!run.contradicts);
	judge(unknown);
	ck_assert(!run.contradicts);
	ck_assert_ptr_null(run.recorded_by);
	ck_assert_ptr_eq(run.shown, run.stated);
	run.stated = &teller;
	judge(own);
	ck_assert(!run.contradicts);
	ck_assert_ptr_eq(run.shown, &teller);
	judge(other);
	ck_assert(run.contradicts);
	ck_assert_ptr_eq(run.shown, &alike_release_4);
}
END_TEST

START_TEST(the_candidates)
{
	const struct layout layout_4 = { &alike_release_4, TINY_WIDE, ORDER_LITTLE };
	const struct recorder_candidates any = { RECORDER_UNKNOWN, NULL };
	const struct recorder_candidates own = { RECORDER_OWN, &alike_release_5 };
	const struct recorder_candidates other = { RECORDER_OTHER, &alike_release_4 };

	ck_assert(recorder_may_be(&any, &alike_release_4) && recorder_may_be(&any, &alike_release_5));
	ck_assert(!recorder_may_be(&own, &alike_release_4) && recorder_may_be(&own, &alike_release_5));
	ck_assert(!recorder_may_be(&other, &alike_release_4) && recorder_may_be(&other, &alike_release_5));
	ck_assert_ptr_eq(recorder_first(&any, &layout_4), &alike_release_4);
	ck_assert_ptr_eq(recorder_first(&own, &layout_4), &alike_release_5);
	ck_assert_ptr_eq(recorder_first(&other, &layout_4), &alike_release_5);
}
END_TEST

static TCase *
test_recorder(void)
{
	TCase *t = tcase_create("recorder");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_share_of_the_structs_decides, 0, (int)(sizeof shares / sizeof shares[0]));
	tcase_add_test(t, a_later_count_decides_where_the_first_does_not);
	tcase_add_test(t, the_first_samples_of_the_run_are_read);
	tcase_add_test(t, the_next_run_is_not_read);
	tcase_add_test(t, a_corrupt_block_does_not_count);
	tcase_add_test(t, a_run_may_contradict_the_header);
	tcase_add_test(t, the_candidates);
	return t;
}

REGISTER(test_recorder);
