/*
 * test_mem: memory is zeroed, aligned and its own; arrays keep what they hold when they grow.
 */
#include "fixture.h"

#include <stdint.h>
#include <string.h>

#include "unit.h"

START_TEST(alloc_is_zeroed_and_apart)
{
	unsigned char *blocks[100];

	for (size_t i = 0; i < 100; i++) {
		const size_t size = i * 37;

		blocks[i] = arena_alloc(&fixture_arena, size);
		ck_assert_uint_eq((uintptr_t)blocks[i] % sizeof(max_align_t) % 8, 0);
		for (size_t k = 0; k < size; k++)
			ck_assert_uint_eq(blocks[i][k], 0);
		memset(blocks[i], (int)i, size);
	}
	for (size_t i = 0; i < 100; i++)
		for (size_t k = 0; k < i * 37; k++)
			ck_assert_uint_eq(blocks[i][k], i);
}
END_TEST

START_TEST(alloc_larger_than_a_chunk)
{
	const size_t size = (size_t)1 << 20;
	unsigned char *large = arena_alloc(&fixture_arena, size);
	unsigned char *small = arena_alloc(&fixture_arena, 1);

	memset(large, 0xff, size);
	ck_assert_uint_eq(*small, 0);
}
END_TEST

START_TEST(grow_keeps_elements)
{
	int *numbers = NULL;

	for (int i = 0; i < 1000; i++) {
		numbers = arena_grow(&fixture_arena, numbers, (size_t)i, sizeof(*numbers));
		numbers[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(numbers[i], i);
}
END_TEST

START_TEST(text)
{
	ck_assert_str_eq(arena_strndup(&fixture_arena, "abcdef", 3), "abc");
	ck_assert_str_eq(arena_printf(&fixture_arena, "%d %s", 7, "x"), "7 x");
	ck_assert_str_eq(arena_printf(&fixture_arena, "%s", ""), "");
}
END_TEST

static TCase *
test_mem(void)
{
	const TTest *const tests[] = {
		alloc_is_zeroed_and_apart,
		alloc_larger_than_a_chunk,
		grow_keeps_elements,
		text,
	};

	return fixture_case("mem", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_mem);
