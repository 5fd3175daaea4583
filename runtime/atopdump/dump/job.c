/*
 * job: how much work and memory make a job.
 */
#include "atopdump/dump/job.h"

#define INFLATED_ENOUGH (8u << 20)  /* inflated bytes with which a job is full */
#define PRINTED_ENOUGH  (1u << 20)  /* the same for bytes of output */
#define PACKED_ENOUGH   (4u << 20)  /* the same for compressed bytes */
#define PACKED_MAX      (32u << 20) /* compressed bytes of a sample that is put into a job */
#define INFLATED_MAX    (48u << 20) /* the same for inflated bytes */

bool
job_init(struct job *job)
{
	job->samples = rawlog_pack_new();
	return job->samples != NULL;
}

void
job_clear(struct job *job)
{
	rawlog_pack_clear(job->samples);
	job->inflated = job->printed = job->largest = 0;
	job->after = RAWLOG_OK;
	job->urgent = false;
}

void
job_free(struct job *job)
{
	rawlog_pack_delete(job->samples);
	if (job->part != NULL)
		formatter_free(job->part);
}

bool
job_is_full(const struct job *job)
{
	return rawlog_pack_count(job->samples) == JOB_SAMPLES_MAX || job->inflated >= INFLATED_ENOUGH ||
	    job->printed >= PRINTED_ENOUGH || rawlog_pack_size(job->samples) >= PACKED_ENOUGH;
}

struct job_extent
job_measure(const struct job *job, const struct rawlog_sample *sample)
{
	struct job_extent e = { 0, 0, 0 };
	uint64_t from = UINT64_MAX, to = 0;
	struct rawlog_extent b;

	for (size_t i = 0; i < job->log.release->nblocks; i++) {
		if (!job->log.plan.reads[i])
			continue;
		rawlog_block_extent(sample, i, &b);
		from = b.offset < from ? b.offset : from;
		to = b.offset + b.length > to ? b.offset + b.length : to;
		e.inflated += b.inflated;
		e.printed += b.count > 1 ? b.inflated : b.length;
	}
	e.length = to - from;
	return e;
}

bool
job_is_too_large(const struct job_extent *e)
{
	return e->length > PACKED_MAX || e->inflated > INFLATED_MAX;
}

bool
job_add(struct job *job, struct rawlog_sample *sample, const struct job_extent *e)
{
	int error;

	if (rawlog_pack_add(job->samples, sample, job->log.plan.reads, &error) != RAWLOG_OK)
		return false;
	job->inflated += e->inflated;
	job->printed += e->printed;
	if (job->largest < e->inflated)
		job->largest = e->inflated;
	return true;
}
