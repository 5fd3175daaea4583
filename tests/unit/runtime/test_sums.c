/*
 * test_sums: what the structs of a block add up to, compared with what their record states.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/sums.h"
#include "tiny_alike.h"
#include "unit.h"

#define TIME  1000000000
#define TASKS 1 /* the block of tasks */

static struct catalog_release counted; /* 0.4, with sums of the tasks */
static struct catalog_block blocks[2];
static struct layout layout;
static struct rawlog_sample sample;
static struct alike_record record;
static struct rawlog_damage damage;

static void
add(const void *host, uint64_t *sums)
{
	sums[0]++;
	sums[1] += ((const struct alike_tstat *)host)->state == 'S';
}

static void
state(const void *host, uint64_t *sums)
{
	sums[0] = ((const struct alike_record *)host)->ndeviat;
	sums[1] = ((const struct alike_record *)host)->spare;
}

/* Three tasks have been decoded, two of them alive, and the record says so. */
static void
setup(void)
{
	static const char *const names[] = { "ntask", "nalive" }, *const terms[] = { "1", "state == 'S'" };

	memcpy(blocks, alike_release_4.blocks, sizeof blocks);
	blocks[TASKS].nsums = 2;
	blocks[TASKS].sum_names = names;
	blocks[TASKS].sum_terms = terms;
	blocks[TASKS].sums = add;
	blocks[TASKS].stated = state;
	counted = alike_release_4;
	counted.blocks = blocks;
	layout = (struct layout){ &counted, TINY_WIDE, ORDER_LITTLE };
	record = (struct alike_record){ .ndeviat = 3, .spare = 2 };
	sample = (struct rawlog_sample){
		.layout = &layout,
		.held = &counted,
		.candidates = { RECORDER_OWN, &counted },
		.number = 7,
		.offset = 1000,
		.record = &record,
		.frame = { .facts = { .curtime = TIME, .interval = 60 },
		    .blocks[TASKS] = { .offset = 1100, .count = 3 } },
		.current = TASKS,
		.ndecoded = 3,
		.sums = { 3, 2 },
	};
}

START_TEST(structs_add_up)
{
	const struct alike_tstat alive = { .state = 'S' }, ended = { .state = 'E' };

	sums_begin(&sample);
	ck_assert(sums_add(&sample, NULL, 0, &alive));
	ck_assert(sums_add(&sample, NULL, 0, &ended));
	ck_assert(sums_add(&sample, NULL, 0, &alive));
	ck_assert_uint_eq(sample.sums[0], 3);
	ck_assert_uint_eq(sample.sums[1], 2);
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_END);
	sample.current = 0; /* a block without sums */
	sums_begin(&sample);
	ck_assert(sums_add(&sample, NULL, 0, &alive));
	ck_assert_uint_eq(sample.sums[0], 0);
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_END);
}
END_TEST

/* Sums are made by the rules of the first candidate, whatever the sample is shown as. */
START_TEST(structs_are_decoded_by_the_first_candidate)
{
	static const unsigned char task[32] = { [8] = 'S' };
	static const struct alike_tstat shown = { .state = 'E' };

	sample.layout = &(struct layout){ &alike_release_4, TINY_WIDE, ORDER_LITTLE };
	ck_assert(sums_add(&sample, task, sizeof task, &shown));
	ck_assert_uint_eq(sample.sums[0], 4);
	ck_assert_uint_eq(sample.sums[1], 3);
	free(sample.held_host);
}
END_TEST

static const struct {
	uint32_t stated[2];
	enum rawlog_result result;
	const char *text;
} cases[] = {
	{ { 3, 2 }, RAWLOG_END, NULL },
	{ { 4, 3 }, RAWLOG_GAP, "structs are missing: the record states 4 for ntask, and the structs make it 3" },
	{ { 4, 2 }, RAWLOG_DAMAGED, "the record header is wrong: it states 4 for ntask, and the structs make it 3" },
	{ { 3, 3 }, RAWLOG_DAMAGED, "the record header is wrong: it states 3 for nalive, and the structs make it 2" },
	{ { 4, 1 }, RAWLOG_DAMAGED, "the record header is wrong: it states 4 for ntask, and the structs make it 3" },
	{ { 2, 1 }, RAWLOG_DAMAGED, "the record header is wrong: it states 2 for ntask, and the structs make it 3" },
	{ { 1u << 22, 3 }, RAWLOG_GAP,
	    "structs are missing: the record states 4194304 for ntask, and the structs make it 3" },
	{ { (1u << 22) + 1, 3 }, RAWLOG_DAMAGED,
	    "the record header is wrong: it states 4194305 for ntask, and the structs make it 3" },
};

START_TEST(the_record_states_other_sums)
{
	record.ndeviat = cases[_i].stated[0];
	record.spare = cases[_i].stated[1];
	ck_assert_int_eq(sums_compare(&sample, &damage), cases[_i].result);
	if (cases[_i].result == RAWLOG_END)
		return;
	ck_assert_str_eq(damage.reason, cases[_i].text);
	ck_assert_uint_eq(damage.offset, 1000);
	ck_assert_uint_eq(damage.sample, 7);
	if (cases[_i].result == RAWLOG_DAMAGED) {
		ck_assert_int_eq(damage.kind, DAMAGE_RECORD);
		ck_assert_uint_eq(damage.length, 100);
		return;
	}
	ck_assert_int_eq(damage.kind, DAMAGE_NONE);
	ck_assert_uint_eq(damage.length, 0);
	ck_assert_str_eq(damage.block, "tstat");
	ck_assert_int_eq(damage.from, TIME - 60);
	ck_assert_int_eq(damage.to, TIME);
	ck_assert_uint_eq(damage.interval, 60);
}
END_TEST

/* Where the only sum differs, structs may be missing. */
START_TEST(a_block_with_one_sum)
{
	blocks[TASKS].nsums = 1;
	record.ndeviat = 4;
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_GAP);
	record.ndeviat = 2;
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_DAMAGED);
}
END_TEST

START_TEST(what_is_not_compared)
{
	record.ndeviat = 4;
	sample.ndecoded = 2; /* a struct could not be decoded */
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_END);
	sample.ndecoded = 3;
	sample.header_fault = true;
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_END);
	sample.header_fault = false;
	sample.candidates = (struct recorder_candidates){ RECORDER_UNKNOWN, NULL }; /* other releases have other sums */
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_END);
	sample.candidates = (struct recorder_candidates){ RECORDER_OWN, &counted };
	ck_assert_int_eq(sums_compare(&sample, &damage), RAWLOG_DAMAGED);
}
END_TEST

static TCase *
test_sums(void)
{
	TCase *t = tcase_create("sums");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, structs_add_up);
	tcase_add_test(t, structs_are_decoded_by_the_first_candidate);
	tcase_add_loop_test(t, the_record_states_other_sums, 0, (int)(sizeof cases / sizeof cases[0]));
	tcase_add_test(t, a_block_with_one_sum);
	tcase_add_test(t, what_is_not_compared);
	return t;
}

REGISTER(test_sums);
