/*
 * test_flaw: what atop never writes in a rawheader or a rawrecord; and that of a record each release of equal lengths is
 * asked.
 */
#include <string.h>

#include "rawlog/log/flaw.h"
#include "rawlog/log/reader.h"
#include "tiny_alike.h"
#include "unit.h"

#define TIME 1000000000

static const struct layout layout_4 = { &alike_release_4, TINY_WIDE, ORDER_LITTLE };
static const struct layout layout_5 = { &alike_release_5, TINY_WIDE, ORDER_LITTLE };

static const struct recorder_candidates any = { RECORDER_UNKNOWN, NULL };
static const struct recorder_candidates only_4 = { RECORDER_OWN, &alike_release_4 };
static const struct recorder_candidates only_5 = { RECORDER_OWN, &alike_release_5 };

static struct tiny_log alike;
static unsigned char *header, *record; /* of the log */

static void
setup(void)
{
	size_t offset;

	alike_begin(&alike, 4, 5, ALIKE_HAS_HISTORY | ALIKE_HAS_GPU);
	offset = alike_sample(&alike, TIME, ALIKE_FLAGS_4, 0);
	alike_sample(&alike, TIME + 10, 0, 0);
	header = alike.bytes;
	record = alike.bytes + offset;
}

static void
teardown(void)
{
	tiny_free(&alike);
}

static void
put(unsigned char *p, uint32_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

/* --- headers ------------------------------------------------------------------------------------------------ */

static const struct {
	size_t offset, size;
	uint32_t value;
	const char *flaw;
} headers[] = {
	{ ALIKE_HEADER_KERNEL, 2, 99, NULL },
	{ ALIKE_HEADER_PADDING, 2, 1, "the padding before sstatlen is not 0" },
	{ ALIKE_HEADER_PADDING, 2, 0x8000, "the padding before sstatlen is not 0" },
	{ ALIKE_HEADER_FUTURE, 2, 0x100, "future is not 0" },
	{ ALIKE_HEADER_FLAGS, 4, 4, "flags has flags that no atop sets" },
	{ ALIKE_HEADER_FLAGS, 4, 0x80000001, "flags has flags that no atop sets" },
	{ ALIKE_HEADER_KERNEL, 2, 100, "'kernel <= 99' does not hold" },
};

static const char *
flaw_of_this_header(void)
{
	struct alike_header host;
	struct fault fault;

	ck_assert(alike_release_4.rawheader->decode(&host, header, ALIKE_HEADER, TINY_WIDE, ORDER_LITTLE, &fault));
	return flaw_of_header(&layout_4, header, &host);
}

START_TEST(of_header)
{
	put(header + headers[_i].offset, headers[_i].value, headers[_i].size);
	ck_assert_pstr_eq(flaw_of_this_header(), headers[_i].flaw);
}
END_TEST

START_TEST(of_header_without_checks)
{
	const struct layout layout = { catalog_releases[0], TINY_WIDE, ORDER_LITTLE };
	struct tiny_header host;

	memset(header, 0xff, ALIKE_HEADER);
	memset(&host, 0xff, sizeof host);
	ck_assert_ptr_null(flaw_of_header(&layout, header, &host));
}
END_TEST

/* --- records ------------------------------------------------------------------------------------------------ */

/* A value in a record, and what each release finds wrong with it. */
static const struct {
	size_t offset, size;
	uint32_t value;
	const char *flaw_4, *flaw_5;
} records[] = {
	{ ALIKE_RECORD_FLAGS, 2, ALIKE_FLAGS_4, NULL, NULL },
	{ ALIKE_RECORD_PADDING, 2, 0x100, "the padding behind flags is not 0", "the padding behind flags is not 0" },
	{ ALIKE_RECORD_SPARE, 4, 9, "spare is not 0", NULL },
	{ ALIKE_RECORD_SPARE, 4, 10, "spare is not 0", "'level <= 9' does not hold" },
	{ ALIKE_RECORD_FLAGS, 2, 8, "flags has flags that no atop sets", NULL },
	{ ALIKE_RECORD_FLAGS, 2, 16, "flags has flags that no atop sets", "flags has flags that no 0.5 sets" },
	{ ALIKE_RECORD_NDEVIAT, 4, 1001, NULL, "'ndeviat <= 1000' does not hold" },
	{ ALIKE_RECORD_TIME, 4, 0, "curtime is no time of a sample", "curtime is no time of 0.5" },
};

#define NRECORDS ((int)(sizeof records / sizeof records[0]))

/* The record has the flaw, as far as the candidates go, in a log with this layout. NULL: none. */
static void
check_flaw(const struct layout *layout, const struct recorder_candidates *candidates, const char *flaw)
{
	union {
		struct alike_record of_4;
		struct alike_record_5 of_5;
	} host;
	const char *why = NULL;
	struct fault fault;

	ck_assert(layout->release->rawrecord->decode(&host, record, ALIKE_RECORD, TINY_WIDE, ORDER_LITTLE, &fault));
	ck_assert_int_eq(flaw_of_record(layout, candidates, record, &host, &why),
	    flaw == NULL ? FLAW_NONE : FLAW_FOUND);
	ck_assert_pstr_eq(why, flaw);
}

static void
change_record(int i)
{
	put(record + records[i].offset, records[i].value, records[i].size);
}

START_TEST(of_record_by_one_release)
{
	change_record(_i);
	check_flaw(&layout_4, &only_4, records[_i].flaw_4);
	check_flaw(&layout_5, &only_5, records[_i].flaw_5);
	check_flaw(&layout_4, &only_5, records[_i].flaw_5);
	check_flaw(&layout_5, &only_4, records[_i].flaw_4);
}
END_TEST

START_TEST(of_record_by_any_of_equal_lengths)
{
	const bool is_accepted = records[_i].flaw_4 == NULL || records[_i].flaw_5 == NULL;

	change_record(_i);
	check_flaw(&layout_4, &any, is_accepted ? NULL : records[_i].flaw_4);
	check_flaw(&layout_5, &any, is_accepted ? NULL : records[_i].flaw_5);
}
END_TEST

/* --- in a log ----------------------------------------------------------------------------------------------- */

static struct rawlog *the_log;
static struct rawlog_sample *sample;
static struct rawlog_damage *damage;

static void
open_log(void)
{
	struct rawlog_error error;

	sample = rawlog_sample_new();
	damage = rawlog_damage_new();
	ck_assert_int_eq(rawlog_open_memory(&the_log, alike.bytes, alike.size, NULL, &error), RAWLOG_OK);
}

static enum rawlog_result
next(void)
{
	int error;

	return rawlog_next(the_log, sample, damage, &error);
}

static void
close_log(void)
{
	rawlog_close(the_log);
	rawlog_sample_delete(sample);
	rawlog_damage_delete(damage);
}

START_TEST(a_sound_log)
{
	open_log();
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert(!rawlog_sample_is_unverified(sample));
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert_int_eq(next(), RAWLOG_END);
	close_log();
}
END_TEST

START_TEST(a_log_with_a_wrong_header)
{
	put(header + ALIKE_HEADER_FUTURE, 1, 2);
	open_log();
	ck_assert_int_eq(next(), RAWLOG_DAMAGED);
	ck_assert_str_eq(damage->reason, "the header is wrong: future is not 0");
	ck_assert_int_eq(damage->kind, DAMAGE_HEADER);
	ck_assert_uint_eq(damage->offset, 0);
	ck_assert_uint_eq(damage->length, ALIKE_HEADER);
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert_int_eq(next(), RAWLOG_END);
	close_log();
}
END_TEST

START_TEST(a_log_with_a_wrong_record)
{
	put(record + ALIKE_RECORD_FLAGS, 16, 2);
	open_log();
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert(rawlog_sample_is_unverified(sample));
	ck_assert_int_eq(next(), RAWLOG_DAMAGED);
	ck_assert_str_eq(damage->reason, "the record header is wrong: flags has flags that no atop sets");
	ck_assert_int_eq(damage->kind, DAMAGE_RECORD);
	ck_assert_uint_eq(damage->offset, ALIKE_HEADER);
	ck_assert_uint_eq(damage->length, ALIKE_RECORD);
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert(!rawlog_sample_is_unverified(sample));
	ck_assert_int_eq(next(), RAWLOG_END);
	close_log();
}
END_TEST

START_TEST(a_log_with_a_record_of_another_release)
{
	put(record + ALIKE_RECORD_FLAGS, 8, 2);
	put(record + ALIKE_RECORD_SPARE, 9, 4);
	open_log();
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert(!rawlog_sample_is_unverified(sample));
	ck_assert_int_eq(next(), RAWLOG_OK);
	ck_assert_int_eq(next(), RAWLOG_END);
	close_log();
}
END_TEST

static TCase *
test_flaw(void)
{
	TCase *t = tcase_create("flaw");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, of_header, 0, (int)(sizeof headers / sizeof headers[0]));
	tcase_add_test(t, of_header_without_checks);
	tcase_add_loop_test(t, of_record_by_one_release, 0, NRECORDS);
	tcase_add_loop_test(t, of_record_by_any_of_equal_lengths, 0, NRECORDS);
	tcase_add_test(t, a_sound_log);
	tcase_add_test(t, a_log_with_a_wrong_header);
	tcase_add_test(t, a_log_with_a_wrong_record);
	tcase_add_test(t, a_log_with_a_record_of_another_release);
	return t;
}

REGISTER(test_flaw);
