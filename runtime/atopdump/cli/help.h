/*
 * help: what --help prints, composed from the tables of verbs, options, formats and statuses.
 */
#ifndef HELP_H
#define HELP_H

#include "atopdump/cli/options.h"

#define HELP_USAGE_MAX 192

/*
 * Writes the usage lines of the default verb and, if it is another, of `verb` into `lines` (HELP_USAGE_MAX bytes); no line
 * end follows the last one.
 */
void help_usage(char *lines, const struct verb *verb);

/* Prints the help for the verb that the command line names; if it names none, for all verbs. */
enum exit_status help_print(const struct options *o);

#endif
