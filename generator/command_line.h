/*
 * command_line: the options and arguments of a verb, as the rows of command_table.h say. Prints what is wrong with them to
 * standard error.
 */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

#include "command_table.h"

enum command_line {
	COMMAND_LINE_RUN,     /* run the verb */
	COMMAND_LINE_HELP,    /* print its help instead */
	COMMAND_LINE_VERSION, /* print the version instead */
	COMMAND_LINE_WRONG    /* which is reported */
};

#define COMMAND_LINE_HINT "Try 'atopgen --help'."

/* The verb of that name. NULL: there is none, which is reported. */
const struct command_verb *command_line_find_verb(struct diag *d, const char *name);

/* Stores options and arguments in `run`. `argv[0]` is the verb. */
enum command_line command_line_parse(struct run *run, const struct command_verb *verb, int argc, char **argv);

/* Reports the first word, which begins with a dash, but not as an option that can precede a verb. */
void command_line_refuse(struct diag *d, const char *word);

#endif
