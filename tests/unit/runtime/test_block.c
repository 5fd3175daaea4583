/*
 * test_block: compressed blocks, whole and not.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/block.h"
#include "rawlog/io/hugebuf.h"
#include "scratch.h"
#include "unit.h"

#define SIZE (1u << 20)

static unsigned char *data, *packed;
static size_t packed_size;
static struct block block;

static void
setup(void)
{
	uLongf room = compressBound(SIZE) + 16;
	size_t i;

	data = malloc(SIZE);
	packed = malloc(room);
	ck_assert(data != NULL && packed != NULL);
	for (i = 0; i < SIZE; i++)
		data[i] = (unsigned char)(i >> 5 ^ i >> 9 ^ i * 7);
	ck_assert_int_eq(compress(packed, &room, data, SIZE), Z_OK);
	packed_size = room;
	block_init(&block);
}

static void
teardown(void)
{
	block_free(&block);
	free(data);
	free(packed);
}

/*
 * Takes structs of `size` bytes out of the first `length` compressed bytes, of which `present` are in the
 * file, until no more come. Returns what block_begin says; `taken` is set to the structs taken.
 */
static enum block_result
take_all(size_t present, size_t length, size_t inflated, size_t size, size_t *taken)
{
	enum block_result result;
	const unsigned char *p;
	struct file file;
	size_t nwrong = 0;

	ck_assert_int_eq(file_open_memory(&file, packed, present), 0);
	result = block_begin(&block, &file, 0, length, inflated);
	for (*taken = 0; (p = block_take(&block, size)) != NULL; ++*taken)
		nwrong += memcmp(p, data + *taken * size, size) != 0; /* an assertion is a system call */
	ck_assert_uint_eq(nwrong, 0);
	file_close(&file);
	return result;
}

START_TEST(whole_in_structs_of_any_size)
{
	static const size_t sizes[] = { 1, 64, 1024, 65536, 262144, 524288, 1048576 };
	size_t taken;

	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, sizes[_i], &taken), BLOCK_OK);
	ck_assert_uint_eq(taken, SIZE / sizes[_i]);
	ck_assert_uint_le(block.room, 2 * SIZE);
}
END_TEST

START_TEST(one_object_serves_many_blocks)
{
	size_t taken;

	packed[packed_size / 2] ^= 0xff;
	ck_assert_int_ne(take_all(packed_size, packed_size, SIZE, 1024, &taken), BLOCK_OK);
	packed[packed_size / 2] ^= 0xff;
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, 1024, &taken), BLOCK_OK);
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, SIZE, &taken), BLOCK_OK);
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, 1024, &taken), BLOCK_OK);
	ck_assert_uint_eq(taken, 1024);
}
END_TEST

START_TEST(fewer_bytes_than_expected)
{
	size_t taken;

	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE + 1024, 1024, &taken), BLOCK_SHORT);
	ck_assert_uint_eq(taken, 1024);
}
END_TEST

START_TEST(more_bytes_than_expected)
{
	size_t taken;

	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE - 1024, 1024, &taken), BLOCK_LONG);
	ck_assert_uint_eq(taken, 1023);
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE - 1024, 1, &taken), BLOCK_LONG);
	ck_assert_uint_eq(taken, SIZE - 1024);
	ck_assert_int_eq(take_all(packed_size, packed_size, 0, 1024, &taken), BLOCK_LONG);
	ck_assert_uint_eq(taken, 0);
}
END_TEST

START_TEST(fewer_compressed_bytes_than_there_are)
{
	size_t taken;

	ck_assert_int_eq(take_all(packed_size, packed_size / 2, SIZE, 1024, &taken), BLOCK_UNFINISHED);
	ck_assert_uint_gt(taken, 0);
	ck_assert_uint_lt(taken, 1024);
	ck_assert_int_eq(take_all(packed_size, packed_size - 1, SIZE, 1024, &taken), BLOCK_UNFINISHED);
	ck_assert_uint_eq(taken, 1024); /* only the checksum is missing */
}
END_TEST

START_TEST(corrupt_from_some_point)
{
	size_t taken;

	memset(packed + packed_size / 2, 0xff, 64);
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, 1 << 15, &taken), BLOCK_CORRUPT);
	ck_assert_uint_gt(taken, 0);
	ck_assert_uint_lt(taken, SIZE >> 15);
	packed[0] = 0;
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, 1024, &taken), BLOCK_CORRUPT);
	ck_assert_uint_eq(taken, 0);
}
END_TEST

START_TEST(a_wrong_checksum)
{
	size_t taken;

	packed[packed_size - 1] ^= 1;
	ck_assert_int_eq(take_all(packed_size, packed_size, SIZE, 1024, &taken), BLOCK_CHECKSUM);
	ck_assert_uint_eq(taken, 1024); /* it may be only the checksum */
}
END_TEST

START_TEST(which_results_a_checksum_vouches_for)
{
	static const enum block_result yes[] = { BLOCK_OK, BLOCK_SHORT, BLOCK_SURPLUS };
	static const enum block_result no[] = { BLOCK_CUT, BLOCK_LONG, BLOCK_UNFINISHED, BLOCK_CHECKSUM, BLOCK_CORRUPT,
		BLOCK_NO_MEMORY };

	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		ck_assert(block_is_verified(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		ck_assert(!block_is_verified(no[i]));
}
END_TEST

START_TEST(bytes_after_the_end)
{
	size_t taken;

	memset(packed + packed_size, 0, 3);
	ck_assert_int_eq(take_all(packed_size + 3, packed_size + 3, SIZE, 1024, &taken), BLOCK_SURPLUS);
	ck_assert_uint_eq(taken, 1024);
}
END_TEST

START_TEST(a_log_that_ends_inside)
{
	size_t taken, present;

	for (present = 0; present < packed_size; present += 1 + packed_size / 50)
		ck_assert_int_eq(take_all(present, packed_size, SIZE, 1024, &taken), BLOCK_CUT);
	ck_assert_uint_gt(taken, 500);
	ck_assert_int_eq(take_all(packed_size - 1, packed_size, SIZE, 1024, &taken), BLOCK_CUT);
	ck_assert_uint_eq(taken, 1024);
}
END_TEST

START_TEST(nothing_is_expected)
{
	uLongf size = 64;
	size_t taken;

	ck_assert_int_eq(take_all(0, 0, 0, 1024, &taken), BLOCK_OK);
	ck_assert_int_eq(compress(packed, &size, data, 0), Z_OK);
	ck_assert_uint_eq(size, 8);
	ck_assert_int_eq(take_all(size, size, 0, 1024, &taken), BLOCK_OK);
}
END_TEST

START_TEST(an_impossible_amount_allocates_nothing)
{
	struct file file;

	ck_assert_int_eq(file_open_memory(&file, packed, packed_size), 0);
	ck_assert_int_eq(block_begin(&block, &file, 0, UINT64_C(1) << 40, UINT64_C(1) << 50), BLOCK_SHORT);
	ck_assert_uint_le(block.room, 2 * SIZE);
	file_close(&file);
}
END_TEST

#define LARGE (3 * (size_t)BLOCK_KEPT_MAX + 777)

/* The byte at `i` of a large block. */
static unsigned char
large_byte(size_t i)
{
	return (unsigned char)(i % 251 ^ i >> 16);
}

/* Compresses so many of them into fresh memory. */
static unsigned char *
pack_large(size_t count, uLongf *size)
{
	unsigned char *bytes = malloc(count), *result;
	size_t i;

	*size = compressBound(count);
	result = malloc(*size);
	ck_assert(bytes != NULL && result != NULL);
	for (i = 0; i < count; i++)
		bytes[i] = large_byte(i);
	ck_assert_int_eq(compress2(result, size, bytes, count, 1), Z_OK);
	free(bytes);
	return result;
}

/* Takes a block in structs of 1000 of such bytes, of which `count` should come out, and of which that is the result. */
static void
take_large(const unsigned char *bytes, size_t size, size_t count, enum block_result result)
{
	const unsigned char *p;
	struct file file;
	size_t n, nwrong = 0;

	ck_assert_int_eq(file_open_memory(&file, bytes, size), 0);
	ck_assert_int_eq(block_begin(&block, &file, 0, size, count), result);
	for (n = 0; (p = block_take(&block, 1000)) != NULL; n++)
		for (size_t i = 0; i < 1000; i += 37)
			nwrong += p[i] != large_byte(n * 1000 + i); /* an assertion for each byte would take seconds */
	ck_assert_uint_eq(nwrong, 0);
	ck_assert_uint_eq(n, count / 1000);
	if (result == BLOCK_OK)
		ck_assert_int_eq(block.result, BLOCK_OK);
	file_close(&file);
}

START_TEST(a_block_larger_than_caches)
{
	const size_t count = 2 * HUGEBUF_MIN + 777;
	uLongf size;
	unsigned char *bytes = pack_large(count, &size);

	take_large(bytes, size, count, BLOCK_OK);
	free(bytes);
}
END_TEST

START_TEST(a_large_block_is_not_kept)
{
	uLongf size;
	unsigned char *bytes = pack_large(LARGE, &size);

	take_large(bytes, size, LARGE, BLOCK_OK);
	bytes[size - 1] ^= 1;
	take_large(bytes, size, LARGE, BLOCK_CHECKSUM);
	ck_assert_uint_le(block.room, SIZE);
	free(bytes);
}
END_TEST

START_TEST(a_large_block_of_a_stream)
{
	unsigned char *bytes, *twice;
	struct file file;
	size_t used = 0, n = 0;
	uLongf size;

	bytes = pack_large(LARGE, &size);
	twice = malloc(2 * size + 1000);
	ck_assert_ptr_nonnull(twice);
	scratch_gzip(bytes, size, twice, 2 * size + 1000, &used);
	ck_assert_int_eq(file_open_memory(&file, twice, used), 0);
	ck_assert_int_eq(block_begin(&block, &file, 0, size, LARGE), BLOCK_OK);
	while (block_take(&block, 1000) != NULL)
		n++;
	ck_assert_uint_eq(n, LARGE / 1000);
	file_close(&file);
	free(bytes);
	free(twice);
}
END_TEST

START_TEST(a_large_block_that_changes_between)
{
	unsigned char *bytes;
	struct file file;
	uLongf size;
	size_t n = 0;

	bytes = pack_large(LARGE, &size);
	ck_assert_int_eq(file_open_memory(&file, bytes, size), 0);
	ck_assert_int_eq(block_begin(&block, &file, 0, size, LARGE), BLOCK_OK);
	memset(bytes, 0xff, size);
	memset(file.window, 0xff, file.have);
	while (block_take(&block, 1000) != NULL)
		n++;
	ck_assert_uint_lt(n, LARGE / 1000);
	ck_assert_int_ne(block.result, BLOCK_OK);
	file_close(&file);
	free(bytes);
}
END_TEST

static TCase *
test_block(void)
{
	TCase *t = tcase_create("block");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, whole_in_structs_of_any_size, 0, 7);
	tcase_add_test(t, one_object_serves_many_blocks);
	tcase_add_test(t, fewer_bytes_than_expected);
	tcase_add_test(t, more_bytes_than_expected);
	tcase_add_test(t, fewer_compressed_bytes_than_there_are);
	tcase_add_test(t, corrupt_from_some_point);
	tcase_add_test(t, a_wrong_checksum);
	tcase_add_test(t, which_results_a_checksum_vouches_for);
	tcase_add_test(t, bytes_after_the_end);
	tcase_add_test(t, a_log_that_ends_inside);
	tcase_add_test(t, nothing_is_expected);
	tcase_add_test(t, an_impossible_amount_allocates_nothing);
	tcase_add_test(t, a_block_larger_than_caches);
	tcase_add_test(t, a_large_block_is_not_kept);
	tcase_add_test(t, a_large_block_of_a_stream);
	tcase_add_test(t, a_large_block_that_changes_between);
	tcase_set_timeout(t, 600); /* on a busy machine */
	return t;
}

REGISTER(test_block);
