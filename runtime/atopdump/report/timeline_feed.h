/*
 * timeline_feed: the processes of logs, gathered from the rows of the view 'timeline' of each sample.
 */
#ifndef TIMELINE_FEED_H
#define TIMELINE_FEED_H

#include "atopdump/dump/sample_choice.h"
#include "atopdump/report/processes.h"
#include "print/format/bindings.h"

#define TIMELINE_VIEW         "timeline"
#define TIMELINE_FEED_COLUMNS 32

struct timeline_feed {
	struct bindings bindings;
	struct processes *processes;
	struct sample_choice *samples; /* those that are added; NULL: all */
	struct word_set tables;
	struct query query;
	size_t columns[TIMELINE_FEED_COLUMNS]; /* the number in the view of each column that is read */
	/* The current log. */
	uint64_t part;
	uint32_t file;
	struct host host; /* names and boot */
	/* The current sample. If its tasks are damaged, it has no sightings, and is as if it were not there. */
	struct sighting *sightings;
	size_t count, room;
	bool in_sample;
	bool failed; /* out of memory */
	bool all;    /* it has all processes */
	struct host_sample sample;
	struct sample_place place;
};

/* Begins to gather into `processes`, which must outlive the feed. False: out of memory, and nothing is owned. */
bool timeline_feed_open(struct timeline_feed *feed, struct processes *processes);
void timeline_feed_close(struct timeline_feed *feed);

/* The calls of a format. False: out of memory. */
bool timeline_feed_begin(struct timeline_feed *feed, const struct format_log *log);
bool timeline_feed_row(struct timeline_feed *feed, const struct row *row, struct overflow *overflow);
bool timeline_feed_sample_ends(struct timeline_feed *feed);

#endif
