/*
 * test_search: records found between bytes that are none.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/search.h"
#include "tiny.h"
#include "unit.h"

#define HEADER 36 /* bytes of a tiny log's header */

static struct tiny_log tiny;
static struct layout layouts[8];
static struct search search;
static struct file file;

static void
setup(void)
{
	for (unsigned i = 0; i < 8; i++)
		layouts[i] = (struct layout){ catalog_releases[i / 4], i / 2 % 2, i % 2 ? ORDER_BIG : ORDER_LITTLE };
}

static void
teardown(void)
{
	search_free(&search);
	file_close(&file);
	tiny_free(&tiny);
}

/* A log of layout `l` with `size` bytes of `junk` behind its header. */
static void
begin(size_t l, unsigned char junk, size_t size)
{
	unsigned char *p = malloc(size + 1);

	ck_assert_ptr_nonnull(p);
	memset(p, junk, size);
	tiny_begin(&tiny, (unsigned)l / 4 + 1, l / 2 % 2 == 0 ? TINY_WIDE : TINY_NARROW, layouts[l].order);
	tiny_append(&tiny, p, size);
	free(p);
}

/* Searches for records of `n` layouts from the `first` on. */
static void
open_search(size_t first, size_t n)
{
	ck_assert(search_init(&search, layouts + first, n));
	ck_assert_int_eq(file_open_memory(&file, tiny.bytes, tiny.size), 0);
}

START_TEST(behind_any_gap)
{
	static const size_t gaps[] = { 0, 1, 23, 24, 25, 32767, 32768, 100000 };
	uint64_t offset;
	size_t at, layout;

	begin(0, 0x78, gaps[_i]);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	open_search(0, 1);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(offset, at);
	ck_assert_int_eq(search_next(&search, &file, at, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(offset, at);
	ck_assert_int_eq(search_next(&search, &file, at + 1, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	ck_assert_int_eq(search_next(&search, &file, HEADER, at + 24, &offset, &layout), SEARCH_NONE);
}
END_TEST

/* The search looks at some bytes at once: a block's header can be cut by their end at any place. */
START_TEST(wherever_a_view_ends)
{
	uint64_t offset;
	size_t at, layout;

	for (size_t gap = 32768 - 40; gap < 32768 + 40; gap++) {
		begin(0, 0, gap);
		at = tiny_sample(&tiny, 100, 2, 5, "init");
		open_search(0, 1);
		ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
		ck_assert_uint_eq(offset, at);
		teardown();
	}
	begin(0, 0, 0);
	open_search(0, 1);
}
END_TEST

START_TEST(of_the_layout_that_fits)
{
	uint64_t offset;
	size_t at, layout;

	begin((size_t)_i, 0, 50);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	open_search(0, 8);
	ck_assert_int_eq(search_next(&search, &file, 0, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(offset, at);
	ck_assert_uint_eq(layout, _i);
	ck_assert(search_fits(&search, (size_t)_i));
}
END_TEST

START_TEST(the_preferred_of_two_that_fit)
{
	uint64_t offset;
	size_t layout;

	begin(0, 0, 50);
	tiny_sample(&tiny, 100, 2, 0, "none"); /* without tasks the two releases look the same */
	open_search(0, 8);
	ck_assert_int_eq(search_next(&search, &file, 0, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(layout, 0);
	search.preferred = 7;
	ck_assert_int_eq(search_next(&search, &file, 0, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(layout, 4);
	ck_assert(search_fits(&search, 0));
}
END_TEST

START_TEST(nothing_whose_first_block_is_not_whole)
{
	uint64_t offset;
	size_t at, layout;

	begin(0, 0, 50);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	tiny.bytes[at + 24 + 4] ^= 1;
	open_search(0, 1);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	ck_assert_uint_ge(search.budget.spent, PROBE_BLOCK_COST); /* each attempt that fails is paid */
}
END_TEST

START_TEST(nothing_is_inflated_without_credit)
{
	uint64_t offset, length;
	size_t at, layout;

	begin(0, 0, 0);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	open_search(0, 1);
	search.budget.passed = at + 24;
	search.budget.credit = 50;
	ck_assert_int_eq(search_probe(&search, &file, at + 24, 48, false, &length), PROBE_UNTRIED);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	ck_assert(search.budget.has_missed);
	ck_assert_uint_eq(search.budget.from, at);
	ck_assert_uint_eq(search.budget.to, at + 1);
	search.budget.credit = 4 * PROBE_BLOCK_COST; /* a block, an attempt, and the bytes */
	ck_assert_int_eq(search_probe(&search, &file, at + 24, 48, false, &length), PROBE_WHOLE);
	ck_assert_int_eq(search_probe(&search, &file, at + 24, 47, false, &length), PROBE_BAD);
}
END_TEST

/* The first block of the record just found need not be inflated, nor paid, again. */
START_TEST(what_is_found_is_known)
{
	uint64_t offset, length;
	struct search other;
	size_t at, layout;

	begin(0, 0, 50);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	open_search(0, 1);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	ck_assert_uint_eq(search.budget.spent, 0);
	search.budget.passed = UINT64_MAX;
	search.budget.credit = 0;
	ck_assert_int_eq(search_probe(&search, &file, at + 24, 48, false, &length), PROBE_WHOLE);
	ck_assert_uint_eq(length, search.found.length);
	ck_assert_int_eq(search_probe(&search, &file, at + 24, 47, false, &length), PROBE_UNTRIED);
	ck_assert_int_eq(search_probe(&search, &file, at + 25, 48, false, &length), PROBE_UNTRIED);
	ck_assert(search_init(&other, layouts, 1));
	search_hand_over(&search, &other);
	ck_assert_uint_eq(other.budget.credit, 0);
	ck_assert_int_eq(search_probe(&other, &file, at + 24, 48, false, &length), PROBE_WHOLE);
	search_free(&other);
}
END_TEST

/* Half of the credit is for records whose second block begins as one. */
START_TEST(the_rest_of_the_credit_is_for_the_better)
{
	uint64_t offset;
	size_t at, layout;

	begin(0, 0, 50);
	at = tiny_sample(&tiny, 100, 2, 5, "init");
	open_search(0, 1);
	search.budget.passed = UINT64_MAX;
	search.budget.credit = BUDGET_CREDIT_MAX / 2 - 1;
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
	for (size_t i = at + 26; i + 1 < tiny.size; i++) /* breaks it, wherever it is */
		if (tiny.bytes[i] == 0x78 && tiny.bytes[i + 1] == 0x9c)
			tiny.bytes[i] = 0;
	file_close(&file);
	ck_assert_int_eq(file_open_memory(&file, tiny.bytes, tiny.size), 0);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	ck_assert(search.budget.has_missed);
	search.budget.credit++;
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_FOUND);
}
END_TEST

/* A time that is none, and a stated length that is not the block's, which is whole: neither is a record. */
START_TEST(nothing_that_says_what_cannot_be)
{
	static const int64_t times[] = { 0, -1, INT64_C(1) << 33, INT64_MAX };
	uint64_t offset;
	size_t at, layout;

	begin(0, 0, 50);
	at = tiny_sample(&tiny, _i < 4 ? times[_i] : 100, 2, 5, "init");
	if (_i >= 4)
		tiny.bytes[at + 8] = (unsigned char)(tiny.bytes[at + 8] + (_i == 4 ? 1 : -1)); /* scomplen */
	open_search(0, 1);
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	if (_i >= 4)
		ck_assert_uint_ge(search.budget.spent, PROBE_BLOCK_COST);
}
END_TEST

/* The work in vain, whatever stands there, is within the bound that budget.h states. */
START_TEST(places_are_paid)
{
	uint64_t offset;
	size_t layout;

	begin(0, 0, 0);
	for (size_t i = 0; i < 1000; i++)
		tiny_append(&tiny, "\x78\x9c", 2);
	open_search(0, 8);
	search.budget.places = 20;
	search.budget.passed = HEADER + 1000;
	ck_assert_int_eq(search_next(&search, &file, HEADER, UINT64_MAX, &offset, &layout), SEARCH_NONE);
	ck_assert_uint_le(search.budget.looked, 20 + 1000);
	ck_assert(search.budget.has_missed);
}
END_TEST

static TCase *
test_search(void)
{
	TCase *t = tcase_create("search");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, behind_any_gap, 0, 8);
	tcase_add_test(t, wherever_a_view_ends);
	tcase_add_loop_test(t, of_the_layout_that_fits, 0, 8);
	tcase_add_test(t, the_preferred_of_two_that_fit);
	tcase_add_test(t, nothing_whose_first_block_is_not_whole);
	tcase_add_test(t, nothing_is_inflated_without_credit);
	tcase_add_test(t, what_is_found_is_known);
	tcase_add_test(t, the_rest_of_the_credit_is_for_the_better);
	tcase_add_loop_test(t, nothing_that_says_what_cannot_be, 0, 6);
	tcase_add_test(t, places_are_paid);
	return t;
}

REGISTER(test_search);
