/*
 * test_put: numbers, hex and time.
 */
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put.h"
#include "unit.h"

#define ROOM 256

/* Ends what was put with a NUL. */
static const char *
ended(char *text, char *w)
{
	*w = '\0';
	return text;
}

START_TEST(integers_are_as_printf_puts_them)
{
	static const int64_t values[] = { 0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 12345, 123456, -1, -9, -10, -100,
		INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN };
	char got[ROOM], want[ROOM];
	size_t i;

	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		snprintf(want, sizeof want, "%" PRId64, values[i]);
		ck_assert_str_eq(ended(got, put_i64(got, values[i])), want);
		snprintf(want, sizeof want, "%" PRIu64, (uint64_t)values[i]);
		ck_assert_str_eq(ended(got, put_u64(got, (uint64_t)values[i])), want);
	}
}
END_TEST

START_TEST(every_power_of_ten_and_its_neighbours)
{
	char got[ROOM], want[ROOM];
	uint64_t power, value;

	for (power = 1; power <= UINT64_MAX / 10; power *= 10)
		for (value = power - 1; value <= power + 1; value++) {
			snprintf(want, sizeof want, "%" PRIu64, value);
			ck_assert_str_eq(ended(got, put_u64(got, value)), want);
		}
}
END_TEST

static const struct {
	float value;
	const char *text;
} floats[] = { { 0.0f, "0.0" }, { -0.0f, "-0.0" }, { 1.0f, "1.0" }, { 0.5f, "0.5" }, { 2.75f, "2.75" },
	{ 0.07f, "0.07" }, { 100.0f, "100.0" }, { -3.32f, "-3.32" }, { 9999.99f, "9999.99" }, { 10000.0f, "10000.0" },
	{ 0.001f, "0.001" }, { 0.0001f, "0.0001" }, { 0.00001f, "1.0e-5" }, { 1.5e-10f, "1.5e-10" },
	{ 16777216.0f, "16777216.0" }, { 1e10f, "10000000000.0" }, { 1e15f, "1000000000000000.0" }, { 1e16f, "1.0e16" },
	{ 3.4028235e38f, "3.4028235e38" }, { 1.1754944e-38f, "1.1754944e-38" }, { 1e-45f, "1.0e-45" },
	{ 0.3333333433f, "0.33333334" }, { 16777.217f, "16777.217" },
	/* A power of two, whose nearest decimal of as many digits reads as another float. */
	{ 0x1p-96f, "1.2621775e-29" } };

START_TEST(floats_are_short_and_have_a_point)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_f32(got, floats[_i].value)), floats[_i].text);
}
END_TEST

START_TEST(floats_read_back)
{
	uint32_t bits = 1, i;
	char got[ROOM];
	float value;

	for (i = 0; i < 20000; i++) {
		bits = bits * 1664525 + 1013904223;
		memcpy(&value, &bits, sizeof value);
		if (!isfinite(value))
			continue;
		ended(got, put_f32(got, value));
		ck_assert_msg(strtof(got, NULL) == value, "%a is put as %s", (double)value, got);
		ck_assert_msg(strchr(got, '.') != NULL, "%s has no point", got);
	}
}
END_TEST

START_TEST(all_hundredths_read_back)
{
	char got[ROOM], want[ROOM];
	int i;

	for (i = 0; i < 1000000; i += 3) {
		ended(got, put_f32(got, (float)(i / 100.0)));
		snprintf(want, sizeof want, "%.2f", i / 100.0);
		if (want[strlen(want) - 1] == '0')
			want[strlen(want) - 1] = '\0';
		if (strcmp(got, want) != 0) /* an assertion for each would take seconds */
			ck_abort_msg("%s for %s", got, want);
	}
}
END_TEST

START_TEST(doubles)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_f64(got, 0.1)), "0.1");
	ck_assert_str_eq(ended(got, put_f64(got, -1.0)), "-1.0");
	ck_assert_str_eq(ended(got, put_f64(got, 1200.0)), "1200.0");
	ck_assert_str_eq(ended(got, put_f64(got, -0.0)), "-0.0");
	ck_assert_str_eq(ended(got, put_f64(got, 123456.25)), "123456.25");
	ck_assert_str_eq(ended(got, put_f64(got, 9007199254740991.0)), "9007199254740991.0");
	ck_assert_str_eq(ended(got, put_f64(got, 9007199254740994.0)), "9007199254740994.0");
	ck_assert_str_eq(ended(got, put_f64(got, 1e16)), "1.0e16");
	ck_assert_str_eq(ended(got, put_f64(got, DBL_MAX)), "1.7976931348623157e308");
	ck_assert_str_eq(ended(got, put_f64(got, 5e-324)), "5.0e-324");
	ck_assert_str_eq(ended(got, put_f64(got, 0.1 + 0.2)), "0.30000000000000004");
	ck_assert_str_eq(ended(got, put_f64(got, (double)0.1f)), "0.10000000149011612");
}
END_TEST

START_TEST(what_is_no_number_is_null_or_nothing)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_f32(got, NAN)), "null");
	ck_assert_str_eq(ended(got, put_f32(got, INFINITY)), "null");
	ck_assert_str_eq(ended(got, put_f64(got, -INFINITY)), "null");
	ck_assert_str_eq(ended(got, put_csv_f32(got, NAN)), "");
	ck_assert_str_eq(ended(got, put_csv_f64(got, INFINITY)), "");
	ck_assert_str_eq(ended(got, put_csv_f32(got, 1.5f)), "1.5");
	ck_assert_str_eq(ended(got, put_csv_f64(got, 1.5)), "1.5");
}
END_TEST

START_TEST(the_locale_does_not_matter)
{
	static const char *const commas[] = { "de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8" };
	char got[ROOM];
	size_t i;

	for (i = 0; i < sizeof commas / sizeof commas[0]; i++)
		if (setlocale(LC_ALL, commas[i]) != NULL)
			break;
	ck_assert_str_eq(ended(got, put_f32(got, 1.2345678f)), "1.2345678");
	ck_assert_str_eq(ended(got, put_f32(got, 2.5f)), "2.5");
	ck_assert_str_eq(ended(got, put_f64(got, 1e-7)), "1.0e-7");
	setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(flags)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_flag(got, 0)), "false");
	ck_assert_str_eq(ended(got, put_flag(got, 1)), "true");
	ck_assert_str_eq(ended(got, put_flag(got, -7)), "true");
}
END_TEST

static const struct {
	int64_t seconds;
	const char *text;
} times[] = { { 0, "1970-01-01T00:00:00Z" }, { 1668196310, "2022-11-11T19:51:50Z" },
	{ 951782399, "2000-02-28T23:59:59Z" }, { 951782400, "2000-02-29T00:00:00Z" },
	{ 951868800, "2000-03-01T00:00:00Z" }, { 4107542399, "2100-02-28T23:59:59Z" },
	{ 4107542400, "2100-03-01T00:00:00Z" }, { 2147483648, "2038-01-19T03:14:08Z" },
	{ 253402300799, "9999-12-31T23:59:59Z" }, { 253402300800, "" }, { -1, "" }, { INT64_MIN, "" },
	{ INT64_MAX, "" } };

START_TEST(time_is_utc)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_utc(got, times[_i].seconds)), times[_i].text);
}
END_TEST

START_TEST(hex)
{
	char got[ROOM];

	ck_assert_str_eq(ended(got, put_csv_hex(got, "\x00\x7f\xff", 3)), "007fff");
	ck_assert_str_eq(ended(got, put_json_hex(got, "\xab\x01", 2)), "\"ab01\"");
	ck_assert_str_eq(ended(got, put_json_hex(got, "", 0)), "\"\"");
}
END_TEST

static TCase *
test_put(void)
{
	TCase *t = tcase_create("put");

	tcase_add_test(t, integers_are_as_printf_puts_them);
	tcase_add_test(t, every_power_of_ten_and_its_neighbours);
	tcase_add_loop_test(t, floats_are_short_and_have_a_point, 0, sizeof floats / sizeof floats[0]);
	tcase_add_test(t, floats_read_back);
	tcase_add_test(t, all_hundredths_read_back);
	tcase_add_test(t, doubles);
	tcase_add_test(t, what_is_no_number_is_null_or_nothing);
	tcase_add_test(t, the_locale_does_not_matter);
	tcase_add_test(t, flags);
	tcase_add_loop_test(t, time_is_utc, 0, sizeof times / sizeof times[0]);
	tcase_add_test(t, hex);
	return t;
}

REGISTER(test_put);
