/*
 * dump_carve: the records found in anything, into one format.
 */
#ifndef DUMP_CARVE_H
#define DUMP_CARVE_H

#include "atopdump/dump/dump_walk.h"

/*
 * Shows the records found in the file that is open as `fd` (or could not be: a negative errno), of the release chosen or
 * of any. Where records of another host or layout begin, w->tell is told, and for the format another log begins. The
 * walk's result is RAWLOG_REFUSED if there are none.
 */
void	dump_carve(struct dump_walk *w, int fd, const struct choice *choice);

#endif
