/*
 * test_inflate: what is taken at once is what zlib takes, however a stream is spoilt. Without libdeflate nothing is taken
 * at once, and there is nothing to compare.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "rawlog/io/inflate.h"
#include "unit.h"

#define SIZE 5000

static struct inflate whole;
static unsigned char data[SIZE], packed[2 * SIZE], fast[SIZE], slow[SIZE];
static size_t packed_size;

static void
setup(void)
{
	uLongf size = sizeof packed;

	for (size_t i = 0; i < SIZE; i++)
		data[i] = (unsigned char)(i >> 3 ^ i * i >> 7);
	ck_assert_int_eq(compress(packed, &size, data, SIZE), Z_OK);
	packed_size = size;
	inflate_init(&whole);
}

static void
teardown(void)
{
	inflate_free(&whole);
}

/* Whether zlib says that all is right, with `out_size` bytes from exactly `in_size`. */
static bool
zlib_takes(const unsigned char *in, size_t in_size, size_t out_size)
{
	z_stream z = { 0 };
	bool good;

	if (inflateInit(&z) != Z_OK)
		ck_abort();
	z.next_in = (unsigned char *)in;
	z.avail_in = (uInt)in_size;
	z.next_out = slow;
	z.avail_out = (uInt)out_size;
	good = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in == 0 && z.avail_out == 0;
	inflateEnd(&z);
	return good;
}

/* Both say the same of the stream, and give the same. True if they take it. */
static bool
agree(const unsigned char *in, size_t in_size, size_t out_size)
{
	const bool expected = inflate_is_fast() && zlib_takes(in, in_size, out_size);

	/* no assertions, which are system calls: this is asked of thousands of streams */
	if (inflate_whole(&whole, in, in_size, fast, out_size) != expected)
		ck_abort_msg("%zu bytes: only one takes them", in_size);
	if (expected && memcmp(fast, slow, out_size) != 0)
		ck_abort_msg("%zu bytes: they give different bytes", in_size);
	return expected;
}

START_TEST(a_whole_stream)
{
	ck_assert_int_eq(agree(packed, packed_size, SIZE), inflate_is_fast());
	ck_assert_int_eq(memcmp(fast, data, inflate_is_fast() ? SIZE : 0), 0);
}
END_TEST

START_TEST(of_another_size)
{
	ck_assert(!agree(packed, packed_size, SIZE - 1));
	ck_assert(!agree(packed, packed_size + 1, SIZE));
	for (size_t size = 0; size < packed_size; size++)
		ck_assert(!agree(packed, size, SIZE));
}
END_TEST

START_TEST(with_any_bit_flipped)
{
	for (size_t i = 0; i < packed_size * 8; i++) {
		packed[i / 8] ^= (unsigned char)(1 << i % 8);
		agree(packed, packed_size, SIZE);
		packed[i / 8] ^= (unsigned char)(1 << i % 8);
	}
}
END_TEST

/* Method, window and dictionary: with the check bits put right each time. */
START_TEST(with_any_header)
{
	for (unsigned header = 0; header < 65536; header += 32) {
		const unsigned right = header + (31 - header % 31) % 31;

		packed[0] = (unsigned char)(right >> 8);
		packed[1] = (unsigned char)right;
		agree(packed, packed_size, SIZE);
	}
}
END_TEST

START_TEST(at_any_level)
{
	uLongf size = sizeof packed;

	ck_assert_int_eq(compress2(packed, &size, data, SIZE, _i), Z_OK);
	ck_assert_int_eq(agree(packed, size, SIZE), inflate_is_fast());
}
END_TEST

START_TEST(says_what_is_in_use)
{
	ck_assert_ptr_nonnull(strstr(inflate_libraries(), "zlib "));
	ck_assert_int_eq(strstr(inflate_libraries(), "libdeflate ") != NULL, inflate_is_fast());
}
END_TEST

static TCase *
test_inflate(void)
{
	TCase *t = tcase_create("inflate");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_whole_stream);
	tcase_add_test(t, of_another_size);
	tcase_add_test(t, with_any_bit_flipped);
	tcase_add_test(t, with_any_header);
	tcase_add_loop_test(t, at_any_level, 0, 10);
	tcase_add_test(t, says_what_is_in_use);
	return t;
}

REGISTER(test_inflate);
