/*
 * verb_info: says what logs are.
 */
#ifndef VERB_INFO_H
#define VERB_INFO_H

#include "atopdump/cli/status.h"
#include "atopdump/cli/verbs.h"

/* In the order of enum info_form. */
extern const struct verb_form verb_info_forms[];

enum exit_status verb_info(const struct options *o);

#endif
