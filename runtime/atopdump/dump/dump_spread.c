/*
 * dump_spread: see dump_spread.h. The caller's thread, the reader, goes from log to log and from record to record, and
 * reads of each sample the compressed bytes that are needed. A few samples of one log make a job; a crew's threads
 * inflate, decode and print them into memory, each job by a part of the formatter, whose output is appended in
 * the order of logs and samples. What else there is to be shown or told of a log the reader does in a job of its own,
 * without giving it to anybody: its header, that it is none, a sample too large to be kept.
 *
 * Memory: a thread inflates one block at a time, and keeps of a job's output as much as its largest sample has bytes,
 * within KEPT_MIN and KEPT_MAX. For more of it the thread waits for the job's turn; then it goes straight on.
 */
#include <stdlib.h>

#include "atopdump/dump/crew.h"
#include "atopdump/dump/dump_spread.h"
#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/job.h"
#include "rawlog/log/header.h"

#define JOBS_MORE	1		/* than threads: while one waits to be delivered, its thread goes on */
#define KEPT_MIN	(2u << 20)	/* bytes of output that a job may keep, whatever goes into it */
#define KEPT_MAX	(8u << 20)

/* A thread's own. */
struct desk {
	struct dump_walk	 walk;
	struct file		 part;
};

struct spread {
	struct formatter	*whole;
	const struct dump_options *options;
	struct dump_walk	 walk;		/* the reader's; in the job at hand */
	struct rawlog		*log;		/* at hand */
	uint64_t		 number;	/* of the file that it is in */
	uint64_t		 headed;	/* number, in the file, of the log whose header has been shown last */
	uint64_t		 noted;		/* number of the change that has been told last */
	struct job		*job;		/* at hand, being filled; NULL */
	struct rawlog_sample	 found;		/* the sample that the reader is at, before it is in a job */
	struct rawlog_damage	 damage;	/* the same of damage */
	bool			 fills;		/* the job at hand may be given as it is */
	bool			 alone;		/* the reader shows all of the log itself */
	bool			 caught_up;	/* all that is read of the log is given, to be shown at once */
	bool			 stopped;	/* nothing more of the log is wanted, or can be shown */
	struct crew		*crew;
	struct job		*jobs;
	void			**pointers;	/* to them */
	size_t			 njobs;
	struct dump_notes	 notes;
	/* Whoever has the turn may look at these. */
	uint64_t		 failed;	/* number of the log that failed last: nothing more of it is shown */
	enum rawlog_result	 worst;
};

/* --- what threads do ---------------------------------------------------------------------------------------- */

static bool
has_turn(void *context)
{
	const struct job *job = context;

	return crew_has_turn(job->spread->crew, job);
}

/* The job's output has become much, or there is something to tell. */
static bool
wait_turn(void *context)
{
	const struct job *job = context;
	const struct spread *s = job->spread;

	return crew_wait_turn(s->crew, job) && s->failed != job->log.number;
}

static bool
wait_to_tell(struct dump_walk *w)
{
	struct job *job = w->waits_for;

	if (!wait_turn(job))
		return false;
	formatter_append(w->formatter);
	return true;
}

/* Turns a walk to a job. */
static void
set_walk(struct dump_walk *w, struct job *job)
{
	w->formatter = job->part;
	w->options = job->spread->options;
	w->plan = &job->log.plan;
	w->path = job->log.path;
	w->waits_for = job;
	w->log = job->log.number << 32 | job->log.part;
	w->notes = &job->spread->notes;
	w->result = job->result;
}

static void *
enter(void *context)
{
	const struct spread *s = context;
	struct desk *desk = calloc(1, sizeof *desk);

	if (desk == NULL)
		return NULL;
	desk->walk.tell = s->walk.tell;
	desk->walk.wait = wait_to_tell;
	if (file_open_part(&desk->part) != 0) {
		free(desk);
		return NULL;
	}
	return desk;
}

static void
leave(void *room)
{
	struct desk *desk = room;

	rawlog_sample_free(&desk->walk.sample);
	file_close(&desk->part);
	free(desk);
}

/* Shows the job's samples. */
static void
show_samples(struct desk *desk, struct job *job)
{
	struct dump_walk *w = &desk->walk;
	const int error = rawlog_sample_fit(&w->sample, &job->log.layout);

	if (error != 0)
		dump_walk_fail(w, error);
	for (size_t i = 0; i < job->nsamples && dump_walk_goes_on(w); i++) {
		struct packed *p = &job->samples[i];

		file_set_part(&desk->part, job->bytes + p->at, p->size, p->offset);
		rawlog_sample_take(&w->sample, &p->sample, &desk->part);
		w->sample.header = job->log.header;
		dump_walk_sample(w);
	}
}

static void
work(void *room, void *given)
{
	struct desk *desk = room;
	struct dump_walk *w = &desk->walk;
	struct job *job = given;

	set_walk(w, job);
	if (job->nsamples > 0)
		show_samples(desk, job);
	if (job->behind == RAWLOG_DAMAGED && dump_walk_goes_on(w))
		dump_walk_damage(w, &job->damage);
	else if (job->behind == RAWLOG_GAP && dump_walk_goes_on(w))
		dump_walk_gap(w, &job->damage);
	job->result = w->result;
	if (job->largest > KEPT_MIN)		/* not two such outputs for a thread */
		wait_turn(job);
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

static const struct crew_duty duty = {enter, leave, work, deliver};

/* --- jobs --------------------------------------------------------------------------------------------------- */

static void
free_jobs(struct spread *s)
{
	for (size_t i = 0; s->jobs != NULL && i < s->njobs; i++)
		job_free(&s->jobs[i]);
	free(s->jobs);
	free(s->pointers);
}

/* Makes the jobs, with nothing in them. False: no memory. */
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
		job->turn = (struct writer_turn){has_turn, wait_turn, job, KEPT_MIN};
		job->part = formatter_part(s->whole, &job->turn);
		job->header_room = header_room();
		if (job->part == NULL || job->header_room == NULL)
			return false;
	}
	return true;
}

/* Gives the job at hand. */
static void
give(struct spread *s)
{
	struct job *job = s->job;

	job->result = s->walk.result;
	if (job->largest > KEPT_MIN)
		job->turn.kept_max = job->largest < KEPT_MAX ? (size_t)job->largest : KEPT_MAX;
	s->job = NULL;
	s->caught_up = false;
	crew_give(s->crew);
}

/* Takes an empty job for the log at hand. False, and there is none: no more is wanted, of anything or of the log. */
static bool
take_job(struct spread *s, const char *path)
{
	struct job *job = crew_free_job(s->crew);

	if (job == NULL || (job->log.number == s->number && job->result == RAWLOG_FAILED))
		return false;
	job->log.number = s->number;
	job->log.path = path;
	job_clear(job);
	job->turn.kept_max = KEPT_MIN;
	job->result = s->walk.result;
	set_walk(&s->walk, job);
	s->job = job;
	return true;
}

/* What is known of the log when it is closed, or another is at hand in its file. */
static void
keep_log(struct origin *origin, void *room, const struct rawlog *log)
{
	const void *header = rawlog_header(log);

	origin->layout = *rawlog_layout(log);
	origin->part = rawlog_part(log)->number;
	origin->header = header != NULL ? room : NULL;
	if (header != NULL)
		memcpy(room, header, origin->layout.release->rawheader->definition->size);
}

/*
 * Has the part of the job at hand show the log at hand, and first its header, if that has not been shown. False: it
 * cannot, and the file ends.
 */
static bool
begin(struct spread *s)
{
	const uint64_t change = rawlog_run(s->log)->number;
	struct job *job = s->job;

	if (job->begun == s->number && job->change == change)
		return true;
	job->begun = s->number;
	job->change = change;
	keep_log(&job->log, job->header_room, s->log);
	if (s->headed != rawlog_part(s->log)->number) {
		s->headed = rawlog_part(s->log)->number;
		s->noted = change;
		return dump_walk_log(&s->walk, s->log, &job->log.plan);
	}
	if (!dump_walk_rejoin(&s->walk, s->log, &job->log.plan))
		return false;
	if (s->noted != change)
		dump_walk_run(&s->walk, s->log);
	s->noted = change;
	return true;
}

/* Gives the job at hand, and takes another for the same log. False: nothing more of it is wanted, or can be shown. */
static bool
go_on(struct spread *s)
{
	const char *path = s->job->log.path;

	give(s);
	return take_job(s, path) && begin(s);
}

/* --- samples ------------------------------------------------------------------------------------------------ */

/*
 * Called before the reader waits for whoever writes the log: what there is of it so far is shown. The job at hand is given,
 * and another taken.
 */
static void
catch_up(void *context)
{
	struct spread *s = context;

	if (s->alone && wait_turn(s->job)) {
		formatter_append(s->job->part);
		formatter_flush(s->whole);
		s->job->part->failure = formatter_error(s->whole);
	} else if (s->fills && !s->caught_up && !s->stopped) {
		s->job->urgent = true;
		s->stopped = !go_on(s);
		s->caught_up = true;
	}
}

/* Goes to the next record. */
static enum rawlog_result
next_sample(struct spread *s, int *error)
{
	enum rawlog_result result;

	*error = rawlog_sample_fit(&s->found, rawlog_layout(s->log));
	if (*error != 0)
		return RAWLOG_FAILED;
	s->fills = true;
	result = rawlog_next(s->log, &s->found, &s->damage, error);
	s->fills = false;
	return result;
}

/* Puts what the sample found needs into the job at hand. False: it is too large, or something failed. */
static bool
pack(struct spread *s)
{
	const struct job_extent e = job_measure(s->job, &s->found.frame);
	struct file *file = s->found.file;
	const unsigned char *from;
	size_t size;

	if (job_is_too_large(&e))
		return false;
	s->fills = true;
	from = file_at(file, e.offset, (size_t)e.length, &size);
	s->fills = false;
	if (s->stopped)
		return true;
	s->caught_up = false;
	return file->error == 0 && job_add(s->job, &s->found, &e, from, size);
}

/* Shows the sample found here and now, after all before it. */
static void
show_here(struct spread *s)
{
	rawlog_sample_take(&s->walk.sample, &s->found, s->found.file);
	if (go_on(s) && crew_drain(s->crew))
		dump_walk_sample(&s->walk);
}

/* Input or memory failed, after all that is in the job. */
static void
fail(struct spread *s, int error)
{
	if (go_on(s))
		dump_walk_fail(&s->walk, error);
}

/* Fills the job at hand. False: the log ends. */
static bool
fill(struct spread *s)
{
	enum rawlog_result result;
	int error;

	while (!job_is_full(s->job)) {
		result = next_sample(s, &error);
		if (s->stopped)
			return false;
		switch (result) {
		case RAWLOG_OK:
			if (pack(s))
				break;
			show_here(s);
			return s->job != NULL && dump_walk_goes_on(&s->walk);
		case RAWLOG_DAMAGED:
		case RAWLOG_GAP:
			s->job->damage = s->damage;
			s->job->behind = result;
			return true;
		case RAWLOG_NEXT_LOG:
		case RAWLOG_NEXT_RUN:
			return true;
		case RAWLOG_FAILED:
			fail(s, error);
			return false;
		default:
			return false;
		}
		if (s->stopped)
			return false;
	}
	return true;
}

/* --- logs --------------------------------------------------------------------------------------------------- */

/* Whether there is anything in a sample that threads could do. */
static bool
is_work(const struct origin *log)
{
	const struct catalog_release *release = log->layout.release;

	for (size_t i = 0; i < release->nblocks; i++)
		if (dump_plan_needs(&log->plan, release, i))
			return true;
	return false;
}

/* The open file. From the first log on in which there is nothing to do for threads, this thread does the rest. */
static void
show_log(struct spread *s)
{
	bool more;

	rawlog_on_wait(s->log, catch_up, s);
	s->headed = 0;
	for (more = begin(s); more && is_work(&s->job->log); more = fill(s) && go_on(s))
		continue;
	s->alone = more;
	if (more)
		dump_walk_samples(&s->walk, s->log, &s->job->log.plan);
}

/* The next of the inputs. False: no more is wanted. */
static bool
show_next(struct spread *s, struct inputs *in, const struct choice *choice)
{
	s->number++;
	s->walk.result = RAWLOG_OK;
	s->stopped = s->alone = false;
	if (!take_job(s, in->paths[in->next]))
		return false;
	s->log = dump_walk_open(&s->walk, inputs_take(in), choice);
	if (s->log != NULL) {
		show_log(s);
		rawlog_close(s->log);
	}
	if (s->job != NULL)
		give(s);
	return true;
}

bool
dump_spread(struct formatter *f, const struct dump_options *options, struct inputs *in, const struct choice *choice,
    void (*tell)(const char *path, const char *text), enum rawlog_result *worst)
{
	struct spread s = {
		.whole = f, .options = options, .njobs = options->jobs + (size_t)JOBS_MORE,
		.walk = {.tell = tell, .wait = wait_to_tell},
	};

	if (options->jobs < 2 || options->carve)
		return false;
	if (make_jobs(&s))
		s.crew = crew_open(&duty, &s, s.pointers, s.njobs, options->jobs);
	if (s.crew != NULL) {
		while (in->next < in->count && show_next(&s, in, choice))
			continue;
		crew_close(s.crew);
		*worst = s.worst;
	}
	rawlog_sample_free(&s.walk.sample);
	rawlog_sample_free(&s.found);
	free_jobs(&s);
	return s.crew != NULL;
}
