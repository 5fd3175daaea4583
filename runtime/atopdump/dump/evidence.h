/*
 * evidence: what a run must not write to: the files that it reads, and, unless it is told to replace them, files that
 * exist. Looked at before anything is opened for writing. Writes nothing itself.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>

#include "atopdump/dump/inputs.h"
#include "print/format/format.h"

/*
 * Whether output to `place` leaves the inputs, and files that exist, as they are; in a folder, that of `tables`, or of all
 * tables of the format if there are none. False, and `tell` is told why; but if standard error is an input nothing can be
 * told.
 */
bool	evidence_is_spared(const struct inputs *in, const struct output_place *place, const struct format *format,
	    const struct names *tables, void (*tell)(const char *path, const char *text));

#endif
