/*
 * page_logs: the logs that were read, and what was reported of them.
 */
#ifndef PAGE_LOGS_H
#define PAGE_LOGS_H

#include "atopdump/page/findings.h"

/* A sentence at the top of the page, if anything was damaged. */
void page_logs_put_warning(struct writer *out, const struct findings *f);

/* The tables, sorted by the paths of the logs. False: out of memory. */
bool page_logs_put(struct writer *out, const struct findings *f);

#endif
