/*
 * repair: a raw log out of a damaged one: its header and each record that is sound with all its blocks, byte for byte, and
 * nothing else. What is sound, sound_check says: what reading has nothing to say against. Of several logs in one file
 * each that has a header keeps it.
 */
#ifndef REPAIR_H
#define REPAIR_H

#include "rawlog/io/writer.h"
#include "rawlog/log/reader.h"

/*
 * Writes what is intact of the logs at `path`, open as `fd` (or could not be: a negative errno), to `out`. What is
 * left out, and why else not all of it can be written, is given to `tell`; but for a failure of output, which `out` keeps.
 * RAWLOG_DAMAGED: something was left out. `part`: only this one of several logs in the file, counted from 1 on; 0: all.
 */
enum rawlog_result	repair_file(struct writer *out, const char *path, int fd, const struct choice *choice,
			    uint64_t part, void (*tell)(const char *path, const char *text));

#endif
