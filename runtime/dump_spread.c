/*
 * dump_spread: see dump_spread.h. The caller's thread goes from record to record, and reads of each sample the compressed
 * bytes that are needed. A few samples make a job; a crew's threads inflate, decode and print them into memory, each
 * job by a branch of the format; what is printed goes to the trunk in the order of the log.
 *
 * A job has samples enough that handing it over costs little beside the work. How much work there is in a sample the
 * inflated bytes tell, how much output the compressed ones: system blocks are mostly zeros.
 *
 * Memory: a thread inflates one block at a time, and keeps of a job's output as much as its largest sample has bytes,
 * within KEPT_MIN and KEPT_MAX. For more of it the thread waits for the job's turn; then it goes straight on.
 */
#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "dump_spread.h"

#define JOBS_MORE	1		/* than threads: while one waits to be delivered, its thread goes on */
#define SAMPLES_MAX	32		/* of a job */
#define INFLATED_ENOUGH	(8u << 20)	/* inflated bytes that make a job */
#define PACKED_ENOUGH	(64u << 10)	/* and compressed ones */
#define KEPT_MIN	(2u << 20)	/* bytes of output that a job may keep, whatever goes into it */
#define KEPT_MAX	(8u << 20)
#define PACKED_MAX	(32u << 20)	/* compressed bytes of a sample: one that has more is not spread */

/* A sample that is given away: its record, and the compressed bytes of its blocks. */
struct packed {
	struct rawlog_sample	 sample;
	bool			 is_made;	/* the sample object is */
	uint64_t		 offset;	/* in the log, of the bytes */
	size_t			 at, size;	/* in the job's bytes */
};

struct job {
	struct packed		 samples[SAMPLES_MAX];
	size_t			 nsamples;
	unsigned char		*bytes;
	size_t			 size, room;
	uint64_t		 inflated;	/* bytes that will come of them */
	uint64_t		 largest;	/* and of one sample */
	bool			 has_damage;	/* behind the samples */
	struct rawlog_damage	 damage;
	struct dump		*branch;
	struct writer_turn	 turn;
	struct spread		*spread;
	enum dump_result	 result;
};

/* A thread's own. */
struct desk {
	struct dump_walk	 walk;
	struct file		 part;
};

struct spread {
	struct dump_walk	*walk;		/* the caller's */
	struct rawlog		*log;
	struct crew		*crew;
	struct job		*jobs;
	void			**pointers;	/* to them */
	size_t			 njobs;
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
	struct job *job = context;

	return crew_wait_turn(job->spread->crew, job);
}

static bool
wait_to_tell(struct dump_walk *w)
{
	struct job *job = w->waits_for;

	if (!wait_turn(job))
		return false;
	w->dump->format->join(w->dump);
	return true;
}

static void *
enter(void *context)
{
	const struct spread *s = context;
	struct desk *desk = calloc(1, sizeof *desk);

	if (desk == NULL)
		return NULL;
	desk->walk = (struct dump_walk){
		.trunk = s->walk->trunk, .plan = s->walk->plan, .path = s->walk->path, .tell = s->walk->tell,
		.wait = wait_to_tell,
	};
	if (file_open_part(&desk->part) != 0) {
		free(desk);
		return NULL;
	}
	if (rawlog_sample_init(&desk->walk.sample, s->log) != 0) {
		rawlog_sample_free(&desk->walk.sample);
		file_close(&desk->part);
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

static void
work(void *room, void *given)
{
	struct desk *desk = room;
	struct dump_walk *w = &desk->walk;
	struct job *job = given;

	w->dump = job->branch;
	w->waits_for = job;
	w->result = DUMP_OK;
	for (size_t i = 0; i < job->nsamples && dump_walk_goes_on(w); i++) {
		struct packed *p = &job->samples[i];

		file_set_part(&desk->part, job->bytes + p->at, p->size, p->offset);
		rawlog_sample_take(&w->sample, &p->sample, &desk->part);
		dump_walk_sample(w);
	}
	if (job->has_damage && dump_walk_goes_on(w))
		dump_walk_damage(w, &job->damage);
	job->result = w->result;
	if (job->largest > KEPT_MIN)		/* not two such outputs for a thread */
		wait_turn(job);
}

static bool
deliver(void *context, void *given)
{
	struct spread *s = context;
	struct job *job = given;
	struct dump_walk *w = s->walk;

	job->branch->format->join(job->branch);
	if (job->result > w->result)
		w->result = job->result;
	return dump_walk_goes_on(w);
}

static const struct crew_duty duty = {enter, leave, work, deliver};

/* --- jobs --------------------------------------------------------------------------------------------------- */

static void
free_jobs(struct spread *s)
{
	for (size_t i = 0; s->jobs != NULL && i < s->njobs; i++) {
		struct job *job = &s->jobs[i];

		for (size_t k = 0; k < SAMPLES_MAX; k++)
			if (job->samples[k].is_made)
				rawlog_sample_free(&job->samples[k].sample);
		if (job->branch != NULL)
			job->branch->format->prune(job->branch);
		free(job->bytes);
	}
	free(s->jobs);
	free(s->pointers);
}

/* Makes the jobs, with nothing in them. False: no memory. */
static bool
make_jobs(struct spread *s)
{
	struct dump *trunk = s->walk->trunk;

	s->jobs = calloc(s->njobs, sizeof *s->jobs);
	s->pointers = calloc(s->njobs, sizeof *s->pointers);
	if (s->jobs == NULL || s->pointers == NULL)
		return false;
	for (size_t i = 0; i < s->njobs; i++) {
		struct job *job = &s->jobs[i];

		s->pointers[i] = job;
		job->spread = s;
		job->turn = (struct writer_turn){has_turn, wait_turn, job, KEPT_MIN};
		job->branch = trunk->format->branch(trunk, &job->turn);
		if (job->branch == NULL)
			return false;
	}
	return true;
}

/* An empty job; NULL: no more is wanted. */
static struct job *
next_job(struct spread *s)
{
	struct job *job = crew_free_job(s->crew);

	if (job == NULL)
		return NULL;
	job->nsamples = 0;
	job->size = 0;
	job->inflated = job->largest = 0;
	job->has_damage = false;
	return job;
}

static void
give(struct spread *s, struct job *job)
{
	job->turn.kept_max = KEPT_MIN;
	if (job->largest > KEPT_MIN)
		job->turn.kept_max = job->largest < KEPT_MAX ? (size_t)job->largest : KEPT_MAX;
	crew_give(s->crew);
}

/* --- samples ------------------------------------------------------------------------------------------------ */

/* Goes to the next record, for the job's next sample. */
static enum rawlog_result
next_sample(struct spread *s, struct job *job, int *error)
{
	struct packed *p = &job->samples[job->nsamples];

	if (!p->is_made) {
		p->is_made = true;
		*error = rawlog_sample_init(&p->sample, s->log);
		if (*error != 0)
			return RAWLOG_FAILED;
	}
	return rawlog_next(s->log, &p->sample, &job->damage, error);
}

static bool
reserve(struct job *job, size_t size)
{
	size_t room = job->room > 0 ? job->room : 64u << 10;
	unsigned char *bytes;

	while (room < size)
		room *= 2;
	if (room == job->room)
		return true;
	bytes = realloc(job->bytes, room);
	if (bytes == NULL)
		return false;
	job->bytes = bytes;
	job->room = room;
	return true;
}

/* The extent of the blocks that are needed, and how much comes out of them. */
static void
measure(const struct spread *s, const struct frame *frame, struct packed *p, uint64_t *length, uint64_t *inflated)
{
	const struct catalog_release *release = rawlog_layout(s->log)->release;
	uint64_t end = 0;

	p->offset = UINT64_MAX;
	*inflated = 0;
	for (size_t i = 0; i < release->nblocks; i++) {
		const struct frame_block *b = &frame->blocks[i];

		if (!dump_plan_needs(s->walk->plan, release, i))
			continue;
		if (b->offset < p->offset)
			p->offset = b->offset;
		if (b->offset + b->length > end)
			end = b->offset + b->length;
		*inflated += b->inflated;
	}
	*length = end - p->offset;
}

/* Puts what the next sample needs into the job. False: it is too large, or something failed. */
static bool
pack(struct spread *s, struct job *job)
{
	struct packed *p = &job->samples[job->nsamples];
	uint64_t length, inflated;
	const unsigned char *from;

	measure(s, &p->sample.frame, p, &length, &inflated);
	if (length > PACKED_MAX || inflated > BLOCK_KEPT_MAX)
		return false;
	from = file_at(p->sample.file, p->offset, (size_t)length, &p->size);
	if (p->sample.file->error != 0 || !reserve(job, job->size + p->size))
		return false;
	p->at = job->size;
	memcpy(job->bytes + p->at, from, p->size);
	job->size += p->size;
	job->inflated += inflated;
	if (job->largest < inflated)
		job->largest = inflated;
	job->nsamples++;
	return true;
}

/* Shows the job's next sample here and now, after all before it. */
static void
show_here(struct spread *s, struct job *job)
{
	struct packed *p = &job->samples[job->nsamples];

	give(s, job);
	if (crew_drain(s->crew)) {
		rawlog_sample_take(&s->walk->sample, &p->sample, p->sample.file);
		dump_walk_sample(s->walk);
	}
}

static void
fail(struct spread *s, struct job *job, int error)
{
	give(s, job);
	if (crew_drain(s->crew))
		dump_walk_fail(s->walk, error);
}

/* Fills one job, and gives it. False at the end. */
static bool
fill(struct spread *s, struct job *job)
{
	int error;

	while (job->nsamples < SAMPLES_MAX && job->inflated < INFLATED_ENOUGH && job->size < PACKED_ENOUGH) {
		switch (next_sample(s, job, &error)) {
		case RAWLOG_OK:
			if (pack(s, job))
				continue;
			show_here(s, job);
			return dump_walk_goes_on(s->walk);
		case RAWLOG_DAMAGED:
			job->has_damage = true;
			give(s, job);
			return true;
		case RAWLOG_FAILED:
			fail(s, job, error);
			return false;
		default:
			give(s, job);
			return false;
		}
	}
	give(s, job);
	return true;
}

bool
dump_spread(struct dump_walk *w, struct rawlog *log)
{
	const struct catalog_release *release = rawlog_layout(log)->release;
	struct spread s = {.walk = w, .log = log, .njobs = w->dump->jobs + (size_t)JOBS_MORE};
	struct job *job;
	size_t i = 0;

	while (i < release->nblocks && !dump_plan_needs(w->plan, release, i))
		i++;
	if (w->dump->jobs < 2 || i == release->nblocks)
		return false;
	if (make_jobs(&s))
		s.crew = crew_open(&duty, &s, s.pointers, s.njobs, w->dump->jobs);
	if (s.crew != NULL) {
		do
			job = next_job(&s);
		while (job != NULL && fill(&s, job));
		crew_close(s.crew);
	}
	free_jobs(&s);
	return s.crew != NULL;
}
