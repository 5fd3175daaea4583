/*
 * evidence: what a run must not write to: the files that it reads, and, unless it is told to replace them, files that
 * exist. Looked at before anything is opened for writing. Writes nothing itself.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"

/*
 * Whether what `options` say of the output leaves the inputs, and files that exist, as they are. False, and `tell` is
 * told why; but of standard error being an input nothing can be told.
 */
bool	evidence_is_spared(const struct inputs *in, const struct dump_options *options,
	    void (*tell)(const char *path, const char *text));

#endif
