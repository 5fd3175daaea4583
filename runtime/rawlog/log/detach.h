/*
 * detach: frees the buffers that rawlog_detach gives to a sample.
 */
#ifndef DETACH_H
#define DETACH_H

#include "rawlog/log/sample.h"

struct detached;

/* NULL is allowed. */
void detached_free(struct detached *d);

#endif
