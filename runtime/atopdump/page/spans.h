/*
 * spans: the processes that used most, in all of a section's time and in each span of it.
 */
#ifndef SPANS_H
#define SPANS_H

#include "atopdump/page/frame.h"
#include "atopdump/page/lanes.h"

#define SPANS_TOP 10 /* processes of a table */

enum spans_by {
	SPANS_BY_CPU,
	SPANS_BY_MEMORY,
	SPANS_BY_DISK,
	SPANS_BYS
};

/* The processes that used most in a span. */
struct spans_top {
	int64_t bucket, covered;
	struct usage_entry top[SPANS_BYS][SPANS_TOP];
	size_t count[SPANS_BYS];
};

struct spans {
	struct spans_top all;
	struct spans_top list[SPANS_MAX];
	struct frame_span frames[SPANS_MAX];
	size_t count; /* 0: nothing but `all` */
};

/* Finds them. The usages of the section's hosts are used up. False: out of memory. */
bool spans_make(struct spans *s, struct gather *g, const struct section *section);

/* Writes the tables. */
void spans_put(const struct frame *f, const struct gather *g, const struct spans *s, const struct lanes *lanes);

#endif
