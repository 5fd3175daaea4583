/*
 * test_frame: what a record says of its blocks, believed or not.
 */
#include <string.h>

#include "rawlog/log/frame.h"
#include "tiny.h"
#include "unit.h"

static struct layout layout;
static struct tiny_record record;
static struct frame frame;

/* Reads a record of the wide model that says this, standing at `offset`. */
static enum frame_result
read_record(uint64_t offset, uint32_t scomplen, uint32_t pcomplen, uint32_t ndeviat)
{
	struct tiny_log log;
	enum frame_result result;
	uint32_t lengths[3] = { scomplen, pcomplen, ndeviat };
	size_t at, i, j;

	tiny_begin(&log, 1, TINY_WIDE, ORDER_LITTLE);
	layout = (struct layout){ catalog_releases[0], TINY_WIDE, ORDER_LITTLE };
	at = tiny_raw_sample(&log, "", 0, "", 0, 0);
	for (i = 0; i < 3; i++)
		for (j = 0; j < 4; j++)
			log.bytes[at + 8 + 4 * i + j] = (unsigned char)(lengths[i] >> 8 * j);
	result = frame_read(&layout, log.bytes + at, 24, offset, &record, &frame);
	tiny_free(&log);
	return result;
}

START_TEST(extents_follow_each_other)
{
	ck_assert_int_eq(read_record(1000, 30, 50, 3), FRAME_OK);
	ck_assert_uint_eq(frame.blocks[0].offset, 1024);
	ck_assert_uint_eq(frame.blocks[0].length, 30);
	ck_assert_uint_eq(frame.blocks[0].count, 1);
	ck_assert_uint_eq(frame.blocks[0].inflated, 48);
	ck_assert_uint_eq(frame.blocks[1].offset, 1054);
	ck_assert_uint_eq(frame.blocks[1].length, 50);
	ck_assert_uint_eq(frame.blocks[1].count, 3);
	ck_assert_uint_eq(frame.blocks[1].inflated, 120);
	ck_assert_uint_eq(frame.end, 1104);
	ck_assert_int_eq(frame.facts.curtime, 1000000000);
}
END_TEST

static const struct {
	uint32_t scomplen, pcomplen, ndeviat;
	enum frame_result result;
	size_t bad;
} records[] = { { 30, 8, 0, FRAME_OK, 0 }, /* an empty block exists… */
	{ 30, 0, 0, FRAME_OK, 0 },         /* …or not */
	{ 30, 64, 0, FRAME_OK, 0 }, { 30, 65, 0, FRAME_TOO_LONG, 1 },
	{ 0, 0, 0, FRAME_TOO_SHORT, 0 }, /* a hole in the file */
	{ 1, 50, 3, FRAME_OK, 0 },       /* 48 bytes of one: deflate's ratio allows it */
	{ 118, 50, 3, FRAME_OK, 0 }, { 119, 50, 3, FRAME_TOO_LONG, 0 }, { 30, 0, 1, FRAME_TOO_SHORT, 1 },
	{ 30, 100, 2580, FRAME_OK, 0 }, /* 1032 times 100 bytes */
	{ 30, 100, 2606, FRAME_TOO_SHORT, 1 }, { 30, 1, UINT32_MAX, FRAME_TOO_SHORT, 1 },
	{ 30, UINT32_MAX, UINT32_MAX, FRAME_OK, 0 }, /* large but possible; nothing is allocated for it */
	{ 30, UINT32_MAX, 3, FRAME_TOO_LONG, 1 }, { UINT32_MAX, UINT32_MAX, UINT32_MAX, FRAME_TOO_LONG, 0 } };

START_TEST(plausible_or_not)
{
	ck_assert_int_eq(read_record(36, records[_i].scomplen, records[_i].pcomplen, records[_i].ndeviat),
	    records[_i].result);
	if (records[_i].result != FRAME_OK)
		ck_assert_uint_eq(frame.bad, records[_i].bad);
}
END_TEST

START_TEST(an_end_beyond_any_file)
{
	ck_assert_int_eq(read_record(INT64_MAX - 30, 30, 50, 3), FRAME_PAST_END);
	ck_assert_int_eq(read_record(INT64_MAX - 54 - 20, 30, 50, 3), FRAME_PAST_END);
	ck_assert_uint_eq(frame.bad, 1);
	ck_assert_int_eq(read_record(INT64_MAX - 104, 30, 50, 3), FRAME_OK);
}
END_TEST

/* What a catalog of a release with signed members could say. */
static struct record_facts stated;

static void
state(const void *host, struct record_facts *facts)
{
	(void)host;
	*facts = stated;
}

START_TEST(negative_and_huge_numbers)
{
	static const unsigned char bytes[24];
	struct catalog_release release = *catalog_releases[0];

	release.record_facts = state;
	layout = (struct layout){ &release, TINY_WIDE, ORDER_LITTLE };
	stated = (struct record_facts){ .block = { { .length = -1, .count = 1 } } };
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_LENGTH_NEGATIVE);
	stated = (struct record_facts){ .block = { { .length = 30, .count = -1 } } };
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_COUNT_NEGATIVE);
	stated = (struct record_facts){ .block = { { .length = 30, .count = INT64_MAX } } };
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_COUNT_HUGE);
	stated = (struct record_facts){ .block = { { .length = INT64_MAX, .count = 1 } } };
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_TOO_LONG);
	ck_assert_int_eq(frame_read(&layout, bytes, 23, 36, &record, &frame), FRAME_UNREADABLE);
}
END_TEST

START_TEST(the_size_of_a_chain)
{
	static const unsigned char bytes[24];
	struct catalog_release release = *catalog_releases[0];
	struct catalog_block blocks[2] = { release.blocks[0], release.blocks[1] };

	blocks[1].kind = CATALOG_CHAIN;
	release.blocks = blocks;
	release.record_facts = state;
	layout = (struct layout){ &release, TINY_WIDE, ORDER_LITTLE };
	stated = (struct record_facts){ .block = { { .length = 30, .count = 1 },
					    { .length = 50, .count = 3, .size = 120 } } };
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_OK);
	ck_assert_uint_eq(frame.blocks[1].inflated, 120);
	stated.block[1].size = 119; /* without room for three structs of 40 bytes */
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_CHAIN_SHORT);
	ck_assert_uint_eq(frame.bad, 1);
	stated.block[1].size = -1;
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_CHAIN_SHORT);
	stated.block[1].size = 400;
	ck_assert_int_eq(frame_read(&layout, bytes, 24, 36, &record, &frame), FRAME_OK);
	ck_assert_uint_eq(frame.blocks[1].inflated, 400);
}
END_TEST

START_TEST(each_result_has_words)
{
	enum frame_result i, j;

	for (i = FRAME_OK; i <= FRAME_PAST_END; i++)
		for (j = FRAME_OK; j < i; j++)
			ck_assert_str_ne(frame_reason(i), frame_reason(j));
}
END_TEST

static TCase *
test_frame(void)
{
	TCase *t = tcase_create("frame");

	tcase_add_test(t, extents_follow_each_other);
	tcase_add_loop_test(t, plausible_or_not, 0, sizeof records / sizeof records[0]);
	tcase_add_test(t, an_end_beyond_any_file);
	tcase_add_test(t, negative_and_huge_numbers);
	tcase_add_test(t, the_size_of_a_chain);
	tcase_add_test(t, each_result_has_words);
	return t;
}

REGISTER(test_frame);
