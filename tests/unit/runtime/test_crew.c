/*
 * test_crew: jobs done by several threads, delivered in order.
 */
#include <stdint.h>
#include <stdlib.h>

#include "atopdump/dump/crew.h"
#include "suites.h"

#define NJOBS	6
#define NGIVEN	500

struct task {
	struct crew	**crew;
	unsigned	  number, answer;
	bool		  waits;
};

static struct crew *crew;
static struct task tasks[NJOBS];
static void *pointers[NJOBS];
static unsigned ndelivered, stop_at;

static void *
enter(void *context)
{
	(void)context;
	return malloc(1);
}

static void
leave(void *room)
{
	free(room);
}

/* Takes longer for some than for others. */
static void
work(void *room, void *job)
{
	struct task *task = job;
	volatile unsigned sum = 0;

	(void)room;
	for (unsigned i = 0; i < task->number % 7 * 1000; i++)
		sum = sum + i;
	task->answer = task->number * 3;
	if (task->waits && crew_wait_turn(crew, task))
		ck_assert_uint_eq(ndelivered, task->number);
}

static bool
deliver(void *context, void *job)
{
	const struct task *task = job;

	(void)context;
	ck_assert_uint_eq(task->number, ndelivered);
	ck_assert_uint_eq(task->answer, 3 * ndelivered);
	return ++ndelivered != stop_at;
}

static const struct crew_duty duty = {enter, leave, work, deliver};

static void
setup(void)
{
	for (size_t i = 0; i < NJOBS; i++)
		pointers[i] = &tasks[i];
	ndelivered = 0;
	stop_at = NGIVEN + 1;
}

/* Gives as many jobs as are wanted; returns how many. */
static unsigned
give_all(void)
{
	struct task *task;
	unsigned n;

	for (n = 0; n < NGIVEN && (task = crew_free_job(crew)) != NULL; n++) {
		*task = (struct task){.number = n, .waits = n % 5 == 0};
		crew_give(crew);
	}
	return n;
}

START_TEST(in_order)
{
	crew = crew_open(&duty, NULL, pointers, NJOBS, (size_t)_i);
	ck_assert_ptr_nonnull(crew);
	ck_assert_uint_eq(give_all(), NGIVEN);
	ck_assert(crew_drain(crew));
	ck_assert_uint_eq(ndelivered, NGIVEN);
	crew_close(crew);
}
END_TEST

START_TEST(closing_waits_for_all)
{
	crew = crew_open(&duty, NULL, pointers, NJOBS, 3);
	ck_assert_ptr_nonnull(crew);
	ck_assert_uint_eq(give_all(), NGIVEN);
	crew_close(crew);
	ck_assert_uint_eq(ndelivered, NGIVEN);
}
END_TEST

START_TEST(until_no_more_is_wanted)
{
	stop_at = 100;
	crew = crew_open(&duty, NULL, pointers, NJOBS, (size_t)_i);
	ck_assert_ptr_nonnull(crew);
	ck_assert_uint_lt(give_all(), 100 + NJOBS + 1);
	ck_assert(!crew_drain(crew));
	ck_assert_uint_eq(ndelivered, 100);
	crew_close(crew);
}
END_TEST

TCase *
test_crew(void)
{
	TCase *t = tcase_create("crew");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, in_order, 0, 5);		/* 0: nobody but the caller */
	tcase_add_test(t, closing_waits_for_all);
	tcase_add_loop_test(t, until_no_more_is_wanted, 0, 5);
	return t;
}
