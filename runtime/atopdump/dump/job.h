/*
 * job: samples of one log, each with the compressed bytes that are needed of it, to be shown by whatever thread. Knows
 * neither threads nor how samples are shown.
 *
 * A job has samples enough that handing it over costs little beside the work, and not so many that a thread would have
 * to wait with what it prints. How much work there is in a sample its inflated bytes tell. About as much comes out as
 * goes in where a block holds many structs; of one large struct most is zeros, and not printed. It holds PACKED_ENOUGH
 * compressed bytes before its last sample, and PACKED_MAX of that.
 */
#ifndef JOB_H
#define JOB_H

#include <stdbool.h>

#include "atopdump/dump/dump_walk.h"

#define JOB_SAMPLES_MAX	32

struct spread;

/* A sample that is given away: its record, and the compressed bytes of its blocks. */
struct packed {
	struct rawlog_sample	 sample;
	uint64_t		 offset;	/* in the log, of the bytes */
	size_t			 at, size;	/* in the job's bytes */
};

/* What threads need to know of the log that a job is of. */
struct origin {
	uint64_t		 number;	/* among the inputs, from 1 on */
	const char		*path;
	struct layout		 layout;
	struct dump_plan	 plan;
	uint64_t		 part;		/* of the file's logs */
	void			*header;	/* its rawheader, in the job's room for any; NULL: it has none */
};

struct job {
	struct origin		 log;
	struct packed		 samples[JOB_SAMPLES_MAX];
	size_t			 nsamples;
	unsigned char		*bytes;
	size_t			 size, room;
	uint64_t		 inflated;	/* bytes that will come out of them */
	uint64_t		 printed;	/* bytes that will be printed of these, about */
	uint64_t		 largest;	/* inflated bytes of one sample, at most */
	enum rawlog_result	 behind;	/* the samples: damage, a gap, or nothing, RAWLOG_OK */
	bool			 urgent;	/* who writes the log is waited for: it is shown when delivered */
	struct rawlog_damage	 damage;
	void			*header_room;
	struct formatter	*part;
	uint64_t		 begun, change;	/* numbers of the file that the part shows, and of the change in it; 0: none */
	struct writer_turn	 turn;
	struct spread		*spread;
	enum rawlog_result	 result;	/* what the reader found, and then what the thread did */
};

/* What a sample takes and makes of what a job may have. */
struct job_extent {
	uint64_t	offset, length;	/* of its blocks that are needed, and what is between them */
	uint64_t	inflated, printed;
};

/* Forgets what is in the job; frees what it has. */
void	job_clear(struct job *job);
void	job_free(struct job *job);

/* Whether the job has samples enough to be given away. */
bool	job_is_full(const struct job *job);

/* What a sample of the job's log would take; whether that is too much for any job. */
struct job_extent	job_measure(const struct job *job, const struct frame *frame);
bool			job_is_too_large(const struct job_extent *e);

/*
 * Puts a sample, which is then none, into a job that is not full, with the `size` bytes that are there of its extent. False:
 * no memory, and the sample is what it was.
 */
bool	job_add(struct job *job, struct rawlog_sample *sample, const struct job_extent *e, const unsigned char *bytes,
	    size_t size);

#endif
