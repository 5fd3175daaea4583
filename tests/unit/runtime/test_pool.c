/*
 * test_pool: jobs done by several threads, delivered in order.
 */
#include <stdint.h>
#include <stdlib.h>

#include "atopdump/dump/pool.h"
#include "unit.h"

#define NJOBS      6
#define NSUBMITTED 500

struct task {
	struct pool **pool;
	unsigned number, answer;
	bool waits;
};

static struct pool *pool;
static struct task tasks[NJOBS];
static void *pointers[NJOBS];
static unsigned ndelivered, stop_at;

static void *
worker_new(void *context)
{
	(void)context;
	return malloc(1);
}

static void
worker_free(void *worker)
{
	free(worker);
}

/* Takes longer for some than for others. */
static void
work(void *worker, void *job)
{
	struct task *task = job;
	volatile unsigned sum = 0;

	(void)worker;
	for (unsigned i = 0; i < task->number % 7 * 1000; i++)
		sum = sum + i;
	task->answer = task->number * 3;
	if (task->waits && pool_wait_oldest(pool, task))
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

static const struct pool_ops ops = { worker_new, worker_free, work, deliver };

static void
setup(void)
{
	for (size_t i = 0; i < NJOBS; i++)
		pointers[i] = &tasks[i];
	ndelivered = 0;
	stop_at = NSUBMITTED + 1;
}

/* Submits as many jobs as are wanted; returns how many. */
static unsigned
submit_all(void)
{
	struct task *task;
	unsigned n;

	for (n = 0; n < NSUBMITTED && (task = pool_next_job(pool)) != NULL; n++) {
		*task = (struct task){ .number = n, .waits = n % 5 == 0 };
		pool_submit(pool);
	}
	return n;
}

START_TEST(in_order)
{
	pool = pool_open(&ops, NULL, pointers, NJOBS, (size_t)_i);
	ck_assert_ptr_nonnull(pool);
	ck_assert_uint_eq(submit_all(), NSUBMITTED);
	ck_assert(pool_drain(pool));
	ck_assert_uint_eq(ndelivered, NSUBMITTED);
	pool_close(pool);
}
END_TEST

START_TEST(closing_waits_for_all)
{
	pool = pool_open(&ops, NULL, pointers, NJOBS, 3);
	ck_assert_ptr_nonnull(pool);
	ck_assert_uint_eq(submit_all(), NSUBMITTED);
	pool_close(pool);
	ck_assert_uint_eq(ndelivered, NSUBMITTED);
}
END_TEST

START_TEST(until_no_more_is_wanted)
{
	stop_at = 100;
	pool = pool_open(&ops, NULL, pointers, NJOBS, (size_t)_i);
	ck_assert_ptr_nonnull(pool);
	ck_assert_uint_lt(submit_all(), 100 + NJOBS + 1);
	ck_assert(!pool_drain(pool));
	ck_assert_uint_eq(ndelivered, 100);
	pool_close(pool);
}
END_TEST

static TCase *
test_pool(void)
{
	TCase *t = tcase_create("pool");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, in_order, 0, 5); /* 0: nobody but the caller */
	tcase_add_test(t, closing_waits_for_all);
	tcase_add_loop_test(t, until_no_more_is_wanted, 0, 5);
	return t;
}

REGISTER(test_pool);
