/*
 * flaw: whether a rawheader or a rawrecord can be what atop wrote, as far as its own bytes tell: what is reserved is 0,
 * flags are known ones, and the checks of its schema hold. What it says of the blocks behind it is frame's business, and
 * whether records follow each other that of sequence.
 */
#ifndef FLAW_H
#define FLAW_H

#include "header.h"

/*
 * What is wrong with the rawheader, or the rawrecord, whose bytes stand at `p` and whose host struct is `host`: a phrase,
 * static, "flags has flags that no atop sets". NULL: nothing.
 */
const char	*flaw_of_header(const struct layout *layout, const unsigned char *p, const void *host);
const char	*flaw_of_record(const struct layout *layout, const unsigned char *p, const void *host);

#endif
