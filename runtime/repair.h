/*
 * repair: a raw log out of a damaged one: its header and each record that is intact with all its blocks, byte for byte,
 * and nothing else. It decodes no struct.
 */
#ifndef REPAIR_H
#define REPAIR_H

#include "dump.h"

/*
 * Writes what is intact of the log at `path`, open as `fd` (or could not be: a negative errno), to `out`. What is
 * left out, and why else not all of it can be written, is given to `tell`; but for a failure of output, which `out` keeps.
 * DUMP_DAMAGED: something was left out.
 */
enum dump_result	repair_file(struct writer *out, const char *path, int fd, const struct choice *choice,
			    void (*tell)(const char *path, const char *text));

#endif
