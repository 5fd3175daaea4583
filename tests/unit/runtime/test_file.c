/*
 * test_file: views and the window behind them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/io/file.h"
#include "scratch.h"
#include "unit.h"

#define SIZE (600u << 10)

static unsigned char *data;

static void
setup(void)
{
	size_t i;

	data = malloc(SIZE);
	ck_assert_ptr_nonnull(data);
	for (i = 0; i < SIZE; i++)
		data[i] = (unsigned char)(i >> 8 ^ i);
}

static void
teardown(void)
{
	free(data);
	scratch_remove();
}

/* Asks for a view and compares it. */
static void
expect(struct file *f, uint64_t offset, size_t length, size_t available)
{
	size_t got;
	const unsigned char *p = file_at(f, offset, length, &got);

	ck_assert_uint_eq(got, available);
	if (available > 0)
		ck_assert_int_eq(memcmp(p, data + offset, available), 0);
}

/* Views in order, some of them overlapping, with gaps, and larger than the window. */
static void
expect_forward(struct file *f)
{
	expect(f, 0, 480, 480);
	expect(f, 0, 480, 480);
	expect(f, 480, 96, 96);
	expect(f, 500, 70000, 70000);
	expect(f, 500, 1, 1);
	expect(f, 70000, 300000, 300000);
	expect(f, 400000, 0, 0);
	expect(f, 500000, 100, 100);
	expect(f, SIZE - 10, 100, 10);
	expect(f, SIZE, 1, 0);
	expect(f, SIZE + 1000, 1, 0);
	ck_assert_uint_eq(file_end(f), SIZE);
	ck_assert_int_eq(f->error, 0);
	ck_assert_ptr_null(file_flaw(f));
}

START_TEST(a_regular_file_also_backwards)
{
	struct file f;

	ck_assert_int_eq(file_open_fd(&f, source_descriptor(scratch_file("log", data, SIZE), 0)), 0);
	expect_forward(&f);
	expect(&f, 10, 10, 10);
	expect_forward(&f);
	file_close(&f);
}
END_TEST

START_TEST(a_stream_forwards)
{
	unsigned char *packed = malloc(SIZE);
	size_t used = 0;
	struct file f;

	ck_assert_ptr_nonnull(packed);
	scratch_gzip(data, SIZE, packed, SIZE, &used);
	ck_assert_int_eq(file_open_memory(&f, packed, used), 0);
	expect_forward(&f);
	file_close(&f);
	free(packed);
}
END_TEST

START_TEST(a_stream_never_goes_back)
{
	int fd = scratch_pipe(data, 60000);
	struct file f;

	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(file_open_fd(&f, source_descriptor("-", 0)), 0);
	expect(&f, 50000, 100, 100);
	expect(&f, 59999, 2, 1);
	expect(&f, 60001, 1, 0);
	ck_assert_int_eq(f.error, 0);
	expect(&f, 10, 1, 0);
	ck_assert_int_eq(f.error, ESPIPE);
	file_close(&f);
	close(fd);
}
END_TEST

START_TEST(the_end_of_a_stream_is_found_by_reading)
{
	int fd = scratch_pipe(data, 60000);
	struct file f;

	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(file_open_fd(&f, source_descriptor("-", 0)), 0);
	expect(&f, 5, 10, 10);
	ck_assert_uint_eq(file_end(&f), 60000);
	file_close(&f);
	close(fd);
}
END_TEST

START_TEST(what_is_not_written_yet_is_not_there)
{
	struct file f;
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq((int)write(fds[1], data, 1000), 1000);
	ck_assert_int_eq(file_open_fd(&f, fds[0]), 0);
	ck_assert(file_is_there(&f, 10, 990));
	ck_assert(!file_is_there(&f, 10, 991));
	ck_assert(!file_is_there(&f, 2000, 1));
	ck_assert_int_eq((int)write(fds[1], data + 1000, 1500), 1500);
	ck_assert(file_is_there(&f, 2000, 500));
	expect(&f, 2000, 500, 500);
	close(fds[1]);
	ck_assert(file_is_there(&f, 2000, 501));
	expect(&f, 2000, 501, 500);
	ck_assert_int_eq(f.error, 0);
	file_close(&f);
	ck_assert_int_eq(file_open_fd(&f, source_descriptor(scratch_file("log", data, SIZE), 0)), 0);
	ck_assert(file_is_there(&f, SIZE - 1, 100));
	file_close(&f);
}
END_TEST

START_TEST(a_length_that_is_not_there_allocates_nothing)
{
	struct file f;

	ck_assert_int_eq(file_open_fd(&f, source_descriptor(scratch_file("log", data, 1000), 0)), 0);
	expect(&f, 0, SIZE_MAX / 4, 1000);
	ck_assert_uint_le(f.room, 1 << 20);
	file_close(&f);
}
END_TEST

START_TEST(a_log_that_is_cut_while_it_is_read)
{
	const char *path = scratch_file("log", data, SIZE);
	struct file f;

	ck_assert_int_eq(file_open_fd(&f, source_descriptor(path, 0)), 0);
	expect(&f, 0, 480, 480);
	ck_assert_int_eq(truncate(path, 300000), 0);
	expect(&f, 299990, 1000, 10);
	ck_assert_uint_eq(file_end(&f), 300000);
	ck_assert_uint_eq(file_lost(&f), SIZE - 300000);
	ck_assert_int_eq(truncate(path, SIZE + 100), 0);
	ck_assert_uint_eq(file_lost(&f), 0);
	ck_assert_int_eq(f.error, 0);
	file_close(&f);
}
END_TEST

/* Who goes from record to record looks ahead and then back: the place before is read once. */
START_TEST(a_look_ahead_and_back_reads_once)
{
	const char *path = scratch_file("log", data, SIZE);
	struct file f;

	ck_assert_int_eq(file_open_fd(&f, source_descriptor(path, 0)), 0);
	expect(&f, 0, 480, 480);
	for (uint64_t at = 150000; at <= 450000; at += 150000) {
		expect(&f, at - 1, 97, 97);
		expect(&f, at, 96, 96);
		expect(&f, at + 100000, 96, 96);
		ck_assert_uint_eq(f.have, FILE_GLANCE);
		ck_assert_int_eq(truncate(path, 0), 0); /* nothing can be read now */
		expect(&f, at, 96, 96);
		expect(&f, at + 10, FILE_GLANCE - 11, FILE_GLANCE - 11);
		expect(&f, at + 100000, 96, 96);
		scratch_file("log", data, SIZE);
	}
	expect(&f, 450000 + FILE_GLANCE - 10, 20, 20);
	file_set_part(&f, data, 100, 0);
	expect(&f, 450000, 10, 0);
	file_close(&f);
}
END_TEST

static TCase *
test_file(void)
{
	TCase *t = tcase_create("file");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_regular_file_also_backwards);
	tcase_add_test(t, a_stream_forwards);
	tcase_add_test(t, a_stream_never_goes_back);
	tcase_add_test(t, the_end_of_a_stream_is_found_by_reading);
	tcase_add_test(t, what_is_not_written_yet_is_not_there);
	tcase_add_test(t, a_length_that_is_not_there_allocates_nothing);
	tcase_add_test(t, a_look_ahead_and_back_reads_once);
	tcase_add_test(t, a_log_that_is_cut_while_it_is_read);
	return t;
}

REGISTER(test_file);
