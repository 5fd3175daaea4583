/*
 * dump_carve: passes the records found in any bytes to a formatter.
 */
#ifndef DUMP_CARVE_H
#define DUMP_CARVE_H

#include "atopdump/dump/dump_walk.h"

/*
 * Shows the records found in a file that is carved. Each extent of records is a log of its own for the format, and is
 * reported. If there are no records the result of the walk is RAWLOG_REFUSED.
 */
void dump_carve(struct dump_walk *w, struct rawlog *log);

#endif
