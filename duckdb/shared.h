/*
 * shared: a file that several threads read. One thread at a time goes from record to record and copies the compressed blocks of
 * some samples into its batch; it inflates and decodes them while others fill theirs. Each sample comes into one batch.
 */
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/window.h"
#include "rawlog/log/damage.h"
#include "rawlog/rawlog_pack.h"
#include "rawlog/rawlog_rows.h"

struct shared;

/* What one thread takes at a time. Zero bytes: nothing was taken. */
struct batch {
	struct rawlog_pack *samples;
	size_t ntaken;                   /* of them */
	bool bound;                      /* what follows is known */
	uint64_t run, part;              /* that the samples are of; the part is the number of the log in its file */
	bool blocks[CATALOG_BLOCKS_MAX]; /* that are copied; set by the thread */
	enum rawlog_result after;        /* the samples: RAWLOG_OK, more of them; or _DAMAGED, _END or _FAILED */
	struct rawlog_damage damage;     /* of RAWLOG_DAMAGED */
	int error;                       /* of RAWLOG_FAILED */
};

/* Opens a file for one thread. Results and `error` as of rawlog_open_fd; only RAWLOG_OK sets `*shared`. */
enum rawlog_result shared_open(struct shared **shared, const char *path, const char *layout,
    const struct window *window, struct rawlog_error *error);

/* One more thread reads it. False: nothing is left to read, and the caller does not read it. */
bool shared_join(struct shared *shared);

/* One thread less reads it. The last one closes it. */
void shared_leave(struct shared *shared);

/*
 * Empties the batch and fills it with samples of the window. RAWLOG_OK: it has samples, or `after` is set. RAWLOG_NEXT_RUN: the
 * current run is not that of the batch. Then it has no samples, `bind` was called with the log, and has set batch->blocks.
 * RAWLOG_FAILED: out of memory.
 */
enum rawlog_result shared_take(struct shared *shared, struct batch *batch,
    bool (*bind)(void *context, const struct rawlog *log), void *context);

/* Frees what a batch has. */
void batch_free(struct batch *batch);

#endif
