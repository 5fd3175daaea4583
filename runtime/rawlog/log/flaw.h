/*
 * flaw: whether atop can have written a rawheader or a rawrecord, judged by its own bytes: reserved members are 0, flags
 * are known, and the checks of its schema hold. frame checks the extents of its blocks, and sequence the order of
 * records.
 */
#ifndef FLAW_H
#define FLAW_H

#include "rawlog/log/header.h"
#include "rawlog/log/recorder.h"

/*
 * What is wrong with the rawheader whose bytes are at `p` and whose host struct is `host`: a static phrase such as "hertz
 * is 0". NULL: nothing.
 */
const char *flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host);

enum flaw_result {
	FLAW_NONE,
	FLAW_FOUND, /* no candidate writes such a record */
	FLAW_NO_MEMORY
};

/*
 * The same for the rawrecord at `p`, which one of the candidates wrote, releases with the same sizes as the layout's. It
 * has a flaw if each candidate finds one. FLAW_FOUND: `why` is what the first candidate finds. FLAW_NONE: `why` is NULL.
 * FLAW_NO_MEMORY: `why` is not set.
 */
enum flaw_result flaw_of_record(const struct layout *layout, const struct recorder_candidates *candidates,
    const unsigned char *p, const void *host, const char **why);

#endif
