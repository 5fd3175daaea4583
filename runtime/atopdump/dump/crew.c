/*
 * crew: see crew.h. The one place that knows of threads.
 *
 * Jobs are numbered as they are given. The numbers taken, and delivered, only grow, so that of a ring of jobs
 *
 *	delivered ≤ taken ≤ given ≤ delivered + njobs
 *
 * and whoever is done with the job that comes next delivers it and all behind it that are done, too.
 */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "atopdump/dump/crew.h"

#define STACK_SIZE	(256u << 10)

struct crew {
	const struct crew_duty	*duty;
	void			*context;
	void			**jobs;
	bool			*done;		/* of each job: it waits for its delivery */
	size_t			 njobs;
	pthread_t		*threads;
	void			**rooms;	/* of the threads; where there are none, the caller's */
	size_t			 nthreads, nthreads_max;
	pthread_mutex_t		 lock;		/* of all that follows, and of `done` */
	pthread_cond_t		 given_one;	/* or it is over */
	pthread_cond_t		 delivered_one;
	uint64_t		 given, taken, delivered;
	size_t			 idle;		/* threads that wait for a job */
	bool			 delivering;	/* somebody is at it */
	bool			 over;		/* no more jobs will come */
	bool			 unwanted;	/* no more results are wanted */
};

static void **
job_at(const struct crew *c, uint64_t number)
{
	return &c->jobs[number % c->njobs];
}

/* Delivers what is due, unless somebody else is at it. The lock is held, but not meanwhile. */
static void
deliver_due(struct crew *c)
{
	bool wanted;

	if (c->delivering)
		return;
	c->delivering = true;
	while (c->delivered < c->taken && c->done[c->delivered % c->njobs]) {
		wanted = !c->unwanted;
		pthread_mutex_unlock(&c->lock);
		if (wanted)
			wanted = c->duty->deliver(c->context, *job_at(c, c->delivered));
		pthread_mutex_lock(&c->lock);
		if (!wanted)
			c->unwanted = true;
		c->done[c->delivered++ % c->njobs] = false;
		pthread_cond_broadcast(&c->delivered_one);
	}
	c->delivering = false;
}

/* Takes the next job, which there is, and sees it through. The lock is held, but not meanwhile. */
static void
do_job(struct crew *c, void *room)
{
	const uint64_t number = c->taken++;
	const bool wanted = !c->unwanted;

	pthread_mutex_unlock(&c->lock);
	if (wanted)
		c->duty->work(room, *job_at(c, number));
	pthread_mutex_lock(&c->lock);
	c->done[number % c->njobs] = true;
	deliver_due(c);
}

/* What a thread is told at its birth. */
struct birth {
	struct crew	*crew;
	void		*room;
};

/* A thread's life. */
static void *
run(void *told)
{
	const struct birth birth = *(struct birth *)told;
	struct crew *c = birth.crew;

	free(told);
	pthread_mutex_lock(&c->lock);
	for (;;) {
		while (c->taken == c->given && !c->over) {
			c->idle++;
			pthread_cond_wait(&c->given_one, &c->lock);
			c->idle--;
		}
		if (c->taken == c->given)
			break;
		do_job(c, birth.room);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

static void
free_crew(struct crew *c)
{
	for (size_t i = 0; c->rooms != NULL && i <= c->nthreads; i++)
		if (c->rooms[i] != NULL)
			c->duty->leave(c->rooms[i]);
	free(c->rooms);
	free(c->threads);
	free(c->done);
	free(c);
}

/* Makes the lock and what is waited for. False: the system lets it have none. */
static bool
init_locks(struct crew *c)
{
	if (pthread_mutex_init(&c->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&c->given_one, NULL) == 0) {
		if (pthread_cond_init(&c->delivered_one, NULL) == 0)
			return true;
		pthread_cond_destroy(&c->given_one);
	}
	pthread_mutex_destroy(&c->lock);
	return false;
}

struct crew *
crew_open(const struct crew_duty *duty, void *context, void **jobs, size_t njobs, size_t nworkers)
{
	struct crew *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->duty = duty;
	c->context = context;
	c->jobs = jobs;
	c->njobs = njobs;
	c->nthreads_max = nworkers;
	c->done = calloc(njobs, sizeof *c->done);
	c->threads = calloc(nworkers, sizeof *c->threads);
	c->rooms = calloc(nworkers + 1, sizeof *c->rooms);
	if (c->rooms != NULL)
		c->rooms[0] = duty->enter(context);
	if (c->done == NULL || c->threads == NULL || c->rooms == NULL || c->rooms[0] == NULL ||
	    !init_locks(c)) {
		free_crew(c);
		return NULL;
	}
	return c;
}

void
crew_close(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->over = true;
	pthread_cond_broadcast(&c->given_one);
	pthread_mutex_unlock(&c->lock);
	for (size_t i = 0; i < c->nthreads; i++)
		pthread_join(c->threads[i], NULL);
	pthread_cond_destroy(&c->delivered_one);
	pthread_cond_destroy(&c->given_one);
	pthread_mutex_destroy(&c->lock);
	free_crew(c);
}

void *
crew_free_job(struct crew *c)
{
	bool wanted;

	pthread_mutex_lock(&c->lock);
	while (c->given == c->delivered + c->njobs)
		pthread_cond_wait(&c->delivered_one, &c->lock);
	wanted = !c->unwanted;
	pthread_mutex_unlock(&c->lock);
	return wanted ? *job_at(c, c->given) : NULL;
}

/* Starts a thread with the next of the rooms, which is to take no signals (unfinished.h). False: the system lets it have none. */
static bool
start_thread(struct crew *c)
{
	struct birth *birth = malloc(sizeof *birth);
	pthread_attr_t attributes;
	sigset_t all, before;
	int error;

	if (birth == NULL)
		return false;
	*birth = (struct birth){c, c->rooms[c->nthreads]};
	error = pthread_attr_init(&attributes);
	if (error == 0) {
		sigfillset(&all);
		pthread_sigmask(SIG_SETMASK, &all, &before);
		pthread_attr_setstacksize(&attributes, STACK_SIZE);
		error = pthread_create(&c->threads[c->nthreads], &attributes, run, birth);
		pthread_attr_destroy(&attributes);
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	if (error != 0)
		free(birth);
	return error == 0;
}

/* One thread more, as long as there are any to be had. */
static void
add_thread(struct crew *c)
{
	if (c->rooms[c->nthreads] == NULL)
		c->rooms[c->nthreads] = c->duty->enter(c->context);
	if (c->rooms[c->nthreads] != NULL && start_thread(c))
		c->nthreads++;
	else
		c->nthreads_max = c->nthreads;
}

void
crew_give(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	c->given++;
	if (c->idle == 0 && c->nthreads < c->nthreads_max)
		add_thread(c);
	if (c->nthreads == 0)
		do_job(c, c->rooms[0]);
	else
		pthread_cond_signal(&c->given_one);
	pthread_mutex_unlock(&c->lock);
}

bool
crew_drain(struct crew *c)
{
	bool wanted;

	pthread_mutex_lock(&c->lock);
	while (c->delivered < c->given)
		pthread_cond_wait(&c->delivered_one, &c->lock);
	wanted = !c->unwanted;
	pthread_mutex_unlock(&c->lock);
	return wanted;
}

bool
crew_has_turn(struct crew *c, const void *job)
{
	bool has;

	pthread_mutex_lock(&c->lock);
	has = *job_at(c, c->delivered) == job;
	pthread_mutex_unlock(&c->lock);
	return has;
}

bool
crew_wait_turn(struct crew *c, const void *job)
{
	bool wanted;

	pthread_mutex_lock(&c->lock);
	while (*job_at(c, c->delivered) != job)
		pthread_cond_wait(&c->delivered_one, &c->lock);
	wanted = !c->unwanted;
	pthread_mutex_unlock(&c->lock);
	return wanted;
}
