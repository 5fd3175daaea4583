/*
 * verb_repair: writes a log from the intact records of another one.
 */
#ifndef VERB_REPAIR_H
#define VERB_REPAIR_H

#include "atopdump/cli/status.h"

struct options;

enum exit_status verb_repair(const struct options *o);

#endif
