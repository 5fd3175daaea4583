/*
 * test_budget: what may be spent in vain, each limit met and then passed by one.
 */
#include <string.h>

#include "rawlog/base/budget.h"
#include "unit.h"

START_TEST(credit_up_to_the_limit)
{
	struct budget b;

	budget_init(&b);
	ck_assert(!budget_pay(&b, BUDGET_CREDIT_MAX + 1));
	ck_assert_uint_eq(b.spent, 0);
	ck_assert(budget_pay(&b, BUDGET_CREDIT_MAX));
	ck_assert(!budget_pay(&b, 1));
	ck_assert_uint_eq(b.spent, BUDGET_CREDIT_MAX);
}
END_TEST

/* What is earned is earned once, however often a place is passed, and not saved up beyond the limit. */
START_TEST(bytes_passed_give_credit)
{
	struct budget b;

	budget_init(&b);
	budget_reach(&b, 1000); /* there is no room for more */
	ck_assert_uint_eq(b.credit, BUDGET_CREDIT_MAX);
	budget_pay(&b, BUDGET_CREDIT_MAX);
	budget_reach(&b, 1010);
	budget_reach(&b, 0);
	budget_reach(&b, 1010);
	ck_assert_uint_eq(b.credit, 10 * BUDGET_RATIO);
	budget_reach(&b, UINT64_MAX);
	ck_assert_uint_eq(b.credit, BUDGET_CREDIT_MAX);
	budget_pay(&b, 1);
	budget_reach(&b, UINT64_MAX);
	ck_assert_uint_eq(b.credit, BUDGET_CREDIT_MAX - 1);
}
END_TEST

START_TEST(places_up_to_the_limit)
{
	struct budget b;

	budget_init(&b);
	ck_assert(!budget_look(&b, BUDGET_PLACES_MAX + 1));
	ck_assert(budget_look(&b, BUDGET_PLACES_MAX));
	ck_assert(!budget_look(&b, 1));
	budget_reach(&b, 5);
	ck_assert(budget_look(&b, 5));
	ck_assert(!budget_look(&b, 1));
	ck_assert_uint_eq(b.looked, BUDGET_PLACES_MAX + 5);
	ck_assert(budget_look(&b, 0));
}
END_TEST

START_TEST(what_is_missed_is_told_once)
{
	struct budget b;
	char text[256];

	budget_init(&b);
	ck_assert(!budget_tell_missed(&b, text, sizeof text));
	budget_miss(&b, 70);
	budget_miss(&b, 50);
	budget_miss(&b, 60);
	ck_assert(budget_tell_missed(&b, text, sizeof text));
	ck_assert_ptr_nonnull(strstr(text, "from byte 50 to 71 "));
	ck_assert(!budget_tell_missed(&b, text, sizeof text));
	budget_miss(&b, 90);
	ck_assert(budget_tell_missed(&b, text, sizeof text));
	ck_assert_ptr_nonnull(strstr(text, "from byte 90 to 91 "));
}
END_TEST

static TCase *
test_budget(void)
{
	TCase *t = tcase_create("budget");

	tcase_add_test(t, credit_up_to_the_limit);
	tcase_add_test(t, bytes_passed_give_credit);
	tcase_add_test(t, places_up_to_the_limit);
	tcase_add_test(t, what_is_missed_is_told_once);
	return t;
}

REGISTER(test_budget);
