/*
 * test_put_bits: integers as the names of their bits.
 */
#include <string.h>

#include "print/text/put.h"
#include "print/text/put_bits.h"
#include "unit.h"
#include "words.h"

static const struct {
	uint32_t size; /* of the member */
	int64_t value;
	const char *text;
} values[] = {
	{ 2, 0, "0" },
	{ 2, 1, "LOW" },
	{ 2, 7, "LOW|PAIR" },
	{ 2, 2, "0x2" },
	{ 2, 3, "LOW|0x2" },
	{ 2, 0x8001, "LOW|HIGH" },
	{ 2, -32768, "HIGH" },
	{ 2, -1, "LOW|PAIR|HIGH|0x7ff8" },
	{ 4, INT32_MIN, "0x80000000" },
	{ 8, INT64_MIN | 1, "LOW|0x8000000000000000" },
	{ 8, -1, "LOW|PAIR|HIGH|0xffffffffffff7ff8" },
};

START_TEST(all_bits_are_written)
{
	const struct field f = { .show = FIELD_BITS, .size = values[_i].size, .bits = BITS_LOW_PAIR_HIGH };
	char got[128];
	char *end = put_bits(got, &f, values[_i].value);

	*end = '\0';
	ck_assert_str_eq(got, values[_i].text);
	ck_assert_uint_le((size_t)(end - got), put_bits_max(&f));
}
END_TEST

static TCase *
test_put_bits(void)
{
	TCase *t = tcase_create("put_bits");

	tcase_add_loop_test(t, all_bits_are_written, 0, sizeof values / sizeof values[0]);
	return t;
}

REGISTER(test_put_bits);
