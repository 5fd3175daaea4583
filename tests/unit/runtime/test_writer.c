/*
 * test_writer: the buffer between printers and a descriptor.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/io/writer.h"
#include "unit.h"

START_TEST(memory_grows)
{
	struct writer w;
	char *room;
	int i;

	ck_assert_int_eq(writer_open(&w, -1), 0);
	for (i = 0; i < 100; i++) {
		room = writer_room(&w, 10000);
		memset(room, 'a' + i % 26, 10000);
		writer_commit(&w, room + 10000);
	}
	ck_assert_int_eq(writer_flush(&w), 0);
	ck_assert_uint_eq((size_t)(w.next - w.buffer), 1000000);
	for (i = 0; i < 100; i++) {
		ck_assert_int_eq(w.buffer[i * 10000], 'a' + i % 26);
		ck_assert_int_eq(w.buffer[i * 10000 + 9999], 'a' + i % 26);
	}
	writer_close(&w);
}
END_TEST

START_TEST(more_than_the_buffer_at_once)
{
	static char much[3 * WRITER_ROOM_MAX + 5];
	struct writer w;

	memset(much, 'x', sizeof much);
	ck_assert_int_eq(writer_open(&w, -1), 0);
	writer_put(&w, "ab", 2);
	writer_put(&w, much, sizeof much);
	ck_assert_uint_eq((size_t)(w.next - w.buffer), sizeof much + 2);
	ck_assert_int_eq(memcmp(w.buffer + 2, much, sizeof much), 0);
	writer_close(&w);
}
END_TEST

START_TEST(a_descriptor_gets_all_in_order)
{
	struct writer w;
	char got[16] = "";
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(writer_open(&w, fds[1]), 0);
	writer_put(&w, "hello ", 6);
	ck_assert_int_eq(writer_flush(&w), 0);
	writer_put(&w, "world", 5);
	ck_assert_int_eq(writer_flush(&w), 0);
	ck_assert_uint_eq(w.flushed, 11);
	ck_assert_int_eq((int)read(fds[0], got, sizeof got), 11);
	ck_assert_str_eq(got, "hello world");
	writer_close(&w);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

START_TEST(errors_stick_and_room_stays)
{
	struct writer w;
	int fds[2], i;

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(fds), 0);
	close(fds[0]);
	ck_assert_int_eq(writer_open(&w, fds[1]), 0);
	for (i = 0; i < 100; i++) {
		memset(writer_room(&w, WRITER_ROOM_MAX), 'x', WRITER_ROOM_MAX);
		writer_commit(&w, w.next + WRITER_ROOM_MAX);
	}
	ck_assert_int_eq(w.error, EPIPE);
	ck_assert_int_eq(writer_flush(&w), EPIPE);
	ck_assert_uint_eq(w.flushed, 0);
	writer_close(&w);
	close(fds[1]);
}
END_TEST

START_TEST(a_descriptor_that_does_not_block_is_waited_for)
{
	static char much[1 << 20], got[1 << 16];
	struct writer w;
	size_t sum = 0;
	ssize_t n;
	int fds[2];
	pid_t child;

	ck_assert_int_eq(pipe(fds), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		close(fds[0]);
		fcntl(fds[1], F_SETFL, O_NONBLOCK);
		if (writer_open(&w, fds[1]) != 0)
			_exit(1);
		writer_put(&w, much, sizeof much);
		_exit(writer_flush(&w));
	}
	close(fds[1]);
	while ((n = read(fds[0], got, sizeof got)) > 0)
		sum += (size_t)n;
	ck_assert_uint_eq(sum, sizeof much);
	close(fds[0]);
}
END_TEST

static unsigned waits;

static bool
becomes_next(void *context)
{
	waits++;
	return context != NULL;
}

static bool
not_yet(void *context)
{
	(void)context;
	return false;
}

static bool
by_now(void *context)
{
	return context != NULL;
}

static void
put_numbers(struct writer *w, unsigned from, unsigned to)
{
	char text[16];

	for (; from < to; from++) {
		snprintf(text, sizeof text, "%u,", from);
		writer_put(w, text, strlen(text));
	}
}

START_TEST(a_part_is_appended)
{
	struct writer output, part;
	struct writer_order order = { not_yet, becomes_next, &order, 8 * WRITER_ROOM_MAX };

	waits = 0;
	ck_assert_int_eq(writer_open(&output, -1), 0);
	ck_assert_int_eq(writer_open_part(&part, &output, &order), 0);
	put_numbers(&part, 1000, 100000);
	put_numbers(&output, 0, 1000);
	writer_append(&part);
	ck_assert_uint_eq(waits, 0);
	put_numbers(&part, 100000, 100001);
	writer_append(&part);
	ck_assert_uint_eq((size_t)(output.next - output.buffer), 2 * 10 + 3 * 90 + 4 * 900 + 5 * 9000 + 6 * 90000 + 7);
	ck_assert_int_eq(memcmp(output.next - 7, "100000,", 7), 0);
	writer_close(&part);
	writer_close(&output);
}
END_TEST

START_TEST(a_part_that_has_much_waits_until_it_is_next)
{
	struct writer output, part;
	struct writer_order order = { not_yet, becomes_next, &order, WRITER_ROOM_MAX };

	waits = 0;
	ck_assert_int_eq(writer_open(&output, -1), 0);
	ck_assert_int_eq(writer_open_part(&part, &output, &order), 0);
	put_numbers(&part, 0, 100000);
	ck_assert_uint_gt(waits, 0);
	ck_assert_uint_eq((size_t)(part.end - part.buffer), WRITER_ROOM_MAX);
	writer_append(&part);
	ck_assert_uint_eq((size_t)(output.next - output.buffer), 2 * 10 + 3 * 90 + 4 * 900 + 5 * 9000 + 6 * 90000);
	order.context = NULL; /* never again */
	put_numbers(&part, 0, 100000);
	ck_assert_int_eq(part.error, 0);
	writer_close(&part);
	writer_close(&output);
}
END_TEST

START_TEST(a_part_that_is_next_keeps_nothing)
{
	struct writer output, part;
	struct writer_order order = { by_now, becomes_next, &order, 8 * WRITER_ROOM_MAX };

	ck_assert_int_eq(writer_open(&output, -1), 0);
	ck_assert_int_eq(writer_open_part(&part, &output, &order), 0);
	put_numbers(&part, 0, 100000);
	ck_assert_uint_eq((size_t)(part.end - part.buffer), WRITER_ROOM_MAX);
	ck_assert_uint_gt((size_t)(output.next - output.buffer), WRITER_ROOM_MAX);
	writer_append(&part);
	ck_assert_uint_eq((size_t)(output.next - output.buffer), 2 * 10 + 3 * 90 + 4 * 900 + 5 * 9000 + 6 * 90000);
	writer_close(&part);
	writer_close(&output);
}
END_TEST

START_TEST(a_part_hands_on_its_failure)
{
	struct writer output, part;
	struct writer_order order = { not_yet, becomes_next, &order, WRITER_ROOM_MAX };

	ck_assert_int_eq(writer_open(&output, -1), 0);
	ck_assert_int_eq(writer_open_part(&part, &output, &order), 0);
	part.error = ENOMEM;
	writer_append(&part);
	ck_assert_int_eq(output.error, ENOMEM);
	writer_close(&part);
	writer_close(&output);
}
END_TEST

static TCase *
test_writer(void)
{
	TCase *t = tcase_create("writer");

	tcase_add_test(t, memory_grows);
	tcase_add_test(t, more_than_the_buffer_at_once);
	tcase_add_test(t, a_descriptor_gets_all_in_order);
	tcase_add_test(t, errors_stick_and_room_stays);
	tcase_add_test(t, a_descriptor_that_does_not_block_is_waited_for);
	tcase_add_test(t, a_part_is_appended);
	tcase_add_test(t, a_part_that_has_much_waits_until_it_is_next);
	tcase_add_test(t, a_part_that_is_next_keeps_nothing);
	tcase_add_test(t, a_part_hands_on_its_failure);
	return t;
}

REGISTER(test_writer);
