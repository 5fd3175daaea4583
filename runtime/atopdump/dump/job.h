/*
 * job: some samples of one log, with copies of the compressed bytes that are needed of them, so that any thread can show
 * them. Knows neither threads nor how samples are shown.
 *
 * A job has enough samples that handing it over costs little beside the work, and so few that their output fits into
 * memory. The inflated bytes of a sample measure its work. Blocks of many structs print about as many bytes as they
 * inflate to; one large struct is mostly zeros and prints little. A job holds up to PACKED_ENOUGH compressed bytes before
 * its last sample, and PACKED_MAX of that one.
 */
#ifndef JOB_H
#define JOB_H

#include <stdbool.h>

#include "atopdump/dump/dump_walk.h"
#include "rawlog/rawlog_pack.h"

#define JOB_SAMPLES_MAX 32

struct spread;

/* What threads need of the log that a job belongs to. */
struct job_log {
	uint64_t number; /* of its file among the inputs, from 1 */
	const char *path;
	const struct catalog_release *release;
	struct plan plan;
	uint64_t part; /* its number in the file */
};

struct job {
	struct job_log log;
	struct rawlog_pack *samples;
	uint64_t inflated;              /* bytes that the samples inflate to */
	uint64_t printed;               /* estimate of the bytes that are printed of them */
	uint64_t largest;               /* inflated bytes of the largest sample */
	enum rawlog_result after;       /* what follows the samples: RAWLOG_DAMAGED, _GAP, or RAWLOG_OK for nothing */
	struct rawlog_damage damage;    /* that damage or gap */
	bool urgent;                    /* the log is still being written: output is flushed after delivery */
	struct formatter *part;         /* formats the job's output */
	uint64_t shown_file, shown_run; /* the file and the run that `part` has begun; 0: none */
	struct writer_order order;      /* when the output of `part` may be appended */
	struct spread *spread;
	enum rawlog_result result; /* of the file so far: first the reader's, then with the job's own */
};

/* What a sample adds to a job. */
struct job_extent {
	uint64_t length; /* of the blocks that are read, and what is between them */
	uint64_t inflated, printed;
};

/* Makes what a job owns besides its part of the formatter. False: out of memory, and nothing is owned. */
bool job_init(struct job *job);

/* Empties the job for another use; frees what it owns. */
void job_clear(struct job *job);
void job_free(struct job *job);

/* Whether the job has enough samples to be submitted. */
bool job_is_full(const struct job *job);

/* What a sample of the job's log would add; whether that is too much for any job. */
struct job_extent job_measure(const struct job *job, const struct rawlog_sample *sample);
bool job_is_too_large(const struct job_extent *e);

/* Copies a sample into a job that is not full. False: out of memory, and nothing has changed. */
bool job_add(struct job *job, struct rawlog_sample *sample, const struct job_extent *e);

#endif
