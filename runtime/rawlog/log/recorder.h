/*
 * recorder: which release of atop recorded a run of a log, where lengths do not tell. atop appends to a log of equal
 * lengths and leaves the header of the first writer. The first samples of a run show which release wrote it, by the
 * `tell` of a schema; a run with little in it stays unknown. Also: which releases a run may be of, as its records are
 * held against their checks.
 */
#ifndef RECORDER_H
#define RECORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/block.h"
#include "rawlog/io/file.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"

#define RECORDER_SAMPLES_MAX	8		/* of a run that are looked at; of a pipe that is still written, one */
#define RECORDER_BYTES_MAX	(UINT64_C(8) << 20)	/* of the log that these samples may have */

#define RECORDER_NAMES_MAX	64

enum recorder_verdict {
	RECORDER_UNKNOWN,		/* any of the releases that are alike */
	RECORDER_OWN,			/* the release whose schema has a `tell` */
	RECORDER_OTHER			/* another one of those that are alike */
};

/* Which of the releases that are alike may have recorded a run. All zeros: any. */
struct recorder_candidates {
	enum recorder_verdict		 verdict;
	const struct catalog_release	*teller;	/* the one with a `tell`; NULL with RECORDER_UNKNOWN only */
};

/* Whether `release`, which is alike with the others, may have recorded the run. */
bool	recorder_may_be(const struct recorder_candidates *c, const struct catalog_release *release);

/* The first candidate: the release of `layout` if it is one, else the oldest release alike that is one. */
const struct catalog_release	*recorder_first(const struct recorder_candidates *c, const struct layout *layout);

struct recorder {
	struct layout	 layout;		/* of the release that has a `tell`; its release is NULL: none has */
	const struct catalog_release *least;	/* of all that are alike, the one with the fewest members */
	void		*record;		/* host structs */
	void		*hosts[CATALOG_BLOCKS_MAX];
	struct block	 block;
	char		 others[RECORDER_NAMES_MAX];	/* the names of the releases that are alike, this one aside */
	int		 error;			/* errno: memory was short */
};

/* A run of atop in a log: what the header says of it, and what its samples show. */
struct recorder_run {
	uint64_t			 number;	/* grows with each run that is shown otherwise, and with each log */
	const struct catalog_release	*stated;	/* by the header, or forced */
	const struct catalog_release	*shown;		/* the release as which it is read */
	const char			*recorded_by;	/* "2.4 or 2.5", by what its samples hold; NULL: unknown */
	bool				 contradicts;	/* it is not of the release stated */
	uint64_t			 sample, offset;	/* of its first record */
	struct recorder_candidates	 candidates;
};

/* Prepares to judge runs of logs of `layout`. Whatever it served before is freed. 0, or an errno. */
int	recorder_init(struct recorder *t, const struct layout *layout);

void	recorder_free(struct recorder *t);

/* Whether a run begins with the record, a host struct of any of the releases that are alike. */
bool	recorder_begins_run(const struct recorder *t, const void *record);

/*
 * Fills in `run`, whose stated release is set, and whose first record is that of `first`. A stream must be held there.
 * 0, or an errno.
 */
int	recorder_judge_run(struct recorder *t, struct file *file, const struct frame *first, struct recorder_run *run);

#endif
