/*
 * dump_spread: the samples of logs, spread over the machine's cores. What comes out, and what is told, is the same to
 * the byte as without.
 */
#ifndef DUMP_SPREAD_H
#define DUMP_SPREAD_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"

/*
 * As dump_logs, with as many threads as the dump is to have; `worst` is the result. False, with nothing done: one thread
 * is all there is to be had, or enough.
 */
bool	dump_spread(struct formatter *f, const struct dump_options *options, struct inputs *in, const struct choice *choice,
	    void (*tell)(const char *path, const char *text), enum rawlog_result *worst);

#endif
