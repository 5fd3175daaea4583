/*
 * verb_dump: the verbs that print logs in a format.
 */
#ifndef VERB_DUMP_H
#define VERB_DUMP_H

#include "atopdump/cli/status.h"

struct options;

/* Prints logs. */
enum exit_status verb_dump(const struct options *o);

/* Prints the records found in anything. */
enum exit_status verb_carve(const struct options *o);

#endif
