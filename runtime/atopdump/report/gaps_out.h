/*
 * gaps_out: gaps for people, as JSON and as CSV.
 */
#ifndef GAPS_OUT_H
#define GAPS_OUT_H

#include "atopdump/report/gaps.h"
#include "rawlog/io/writer.h"

enum gaps_form {
	GAPS_TEXT, /* for people: a paragraph for each host */
	GAPS_JSON, /* an object in a line for each gap */
	GAPS_CSV   /* a row of names, then a row for each gap */
};

/* Writes the gaps, which are finished. */
void gaps_put(struct writer *out, const struct gaps *g, enum gaps_form form);

#endif
