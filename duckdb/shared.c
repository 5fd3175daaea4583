/*
 * shared: the lock is held while a batch is filled, and while threads come and go.
 */
#include "duckdb/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>

/* A batch is full at so many samples, or so many bytes of their blocks: some milliseconds of decoding. */
enum {
	SAMPLES_MAX = 64,
	BYTES_MAX = 256 << 10
};

struct shared {
	pthread_mutex_t lock;
	struct rawlog *log;
	struct rawlog_sample *sample;
	struct window window;
	unsigned threads;
	bool ended;
};

enum rawlog_result
shared_open(struct shared **shared, const char *path, const char *layout, const struct window *window,
    struct rawlog_error *error)
{
	struct shared *s = calloc(1, sizeof *s);
	struct rawlog_sample *sample = rawlog_sample_new();
	enum rawlog_result result = RAWLOG_FAILED;

	error->code = ENOMEM;
	if (s != NULL && sample != NULL)
		result = rawlog_open_fd(&s->log, rawlog_descriptor(path, O_NONBLOCK), layout, error);
	if (result != RAWLOG_OK) {
		rawlog_sample_delete(sample);
		free(s);
		return result;
	}
	pthread_mutex_init(&s->lock, NULL);
	s->sample = sample;
	s->window = *window;
	s->threads = 1;
	*shared = s;
	return RAWLOG_OK;
}

bool
shared_join(struct shared *s)
{
	bool joined;

	pthread_mutex_lock(&s->lock);
	joined = !s->ended;
	s->threads += joined;
	pthread_mutex_unlock(&s->lock);
	return joined;
}

void
shared_leave(struct shared *s)
{
	bool last;

	pthread_mutex_lock(&s->lock);
	last = --s->threads == 0;
	pthread_mutex_unlock(&s->lock);
	if (!last)
		return;
	rawlog_close(s->log);
	rawlog_sample_delete(s->sample);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* Adds samples to the batch until it is full or something else comes. */
static void
fill(struct shared *s, struct batch *b)
{
	enum rawlog_result result = RAWLOG_OK;

	while (result == RAWLOG_OK && rawlog_pack_count(b->samples) < SAMPLES_MAX &&
	    rawlog_pack_size(b->samples) < BYTES_MAX) {
		result = rawlog_next(s->log, s->sample, &b->damage, &b->error);
		if (result == RAWLOG_GAP)
			result = RAWLOG_OK;
		else if (result == RAWLOG_OK && window_has(&s->window, rawlog_sample_time(s->sample)))
			result = rawlog_pack_add(b->samples, s->sample, b->blocks, &b->error);
	}
	s->ended = s->ended || result == RAWLOG_END || result == RAWLOG_FAILED;
	b->after = result == RAWLOG_NEXT_LOG || result == RAWLOG_NEXT_RUN ? RAWLOG_OK : result;
}

/* Prepares the batch for the current run. False: out of memory. */
static bool
rebind(struct shared *s, struct batch *b, bool (*bind)(void *context, const struct rawlog *log), void *context)
{
	if (rawlog_pack_begin(b->samples, s->log, &b->error) != RAWLOG_OK || !bind(context, s->log))
		return false;
	b->bound = true;
	b->run = rawlog_run_number(s->log);
	b->part = rawlog_number(s->log);
	return true;
}

enum rawlog_result
shared_take(struct shared *s, struct batch *b, bool (*bind)(void *context, const struct rawlog *log), void *context)
{
	enum rawlog_result result = RAWLOG_OK;

	if (b->samples == NULL && (b->samples = rawlog_pack_new()) == NULL)
		return RAWLOG_FAILED;
	rawlog_pack_clear(b->samples);
	b->ntaken = 0;
	pthread_mutex_lock(&s->lock);
	b->after = s->ended ? RAWLOG_END : RAWLOG_OK;
	if (!s->ended && (!b->bound || b->run != rawlog_run_number(s->log)))
		result = rebind(s, b, bind, context) ? RAWLOG_NEXT_RUN : RAWLOG_FAILED;
	else if (!s->ended)
		fill(s, b);
	pthread_mutex_unlock(&s->lock);
	return result;
}

void
batch_free(struct batch *b)
{
	rawlog_pack_delete(b->samples);
	*b = (struct batch){ .samples = NULL };
}
