/*
 * test_shortest: the digits of doubles, compared with those that printf and strtod find one precision after the other.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/shortest.h"
#include "unit.h"

#define NUMBERS 20000

/* The digits of the shortest decimal that reads back, without zeros at the end. */
static void
find_slowly(double value, char digits[32])
{
	char text[64];
	size_t n = 0;

	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	for (const char *p = text; *p != 'e'; p++)
		if (*p != '.')
			digits[n++] = *p;
	while (n > 1 && digits[n - 1] == '0')
		n--;
	digits[n] = '\0';
}

static void
check(double value)
{
	char expected[32], got[32], whole[64];
	uint64_t digits;
	int power;

	if (!shortest_find(value, &digits, &power))
		return;
	find_slowly(value, expected);
	snprintf(got, sizeof got, "%" PRIu64, digits);
	ck_assert_msg(strcmp(got, expected) == 0, "%.17g: %s", value, got);
	snprintf(whole, sizeof whole, "%se%d", got, power);
	ck_assert_msg(strtod(whole, NULL) == value, "%.17g: %s", value, whole);
}

/* Quotients, decimals of few digits, and doubles with random bits, of all sizes that are found, and beyond. */
START_TEST(digits_are_the_fewest)
{
	uint64_t seed = 88172645463325252;

	for (int i = 0; i < NUMBERS; i++) {
		uint64_t bits;
		double value;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		check(100.0 * (double)(1 + seed % 100000) / (double)(1 + (seed >> 40) % 1000));
		check((double)(1 + seed % 1000000) / (i % 2 == 0 ? 1e3 : 1e9));
		bits = (seed & UINT64_C(0xfffffffffffff)) | (uint64_t)(1023 - 42 + i % 104) << 52;
		memcpy(&value, &bits, sizeof value);
		check(value);
	}
}
END_TEST

START_TEST(most_numbers_are_found)
{
	static const double found[] = { 0.1, 0.3, 13.5, 99.99, 1e-10, 123456789.0, 123456789012345.6, 2.0 / 3 };
	static const double others[] = { 1.0, 0.5, 4096.0, 1e300, 1e-300, 5e-324 };
	uint64_t digits;
	int power;

	for (size_t i = 0; i < sizeof found / sizeof found[0]; i++)
		ck_assert_msg(shortest_find(found[i], &digits, &power), "%g", found[i]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		ck_assert_msg(!shortest_find(others[i], &digits, &power), "%g", others[i]);
}
END_TEST

static TCase *
test_shortest(void)
{
	TCase *tc = tcase_create("shortest");

	tcase_add_test(tc, digits_are_the_fewest);
	tcase_add_test(tc, most_numbers_are_found);
	return tc;
}

REGISTER(test_shortest);
