/*
 * verb_verify: atopdump verify.
 */
#ifndef VERB_VERIFY_H
#define VERB_VERIFY_H

#include "atopdump/cli/options.h"
#include "atopdump/cli/status.h"

/* Compares a manifest with the files that it lists. */
enum exit_status verb_verify(const struct options *o);

#endif
