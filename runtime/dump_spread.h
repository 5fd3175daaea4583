/*
 * dump_spread: the samples of a log, spread over the machine's cores. What comes out, and what is told, is the same to
 * the byte as without.
 */
#ifndef DUMP_SPREAD_H
#define DUMP_SPREAD_H

#include <stdbool.h>

#include "dump_walk.h"

/*
 * Shows the samples of `log`, whose walk `w` has not begun, with as many threads as the dump is to have, and sets the
 * walk's result. False, with nothing done: one thread is all there is to be had, or enough.
 */
bool	dump_spread(struct dump_walk *w, struct rawlog *log);

#endif
