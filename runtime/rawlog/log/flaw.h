/*
 * flaw: whether a rawheader or a rawrecord can be what atop wrote, as far as its own bytes tell: what is reserved is 0,
 * flags are known ones, and the checks of its schema hold. What it says of the blocks behind it is frame's business, and
 * whether records follow each other that of sequence.
 */
#ifndef FLAW_H
#define FLAW_H

#include "rawlog/log/header.h"
#include "rawlog/log/recorder.h"

/*
 * What is wrong with the rawheader whose bytes stand at `p` and whose host struct is `host`: a phrase, static, "hertz is
 * 0". NULL: nothing.
 */
const char	*flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host);

enum flaw_result {
	FLAW_NONE,
	FLAW_FOUND,			/* no candidate writes such a record */
	FLAW_NO_MEMORY
};

/*
 * The same for the rawrecord at `p`. Of the releases that are alike with the layout's, the candidates may have written
 * it: it has a flaw if each of them finds one. With FLAW_FOUND, `why` is what the
 * first candidate finds; else NULL, or unset without memory.
 */
enum flaw_result	flaw_of_record(const struct layout *layout, const struct recorder_candidates *candidates,
			    const unsigned char *p, const void *host, const char **why);

#endif
