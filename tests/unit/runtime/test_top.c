/*
 * test_top: which rows of a sample are kept, and in which order they come.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/format/top.h"
#include "unit.h"

static struct top top;
static char taken[4096];

static void
teardown(void)
{
	top_free(&top);
}

static void
take(void *context, const char *text, size_t size)
{
	(void)context;
	strncat(strcat(taken, taken[0] != '\0' ? " " : ""), text, size);
}

/* Offers a row with the key. */
static void
offer(const struct cell *key, const char *text)
{
	if (top_wants(&top, key))
		ck_assert(top_keep(&top, key, text, strlen(text)));
}

static void
offer_integer(int64_t value, const char *text)
{
	offer(&(struct cell){ .kind = CELL_INTEGER, .integer = value }, text);
}

static void
check_taken(const char *want)
{
	taken[0] = '\0';
	top_take(&top, take, NULL);
	ck_assert_str_eq(taken, want);
}

START_TEST(the_largest_come_first)
{
	ck_assert(top_init(&top, 3));
	offer_integer(5, "five");
	offer_integer(-1, "minus-one");
	offer_integer(7, "seven");
	offer_integer(6, "six");
	offer_integer(0, "zero");
	check_taken("seven six five");
	check_taken("");
	offer_integer(INT64_MIN, "least");
	check_taken("least");
}
END_TEST

START_TEST(of_equal_rows_the_first_stay)
{
	ck_assert(top_init(&top, 2));
	offer_integer(1, "a");
	offer_integer(1, "b");
	offer_integer(1, "c");
	check_taken("a b");
	offer_integer(0, "d");
	offer_integer(1, "e");
	offer_integer(0, "f");
	check_taken("e d");
}
END_TEST

START_TEST(null_is_never_wanted)
{
	const struct cell null = { .kind = CELL_NULL }, nan = { .kind = CELL_NUMBER, .number = NAN };

	ck_assert(top_init(&top, 2));
	offer(&null, "null");
	offer(&nan, "nan");
	offer(&(struct cell){ .kind = CELL_NUMBER, .number = -0.5 }, "half");
	offer(&nan, "nan");
	offer(&(struct cell){ .kind = CELL_NUMBER, .number = -INFINITY }, "least");
	offer(&(struct cell){ .kind = CELL_NUMBER, .number = INFINITY }, "most");
	check_taken("most half");
}
END_TEST

/* Of many rows in a pseudo-random order, against a sort. */
START_TEST(many_rows)
{
	enum {
		MOST = 37,
		ROWS = 1000,
		VALUES = 200
	};
	size_t counts[VALUES] = { 0 };
	char want[sizeof taken] = "";
	uint32_t state = (uint32_t)_i + 1;
	char text[32];

	ck_assert(top_init(&top, MOST));
	for (int i = 0; i < ROWS; i++) {
		const unsigned value = (state = state * 1664525 + 1013904223) >> 16;

		snprintf(text, sizeof text, "%u.%zu", value % VALUES, counts[value % VALUES]++);
		offer_integer(value % VALUES, text);
	}
	for (size_t value = VALUES, n = 0; value-- > 0;)
		for (size_t i = 0; i < counts[value] && n < MOST; i++, n++) {
			snprintf(text, sizeof text, "%s%zu.%zu", n > 0 ? " " : "", value, i);
			strcat(want, text);
		}
	check_taken(want);
}
END_TEST

static TCase *
test_top(void)
{
	TCase *t = tcase_create("top");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, the_largest_come_first);
	tcase_add_test(t, of_equal_rows_the_first_stay);
	tcase_add_test(t, null_is_never_wanted);
	tcase_add_loop_test(t, many_rows, 0, 8);
	return t;
}

REGISTER(test_top);
