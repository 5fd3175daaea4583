/*
 * sighting_columns: the table of sightings: a row for each record of a process in a sample, as cells.
 */
#ifndef SIGHTING_COLUMNS_H
#define SIGHTING_COLUMNS_H

#include "atopdump/report/processes.h"
#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"

/* X(id, name, type, source, unit or "", delta, doc). The first ones, up to SINCE_BOOT, are those of the sample. */
#define SIGHTING_COLUMNS(X)                                                                                           \
	X(HOST, "host", TEXT, COMPUTED, "", false, "name of the host")                                                \
	X(FILE, "file", TEXT, COMPUTED, "", false, "the log with the sample")                                         \
	X(SAMPLE, "sample", INTEGER, COMPUTED, "", false, "number of the sample in the log, from 0")                  \
	X(TIME, "time", TIME, KEY, "", false, "when the sample was taken, the end of its interval")                   \
	X(INTERVAL, "interval", INTEGER, COMPUTED, "s", false, "seconds that the sample covers")                      \
	X(SINCE_BOOT, "since_boot", BOOLEAN, COMPUTED, "", false, "sums are totals since the process was started")    \
	X(PROCESS, "process", INTEGER, KEY, "", false, "id of the process in the table process")                      \
	X(PID, "pid", INTEGER, COMPUTED, "", false, "process id")                                                     \
	X(PPID, "ppid", INTEGER, COMPUTED, "", false, "id of its parent")                                             \
	X(STATE, "state", TEXT, COMPUTED, "", false, "its state, a letter; E: the record of its end")                 \
	X(THREADS, "threads", INTEGER, COMPUTED, "count", false, "threads")                                           \
	X(USER_TIME, "user_time", DOUBLE, COMPUTED, "s", true, "processor time in user mode")                         \
	X(SYSTEM_TIME, "system_time", DOUBLE, COMPUTED, "s", true, "processor time in system mode")                   \
	X(BYTES_READ, "bytes_read", INTEGER, COMPUTED, "bytes", true, "read from disks")                              \
	X(BYTES_WRITTEN, "bytes_written", INTEGER, COMPUTED, "bytes", true, "written to disks")                       \
	X(BYTES_RECEIVED, "bytes_received", INTEGER, COMPUTED, "bytes", true, "received by TCP and UDP, if measured") \
	X(BYTES_SENT, "bytes_sent", INTEGER, COMPUTED, "bytes", true, "sent by TCP and UDP")                          \
	X(RSS, "rss", INTEGER, COMPUTED, "bytes", false, "resident memory")                                           \
	X(VMEM, "vmem", INTEGER, COMPUTED, "bytes", false, "virtual memory")

#define SIGHTING_COLUMN_ID(id, name, type, source, unit, delta, doc) SIGHTING_##id,
enum sighting_column {
	SIGHTING_COLUMNS(SIGHTING_COLUMN_ID) SIGHTING_NCOLUMNS
};

extern const struct column_table sighting_table;

/* The cell of a column, enum sighting_column. Its text stays valid as long as the processes. */
void sighting_get(const struct processes *p, const struct process_seen *seen, size_t column, struct cell *cell);

#endif
