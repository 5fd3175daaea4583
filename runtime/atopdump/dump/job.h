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

#define JOB_SAMPLES_MAX 32

struct spread;

struct job_sample {
	struct rawlog_sample sample;
	uint64_t offset; /* of its bytes, in the log */
	size_t at, size; /* of its bytes, in the job's bytes */
};

/* What threads need of the log that a job belongs to. */
struct job_log {
	uint64_t number; /* of its file among the inputs, from 1 */
	const char *path;
	struct layout layout;
	struct plan plan;
	uint64_t part; /* its number in the file */
	void *header;  /* host struct of its rawheader, in the job's header buffer; NULL: none */
};

struct job {
	struct job_log log;
	struct job_sample samples[JOB_SAMPLES_MAX];
	size_t nsamples;
	unsigned char *bytes;
	size_t size, capacity;          /* of `bytes` */
	uint64_t inflated;              /* bytes that the samples inflate to */
	uint64_t printed;               /* estimate of the bytes that are printed of them */
	uint64_t largest;               /* inflated bytes of the largest sample */
	enum rawlog_result after;       /* what follows the samples: RAWLOG_DAMAGED, _GAP, or RAWLOG_OK for nothing */
	struct rawlog_damage damage;    /* that damage or gap */
	bool urgent;                    /* the log is still being written: output is flushed after delivery */
	void *header_buffer;            /* holds log.header; NULL: none yet */
	struct formatter *part;         /* formats the job's output */
	uint64_t shown_file, shown_run; /* the file and the run that `part` has begun; 0: none */
	struct writer_order order;      /* when the output of `part` may be appended */
	struct spread *spread;
	enum rawlog_result result; /* of the file so far: first the reader's, then with the job's own */
};

/* What a sample adds to a job. */
struct job_extent {
	uint64_t offset, length; /* of the blocks that are read, and what is between them */
	uint64_t inflated, printed;
};

/* Empties the job for another use; frees what it owns. */
void job_clear(struct job *job);
void job_free(struct job *job);

/* Whether the job has enough samples to be submitted. */
bool job_is_full(const struct job *job);

/* What a sample of the job's log would add; whether that is too much for any job. */
struct job_extent job_measure(const struct job *job, const struct frame *frame);
bool job_is_too_large(const struct job_extent *e);

/*
 * Moves a sample into a job that is not full, and copies the `size` bytes that exist of its extent. False: out of memory,
 * and nothing has changed.
 */
bool job_add(struct job *job, struct rawlog_sample *sample, const struct job_extent *e, const unsigned char *bytes,
    size_t size);

#endif
