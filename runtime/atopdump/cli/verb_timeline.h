/*
 * verb_timeline: writes the processes of logs.
 */
#ifndef VERB_TIMELINE_H
#define VERB_TIMELINE_H

#include "atopdump/cli/verbs.h"

extern const struct verb_form verb_timeline_forms[];

enum exit_status verb_timeline(const struct options *o);

#endif
