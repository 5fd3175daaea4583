/*
 * confine: which permissions of the sandbox a run needs, and entering it.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include "atopdump/cli/options.h"
#include "atopdump/dump/inputs.h"

/*
 * Enters the sandbox, unless the options or the build leave it out. Called when inputs and output are open, before a
 * log is read. Reports it if the system refuses.
 */
void confine(const struct options *o, const struct inputs *in);

#endif
