/*
 * verb_list: prints the catalog of releases.
 */
#ifndef VERB_LIST_H
#define VERB_LIST_H

#include "atopdump/cli/status.h"

struct options;

enum exit_status verb_list(const struct options *o);

/* The same for the views. */
enum exit_status verb_list_views(void);

#endif
