/*
 * test_host: integers out of structs by size and sign.
 */
#include <stddef.h>

#include "rawlog/catalog/host.h"
#include "unit.h"

struct numbers {
	int8_t i8;
	uint16_t u16;
	int16_t i16;
	uint32_t u32;
	int32_t i32;
	int64_t i64;
	uint8_t u8;
	uint64_t u64;
};

#define PLACE(m, sign)                                                              \
	(struct field_place)                                                        \
	{                                                                           \
		offsetof(struct numbers, m), sizeof(((struct numbers *)0)->m), sign \
	}

START_TEST(every_size_and_sign)
{
	const struct numbers n = { -1, UINT16_MAX, INT16_MIN, UINT32_MAX, INT32_MIN, INT64_MIN, UINT8_MAX, 1 };

	ck_assert_int_eq(host_int(&n, PLACE(i8, true)), -1);
	ck_assert_int_eq(host_int(&n, PLACE(u8, false)), UINT8_MAX);
	ck_assert_int_eq(host_int(&n, PLACE(i16, true)), INT16_MIN);
	ck_assert_int_eq(host_int(&n, PLACE(u16, false)), UINT16_MAX);
	ck_assert_int_eq(host_int(&n, PLACE(i32, true)), INT32_MIN);
	ck_assert_int_eq(host_int(&n, PLACE(u32, false)), UINT32_MAX);
	ck_assert_int_eq(host_int(&n, PLACE(i64, true)), INT64_MIN);
	ck_assert_int_eq(host_int(&n, PLACE(u64, false)), 1);
}
END_TEST

static TCase *
test_host(void)
{
	TCase *t = tcase_create("place");

	tcase_add_test(t, every_size_and_sign);
	return t;
}

REGISTER(test_host);
