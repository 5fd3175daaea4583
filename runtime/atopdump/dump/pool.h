/*
 * pool: threads that work on jobs, whose results are delivered in the order in which the jobs were submitted. What a job is,
 * only the caller knows. Only the thread that opened a pool submits jobs.
 */
#ifndef POOL_H
#define POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

struct pool_ops {
	/* The state of one worker, which no other worker uses; NULL: out of memory. */
	void *(*worker_new)(void *context);
	void (*worker_free)(void *worker);
	/* Works on a job. Called by several threads at the same time, each with a worker of its own. */
	void (*work)(void *worker, void *job);
	/* Takes the result of a job, in the order of jobs, one at a time. False: no more results are wanted. */
	bool (*deliver)(void *context, void *job);
};

/*
 * Opens a pool of up to `nworkers` threads, each started when there is work for it. `jobs` are `njobs` pointers of the
 * caller, which are used in turn. NULL: out of memory.
 */
struct pool *pool_open(const struct pool_ops *ops, void *context, void **jobs, size_t njobs, size_t nworkers);

/* Waits for the submitted jobs, ends the threads and frees the pool. */
void pool_close(struct pool *p);

/* Waits for a job that can be filled and submitted. NULL: no more results are wanted. */
void *pool_next_job(struct pool *p);

/* Submits the job that pool_next_job returned last. If no thread can be started, the job is done before this returns. */
void pool_submit(struct pool *p);

/* Waits until all submitted jobs are delivered. False: no more results are wanted. */
bool pool_drain(struct pool *p);

/*
 * Called while filling `job` or working on it: whether it is the oldest job, that is, all jobs before it are delivered. Then
 * its delivery may begin early. pool_wait_oldest waits for that; false: no more results are wanted.
 */
bool pool_is_oldest(struct pool *p, const void *job);
bool pool_wait_oldest(struct pool *p, const void *job);

#endif
