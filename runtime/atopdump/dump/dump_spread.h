/*
 * dump_spread: shows the samples of logs with several threads. Output and messages are the same, to the byte, as with one.
 */
#ifndef DUMP_SPREAD_H
#define DUMP_SPREAD_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"

/*
 * As dump_logs, with the threads that `options` asks for; `worst` is the result. False: nothing was done, because one thread
 * is asked for, or no memory or system resources for more are available.
 */
bool dump_spread(struct formatter *f, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text), enum rawlog_result *worst);

#endif
