/*
 * test_sqlite_bytes: what SQLite reads is what it wrote last, however reads and writes are gathered.
 */
#ifdef HAVE_SQLITE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/sqlite_bytes.h"
#include "scratch.h"
#include "unit.h"

#define PAGE  4096
#define PAGES 64 /* four pieces */
#define END   ((int64_t)PAGE * PAGES)

static struct sqlite_bytes bytes;
static char page[PAGE];

static void
open_bytes(void)
{
	memset(&bytes, 0, sizeof bytes);
	bytes.fd = open(scratch_path("bytes"), O_RDWR | O_CREAT | O_TRUNC, 0600);
	ck_assert_int_ge(bytes.fd, 0);
}

static void
write_page(int number, int value)
{
	memset(page, value, sizeof page);
	ck_assert(sqlite_bytes_write(&bytes, page, sizeof page, (int64_t)number * PAGE));
}

/* Reads a page, whose bytes all have the same value, and returns it. */
static int
read_page(int number)
{
	ck_assert(sqlite_bytes_read(&bytes, page, sizeof page, (int64_t)number * PAGE, END));
	ck_assert_int_eq(memcmp(page, page + 1, sizeof page - 1), 0);
	return page[0];
}

static int64_t
length(void)
{
	struct stat st;

	ck_assert_int_eq(fstat(bytes.fd, &st), 0);
	return st.st_size;
}

static void
write_pages(void)
{
	for (int i = 0; i < PAGES; i++)
		write_page(i, i + 1);
}

START_TEST(writes_that_follow_each_other_are_one)
{
	open_bytes();
	for (int i = 0; i < SQLITE_BYTES_PIECE / PAGE; i++)
		write_page(i, 1);
	ck_assert_int_eq(length(), 0);
	write_page(SQLITE_BYTES_PIECE / PAGE, 1);
	ck_assert_int_eq(length(), SQLITE_BYTES_PIECE);
	ck_assert(sqlite_bytes_flush(&bytes));
	ck_assert_int_eq(length(), SQLITE_BYTES_PIECE + PAGE);
	close(bytes.fd);
}
END_TEST

START_TEST(a_piece_may_end_within_a_write)
{
	static char much[3 * SQLITE_BYTES_PIECE], got[sizeof much];

	for (size_t i = 0; i < sizeof much; i++)
		much[i] = (char)(i % 251);
	open_bytes();
	ck_assert(sqlite_bytes_write(&bytes, much, 1000, 0));
	ck_assert(sqlite_bytes_write(&bytes, much + 1000, sizeof much - 1000, 1000));
	ck_assert(sqlite_bytes_read(&bytes, got, sizeof got, 0, sizeof got));
	ck_assert_int_eq(memcmp(much, got, sizeof got), 0);
	close(bytes.fd);
}
END_TEST

START_TEST(what_is_not_written_yet_is_read)
{
	open_bytes();
	write_page(5, 'a');
	ck_assert_int_eq(read_page(5), 'a');
	write_page(5, 'b'); /* the same page again */
	write_page(6, 'c');
	ck_assert_int_eq(read_page(6), 'c');
	ck_assert_int_eq(read_page(5), 'b');
	close(bytes.fd);
}
END_TEST

START_TEST(pages_are_read_ahead_where_they_are_read_in_order)
{
	open_bytes();
	write_pages();
	ck_assert(sqlite_bytes_flush(&bytes));
	ck_assert_int_eq(read_page(1), 2); /* does not follow a read */
	ck_assert_uint_eq(bytes.ahead_size, 0);
	ck_assert_int_eq(read_page(2), 3);
	ck_assert_uint_eq(bytes.ahead_size, SQLITE_BYTES_PIECE);
	for (int i = 0; i < PAGES; i++)
		ck_assert_int_eq(read_page(i), i + 1);
	close(bytes.fd);
}
END_TEST

START_TEST(a_page_read_ahead_is_written)
{
	open_bytes();
	write_pages();
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(read_page(i), i + 1);
	ck_assert_uint_eq(bytes.ahead_size, SQLITE_BYTES_PIECE);
	write_page(5, 'x');
	ck_assert_int_eq(read_page(4), 5);
	ck_assert_int_eq(read_page(5), 'x');
	close(bytes.fd);
}
END_TEST

START_TEST(pages_not_written_yet_are_read_ahead)
{
	open_bytes();
	write_pages();
	ck_assert(sqlite_bytes_flush(&bytes));
	ck_assert_int_eq(read_page(0), 1);
	write_page(3, 'x'); /* in the piece that the next read reads ahead */
	for (int i = 1; i < PAGES; i++)
		ck_assert_int_eq(read_page(i), i == 3 ? 'x' : i + 1);
	close(bytes.fd);
}
END_TEST

START_TEST(nothing_is_read_ahead_behind_the_end)
{
	open_bytes();
	write_pages();
	ck_assert_int_eq(read_page(PAGES - 3), PAGES - 2);
	ck_assert_int_eq(read_page(PAGES - 2), PAGES - 1);
	ck_assert_uint_eq(bytes.ahead_size, 0);
	ck_assert_int_eq(read_page(PAGES + 5), 0); /* zeros */
	close(bytes.fd);
}
END_TEST

START_TEST(a_length_forgets_what_was_read_ahead)
{
	open_bytes();
	write_pages();
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(read_page(i), i + 1);
	write_page(PAGES - 1, 'x'); /* written before it is cut off */
	ck_assert(sqlite_bytes_truncate(&bytes, PAGE));
	ck_assert_int_eq(length(), PAGE);
	ck_assert_int_eq(read_page(4), 0);
	ck_assert_int_eq(read_page(0), 1);
	close(bytes.fd);
}
END_TEST

START_TEST(the_first_error_stays)
{
	open_bytes();
	write_page(0, 'a');
	close(bytes.fd);
	bytes.fd = -1;
	ck_assert(!sqlite_bytes_flush(&bytes));
	ck_assert_int_eq(bytes.error, EBADF);
	ck_assert(!sqlite_bytes_fail(&bytes, ENOSPC));
	ck_assert_int_eq(bytes.error, EBADF);
	ck_assert(!sqlite_bytes_read(&bytes, page, sizeof page, 0, PAGE));
	bytes.fd = open(scratch_path("bytes"), O_RDWR);
	ck_assert(!sqlite_bytes_flush(&bytes)); /* a page before it may be lost */
	ck_assert_int_eq(length(), 0);
	ck_assert(!sqlite_bytes_truncate(&bytes, PAGE));
	close(bytes.fd);
}
END_TEST

static TCase *
test_sqlite_bytes(void)
{
	TCase *t = tcase_create("sqlite_bytes");

	tcase_add_test(t, writes_that_follow_each_other_are_one);
	tcase_add_test(t, a_piece_may_end_within_a_write);
	tcase_add_test(t, what_is_not_written_yet_is_read);
	tcase_add_test(t, pages_are_read_ahead_where_they_are_read_in_order);
	tcase_add_test(t, a_page_read_ahead_is_written);
	tcase_add_test(t, pages_not_written_yet_are_read_ahead);
	tcase_add_test(t, nothing_is_read_ahead_behind_the_end);
	tcase_add_test(t, a_length_forgets_what_was_read_ahead);
	tcase_add_test(t, the_first_error_stays);
	return t;
}

REGISTER(test_sqlite_bytes);
#else
typedef int no_tests_without_sqlite;
#endif
