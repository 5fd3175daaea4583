/*
 * spread_reader: the calling thread goes from log to log and from record to record, and copies the compressed bytes that are
 * needed of each sample into a job. It uses a job without submitting it for what cannot be left to threads: a log's
 * header, a refusal, a sample that is too large to copy.
 */
#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/intake.h"
#include "atopdump/dump/spread.h"

struct reader {
	struct spread *spread;
	struct dump_walk walk; /* shows through the current job; has the sample found last */
	struct rawlog *log;
	uint64_t number; /* of the file among the inputs, from 1 */
	uint64_t headed; /* number, in the file, of the log whose header was shown last */
	uint64_t noted;  /* number of the run that was reported last */
	struct job *job; /* being filled; NULL */
	struct rawlog_damage damage;
	bool fills;     /* the job can be submitted as it is */
	bool alone;     /* this thread shows the rest of the file itself */
	bool caught_up; /* everything read so far is submitted as urgent */
	bool stopped;   /* no more of the file is wanted, or can be shown */
};

/* --- jobs --------------------------------------------------------------------------------------------------- */

/* Submits the current job. */
static void
submit(struct reader *r)
{
	struct job *job = r->job;

	job->result = r->walk.result;
	if (job->largest > KEPT_MIN)
		job->order.kept_max = job->largest < KEPT_MAX ? (size_t)job->largest : KEPT_MAX;
	r->job = NULL;
	r->caught_up = false;
	pool_submit(r->spread->pool);
}

/* Takes an empty job for the current file. False, and there is none: nothing more is wanted, at all or of the file. */
static bool
take_job(struct reader *r, const char *path)
{
	struct job *job = pool_next_job(r->spread->pool);

	if (job == NULL || (job->log.number == r->number && job->result == RAWLOG_FAILED))
		return false;
	job->log.number = r->number;
	job->log.path = path;
	job_clear(job);
	job->order.kept_max = KEPT_MIN;
	job->result = r->walk.result;
	spread_set_walk(&r->walk, job);
	r->job = job;
	return true;
}

/*
 * Keeps what threads need of the current log, which may be closed or replaced by another before they look. False: out of
 * memory, which is reported.
 */
static bool
keep_log(struct reader *r)
{
	struct job *job = r->job;
	int error;

	job->log.release = rawlog_catalog_release(r->log);
	job->log.part = rawlog_number(r->log);
	if (rawlog_pack_begin(job->samples, r->log, &error) == RAWLOG_OK)
		return true;
	dump_report_failure(&r->walk, error);
	return false;
}

/*
 * Begins the current log in the job's part of the formatter, and shows the log's header if that has not been shown. False:
 * it cannot be shown, and the file ends.
 */
static bool
begin(struct reader *r)
{
	const uint64_t run = rawlog_run_number(r->log);
	struct job *job = r->job;

	if (job->shown_file == r->number && job->shown_run == run)
		return true;
	job->shown_file = r->number;
	job->shown_run = run;
	if (!keep_log(r))
		return false;
	if (r->headed != rawlog_number(r->log)) {
		r->headed = rawlog_number(r->log);
		r->noted = run;
		return dump_walk_begin_log(&r->walk, r->log, &job->log.plan);
	}
	if (!dump_walk_resume_log(&r->walk, r->log, &job->log.plan))
		return false;
	if (r->noted != run)
		dump_report_run(&r->walk, r->log);
	r->noted = run;
	return true;
}

/* Submits the current job and takes another for the same log. False: no more of it is wanted, or can be shown. */
static bool
next_job(struct reader *r)
{
	const char *path = r->job->log.path;

	submit(r);
	return take_job(r, path) && begin(r);
}

/* --- samples ------------------------------------------------------------------------------------------------ */

/* Called before a wait for the writer of the log: has everything that was read output. */
static void
catch_up(void *context)
{
	struct reader *r = context;

	if (r->alone && spread_wait_oldest(r->job)) {
		formatter_append(r->job->part);
		formatter_flush(r->spread->whole);
		r->job->part->failure = formatter_error(r->spread->whole);
	} else if (r->fills && !r->caught_up && !r->stopped) {
		r->job->urgent = true;
		r->stopped = !next_job(r);
		r->caught_up = true;
	}
}

/* Goes to the next record. */
static enum rawlog_result
next_sample(struct reader *r, int *error)
{
	enum rawlog_result result;

	r->fills = true;
	result = rawlog_next(r->log, r->walk.sample, &r->damage, error);
	r->fills = false;
	return result;
}

/* Puts the sample found into the current job. False: it is too large, or something failed. */
static bool
pack(struct reader *r)
{
	const struct job_extent e = job_measure(r->job, r->walk.sample);
	enum rawlog_result result;
	int error;

	if (job_is_too_large(&e))
		return false;
	r->fills = true; /* another job may be the current one afterwards */
	result = rawlog_pack_read(r->walk.sample, r->job->log.plan.reads, &error);
	r->fills = false;
	if (r->stopped)
		return true;
	r->caught_up = false;
	return result == RAWLOG_OK && job_add(r->job, r->walk.sample, &e);
}

/* Shows the sample found in this thread, after all before it. */
static void
show_here(struct reader *r)
{
	if (next_job(r) && pool_drain(r->spread->pool))
		dump_walk_sample(&r->walk);
}

/* Reports that input or memory failed, after everything in the job. */
static void
fail(struct reader *r, int error)
{
	if (next_job(r))
		dump_report_failure(&r->walk, error);
}

/* Fills the current job. False: the file ends. */
static bool
fill(struct reader *r)
{
	enum rawlog_result result;
	int error;

	while (!job_is_full(r->job)) {
		result = next_sample(r, &error);
		if (r->stopped)
			return false;
		switch (result) {
		case RAWLOG_OK:
			if (!dump_walk_takes(&r->walk, r->walk.sample) || pack(r))
				break;
			show_here(r);
			return r->job != NULL && dump_walk_continues(&r->walk);
		case RAWLOG_DAMAGED:
		case RAWLOG_GAP:
			r->job->damage = r->damage;
			r->job->after = result;
			return true;
		case RAWLOG_NEXT_LOG:
		case RAWLOG_NEXT_RUN: return true;
		case RAWLOG_FAILED: fail(r, error); return false;
		default: return false;
		}
		if (r->stopped)
			return false;
	}
	return true;
}

/* --- logs --------------------------------------------------------------------------------------------------- */

/* Shows the open file. From the first log on whose samples give threads nothing to do, this thread does the rest. */
static void
show_file(struct reader *r)
{
	bool more;

	rawlog_on_wait(r->log, catch_up, r);
	r->headed = 0;
	more = begin(r);
	while (more && r->job->log.plan.reads_any)
		more = fill(r) && next_job(r);
	r->alone = more;
	while (more && dump_walk_samples(&r->walk, r->log, &r->job->log.plan))
		more = dump_walk_begin_log(&r->walk, r->log, &r->job->log.plan);
}

/* Shows the current offer. False: no more is wanted. */
static bool
show_offer(struct reader *r, struct intake *intake)
{
	r->number = intake->offer.number;
	r->walk.result = RAWLOG_OK;
	r->stopped = r->alone = false;
	if (!take_job(r, intake->offer.path)) {
		intake_drop(intake);
		return false;
	}
	r->log = dump_walk_open(&r->walk, intake);
	if (r->log != NULL) {
		show_file(r);
		rawlog_close(r->log);
	}
	if (r->job != NULL)
		submit(r);
	return true;
}

void
spread_read(struct spread *s, struct intake *intake)
{
	struct reader r = { .spread = s };

	spread_init_walk(&r.walk, s);
	while (intake_next(intake) && show_offer(&r, intake))
		continue;
	rawlog_sample_delete(r.walk.sample);
}
