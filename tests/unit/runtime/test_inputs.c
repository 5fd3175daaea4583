/*
 * test_inputs: files opened all at once, or as many as can be.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/dump/inputs.h"
#include "scratch.h"
#include "unit.h"

#define COUNT 40

static char name[256], none[256], standard_input[] = "-";
static char *paths[COUNT];
static struct inputs in;

static void
setup(void)
{
	strcpy(name, scratch_file("log", "log", 3));
	strcpy(none, scratch_path("none"));
	for (size_t i = 0; i < COUNT; i++)
		paths[i] = name;
	inputs_init(&in, paths, COUNT);
}

static void
teardown(void)
{
	inputs_close(&in);
	scratch_remove();
}

static void
limit(rlim_t now, rlim_t ever)
{
	const struct rlimit l = { now, ever };

	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &l), 0);
}

static void
check_readable(int fd)
{
	char bytes[4];

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq((int)read(fd, bytes, sizeof bytes), 3);
	close(fd);
}

START_TEST(all_are_open_at_once)
{
	paths[1] = none;
	paths[2] = standard_input;
	inputs_open(&in, 0);
	ck_assert_int_eq(in.nopened, COUNT);
	unlink(name);
	check_readable(inputs_take(&in));
	ck_assert_int_eq(inputs_take(&in), -ENOENT);
	ck_assert_int_eq(inputs_take(&in), STDIN_FILENO);
	check_readable(inputs_take(&in));
}
END_TEST

START_TEST(none_is_open_before_it_is_asked_for)
{
	ck_assert_int_eq(in.nopened, 0);
	check_readable(inputs_take(&in));
	unlink(name);
	ck_assert_int_eq(inputs_take(&in), -ENOENT);
}
END_TEST

START_TEST(a_limit_that_can_be_raised_is)
{
	limit(30, 1000);
	inputs_open(&in, 100);
	ck_assert_int_eq(in.nopened, COUNT);
}
END_TEST

START_TEST(a_limit_that_cannot_be_raised_leaves_some_for_later)
{
	limit(50, 50);
	inputs_open(&in, 20);
	ck_assert_int_gt(in.nopened, 0);
	ck_assert_int_le(in.nopened, 30);
	for (int i = 0; i < COUNT; i++)
		check_readable(inputs_take(&in));
}
END_TEST

START_TEST(more_spare_than_there_are)
{
	limit(50, 50);
	inputs_open(&in, 100);
	ck_assert_int_eq(in.nopened, 0);
	check_readable(inputs_take(&in));
}
END_TEST

START_TEST(a_named_pipe_without_a_writer)
{
	char *path = none;
	int fd, writer;

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	paths[0] = path;
	inputs_open(&in, 0);
	ck_assert_int_eq(in.nopened, COUNT);
	writer = open(path, O_WRONLY);
	ck_assert_int_eq((int)write(writer, "log", 3), 3);
	close(writer);
	fd = inputs_take(&in);
	ck_assert_int_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	check_readable(fd);
}
END_TEST

static TCase *
test_inputs(void)
{
	TCase *t = tcase_create("inputs");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_are_open_at_once);
	tcase_add_test(t, none_is_open_before_it_is_asked_for);
	tcase_add_test(t, a_limit_that_can_be_raised_is);
	tcase_add_test(t, a_limit_that_cannot_be_raised_leaves_some_for_later);
	tcase_add_test(t, more_spare_than_there_are);
	tcase_add_test(t, a_named_pipe_without_a_writer);
	return t;
}

REGISTER(test_inputs);
