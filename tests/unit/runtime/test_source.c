/*
 * test_source: bytes from files, pipes, memory and gzip.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/io/source.h"
#include "scratch.h"
#include "unit.h"

#define SIZE 20000

static unsigned char data[SIZE], packed[SIZE];
static size_t packed_size;

static void
setup(void)
{
	size_t i;

	for (i = 0; i < SIZE; i++)
		data[i] = (unsigned char)(i * i >> 7 ^ i);
	packed_size = 0;
}

static void
teardown(void)
{
	scratch_remove();
}

/* Reads to the end in odd pieces and compares with `data`; returns how many bytes came. */
static size_t
read_all(struct source *s)
{
	unsigned char piece[777];
	size_t at = 0, n;

	while ((n = source_read(s, piece, sizeof piece, at)) > 0) {
		ck_assert_uint_le(at + n, SIZE);
		ck_assert_int_eq(memcmp(piece, data + at, n), 0);
		at += n;
	}
	return at;
}

START_TEST(a_regular_file_is_read_anywhere)
{
	unsigned char byte;
	struct source s;
	uint64_t size;

	ck_assert_int_eq(source_open_fd(&s, source_descriptor(scratch_file("log", data, SIZE), 0)), 0);
	ck_assert(source_is_seekable(&s));
	ck_assert(source_size(&s, &size));
	ck_assert_uint_eq(size, SIZE);
	ck_assert_uint_eq(source_read(&s, &byte, 1, SIZE - 1), 1);
	ck_assert_uint_eq(byte, data[SIZE - 1]);
	ck_assert_uint_eq(source_read(&s, &byte, 1, SIZE), 0);
	ck_assert_uint_eq(source_read(&s, &byte, 1, UINT64_MAX), 0);
	ck_assert_uint_eq(read_all(&s), SIZE);
	ck_assert_int_eq(s.error, 0);
	source_close(&s);
}
END_TEST

START_TEST(standard_input_begins_where_it_stands)
{
	int fd = open(scratch_file("log", data, SIZE), O_RDONLY);
	unsigned char byte;
	struct source s;
	uint64_t size;

	ck_assert_int_eq((int)lseek(fd, 100, SEEK_SET), 100);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor("-", 0)), 0);
	ck_assert(source_size(&s, &size));
	ck_assert_uint_eq(size, SIZE - 100);
	ck_assert_uint_eq(source_read(&s, &byte, 1, 0), 1);
	ck_assert_uint_eq(byte, data[100]);
	source_close(&s);
	close(fd);
}
END_TEST

START_TEST(a_pipe_is_read_in_order)
{
	int fd = scratch_pipe(data, SIZE);
	struct source s;
	uint64_t size;

	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor("-", 0)), 0);
	ck_assert(!source_is_seekable(&s));
	ck_assert(!source_size(&s, &size));
	ck_assert_uint_eq(read_all(&s), SIZE);
	source_close(&s);
	close(fd);
}
END_TEST

START_TEST(a_pipe_with_fewer_bytes_than_gzips_magic)
{
	int fd = scratch_pipe(data, 1);
	struct source s;

	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor("-", 0)), 0);
	ck_assert_uint_eq(read_all(&s), 1);
	source_close(&s);
	close(fd);
}
END_TEST

START_TEST(gzip_is_undone_wherever_it_comes_from)
{
	struct source s;
	int fd;

	scratch_gzip(data, SIZE, packed, sizeof packed, &packed_size);
	ck_assert_int_eq(source_open_memory(&s, packed, packed_size), 0);
	ck_assert(!source_is_seekable(&s));
	ck_assert_uint_eq(read_all(&s), SIZE);
	ck_assert_ptr_null(s.flaw);
	source_close(&s);

	ck_assert_int_eq(source_open_fd(&s, source_descriptor(scratch_file("log.gz", packed, packed_size), 0)), 0);
	ck_assert_uint_eq(read_all(&s), SIZE);
	source_close(&s);

	fd = scratch_pipe(packed, packed_size);
	ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor("-", 0)), 0);
	ck_assert_uint_eq(read_all(&s), SIZE);
	source_close(&s);
	close(fd);
}
END_TEST

START_TEST(gzip_members_follow_each_other)
{
	struct source s;

	scratch_gzip(data, 5000, packed, sizeof packed, &packed_size);
	scratch_gzip(data + 5000, 0, packed, sizeof packed, &packed_size);
	scratch_gzip(data + 5000, SIZE - 5000, packed, sizeof packed, &packed_size);
	ck_assert_int_eq(source_open_memory(&s, packed, packed_size), 0);
	ck_assert_uint_eq(read_all(&s), SIZE);
	ck_assert_ptr_null(s.flaw);
	source_close(&s);
}
END_TEST

/* As gzip has it: zeros fill up a block or a tape. What follows them may be a member again, but nothing else. */
START_TEST(zeros_behind_a_gzip_member_are_padding)
{
	static const size_t paddings[] = { 1, 2, 511, 70000 };
	static unsigned char padded[4 * 70000];
	struct source s;
	size_t i, used;

	for (i = 0; i < sizeof paddings / sizeof paddings[0]; i++) {
		memset(padded, 0, sizeof padded);
		used = 0;
		scratch_gzip(data, 5000, padded, sizeof padded, &used);
		ck_assert_int_eq(source_open_memory(&s, padded, used + paddings[i]), 0);
		ck_assert_uint_eq(read_all(&s), 5000);
		ck_assert_ptr_null(s.flaw);
		source_close(&s);

		used += paddings[i];
		scratch_gzip(data + 5000, SIZE - 5000, padded, sizeof padded, &used);
		ck_assert_int_eq(source_open_memory(&s, padded, used + paddings[i]), 0);
		ck_assert_uint_eq(read_all(&s), SIZE);
		ck_assert_ptr_null(s.flaw);
		source_close(&s);

		memset(padded + used + paddings[i], 'x', 2);
		ck_assert_int_eq(source_open_memory(&s, padded, used + paddings[i] + 2), 0);
		ck_assert_uint_eq(read_all(&s), SIZE);
		ck_assert_str_eq(s.flaw, "the gzip data is corrupt");
		source_close(&s);
	}
}
END_TEST

static int waited;

static void
write_more(void *context)
{
	waited++;
	ck_assert_int_eq((int)write(*(int *)context, data + 10, 10), 10);
	close(*(int *)context);
}

START_TEST(a_writer_is_waited_for)
{
	unsigned char bytes[20];
	struct source s;
	int fds[2];

	waited = 0;
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq((int)write(fds[1], data, 10), 10);
	ck_assert_int_eq(source_open_fd(&s, fds[0]), 0);
	s.waits = write_more;
	s.context = &fds[1];
	ck_assert(source_is_live(&s));
	ck_assert_uint_eq(source_read(&s, bytes, 2, 0), 2);
	ck_assert_uint_eq(source_read(&s, bytes + 2, 18, 2), 8);
	s.hasty = true;
	ck_assert_uint_eq(source_read(&s, bytes + 10, 10, 10), 0);
	ck_assert(s.dry);
	ck_assert_int_eq(waited, 0);
	s.hasty = false;
	ck_assert_uint_eq(source_read(&s, bytes + 10, 10, 10), 10);
	ck_assert_int_eq(waited, 1);
	ck_assert_uint_eq(source_read(&s, bytes, 1, 20), 0);
	ck_assert(!s.dry);
	ck_assert_int_eq(s.error, 0);
	ck_assert_int_eq(memcmp(bytes, data, 20), 0);
	source_close(&s);
}
END_TEST

START_TEST(a_descriptor_that_does_not_block)
{
	unsigned char bytes[20];
	struct source s;
	int fds[2];

	waited = 0;
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq((int)write(fds[1], data, 10), 10);
	ck_assert_int_eq(source_open_fd(&s, fds[0]), 0);
	ck_assert_uint_eq(source_read(&s, bytes, 2, 0), 2);
	ck_assert_uint_eq(source_read(&s, bytes + 2, 18, 2), 8);
	s.hasty = true;
	ck_assert_uint_eq(source_read(&s, bytes + 10, 10, 10), 0);
	ck_assert(s.dry);
	ck_assert_int_eq(s.error, 0);
	s.hasty = false;
	if (fork() == 0) {
		poll(NULL, 0, 20);
		write_more(&fds[1]);
		_exit(0);
	}
	close(fds[1]);
	ck_assert_uint_eq(source_read(&s, bytes + 10, 10, 10), 10);
	ck_assert_int_eq(s.error, 0);
	ck_assert_int_eq(memcmp(bytes, data, 20), 0);
	source_close(&s);
}
END_TEST

START_TEST(gzip_cut_anywhere_has_a_flaw)
{
	struct source s;
	size_t cut;

	scratch_gzip(data, SIZE, packed, sizeof packed, &packed_size);
	for (cut = 2; cut < packed_size; cut += 13) {
		ck_assert_int_eq(source_open_memory(&s, packed, cut), 0);
		ck_assert_uint_le(read_all(&s), SIZE);
		ck_assert_str_eq(s.flaw, "the gzip data ends early");
		source_close(&s);
	}
}
END_TEST

START_TEST(gzip_that_is_corrupt_has_a_flaw)
{
	struct source s;

	scratch_gzip(data, SIZE, packed, sizeof packed, &packed_size);
	packed[packed_size - 6] ^= 1; /* in the checksum */
	ck_assert_int_eq(source_open_memory(&s, packed, packed_size), 0);
	ck_assert_uint_eq(read_all(&s), SIZE);
	ck_assert_str_eq(s.flaw, "the gzip data is corrupt");
	source_close(&s);
}
END_TEST

START_TEST(what_cannot_be_opened)
{
	struct source s;

	ck_assert_int_eq(source_open_fd(&s, source_descriptor(scratch_path("nothing"), 0)), ENOENT);
	source_close(&s);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor(scratch_path("."), 0)), EISDIR);
	source_close(&s);
	close(STDIN_FILENO);
	ck_assert_int_eq(source_open_fd(&s, source_descriptor("-", 0)), EBADF);
	source_close(&s);
}
END_TEST

static TCase *
test_source(void)
{
	TCase *t = tcase_create("source");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_regular_file_is_read_anywhere);
	tcase_add_test(t, standard_input_begins_where_it_stands);
	tcase_add_test(t, a_pipe_is_read_in_order);
	tcase_add_test(t, a_pipe_with_fewer_bytes_than_gzips_magic);
	tcase_add_test(t, gzip_is_undone_wherever_it_comes_from);
	tcase_add_test(t, gzip_members_follow_each_other);
	tcase_add_test(t, zeros_behind_a_gzip_member_are_padding);
	tcase_add_test(t, a_writer_is_waited_for);
	tcase_add_test(t, a_descriptor_that_does_not_block);
	tcase_add_test(t, gzip_cut_anywhere_has_a_flaw);
	tcase_add_test(t, gzip_that_is_corrupt_has_a_flaw);
	tcase_add_test(t, what_cannot_be_opened);
	return t;
}

REGISTER(test_source);
