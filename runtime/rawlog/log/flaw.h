/*
 * flaw: whether a rawheader or a rawrecord can be what atop wrote, as far as its own bytes tell: what is reserved is 0,
 * flags are known ones, and the checks of its schema hold. What it says of the blocks behind it is frame's business, and
 * whether records follow each other that of sequence.
 */
#ifndef FLAW_H
#define FLAW_H

#include "rawlog/log/header.h"

/*
 * What is wrong with the rawheader whose bytes stand at `p` and whose host struct is `host`: a phrase, static, "hertz is
 * 0". NULL: nothing.
 */
const char	*flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host);

enum flaw_result {
	FLAW_NONE,
	FLAW_FOREIGN,			/* another release can have written it, which the lengths cannot tell from this one */
	FLAW_FOUND,			/* no release with these lengths writes such a record */
	FLAW_NO_MEMORY
};

/*
 * The same of the rawrecord at `p`. atop appends to a log whose header has its own lengths, whichever release wrote it, so
 * a record is judged by all releases that are alike. FLAW_FOUND sets `why` to what the layout's own release finds.
 */
enum flaw_result	flaw_of_record(const struct layout *layout, const unsigned char *p, const void *host,
			    const char **why);

#endif
