/*
 * option_check: which options go together.
 */
#ifndef OPTION_CHECK_H
#define OPTION_CHECK_H

#include "atopdump/cli/options.h"

/*
 * Checks the options of a whole command line and fills in what follows from several of them. False: `why`
 * (OPTIONS_MESSAGE_MAX bytes) says what does not go together.
 */
bool option_check(struct options *o, char *why);

/* Whether the options choose columns or rows of tables. */
bool option_check_selects(const struct options *o);

#endif
