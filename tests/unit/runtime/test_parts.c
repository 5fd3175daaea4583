/*
 * test_parts: the bits that the members of a struct have, and the texts of structs in it.
 */
#include <check.h>
#include <stddef.h>

#include "rawlog/catalog/parts.h"
#include "unit.h"
#include "words.h"

struct inner {
	char first[4];
	int32_t number;
	char second[4];
};

struct plain {
	int32_t number;
};

struct top {
	int32_t number;
	struct inner inner;
	struct inner array[2];
	struct plain plain;
};

static const struct field inner_fields[] = {
	{ .offset = offsetof(struct inner, first), .flags = FIELD_APART },
	{ .offset = offsetof(struct inner, number) },
	{ .offset = offsetof(struct inner, second), .flags = FIELD_DELTA | FIELD_APART },
};
const struct definition parts_inner_definition = { "inner", sizeof(struct inner), 3, inner_fields };

static const struct field plain_fields[] = { { 0 } };
const struct definition parts_plain_definition = { "plain", sizeof(struct plain), 1, plain_fields };

static const struct field fields[] = {
	{ .offset = offsetof(struct top, number) },
	{ .offset = offsetof(struct top, inner), .of = OF_parts_inner },
	{ .offset = offsetof(struct top, array), .of = OF_parts_inner, .ndims = 1, .dims = { 2 } },
	{ .offset = offsetof(struct top, plain), .of = OF_parts_plain },
};
static const struct definition top = { "top", sizeof(struct top), 4, fields };

START_TEST(members_have_bits_in_order_and_texts_behind_their_struct)
{
	ck_assert_uint_eq(parts_of_member(&top, 0), 0x1);
	ck_assert_uint_eq(parts_of_member(&top, 1), 0x2);
	ck_assert_uint_eq(parts_of_member(&top, 2), 0x10);
	ck_assert_uint_eq(parts_of_member(&top, 3), 0x20);
}
END_TEST

START_TEST(bytes_are_in_the_part_of_their_member_or_text)
{
	const size_t at = offsetof(struct top, inner);

	ck_assert_uint_eq(parts_at(&top, 2), 0x1);
	ck_assert_uint_eq(parts_at(&top, at + offsetof(struct inner, first) + 1), 0x4);
	ck_assert_uint_eq(parts_at(&top, at + offsetof(struct inner, number)), 0x2);
	ck_assert_uint_eq(parts_at(&top, at + offsetof(struct inner, second)), 0x8);
	ck_assert_uint_eq(parts_at(&top, offsetof(struct top, array)), 0x10);
	ck_assert_uint_eq(parts_at(&top, offsetof(struct top, array) + sizeof(struct inner)), 0x10);
	ck_assert_uint_eq(parts_at(&top, offsetof(struct top, plain)), 0x20);
}
END_TEST

static TCase *
test_parts(void)
{
	TCase *t = tcase_create("parts");

	tcase_add_test(t, members_have_bits_in_order_and_texts_behind_their_struct);
	tcase_add_test(t, bytes_are_in_the_part_of_their_member_or_text);
	return t;
}

REGISTER(test_parts);
