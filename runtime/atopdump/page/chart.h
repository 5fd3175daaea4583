/*
 * chart: a picture of values over time: lines, their least, mean and greatest values, and the values as a table.
 */
#ifndef CHART_H
#define CHART_H

#include "atopdump/page/amount.h"
#include "atopdump/page/frame.h"

#define CHART_LINES_MAX 6

struct chart_line {
	const char *name; /* any bytes */
	size_t name_size;
	const float *values; /* one for each moment of the section; NaN: none */
};

struct chart {
	const char *title; /* any bytes */
	size_t title_size;
	const char *about; /* a sentence of the program about the lines; NULL: none */
	struct chart_line lines[CHART_LINES_MAX];
	size_t nlines;
	enum amount_unit unit;
	bool level;      /* values at the time of a sample, not means of its interval or since boot */
	double greatest; /* the axis reaches at least this value */
};

/* Writes a chart. */
void chart_put(struct frame *f, const struct chart *chart, const struct samples *samples);

#endif
