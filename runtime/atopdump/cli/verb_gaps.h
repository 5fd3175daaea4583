/*
 * verb_gaps: writes what logs do not have.
 */
#ifndef VERB_GAPS_H
#define VERB_GAPS_H

#include "atopdump/cli/verbs.h"

extern const struct verb_form verb_gaps_forms[];

enum exit_status verb_gaps(const struct options *o);

#endif
