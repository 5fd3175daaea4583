/*
 * dump_walk: what is done with a log on the way into one format: its beginning, one sample after the other, and what is
 * said when something cannot be read. Does not know who else is at work.
 */
#ifndef DUMP_WALK_H
#define DUMP_WALK_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"

/* What of each sample is read. */
struct dump_plan {
	bool	blocks[CATALOG_BLOCKS_MAX];	/* is shown */
	bool	record;
	bool	groups;			/* the chain and the list are needed */
};

/*
 * Which faults of recorders have been told of the log at hand: once a log is enough. Written by whoever may tell; others
 * may look whether they need not ask.
 */
struct dump_notes {
	_Atomic uint64_t	log;		/* 0: none */
	_Atomic uint64_t	told;		/* bits of its release's faults */
};

struct dump_walk {
	struct formatter		*formatter;
	const struct dump_options	*options;
	const struct dump_plan		*plan;
	const char			*path;
	void				(*tell)(const char *path, const char *text);
	/*
	 * Called before something is told: waits until all that comes before it is shown. False: nothing is to be told
	 * any more. NULL: there is nobody to wait for.
	 */
	bool				(*wait)(struct dump_walk *w);
	void				*waits_for;	/* the caller's */
	struct dump_notes		*notes;
	uint64_t			 log;		/* the log at hand: another number for each that shares the notes */
	struct rawlog_row		 row;		/* the one shown last */
	struct rawlog_sample		 sample;	/* all zeros, or has served another log; the walk's user frees it */
	enum rawlog_result		 result;	/* of the log at hand */
};

/* Works out what a format needs of the samples of a release. */
void	dump_plan_make(struct dump_plan *plan, const struct formatter *f, const struct catalog_release *release);

/* Whether block `i` is to be read. */
bool	dump_plan_needs(const struct dump_plan *plan, const struct catalog_release *release, size_t i);

/*
 * Opens the log that is open as `fd`, or could not be, and is called w->path. NULL, and it is told why: there is none to
 * be read.
 */
struct rawlog	*dump_walk_open(struct dump_walk *w, int fd, const struct choice *choice);

/*
 * Begins a log: makes the plan, which becomes the walk's, and fits w->sample. False, and it is told why: the format
 * cannot show the log.
 */
bool	dump_walk_begin(struct dump_walk *w, const struct layout *layout, const struct format_log *log,
	    struct dump_plan *plan);

/* Tells and shows that the run at hand denies its header, if it does. */
void	dump_walk_run(struct dump_walk *w, const struct rawlog *log);

/* Shows the header of a log that has begun: a host struct, or NULL if it has none. */
void	dump_walk_header(struct dump_walk *w, const void *header);

/* Begins the log at hand of an open file. The same without showing its header: it has been shown. */
bool	dump_walk_log(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan);
bool	dump_walk_rejoin(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan);

/* Shows w->sample; or all samples that are left of a file's logs, with `plan` for those that begin. */
void	dump_walk_sample(struct dump_walk *w);
void	dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan);

/* Tells and shows damage. */
void	dump_walk_damage(struct dump_walk *w, const struct rawlog_damage *damage);

/* Tells and shows a gap, which is no damage. */
void	dump_walk_gap(struct dump_walk *w, const struct rawlog_damage *gap);

/* Tells why the log ends here; that input or memory failed, an errno. */
void	dump_walk_end(struct dump_walk *w, enum rawlog_result result, const char *why);
void	dump_walk_fail(struct dump_walk *w, int error);

/* Whether there is any sense in going on with the log; and with others after it. */
bool	dump_walk_goes_on(const struct dump_walk *w);
bool	dump_walk_wants_more(const struct dump_walk *w);

#endif
