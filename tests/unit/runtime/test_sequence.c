/*
 * test_sequence: records that follow each other, and records that do not.
 */
#include <string.h>

#include "rawlog/log/sequence.h"
#include "unit.h"

#define SIZE 8

static struct sequence sequence;
static uint64_t number;
static bool alike; /* all records have equal bytes */

static void
setup(void)
{
	memset(&sequence, 0, sizeof sequence);
	ck_assert(sequence_begin(&sequence, SIZE));
	number = 0;
	alike = false;
}

static void
teardown(void)
{
	sequence_free(&sequence);
}

static struct frame
frame_of(int64_t time, uint64_t interval, bool since_boot)
{
	struct frame frame = { .offset = 100 * number,
		.facts = { .curtime = time, .interval = interval, .since_boot = since_boot } };

	return frame;
}

/* Adds a record; `damage` is the report about the previous one. */
static enum rawlog_result
add(int64_t time, uint64_t interval, bool since_boot, struct rawlog_damage *damage)
{
	const struct frame frame = frame_of(time, interval, since_boot);
	unsigned char bytes[SIZE] = { (unsigned char)time, (unsigned char)interval, alike ? 0 : (unsigned char)number };

	return sequence_add(&sequence, &frame, bytes, number++, damage);
}

static void
check_ok(int64_t time, uint64_t interval, bool since_boot)
{
	struct rawlog_damage damage;

	ck_assert_int_eq(add(time, interval, since_boot, &damage), RAWLOG_OK);
}

static void
check_end(enum rawlog_result result, const char *reason)
{
	struct rawlog_damage damage;

	ck_assert_int_eq(sequence_break(&sequence, &damage), result);
	if (result != RAWLOG_OK)
		ck_assert_str_eq(damage.reason, reason);
}

START_TEST(records_that_follow)
{
	check_ok(1000, 500, true);
	check_ok(1010, 10, false);
	check_ok(1011, 1, false);
	check_ok(1011, 1, false);      /* less than a second */
	check_ok(900, 1, false);       /* the clock was set back */
	check_ok(90000, 89100, false); /* the machine slept, or the clock was set */
	check_ok(90500, 7, true);      /* another run */
	check_ok(90510, 10, false);
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(one_that_is_missing)
{
	struct rawlog_damage damage;

	check_ok(1000, 500, true);
	check_ok(1020, 10, false);
	ck_assert_int_eq(add(1030, 10, false, &damage), RAWLOG_GAP);
	ck_assert_str_eq(damage.reason, "10 s before the sample are in none");
	ck_assert_int_eq(damage.from, 1000);
	ck_assert_int_eq(damage.to, 1020);
	ck_assert_uint_eq(damage.interval, 10);
	ck_assert_uint_eq(damage.sample, 1);
	ck_assert_uint_eq(damage.offset, 100);
	ck_assert_uint_eq(damage.length, 0);
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(the_last_one_is_told_of_at_the_end)
{
	check_ok(1000, 500, true);
	check_ok(1005, 10, false);
	check_end(RAWLOG_GAP, "the sample covers 5 s that the one before covers too");
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(one_that_is_older)
{
	check_ok(1000, 500, true);
	check_ok(980, 10, false);
	check_end(RAWLOG_GAP, "the sample is 20 s older than the one before");
}
END_TEST

START_TEST(the_same_twice)
{
	struct rawlog_damage damage;

	alike = true;
	check_ok(1000, 500, true);
	check_ok(1000, 500, true);
	ck_assert_int_eq(add(1001, 1, false, &damage), RAWLOG_GAP);
	ck_assert_str_eq(damage.reason, "the record is the same as the one before");
	check_ok(1001, 1, false);
	check_end(RAWLOG_GAP, "the record is the same as the one before");
}
END_TEST

START_TEST(a_first_that_is_none)
{
	check_ok(1000, 10, false);
	check_end(RAWLOG_GAP, "the first sample is not the first of a run of atop");
}
END_TEST

START_TEST(what_follows_a_loss_follows_nothing)
{
	check_end(RAWLOG_OK, NULL);
	check_ok(1000, 10, false);
	check_ok(1010, 10, false);
	check_end(RAWLOG_OK, NULL);
	check_ok(5000, 10, false);
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(a_time_that_is_wrong_by_itself)
{
	struct rawlog_damage damage;

	check_ok(1000, 500, true);
	check_ok(1010, 10, false);
	check_ok(90000, 10, false);
	ck_assert_int_eq(add(1030, 10, false, &damage), RAWLOG_GAP);
	ck_assert_str_eq(damage.reason, "the time of the sample is wrong: by the records around it, it is 1020");
	ck_assert_int_eq(damage.to, 90000);
	ck_assert_uint_eq(damage.sample, 2);
	check_ok(1040, 10, false);
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(times_that_cannot_be)
{
	struct rawlog_damage damage;

	check_ok(INT64_MIN, 1, true);
	check_ok(INT64_MAX, UINT64_MAX, false); /* as far as that is from the least */
	check_ok(INT64_MIN, 1, false);
	check_ok(0, 5, false);
	ck_assert_int_eq(add(INT64_MAX, UINT64_MAX, false, &damage), RAWLOG_GAP);
	check_end(RAWLOG_GAP, "the sample covers 9223372036854775808 s that the one before covers too");
}
END_TEST

START_TEST(a_release_that_does_not_say)
{
	check_ok(1000, 0, false);
	check_ok(10, 0, false);
	check_ok(10, 0, false);
	check_end(RAWLOG_OK, NULL);
}
END_TEST

START_TEST(a_first_whose_interval_begins_at_the_record_before)
{
	struct frame frame = frame_of(1010, 10, true);

	ck_assert(!sequence_is_no_first(&sequence, &frame));
	check_ok(1000, 500, true);
	ck_assert(sequence_is_no_first(&sequence, &frame));
	frame.facts.since_boot = false;
	ck_assert(!sequence_is_no_first(&sequence, &frame));
	frame = frame_of(1010, 9, true);
	ck_assert(!sequence_is_no_first(&sequence, &frame));
}
END_TEST

static TCase *
test_sequence(void)
{
	TCase *t = tcase_create("sequence");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, records_that_follow);
	tcase_add_test(t, one_that_is_missing);
	tcase_add_test(t, the_last_one_is_told_of_at_the_end);
	tcase_add_test(t, one_that_is_older);
	tcase_add_test(t, the_same_twice);
	tcase_add_test(t, a_first_that_is_none);
	tcase_add_test(t, what_follows_a_loss_follows_nothing);
	tcase_add_test(t, a_time_that_is_wrong_by_itself);
	tcase_add_test(t, times_that_cannot_be);
	tcase_add_test(t, a_release_that_does_not_say);
	tcase_add_test(t, a_first_whose_interval_begins_at_the_record_before);
	return t;
}

REGISTER(test_sequence);
