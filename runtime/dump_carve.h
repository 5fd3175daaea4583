/*
 * dump_carve: the records found in anything, into one format.
 */
#ifndef DUMP_CARVE_H
#define DUMP_CARVE_H

#include "dump.h"

/*
 * Dumps the records found in `fd`, the file at `path`, of the release chosen or of any, as dump_file does those of
 * a log. Where records of another host or layout begin, `tell` is told, and for the format another log begins.
 * DUMP_REFUSED: there are none.
 */
enum dump_result	dump_carve(struct dump *d, const char *path, int fd, const struct choice *choice,
			    void (*tell)(const char *path, const char *text));

#endif
