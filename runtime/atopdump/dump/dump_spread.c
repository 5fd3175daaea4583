/*
 * dump_spread: makes the jobs and the pool, then the reader fills jobs until the inputs end.
 *
 * Memory: a thread inflates one block at a time. Of a job's output it keeps as many bytes as the job's largest sample
 * inflates to, but between KEPT_MIN and KEPT_MAX. When there is more, the thread waits until its job is the oldest, and
 * then writes directly.
 */
#include <stdlib.h>

#include "atopdump/dump/dump_spread.h"
#include "atopdump/dump/intake.h"
#include "atopdump/dump/spread.h"

#define JOBS_MORE 1 /* jobs more than threads: a thread goes on while its last job waits for delivery */

static void
free_jobs(struct spread *s)
{
	for (size_t i = 0; s->jobs != NULL && i < s->njobs; i++)
		job_free(&s->jobs[i]);
	free(s->jobs);
	free(s->pointers);
}

/* Makes empty jobs. False: out of memory; free_jobs is due in either case. */
static bool
make_jobs(struct spread *s)
{
	s->jobs = calloc(s->njobs, sizeof *s->jobs);
	s->pointers = calloc(s->njobs, sizeof *s->pointers);
	if (s->jobs == NULL || s->pointers == NULL)
		return false;
	for (size_t i = 0; i < s->njobs; i++) {
		struct job *job = &s->jobs[i];

		s->pointers[i] = job;
		job->spread = s;
		job->order = (struct writer_order){ spread_is_oldest, spread_wait_oldest, job, KEPT_MIN };
		job->part = formatter_part(s->whole, &job->order);
		if (job->part == NULL || !job_init(job))
			return false;
	}
	return true;
}

bool
dump_spread(struct formatter *f, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text), enum rawlog_result *worst)
{
	struct spread s = {
		.whole = f,
		.options = options,
		.report = report,
		.njobs = options->jobs + (size_t)JOBS_MORE,
	};

	if (options->jobs < 2 || options->carve)
		return false;
	if (make_jobs(&s))
		s.pool = pool_open(&spread_ops, &s, s.pointers, s.njobs, options->jobs);
	if (s.pool != NULL) {
		struct intake intake;

		intake_begin(&intake, in, false);
		spread_read(&s, &intake);
		pool_close(s.pool);
		intake_end(&intake); /* jobs use the names that it keeps */
		*worst = s.worst;
	}
	free_jobs(&s);
	return s.pool != NULL;
}
