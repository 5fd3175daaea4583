/*
 * test_probe: whether a whole compressed block stands somewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "probe.h"
#include "suites.h"

#define SIZE	100000u
#define BEFORE	7u		/* bytes before the block */

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

/* Tries what stands behind the first bytes of a file of `size`. */
static enum probe_result
try_block(size_t size, uint64_t length, uint64_t inflated)
{
	enum probe_result result;
	struct file file;

	ck_assert_int_eq(file_open_memory(&file, bytes, size), 0);
	result = probe_block(&probe, &file, BEFORE, length, inflated);
	file_close(&file);
	return result;
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
	static const unsigned char right[][2] = {{0x78, 0x01}, {0x78, 0x5e}, {0x78, 0x9c}, {0x78, 0xda}};

	for (unsigned a = 0, n = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++) {
			const unsigned char p[2] = {(unsigned char)a, (unsigned char)b};
			bool is = n < 4 && memcmp(p, right[n], 2) == 0;

			ck_assert_int_eq(probe_is_header(p), is);
			n += is;
		}
}
END_TEST

TCase *
test_probe(void)
{
	TCase *t = tcase_create("probe");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, whole_whatever_may_follow);
	tcase_add_test(t, larger_than_allowed);
	tcase_add_test(t, cut_by_the_end_of_the_file);
	tcase_add_test(t, not_what_it_was);
	tcase_add_test(t, headers_that_encoders_write);
	return t;
}
