/*
 * job: how much work and memory make a job.
 */
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/job.h"

#define INFLATED_ENOUGH (8u << 20)  /* inflated bytes with which a job is full */
#define PRINTED_ENOUGH  (1u << 20)  /* the same for bytes of output */
#define PACKED_ENOUGH   (4u << 20)  /* the same for compressed bytes */
#define PACKED_MAX      (32u << 20) /* compressed bytes of a sample that is put into a job */

void
job_clear(struct job *job)
{
	job->nsamples = 0;
	job->size = 0;
	job->inflated = job->printed = job->largest = 0;
	job->after = RAWLOG_OK;
	job->urgent = false;
}

void
job_free(struct job *job)
{
	for (size_t i = 0; i < JOB_SAMPLES_MAX; i++)
		rawlog_sample_free(&job->samples[i].sample);
	if (job->part != NULL)
		formatter_free(job->part);
	free(job->bytes);
	free(job->header_buffer);
}

bool
job_is_full(const struct job *job)
{
	return job->nsamples == JOB_SAMPLES_MAX || job->inflated >= INFLATED_ENOUGH || job->printed >= PRINTED_ENOUGH ||
	    job->size >= PACKED_ENOUGH;
}

struct job_extent
job_measure(const struct job *job, const struct frame *frame)
{
	const struct catalog_release *release = job->log.layout.release;
	struct job_extent e = { UINT64_MAX, 0, 0, 0 };
	uint64_t end = 0;

	for (size_t i = 0; i < release->nblocks; i++) {
		const struct frame_block *b = &frame->blocks[i];

		if (!plan_reads(&job->log.plan, release, i))
			continue;
		if (b->offset < e.offset)
			e.offset = b->offset;
		if (b->offset + b->length > end)
			end = b->offset + b->length;
		e.inflated += b->inflated;
		e.printed += b->count > 1 ? b->inflated : b->length;
	}
	e.length = end - e.offset;
	return e;
}

bool
job_is_too_large(const struct job_extent *e)
{
	return e->length > PACKED_MAX || e->inflated > BLOCK_KEPT_MAX;
}

/* Makes the job's bytes at least `size`. False: out of memory. */
static bool
reserve(struct job *job, size_t size)
{
	size_t capacity = job->capacity > 0 ? job->capacity : 64u << 10;
	unsigned char *bytes;

	while (capacity < size)
		capacity *= 2;
	if (capacity == job->capacity)
		return true;
	bytes = realloc(job->bytes, capacity);
	if (bytes == NULL)
		return false;
	job->bytes = bytes;
	job->capacity = capacity;
	return true;
}

bool
job_add(struct job *job, struct rawlog_sample *sample, const struct job_extent *e, const unsigned char *bytes,
    size_t size)
{
	struct job_sample *p = &job->samples[job->nsamples];

	if (!reserve(job, job->size + size) || rawlog_sample_fit(&p->sample, &job->log.layout) != 0)
		return false;
	rawlog_sample_take(&p->sample, sample, sample->file);
	p->offset = e->offset;
	p->at = job->size;
	p->size = size;
	memcpy(job->bytes + p->at, bytes, size);
	job->size += size;
	job->inflated += e->inflated;
	job->printed += e->printed;
	if (job->largest < e->inflated)
		job->largest = e->inflated;
	job->nsamples++;
	return true;
}
