/*
 * verb_report: writes a page about logs.
 */
#ifndef VERB_REPORT_H
#define VERB_REPORT_H

#include "atopdump/cli/verbs.h"

enum exit_status verb_report(const struct options *o);

#endif
