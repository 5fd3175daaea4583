/*
 * dump: reads logs one after the other and passes everything in them to a formatter.
 */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>

#include "print/format/formatter.h"
#include "rawlog/rawlog.h"

struct inputs;
struct sample_choice;
struct tally;

/* Who wants to know what is not read as a log. */
struct dump_listener {
	/*
	 * What is at `path` is passed over, or refused, for the reason `why`; or input or memory failed with the errno `error`, which
	 * is 0 otherwise. In the order of messages.
	 */
	void (*unread)(void *context, const char *path, bool passed, int error, const char *why);
	void *context; /* the caller's */
};

struct dump_options {
	unsigned jobs;      /* threads; 0 or 1: only the caller's */
	bool strict;        /* stop at the first damage */
	bool carve;         /* look for records in any data */
	const char *layout; /* the one that logs are read with, "2.7/lp64"; NULL: the one that their headers state */
	struct sample_choice *samples;        /* which samples are shown; NULL: all */
	struct tally *tally;                  /* what is read is counted in it; NULL: it is not */
	const struct dump_listener *listener; /* NULL: nobody */
	bool quiet;                           /* report nothing that leaves the result RAWLOG_OK: gaps, notes */
	bool verbose;                         /* report also why files of folders are passed over */
};

/*
 * Dumps the inputs that have not been taken; of those found in folders, files that do not begin like a log are passed over.
 * A folder without any log is refused. Messages go to `report`, one thread at a time; the formatter keeps failures of
 * output. Returns the worst result: RAWLOG_OK, _DAMAGED (everything readable was shown), _REFUSED or _FAILED.
 */
enum rawlog_result dump_logs(struct formatter *f, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text));

/*
 * Ends a run over inputs whose worst result is `worst`: refuses each folder that has been read through and in which no log
 * was found. Returns the worst result then.
 */
enum rawlog_result dump_folders(const struct inputs *in, void (*report)(const char *path, const char *text),
    enum rawlog_result worst);

#endif
