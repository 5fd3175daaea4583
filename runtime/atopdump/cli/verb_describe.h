/*
 * verb_describe: explains members and columns.
 */
#ifndef VERB_DESCRIBE_H
#define VERB_DESCRIBE_H

#include "atopdump/cli/status.h"
#include "atopdump/cli/verbs.h"

extern const struct verb_form verb_describe_forms[];

enum exit_status verb_describe(const struct options *o);

#endif
