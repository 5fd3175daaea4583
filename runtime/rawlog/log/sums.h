/*
 * sums: what the structs of a block add up to, compared with what their record states. The schema's checks with `sum` say
 * what is added up. Where several releases may have written the sample, only sums that are the same for all of them are
 * compared.
 */
#ifndef SUMS_H
#define SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "rawlog/log/sample.h"

/* Begins the sums of the current block: nothing has been added. */
static inline void
sums_begin(struct rawlog_sample *sample)
{
	memset(sample->sums, 0, sizeof sample->sums);
	sample->sum = sample->held == sample->layout->release ? sample->held->blocks[sample->current].sums : NULL;
}

/* As sums_add, of a sample whose sums are made by the rules of another release than that it is shown as. */
bool sums_add_held(struct rawlog_sample *sample, const unsigned char *p, size_t size);

/* Adds one struct of the current block: its `size` bytes at `p`, decoded into `host`. False: out of memory. */
static inline bool
sums_add(struct rawlog_sample *sample, const unsigned char *p, size_t size, const void *host)
{
	if (sample->sum == NULL)
		return sample->held == sample->layout->release || sums_add_held(sample, p, size);
	sample->sum(host, sample->sums);
	return true;
}

/*
 * Compares, after the last struct of the block. RAWLOG_END: all agree, or nothing can be compared. RAWLOG_GAP: structs are
 * missing, since the record counts more of several kinds. RAWLOG_DAMAGED: the record is wrong.
 */
enum rawlog_result sums_compare(const struct rawlog_sample *sample, struct rawlog_damage *damage);

#endif
