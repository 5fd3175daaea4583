/*
 * frame: what all charts of a section share: the axis of time, spans, gaps and boots. It is drawn once, and used by each chart.
 *
 * Charts have coordinates of their own, tenths of a pixel on a screen on which they are 1000 pixels wide.
 */
#ifndef FRAME_H
#define FRAME_H

#include "atopdump/page/sections.h"

#define FRAME_WIDTH      10000
#define FRAME_HEIGHT     2350
#define FRAME_LEFT       1050 /* of the plot */
#define FRAME_RIGHT      9600
#define FRAME_TOP        150
#define FRAME_BOTTOM     2000
#define FRAME_LANE       16  /* height of a lane */
#define FRAME_GROUPS_MAX 500 /* values that a chart has as text; if there are more samples, one stands for several */

/* A span of time that has a part of the page of its own. */
struct frame_span {
	int64_t begin, end;
};

struct frame {
	struct writer *out;
	const struct section *section;
	unsigned number; /* of the section, from 1 on: part of all its ids */
	unsigned ncharts;
	const struct frame_span *spans;
	size_t nspans;
	size_t ngroups; /* into which the samples are divided for text */
};

/* Where a time is on the axis. */
int frame_x(const struct frame *f, int64_t time);

/* The first sample of group `i` of ngroups; of group ngroups: the number of samples. */
size_t frame_group(const struct frame *f, size_t i);

/* The span that has the time; nspans: none. */
size_t frame_span_of(const struct frame *f, int64_t time);

/* The middle of a sample's interval, by which it belongs to a span. */
int64_t frame_middle(const struct moment *m, const struct samples *samples);

/* Defines the frame of a chart and that of a lane, which are used by their ids. */
void frame_put(const struct frame *f, const struct samples *samples);

/* Uses that of a chart. */
void frame_use(const struct frame *f);

#endif
