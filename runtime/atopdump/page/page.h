/*
 * page: the whole page: its head, its sections, and the logs with what was wrong with them.
 */
#ifndef PAGE_H
#define PAGE_H

#include "atopdump/page/gather.h"

/* What the page says of the run. */
struct page_about {
	const char *zone; /* of its times, as the user wrote it; NULL: UTC */
};

/* Writes the page of all that was gathered, of which spans are used up. False: out of memory. */
bool page_put(struct writer *out, struct gather *g, const struct page_about *about);

#endif
