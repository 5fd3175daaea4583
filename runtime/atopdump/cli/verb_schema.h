/*
 * verb_schema: prints the tables as a database defines them.
 */
#ifndef VERB_SCHEMA_H
#define VERB_SCHEMA_H

#include "atopdump/cli/status.h"

struct options;

enum exit_status verb_schema(const struct options *o);

#endif
