/*
 * verb_timeline: writes the processes of logs.
 */
#ifndef VERB_TIMELINE_H
#define VERB_TIMELINE_H

#include "atopdump/cli/verbs.h"

enum exit_status verb_timeline(const struct options *o);

#endif
