/*
 * test_probe: whether a whole compressed block stands somewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/probe.h"
#include "stream.h"
#include "unit.h"

#define SIZE   100000u
#define BEFORE 7u /* bytes before the block */

static unsigned char bytes[2 * SIZE];
static uint64_t packed;
static struct probe probe;

static void
setup(void)
{
	unsigned char *data = malloc(SIZE);
	uLongf room = sizeof bytes - BEFORE;

	ck_assert_ptr_nonnull(data);
	for (size_t i = 0; i < SIZE; i++)
		data[i] = (unsigned char)(i ^ i >> 6);
	memset(bytes, 0xff, sizeof bytes);
	ck_assert_int_eq(compress(bytes + BEFORE, &room, data, SIZE), Z_OK);
	packed = room;
	free(data);
	probe_init(&probe);
}

static void
teardown(void)
{
	probe_free(&probe);
}

/* Tries what stands behind the first bytes of a file of `size`, if it costs no more than that. */
static enum probe_result
try_for(size_t size, uint64_t length, uint64_t inflated, uint64_t cost)
{
	enum probe_result result;
	struct file file;

	ck_assert_int_eq(file_open_memory(&file, bytes, size), 0);
	result = probe_block(&probe, &file, BEFORE, length, inflated, cost);
	file_close(&file);
	return result;
}

static enum probe_result
try_block(size_t size, uint64_t length, uint64_t inflated)
{
	return try_for(size, length, inflated, UINT64_MAX);
}

/* Puts a stream of so many empty blocks there, whose codes are the fixed ones. Returns its bytes, without a checksum. */
static size_t
put_empty_blocks(unsigned n)
{
	struct stream_code literals, distances;
	struct stream s;

	bytes[BEFORE] = 0x78;
	bytes[BEFORE + 1] = 0x9c;
	stream_begin(&s, bytes + BEFORE + 2, sizeof bytes - BEFORE - 2);
	stream_fixed_codes(&literals, &distances);
	for (unsigned i = 0; i < n; i++) {
		stream_block(&s, i + 1 == n, STREAM_FIXED);
		stream_symbol(&s, &literals, 256);
	}
	stream_align(&s);
	return 2 + stream_size(&s);
}

START_TEST(whole_whatever_may_follow)
{
	ck_assert_int_eq(try_block(BEFORE + packed, packed, SIZE), PROBE_WHOLE);
	ck_assert_int_eq(try_block(sizeof bytes, UINT64_MAX, UINT64_MAX - 1), PROBE_WHOLE);
	ck_assert_uint_eq(probe.length, packed);
	ck_assert_uint_eq(probe.inflated, SIZE);
}
END_TEST

START_TEST(larger_than_allowed)
{
	ck_assert_int_eq(try_block(sizeof bytes, packed, SIZE - 1), PROBE_BAD);
	ck_assert_int_eq(try_block(sizeof bytes, packed, 0), PROBE_BAD);
	ck_assert_int_eq(try_block(sizeof bytes, packed - 1, SIZE), PROBE_BAD);
	ck_assert_int_eq(try_block(sizeof bytes, 0, SIZE), PROBE_BAD);
}
END_TEST

START_TEST(cut_by_the_end_of_the_file)
{
	for (size_t size = 0; size < packed; size += 11)
		ck_assert_int_eq(try_block(BEFORE + size, packed, SIZE), PROBE_CUT);
}
END_TEST

/* Bytes in and out count, and blocks, and the attempt itself. */
START_TEST(costs_what_it_takes)
{
	ck_assert_int_eq(try_block(sizeof bytes, packed, SIZE), PROBE_WHOLE);
	ck_assert_uint_ge(probe.cost, packed + SIZE + 2 * PROBE_BLOCK_COST);
	ck_assert_uint_le(probe.cost, packed + SIZE + 20 * PROBE_BLOCK_COST);
	ck_assert_int_eq(try_for(sizeof bytes, packed, SIZE, probe.cost), PROBE_WHOLE);
	ck_assert_int_eq(try_for(sizeof bytes, packed, SIZE, SIZE / 2), PROBE_UNTRIED);
	ck_assert_uint_le(probe.cost, SIZE / 2 + (64 << 10) + (16 << 10) + PROBE_BLOCK_COST);
}
END_TEST

START_TEST(each_block_costs)
{
	const size_t size = put_empty_blocks(1000);
	uint64_t cost;

	memcpy(bytes + BEFORE + size, "\0\0\0\1", 4);
	ck_assert_int_eq(try_block(sizeof bytes, size + 4, 0), PROBE_WHOLE);
	ck_assert_uint_eq(probe.length, size + 4);
	cost = probe.cost;
	ck_assert_uint_ge(cost, 1000 * PROBE_BLOCK_COST);
	ck_assert_uint_le(cost, 1010 * PROBE_BLOCK_COST);
	for (size_t cut = 0; cut < size + 4; cut += 7)
		ck_assert_int_eq(try_block(BEFORE + cut, size + 4, 0), PROBE_CUT);
	ck_assert_int_eq(try_for(sizeof bytes, size + 4, 0, cost), PROBE_WHOLE);
	ck_assert_int_eq(try_for(sizeof bytes, size + 4, 0, cost / 2), PROBE_UNTRIED);
	ck_assert_uint_le(probe.cost, cost / 2 + 2 * PROBE_BLOCK_COST);
}
END_TEST

START_TEST(not_what_it_was)
{
	bytes[BEFORE + packed - 1] ^= 1;
	ck_assert_int_eq(try_block(sizeof bytes, packed, SIZE), PROBE_BAD);
	bytes[BEFORE] = 0;
	ck_assert_int_eq(try_block(sizeof bytes, packed, SIZE), PROBE_BAD);
}
END_TEST

START_TEST(headers_that_encoders_write)
{
	static const unsigned char right[][2] = { { 0x78, 0x01 }, { 0x78, 0x5e }, { 0x78, 0x9c }, { 0x78, 0xda } };

	for (unsigned a = 0, n = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++) {
			const unsigned char p[2] = { (unsigned char)a, (unsigned char)b };
			bool is = n < 4 && memcmp(p, right[n], 2) == 0;

			ck_assert_int_eq(probe_is_header(p), is);
			n += is;
		}
}
END_TEST

static TCase *
test_probe(void)
{
	TCase *t = tcase_create("probe");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, whole_whatever_may_follow);
	tcase_add_test(t, larger_than_allowed);
	tcase_add_test(t, cut_by_the_end_of_the_file);
	tcase_add_test(t, costs_what_it_takes);
	tcase_add_test(t, each_block_costs);
	tcase_add_test(t, not_what_it_was);
	tcase_add_test(t, headers_that_encoders_write);
	return t;
}

REGISTER(test_probe);
