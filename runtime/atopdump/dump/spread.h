/*
 * spread: what the parts of dump_spread share. The reader (spread_reader.c) fills jobs; the threads of the pool
 * (spread_worker.c) show them. Not for other files.
 */
#ifndef SPREAD_H
#define SPREAD_H

#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/job.h"
#include "atopdump/dump/pool.h"

#define KEPT_MIN (2u << 20) /* bytes of output that a job may keep in memory, however small its samples are */
#define KEPT_MAX (8u << 20) /* the same, however large they are */

struct spread {
	struct formatter *whole;
	const struct dump_options *options;
	void (*report)(const char *path, const char *text);
	struct pool *pool;
	struct job *jobs;
	void **pointers; /* to the jobs */
	size_t njobs;
	struct dump_notes notes;
	/* Used only in the delivery of a job, or while it is the oldest. */
	uint64_t failed; /* number of the file that failed last: no more of it is shown */
	enum rawlog_result worst;
};

/* --- spread_worker.c: what threads do ----------------------------------------------------------------------- */

extern const struct pool_ops spread_ops;

/* Whether the job (a struct job) is the oldest. */
bool spread_is_oldest(void *job);

/* Waits until the job (a struct job) is the oldest. False: no more of its file is wanted. */
bool spread_wait_oldest(void *job);

/* Prepares a walk that reports through a job: before reporting it waits for the job's place in the order. */
void spread_init_walk(struct dump_walk *w, const struct spread *s);

/* Lets the walk show the job's log through the job's part of the formatter. */
void spread_set_walk(struct dump_walk *w, struct job *job);

/* --- spread_reader.c: what the calling thread does ---------------------------------------------------------- */

/* Reads what the intake offers and submits jobs, until no more is wanted. The jobs use names that the intake keeps. */
void spread_read(struct spread *s, struct intake *intake);

#endif
