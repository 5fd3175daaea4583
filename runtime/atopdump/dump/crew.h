/*
 * crew: threads that work on jobs given one after the other, whose results are delivered in the order given. Knows
 * nothing of what the jobs are. Only the thread that opened a crew gives jobs.
 */
#ifndef CREW_H
#define CREW_H

#include <stdbool.h>
#include <stddef.h>

struct crew;

struct crew_duty {
	/* Room that one worker needs for itself; NULL: no memory. */
	void	*(*enter)(void *context);
	void	(*leave)(void *room);
	/* Works on a job: of several at the same time each has another `room`. */
	void	(*work)(void *room, void *job);
	/* Takes a job's result, never two at once and in the order of jobs. False: no more is wanted. */
	bool	(*deliver)(void *context, void *job);
};

/*
 * A crew of up to `nworkers` threads, each started when there is work for it. `jobs` are `njobs` pointers, the caller's,
 * which are used in turn. NULL: no memory.
 */
struct crew	*crew_open(const struct crew_duty *duty, void *context, void **jobs, size_t njobs, size_t nworkers);

/* Waits for the jobs given and ends the threads. */
void	crew_close(struct crew *c);

/* A job that is free to be filled in and given; NULL: no more is wanted. */
void	*crew_free_job(struct crew *c);

/* Gives the job that crew_free_job returned last. Without any thread to be had it is done at once. */
void	crew_give(struct crew *c);

/* Waits until all that was given is delivered. False: no more is wanted. */
bool	crew_drain(struct crew *c);

/* Called while working on `job`, or filling it in: whether all jobs before it are delivered. */
bool	crew_has_turn(struct crew *c, const void *job);

/*
 * Called while working on `job`, or filling it in: waits until all jobs before it are delivered, so that it may do what
 * belongs to its delivery. False: no more is wanted.
 */
bool	crew_wait_turn(struct crew *c, const void *job);

#endif
