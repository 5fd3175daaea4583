/*
 * dump_walk: passes one log to a formatter: its beginning, then one sample after the other. Does not know which threads
 * exist.
 */
#ifndef DUMP_WALK_H
#define DUMP_WALK_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/plan.h"
#include "rawlog/log/reader.h"
#include "rawlog/log/sample_row.h"

/*
 * Which known faults of recorders have been reported for the current log, so that each is reported once. Written only in the
 * order of output; read by any thread.
 */
struct dump_notes {
	_Atomic uint64_t log;      /* the log's id; 0: none */
	_Atomic uint64_t reported; /* bits of the faults of its release */
};

struct dump_walk {
	struct formatter *formatter;
	const struct dump_options *options;
	const struct plan *plan;
	const char *path; /* of the file, for messages */
	void (*report)(const char *path, const char *text);
	/*
	 * Called before something is reported: waits until everything before it has been output. False: nothing more is
	 * wanted. NULL: there is nothing to wait for.
	 */
	bool (*wait)(struct dump_walk *w);
	void *waits_for; /* the caller's, for `wait` */
	struct dump_notes *notes;
	uint64_t log;                /* id of the current log, unique among those that share the notes */
	struct rawlog_row row;       /* the row shown last */
	struct rawlog_sample sample; /* all zeros, or used for another log; the caller frees it */
	enum rawlog_result result;   /* of the file so far */
};

/*
 * Opens the log at descriptor `fd`, which becomes the log's; or reports the negative errno that is there instead. NULL: it
 * cannot be read, which is reported.
 */
struct rawlog *dump_walk_open(struct dump_walk *w, int fd, const struct choice *choice);

/*
 * Begins a log of `layout` that `about` describes: makes the plan, which becomes the walk's, and fits w->sample. False: the
 * format cannot show the log, or memory is short, which is reported.
 */
bool dump_walk_begin(struct dump_walk *w, const struct layout *layout, const struct format_log *about,
    struct plan *plan);

/* Shows the header of a log that has begun: a host struct, or NULL if it has none. */
void dump_walk_header(struct dump_walk *w, const void *header);

/* Begins the current log of an open file and shows its header; or resumes a log whose header has been shown. */
bool dump_walk_begin_log(struct dump_walk *w, struct rawlog *log, struct plan *plan);
bool dump_walk_resume_log(struct dump_walk *w, struct rawlog *log, struct plan *plan);

/* Shows w->sample. */
void dump_walk_sample(struct dump_walk *w);

/* Shows all remaining samples of a file's logs. `plan` is that of the current log, and is made anew for each further one. */
void dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct plan *plan);

/* Whether the walk goes on with the current file; and with others after it. */
bool dump_walk_continues(const struct dump_walk *w);
bool dump_walk_more_wanted(const struct dump_walk *w);

#endif
