/*
 * test_formatter: a format at work, and its parts, which are appended in order or discarded. The formats are made up here.
 */
#include <errno.h>
#include <string.h>

#include "print/format/formatter.h"
#include "print/text/put.h"
#include "scratch.h"
#include "unit.h"

static struct word_set tables;
static struct query query;
static struct output_place place;
static char path[256];
static unsigned nopened, nclosed; /* calls of the format */
static int open_error;            /* what its open returns */
static bool wants;                /* what is answered to a part that waits for its turn */
static unsigned nwaits;

static int
open_letters(struct formatter *f)
{
	(void)f;
	nopened += open_error == 0;
	return open_error;
}

static void
close_letters(struct formatter *f)
{
	(void)f;
	nclosed++;
}

/* A row is a text. */
static void
letters_row(struct formatter *f, const struct row *row)
{
	struct writer *out = outputs_whole(&f->outputs);

	writer_put(out, row->host, strlen(row->host));
}

static const struct format letters = {
	.name = "letters",
	.size = sizeof(struct formatter),
	.print = PRINT_RESERVED,
	.open = open_letters,
	.close = close_letters,
	.row = letters_row,
};

/* A format that needs no preparation. */
static const struct format plain = { .name = "plain", .size = sizeof(struct formatter), .row = letters_row };

static void
put(struct formatter *f, const char *text)
{
	const struct row row = { .host = text };

	f->format->row(f, &row);
}

static bool
is_next(void *context)
{
	(void)context;
	return wants;
}

static bool
wait_for_order(void *context)
{
	(void)context;
	nwaits++;
	return wants;
}

static struct writer_order order = { .is_next = is_next, .wait = wait_for_order, .kept_max = 1u << 20 };
static struct formatter *whole;

static void
setup(void)
{
	nopened = nclosed = nwaits = 0;
	open_error = 0;
	wants = true;
	strcpy(path, scratch_path("out"));
	query = (struct query){ .tables = &tables };
	place = (struct output_place){ .path = path };
	ck_assert_int_eq(formatter_open(&whole, &letters, &query, &place), 0);
	ck_assert_uint_eq(nopened, 1);
}

static void
teardown(void)
{
	scratch_remove();
}

/* Ends the formatter and frees it; the output is `want`. */
static void
finish(const char *want)
{
	ck_assert_int_eq(formatter_error(whole), 0);
	ck_assert_int_eq(formatter_finish(whole, true), 0);
	ck_assert_str_eq(scratch_read(path), want);
	ck_assert_uint_eq(nclosed, nopened);
}

static struct formatter *
part_of_whole(void)
{
	struct formatter *part = formatter_part(whole, &order);

	ck_assert_ptr_nonnull(part);
	return part;
}

START_TEST(parts_in_the_order_in_which_they_are_appended)
{
	struct formatter *first = part_of_whole(), *second = part_of_whole();

	ck_assert_uint_eq(nopened, 3);
	put(whole, "whole ");
	put(second, "second ");
	put(first, "first ");
	put(second, "again ");
	formatter_append(first);
	formatter_append(second);
	put(whole, "end");
	formatter_free(second);
	formatter_free(first);
	finish("whole first second again end");
}
END_TEST

START_TEST(a_part_is_appended_as_often_as_it_has_something)
{
	struct formatter *part = part_of_whole();

	put(part, "a");
	formatter_append(part);
	formatter_append(part);
	put(part, "b");
	formatter_append(part);
	formatter_free(part);
	finish("ab");
}
END_TEST

START_TEST(a_part_that_is_discarded)
{
	struct formatter *part = part_of_whole();

	put(part, "lost");
	formatter_discard(part);
	put(part, "kept");
	formatter_append(part);
	put(part, "lost too");
	formatter_free(part);
	finish("kept");
}
END_TEST

#define LARGE (400u << 10)

START_TEST(a_part_that_is_full_waits_for_its_turn)
{
	static char text[LARGE + 1];
	struct formatter *part = part_of_whole();

	memset(text, 'x', LARGE);
	order.kept_max = 4096;
	wants = _i == 1;
	put(part, text);
	put(part, text);
	ck_assert(wants || nwaits > 0);
	formatter_append(part);
	formatter_free(part);
	if (wants) {
		ck_assert_int_eq(formatter_finish(whole, true), 0);
		ck_assert_uint_eq(strlen(scratch_read(path)), 2 * LARGE);
	} else {
		formatter_finish(whole, false);
		ck_assert(!scratch_exists(path));
	}
}
END_TEST

START_TEST(a_part_that_cannot_be_prepared)
{
	open_error = ENOMEM;
	ck_assert_ptr_null(formatter_part(whole, &order));
	ck_assert_uint_eq(nclosed, 0);
	finish("");
}
END_TEST

START_TEST(a_format_that_cannot_be_prepared)
{
	struct formatter *f;

	open_error = EMFILE;
	place.path = scratch_path("other");
	ck_assert_int_eq(formatter_open(&f, &letters, &query, &place), EMFILE);
	ck_assert_uint_eq(nclosed, 0);
	ck_assert(!scratch_exists(scratch_path("other")));
	place.path = path;
	finish("");
}
END_TEST

START_TEST(an_output_that_cannot_be_opened)
{
	const struct output_place other = { .path = scratch_file("there", "x", 1) };
	struct formatter *f;

	ck_assert_int_eq(formatter_open(&f, &letters, &query, &other), EEXIST);
	ck_assert_uint_eq(nopened, 2);
	ck_assert_uint_eq(nclosed, 1);
	ck_assert_int_eq(formatter_open(&f, &plain, &query, &other), EEXIST);
	ck_assert_str_eq(scratch_read(other.path), "x");
	finish("");
}
END_TEST

START_TEST(after_a_failure_nothing_is_kept)
{
	put(whole, "half");
	whole->failure = EIO;
	ck_assert_int_eq(formatter_error(whole), EIO);
	ck_assert_int_eq(formatter_finish(whole, true), EIO);
	ck_assert(!scratch_exists(path));
	ck_assert_uint_eq(nclosed, 1);
}
END_TEST

START_TEST(what_is_not_to_be_kept)
{
	put(whole, "half");
	ck_assert_int_eq(formatter_finish(whole, false), 0);
	ck_assert(!scratch_exists(path));
}
END_TEST

START_TEST(as_stored_by_the_format_or_the_query)
{
	struct format stored = letters;

	ck_assert(!formatter_shows_as_stored(whole));
	query.print = PRINT_CSV_SAFE;
	ck_assert(!formatter_shows_as_stored(whole));
	query.print = PRINT_RESERVED;
	ck_assert(formatter_shows_as_stored(whole));
	query.print = 0;
	stored.as_stored = true;
	whole->format = &stored;
	ck_assert(formatter_shows_as_stored(whole));
	whole->format = &letters;
	finish("");
}
END_TEST

static TCase *
test_formatter(void)
{
	TCase *t = tcase_create("formatter");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, parts_in_the_order_in_which_they_are_appended);
	tcase_add_test(t, a_part_is_appended_as_often_as_it_has_something);
	tcase_add_test(t, a_part_that_is_discarded);
	tcase_add_loop_test(t, a_part_that_is_full_waits_for_its_turn, 0, 2);
	tcase_add_test(t, a_part_that_cannot_be_prepared);
	tcase_add_test(t, a_format_that_cannot_be_prepared);
	tcase_add_test(t, an_output_that_cannot_be_opened);
	tcase_add_test(t, after_a_failure_nothing_is_kept);
	tcase_add_test(t, what_is_not_to_be_kept);
	tcase_add_test(t, as_stored_by_the_format_or_the_query);
	return t;
}

REGISTER(test_formatter);
