/*
 * timeline: the processes of logs as a table, as events, or as a tree: a format whose output is written when all logs are
 * read.
 */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "atopdump/report/timeline_columns.h"
#include "atopdump/report/timeline_feed.h"
#include "print/format/format.h"

struct timeline;

/* A form of the output. */
struct timeline_form {
	/* Before the first log, with the options. 0 or an errno; `end` follows in either case. NULL: nothing to do. */
	int (*prepare)(struct timeline *t);
	void (*begin)(struct timeline *t);                               /* before the first row; NULL: nothing to do */
	void (*put)(struct timeline *t, const struct timeline_row *row); /* a row; NULL: put_all is called instead */
	/* All `count` processes in the order of rows. False: out of memory. */
	bool (*put_all)(struct timeline *t, struct timeline_row *row, const uint32_t *order, uint32_t count);
	void (*end)(struct timeline *t, bool keep); /* after the last row; NULL: nothing to do */
};

extern const struct timeline_form timeline_json, timeline_csv, timeline_sqlite, timeline_bodyfile, timeline_timesketch,
    timeline_ecs, timeline_tree;

/* What is asked for. */
struct timeline_options {
	enum host_by by;
	struct sample_choice *samples;         /* which samples are read */
	const struct selected_table *selected; /* NULL: all processes and columns */
	uint64_t limit;                        /* rows; 0: all */
	bool suspect;                          /* rows have the column `suspect` */
};

struct timeline_database;

/* The formatter of timeline_formats. */
struct timeline {
	struct formatter formatter;
	const struct timeline_form *form;
	struct timeline_options options;
	struct processes processes;
	struct timeline_feed feed;
	struct suspect suspect;
	struct writer scratch;              /* of a row */
	uint64_t nrows;                     /* written */
	struct timeline_database *database; /* of the form sqlite; else NULL */
};

/* The timeline as json, csv and so on: format `i` of them. NULL: there are no more. */
const struct format *timeline_format(size_t i);

/* Says what is asked for, of an open formatter. */
void timeline_set(struct formatter *f, const struct timeline_options *options);

/* Whether the row meets the condition that is asked for. */
bool timeline_passes(const struct timeline *t, struct timeline_row *row);

/* For forms: where the output goes; how many columns it has, and which one number `i` is. */
struct writer *timeline_out(struct timeline *t);
size_t timeline_ncolumns(const struct timeline *t);
size_t timeline_column(const struct timeline *t, size_t i, const char **name);

#endif
