/*
 * spread_worker: a thread inflates, decodes and formats the samples of a job into the job's part of the formatter. Delivery
 * appends that part to the whole output.
 */
#include <stdlib.h>

#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/spread.h"

bool
spread_is_oldest(void *job)
{
	const struct job *j = job;

	return pool_is_oldest(j->spread->pool, j);
}

bool
spread_wait_oldest(void *job)
{
	const struct job *j = job;
	const struct spread *s = j->spread;

	return pool_wait_oldest(s->pool, j) && s->failed != j->log.number;
}

static bool
wait_to_report(struct dump_walk *w)
{
	if (!spread_wait_oldest(w->waits_for))
		return false;
	formatter_append(w->formatter);
	return true;
}

void
spread_init_walk(struct dump_walk *w, const struct spread *s)
{
	*w = (struct dump_walk){ .options = s->options, .report = s->report, .wait = wait_to_report };
}

void
spread_set_walk(struct dump_walk *w, struct job *job)
{
	w->formatter = job->part;
	w->plan = &job->log.plan;
	w->release = job->log.release;
	w->path = job->log.path;
	w->waits_for = job;
	w->log = job->log.number << 32 | job->log.part;
	w->notes = &job->spread->notes;
	w->result = job->result;
}

static void *
worker_new(void *context)
{
	struct dump_walk *w = malloc(sizeof *w);

	if (w != NULL)
		spread_init_walk(w, context);
	return w;
}

static void
worker_free(void *given)
{
	struct dump_walk *w = given;

	rawlog_sample_delete(w->sample);
	free(w);
}

static void
show_samples(struct dump_walk *w, struct job *job)
{
	const size_t n = rawlog_pack_count(job->samples);
	int error;

	if (n == 0 || !dump_walk_prepare(w))
		return;
	for (size_t i = 0; i < n && dump_walk_continues(w); i++)
		if (rawlog_pack_take(job->samples, i, w->sample, &error) == RAWLOG_OK)
			dump_walk_sample(w);
		else
			dump_report_failure(w, error);
}

static void
work(void *given, void *given_job)
{
	struct dump_walk *w = given;
	struct job *job = given_job;

	spread_set_walk(w, job);
	show_samples(w, job);
	if (job->after == RAWLOG_DAMAGED && dump_walk_continues(w))
		dump_report_damage(w, &job->damage);
	else if (job->after == RAWLOG_GAP && dump_walk_continues(w))
		dump_report_gap(w, &job->damage);
	job->result = w->result;
	if (job->largest > KEPT_MIN) /* a thread must not hold two large outputs at once */
		spread_wait_oldest(job);
}

static bool
deliver(void *context, void *given)
{
	struct spread *s = context;
	struct job *job = given;

	if (s->failed == job->log.number) {
		formatter_discard(job->part);
		return true;
	}
	formatter_append(job->part);
	if (job->urgent)
		formatter_flush(s->whole);
	if (s->whole->failure == 0)
		s->whole->failure = formatter_error(job->part);
	if (job->result > s->worst)
		s->worst = job->result;
	if (job->result == RAWLOG_FAILED)
		s->failed = job->log.number;
	return formatter_error(s->whole) == 0 && (job->result != RAWLOG_DAMAGED || !s->options->strict);
}

const struct pool_ops spread_ops = { worker_new, worker_free, work, deliver };
