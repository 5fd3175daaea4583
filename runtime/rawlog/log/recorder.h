/*
 * recorder: which release of atop recorded a run of a log, where several releases have the same lengths. atop appends to
 * a log of equal lengths and keeps the header of the first writer. The `tell` section of a schema says how the first
 * samples of a run identify its release; with too little data the release stays unknown. Also lists the candidates:
 * the releases whose checks apply to the records of a run.
 */
#ifndef RECORDER_H
#define RECORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/block.h"
#include "rawlog/io/file.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"

#define RECORDER_SAMPLES_MAX 8 /* samples of a run that are read; one, of a pipe that is still written */
#define RECORDER_BYTES_MAX   (UINT64_C(8) << 20) /* the most bytes of the log that these samples have */

#define RECORDER_NAMES_MAX 64

enum recorder_verdict {
	RECORDER_UNKNOWN, /* any of the releases with the same sizes */
	RECORDER_OWN,     /* the release whose schema has a `tell` section */
	RECORDER_OTHER    /* another one of them */
};

/* The releases that may have recorded a run, of those with the same sizes. All zeros: any. */
struct recorder_candidates {
	enum recorder_verdict verdict;
	const struct catalog_release *teller; /* the one with a `tell` section; NULL only if RECORDER_UNKNOWN */
};

/* Whether `release`, one with the same sizes, may have recorded the run. */
bool recorder_may_be(const struct recorder_candidates *c, const struct catalog_release *release);

/* The first candidate: the release of `layout` if it is one, else the oldest candidate with the same sizes. */
const struct catalog_release *recorder_first(const struct recorder_candidates *c, const struct layout *layout);

struct recorder {
	struct layout layout;                /* of the release with a `tell` section; release NULL: none has one */
	const struct catalog_release *least; /* the one with the fewest members, of those with the same sizes */
	void *record;                        /* host structs */
	void *hosts[CATALOG_BLOCKS_MAX];
	struct block block;
	char others[RECORDER_NAMES_MAX]; /* the names of the other releases with the same sizes */
	int error;                       /* ENOMEM after an allocation failed; else 0 */
};

/* A run of atop in a log: the release that the header states, and the one that its samples show. */
struct recorder_run {
	uint64_t number; /* grows with each run that is shown as another release, and with each log */
	const struct catalog_release *stated; /* by the header, or forced */
	const struct catalog_release *shown;  /* the release that it is read as */
	const char *recorded_by;              /* "2.4 or 2.5", as its samples show; NULL: unknown */
	bool contradicts;                     /* the release stated did not record it */
	uint64_t sample, offset;              /* of its first record */
	struct recorder_candidates candidates;
};

/* Prepares for runs of logs of `layout`; frees its earlier state. Returns 0 or an errno; after failure nothing is owned. */
int recorder_init(struct recorder *t, const struct layout *layout);

void recorder_free(struct recorder *t);

/* Whether a run begins with the record, a host struct of any release with the same sizes. */
bool recorder_begins_run(const struct recorder *t, const void *record);

/*
 * Fills in `run`, whose stated release is set. `first` is the frame of its first record; a stream must be held there.
 * Returns 0 or an errno.
 */
int recorder_judge_run(struct recorder *t, struct file *file, const struct frame *first, struct recorder_run *run);

#endif
