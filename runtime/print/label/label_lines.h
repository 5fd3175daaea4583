/*
 * label_lines: the labels of one sample as text. Rows of the sample become lines of each label, in memory; at the end of the
 * sample the labels are put together in their order. The formats parseable and atop-json say what stands around them.
 */
#ifndef LABEL_LINES_H
#define LABEL_LINES_H

#include "print/label/label_choice.h"
#include "rawlog/io/writer.h"
#include "rawlog/log/row.h"

/* A log, as labels need to know it. The header and the name are only read when it begins. */
struct label_log {
	const struct catalog_release *release;
	const void *header; /* its host struct; NULL: unknown */
	unsigned model;     /* its data model */
	const char *host;   /* the node's name; NULL: unknown */
	size_t host_size;
};

struct label_lines;

/* For labels of a style; `json` is that of `choice`, which must outlive it. NULL: out of memory. */
struct label_lines *label_lines_new(const struct label_choice *choice, bool json);
void label_lines_free(struct label_lines *l);

/* A log begins. False: out of memory. */
bool label_lines_begin(struct label_lines *l, const struct label_log *log);

/* Whether rows of a struct are needed, which parts of its host struct, and whether the cgroups of the rows are. */
bool label_lines_shows(const struct label_lines *l, const struct catalog_struct *s);
uint64_t label_lines_needs(const struct label_lines *l, const struct catalog_struct *s);
bool label_lines_joins(const struct label_lines *l, const struct catalog_struct *s);

/* A sample begins: the row of its record. */
void label_lines_record(struct label_lines *l, const struct row *row);

/* Another row of the sample. */
void label_lines_row(struct label_lines *l, const struct row *row);

/* The sample ends: its labels are written to `out`, or nothing of it if some could not be kept: an errno then, else 0. */
int label_lines_end(struct label_lines *l, struct writer *out);

#endif
