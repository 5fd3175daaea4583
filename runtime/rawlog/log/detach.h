/*
 * detach: rawlog_detach of rawlog.h, and the buffers that it gives a sample.
 */
#ifndef DETACH_H
#define DETACH_H

#include "rawlog/log/reader.h"

struct detached;

/* NULL is allowed. */
void	detached_free(struct detached *d);

#endif
