/*
 * pool: the only file that knows of threads.
 *
 * Jobs are numbered in the order of submission. The counts only grow, and of a ring of jobs
 *
 *	delivered <= taken <= submitted <= delivered + njobs
 *
 * The thread that finishes the oldest job delivers it, and the finished jobs behind it.
 */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "atopdump/dump/pool.h"

#define STACK_SIZE (256u << 10)

struct pool {
	const struct pool_ops *ops;
	void *context;
	void **jobs;
	bool *done; /* of each job: it waits for its delivery */
	size_t njobs;
	pthread_t *threads;
	void **workers; /* states of the threads; if there is no thread, of the caller */
	size_t nthreads, nthreads_max;
	pthread_mutex_t lock;      /* of all that follows, and of `done` */
	pthread_cond_t work_ready; /* a job was submitted, or the pool is closing */
	pthread_cond_t one_delivered;
	uint64_t submitted, taken, delivered;
	size_t idle;     /* threads that wait for a job */
	bool delivering; /* a thread is delivering */
	bool closing;    /* no more jobs will come */
	bool unwanted;   /* no more results are wanted */
};

static void **
job_at(const struct pool *p, uint64_t number)
{
	return &p->jobs[number % p->njobs];
}

/*
 * Delivers the oldest jobs as far as they are done, unless a thread already does. Called with the lock held; it is released
 * while a job is delivered.
 */
static void
deliver_oldest(struct pool *p)
{
	bool wanted;

	if (p->delivering)
		return;
	p->delivering = true;
	while (p->delivered < p->taken && p->done[p->delivered % p->njobs]) {
		wanted = !p->unwanted;
		pthread_mutex_unlock(&p->lock);
		if (wanted)
			wanted = p->ops->deliver(p->context, *job_at(p, p->delivered));
		pthread_mutex_lock(&p->lock);
		if (!wanted)
			p->unwanted = true;
		p->done[p->delivered++ % p->njobs] = false;
		pthread_cond_broadcast(&p->one_delivered);
	}
	p->delivering = false;
}

/* Takes the next job, which exists, and works on it. Called with the lock held; it is released during the work. */
static void
do_job(struct pool *p, void *worker)
{
	const uint64_t number = p->taken++;
	const bool wanted = !p->unwanted;

	pthread_mutex_unlock(&p->lock);
	if (wanted)
		p->ops->work(worker, *job_at(p, number));
	pthread_mutex_lock(&p->lock);
	p->done[number % p->njobs] = true;
	deliver_oldest(p);
}

struct start_args {
	struct pool *pool;
	void *worker;
};

/* The main function of a thread. */
static void *
run(void *given)
{
	const struct start_args args = *(struct start_args *)given;
	struct pool *p = args.pool;

	free(given);
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->taken == p->submitted && !p->closing) {
			p->idle++;
			pthread_cond_wait(&p->work_ready, &p->lock);
			p->idle--;
		}
		if (p->taken == p->submitted)
			break;
		do_job(p, args.worker);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static void
free_pool(struct pool *p)
{
	for (size_t i = 0; p->workers != NULL && i <= p->nthreads; i++)
		if (p->workers[i] != NULL)
			p->ops->worker_free(p->workers[i]);
	free(p->workers);
	free(p->threads);
	free(p->done);
	free(p);
}

/* Makes the lock and the conditions. False: the system refuses them. */
static bool
init_locks(struct pool *p)
{
	if (pthread_mutex_init(&p->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&p->work_ready, NULL) == 0) {
		if (pthread_cond_init(&p->one_delivered, NULL) == 0)
			return true;
		pthread_cond_destroy(&p->work_ready);
	}
	pthread_mutex_destroy(&p->lock);
	return false;
}

struct pool *
pool_open(const struct pool_ops *ops, void *context, void **jobs, size_t njobs, size_t nworkers)
{
	struct pool *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	p->ops = ops;
	p->context = context;
	p->jobs = jobs;
	p->njobs = njobs;
	p->nthreads_max = nworkers;
	p->done = calloc(njobs, sizeof *p->done);
	p->threads = calloc(nworkers, sizeof *p->threads);
	p->workers = calloc(nworkers + 1, sizeof *p->workers);
	if (p->workers != NULL)
		p->workers[0] = ops->worker_new(context);
	if (p->done == NULL || p->threads == NULL || p->workers == NULL || p->workers[0] == NULL || !init_locks(p)) {
		free_pool(p);
		return NULL;
	}
	return p;
}

void
pool_close(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->work_ready);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->nthreads; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->one_delivered);
	pthread_cond_destroy(&p->work_ready);
	pthread_mutex_destroy(&p->lock);
	free_pool(p);
}

void *
pool_next_job(struct pool *p)
{
	bool wanted;

	pthread_mutex_lock(&p->lock);
	while (p->submitted == p->delivered + p->njobs)
		pthread_cond_wait(&p->one_delivered, &p->lock);
	wanted = !p->unwanted;
	pthread_mutex_unlock(&p->lock);
	return wanted ? *job_at(p, p->submitted) : NULL;
}

/* Starts the next thread. Threads take no signals (unfinished.h). False: the system refuses it. */
static bool
start_thread(struct pool *p)
{
	struct start_args *args = malloc(sizeof *args);
	pthread_attr_t attributes;
	sigset_t all, before;
	int error;

	if (args == NULL)
		return false;
	*args = (struct start_args){ p, p->workers[p->nthreads] };
	error = pthread_attr_init(&attributes);
	if (error == 0) {
		sigfillset(&all);
		pthread_sigmask(SIG_SETMASK, &all, &before);
		pthread_attr_setstacksize(&attributes, STACK_SIZE);
		error = pthread_create(&p->threads[p->nthreads], &attributes, run, args);
		pthread_attr_destroy(&attributes);
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	if (error != 0)
		free(args);
	return error == 0;
}

/* Adds a thread; if that fails, no more are tried. */
static void
add_thread(struct pool *p)
{
	if (p->workers[p->nthreads] == NULL)
		p->workers[p->nthreads] = p->ops->worker_new(p->context);
	if (p->workers[p->nthreads] != NULL && start_thread(p))
		p->nthreads++;
	else
		p->nthreads_max = p->nthreads;
}

void
pool_submit(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->submitted++;
	if (p->idle == 0 && p->nthreads < p->nthreads_max)
		add_thread(p);
	if (p->nthreads == 0)
		do_job(p, p->workers[0]);
	else
		pthread_cond_signal(&p->work_ready);
	pthread_mutex_unlock(&p->lock);
}

bool
pool_drain(struct pool *p)
{
	bool wanted;

	pthread_mutex_lock(&p->lock);
	while (p->delivered < p->submitted)
		pthread_cond_wait(&p->one_delivered, &p->lock);
	wanted = !p->unwanted;
	pthread_mutex_unlock(&p->lock);
	return wanted;
}

bool
pool_is_oldest(struct pool *p, const void *job)
{
	bool oldest;

	pthread_mutex_lock(&p->lock);
	oldest = *job_at(p, p->delivered) == job;
	pthread_mutex_unlock(&p->lock);
	return oldest;
}

bool
pool_wait_oldest(struct pool *p, const void *job)
{
	bool wanted;

	pthread_mutex_lock(&p->lock);
	while (*job_at(p, p->delivered) != job)
		pthread_cond_wait(&p->one_delivered, &p->lock);
	wanted = !p->unwanted;
	pthread_mutex_unlock(&p->lock);
	return wanted;
}
