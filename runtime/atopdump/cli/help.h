/*
 * help: what --help prints, composed from the tables of verbs, options, formats and statuses.
 */
#ifndef HELP_H
#define HELP_H

#include "atopdump/cli/options.h"

#define HELP_USAGE_MAX	128

/* Writes a verb's usage line, without a line end, into `line` (HELP_USAGE_MAX bytes). */
void	help_usage(char *line, const struct verb *verb);

/* Prints the help for the verb that the command line names; if it names none, for all verbs. */
enum exit_status	help_print(const struct options *o);

#endif
