/*
 * repair: writes a raw log from a damaged one: its header, and each record that sound_check accepts with all its blocks,
 * byte for byte, and nothing else. With several logs in a file, each that has a header keeps it.
 */
#ifndef REPAIR_H
#define REPAIR_H

#include "rawlog/io/writer.h"
#include "rawlog/rawlog.h"

/*
 * Writes the intact records of the logs of the open file `log`, called `path` in messages, to `out`. Bytes left out and other
 * errors are reported to `tell`; errors of output are kept in `out`. RAWLOG_DAMAGED: something was left out. `part`: the number
 * of the only log of the file to write, from 1; 0: all.
 */
enum rawlog_result repair_logs(struct writer *out, const char *path, struct rawlog *log, uint64_t part,
    void (*tell)(const char *path, const char *text));

#endif
