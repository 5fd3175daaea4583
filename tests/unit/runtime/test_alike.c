/*
 * test_alike: which layouts have equal lengths, and which release of them claims least.
 */
#include <string.h>

#include "rawlog/log/alike.h"
#include "tiny_alike.h"
#include "unit.h"

static struct layout
layout(size_t release, enum tiny_model model, enum byte_order order)
{
	return (struct layout){ catalog_releases[release], model, order };
}

START_TEST(of_equal_lengths)
{
	const struct layout a = layout(ALIKE_4, TINY_WIDE, ORDER_LITTLE), b = layout(ALIKE_5, TINY_WIDE, ORDER_LITTLE);
	const struct layout narrow = layout(ALIKE_5, TINY_NARROW, ORDER_LITTLE);
	const struct layout big = layout(ALIKE_5, TINY_WIDE, ORDER_BIG);

	ck_assert(alike(&a, &a));
	ck_assert(alike(&a, &b));
	ck_assert(alike(&b, &a));
	ck_assert(!alike(&a, &narrow));
	ck_assert(!alike(&a, &big));
}
END_TEST

/* 0.1 and 0.2 differ in the last block alone. */
START_TEST(of_one_other_length)
{
	const struct layout a = layout(0, TINY_WIDE, ORDER_LITTLE), b = layout(1, TINY_WIDE, ORDER_LITTLE);
	const struct layout c = layout(2, TINY_WIDE, ORDER_LITTLE);

	ck_assert(!alike(&a, &b));
	ck_assert(alike(&b, &c));
}
END_TEST

START_TEST(of_another_record)
{
	struct catalog_release changed = alike_release_4;
	struct catalog_struct record = *alike_release_4.rawrecord;
	const uint32_t sizes[] = { ALIKE_RECORD + 4, 28 };
	const struct layout a = { &alike_release_4, TINY_WIDE, ORDER_LITTLE },
			    b = { &changed, TINY_WIDE, ORDER_LITTLE };

	ck_assert(alike(&a, &b));
	record.size = sizes;
	changed.rawrecord = &record;
	ck_assert(!alike(&a, &b));
}
END_TEST

START_TEST(of_fewer_blocks)
{
	struct catalog_release changed = alike_release_4;
	const struct layout a = { &alike_release_4, TINY_WIDE, ORDER_LITTLE },
			    b = { &changed, TINY_WIDE, ORDER_LITTLE };

	changed.nblocks = 1;
	ck_assert(!alike(&a, &b));
	ck_assert(!alike(&b, &a));
}
END_TEST

/* Members of structs within count, reserved ones do not: 1 of the record, 8 of sstat, 3 of tstat. */
START_TEST(claims)
{
	ck_assert_uint_eq(alike_claims(&alike_release_4), 12);
	ck_assert_uint_eq(alike_claims(&alike_release_5), 13);
}
END_TEST

START_TEST(names)
{
	char text[32], little[6];

	alike_names(text, sizeof text, catalog_releases, 1);
	ck_assert_str_eq(text, "0.1");
	alike_names(text, sizeof text, catalog_releases, 2);
	ck_assert_str_eq(text, "0.1 or 0.2");
	alike_names(text, sizeof text, catalog_releases, 3);
	ck_assert_str_eq(text, "0.1, 0.2 or 0.3");
	alike_names(little, sizeof little, catalog_releases, 3);
	ck_assert_str_eq(little, "0.1, ");
	alike_names(text, sizeof text, catalog_releases, 0);
	ck_assert_str_eq(text, "");
}
END_TEST

static TCase *
test_alike(void)
{
	TCase *t = tcase_create("alike");

	tcase_add_test(t, of_equal_lengths);
	tcase_add_test(t, of_one_other_length);
	tcase_add_test(t, of_another_record);
	tcase_add_test(t, of_fewer_blocks);
	tcase_add_test(t, claims);
	tcase_add_test(t, names);
	return t;
}

REGISTER(test_alike);
