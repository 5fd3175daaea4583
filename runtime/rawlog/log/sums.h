/*
 * sums: what the structs of a block add up to, compared with what their record states. The schema's checks with `sum` say
 * what is added up. Where several releases may have written the sample, only sums that are the same for all of them are
 * compared.
 */
#ifndef SUMS_H
#define SUMS_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/log/sample.h"

/* Adds one struct of the current block: its `size` bytes at `p`, decoded into `host`. False: out of memory. */
bool sums_add(struct rawlog_sample *sample, const unsigned char *p, size_t size, const void *host);

/*
 * Compares, after the last struct of the block. RAWLOG_END: all agree, or nothing can be compared. RAWLOG_GAP: structs are
 * missing, since the record counts more of several kinds. RAWLOG_DAMAGED: the record is wrong.
 */
enum rawlog_result sums_compare(const struct rawlog_sample *sample, struct rawlog_damage *damage);

#endif
