/*
 * gather: what a page shows, gathered from the rows of views while logs are read.
 */
#ifndef GATHER_H
#define GATHER_H

#include "atopdump/page/findings.h"
#include "atopdump/page/measures.h"
#include "atopdump/page/samples.h"
#include "atopdump/page/usage.h"
#include "atopdump/report/timeline_feed.h"

/* The columns of a view that are read. */
struct gather_view {
	size_t columns[MEASURES]; /* by number of a measure; of other views': no column */
	size_t name; /* the column with the name of the row's disk or interface; no column: there is none */
};

struct gather {
	struct processes processes; /* its strings are those of everything here */
	struct timeline_feed feed;
	struct samples samples;
	struct findings findings;
	struct usage **usages; /* by number of a host; NULL: it has no sample */
	size_t nusages;
	struct bindings bindings;
	struct word_set tables;
	struct query query;
	struct gather_view views[MEASURES]; /* by number of the first measure of a view */
	/* The current sample. */
	struct sample sample;
	int64_t middle; /* of its interval: the span that has it has the sample */
	struct {
		struct series series;
		float value;
	} * values;
	size_t count, room;
	bool failed; /* out of memory */
};

/* False: out of memory, and nothing is owned. */
bool gather_open(struct gather *g, enum host_by by);
void gather_close(struct gather *g);

/* The calls of a format. False: out of memory. */
bool gather_begin(struct gather *g, const struct format_log *log);
bool gather_shows(const struct gather *g, const struct catalog_struct *s);
uint64_t gather_needs(const struct gather *g, const struct catalog_struct *s);
bool gather_row(struct gather *g, const struct row *row, struct overflow *overflow);
bool gather_sample_ends(struct gather *g);

#endif
