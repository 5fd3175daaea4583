/*
 * dump_walk: passes one log to a formatter: its beginning, then one sample after the other. Does not know which threads
 * exist.
 */
#ifndef DUMP_WALK_H
#define DUMP_WALK_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/plan.h"
#include "rawlog/rawlog.h"
#include "rawlog/rawlog_rows.h"

/*
 * What has been reported for the current log and is reported once. Written only in the order of output; read by any thread.
 */
struct dump_notes {
	_Atomic uint64_t log;      /* the log's id; 0: none */
	_Atomic uint64_t reported; /* known faults of its recorders: bits of the faults of its release */
	_Atomic bool overflow;     /* a value that tables cannot hold */
};

struct inputs_folder;
struct intake;

struct dump_walk {
	struct formatter *formatter;
	const struct dump_options *options;
	const struct plan *plan;
	const char *path;             /* of the file, for messages */
	bool member;                  /* of an archive */
	struct inputs_folder *folder; /* in which the file was found; NULL: it was named */
	const char *digest;           /* of the current log; NULL: not computed */
	void (*report)(const char *path, const char *text);
	/*
	 * Called before something is reported: waits until everything before it has been output. False: nothing more is
	 * wanted. NULL: there is nothing to wait for.
	 */
	bool (*wait)(struct dump_walk *w);
	void *waits_for; /* the caller's, for `wait` */
	struct dump_notes *notes;
	uint64_t log;                          /* id of the current log, unique among those that share the notes */
	const struct catalog_release *release; /* of the current log */
	struct rawlog_row row;                 /* the row shown last */
	struct rawlog_sample *sample;          /* NULL until dump_walk_prepare; the caller deletes it */
	int64_t first;             /* the time of the current log's first sample; RAWLOG_NO_TIME: none yet */
	enum rawlog_result result; /* of the file so far */
};

/* Makes w->sample, if there is none. False: out of memory, which is reported. */
bool dump_walk_prepare(struct dump_walk *w);

/*
 * Opens the current offer, which becomes w's file, or looks for records there; or reports why it cannot be opened. NULL: it
 * cannot be read, which is reported; or it was found in a folder and is not a log.
 */
struct rawlog *dump_walk_open(struct dump_walk *w, struct intake *intake);

/*
 * Begins the current log of an open file and shows its header; or resumes a log whose header has been shown. The plan is
 * made, and becomes the walk's. False: the format cannot show the log, or memory is short, which is reported.
 */
bool dump_walk_begin_log(struct dump_walk *w, struct rawlog *log, struct plan *plan);
bool dump_walk_resume_log(struct dump_walk *w, struct rawlog *log, struct plan *plan);

/* Whether `sample`, the next one of the log, is shown. Called once for each, by the thread that goes from record to record. */
bool dump_walk_takes(const struct dump_walk *w, const struct rawlog_sample *sample);

/* Shows w->sample. */
void dump_walk_sample(struct dump_walk *w);

/*
 * Shows all remaining samples of the current log, whose plan is made anew for each run. True: another log follows in the
 * file, which dump_walk_begin_log begins.
 */
bool dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct plan *plan);

/* Whether the walk goes on with the current file; and with others after it. */
bool dump_walk_continues(const struct dump_walk *w);
bool dump_walk_more_wanted(const struct dump_walk *w);

#endif
