/*
 * timeline_columns: the table of the timeline: a row a process, as cells.
 */
#ifndef TIMELINE_COLUMNS_H
#define TIMELINE_COLUMNS_H

#include "atopdump/report/processes.h"
#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/io/writer.h"

/* X(id, name, type, unit or NULL, doc). The lists are JSON: arrays of objects. */
#define TIMELINE_COLUMNS(X)                                                                                        \
	X(HOST, "host", TEXT, NULL, "name of the host")                                                            \
	X(MACHINE, "machine", TEXT, NULL, "its hardware, as uname -m says it")                                     \
	X(KERNEL, "kernel", TEXT, NULL, "its kernel release")                                                      \
	X(BOOT, "boot", TIME, NULL, "when it was booted; null if that is not known, or if --host-by joins boots")  \
	X(ENTITY_ID, "entity_id", TEXT, NULL, "host, pid and start: of one process the same in all runs and logs") \
	X(PID, "pid", INTEGER, NULL, "process id")                                                                 \
	X(PPID, "ppid", INTEGER, NULL, "id of the parent when the process was first seen")                         \
	X(PARENT, "parent", TEXT, NULL, "name that the process with this id had then; null if none is known")      \
	X(ANCESTORS, "ancestors", TEXT, NULL, "list: pid and name of the parent, of its parent, and so on")        \
	X(NAME, "name", TEXT, NULL, "command name that it had last")                                               \
	X(NAMES, "names", TEXT, NULL, "list: each name, and when it was first seen")                               \
	X(CMDLINE, "cmdline", TEXT, NULL, "command line that it had last; null if none was recorded")              \
	X(CMDLINE_RECORDED, "cmdline_recorded", BOOLEAN, NULL, "a command line was recorded, which can be empty")  \
	X(CMDLINES, "cmdlines", TEXT, NULL, "list: each command line, and when it was first seen")                 \
	X(RUID, "ruid", INTEGER, NULL, "real user id that it had last")                                            \
	X(EUID, "euid", INTEGER, NULL, "effective user id")                                                        \
	X(SUID, "suid", INTEGER, NULL, "saved user id")                                                            \
	X(FSUID, "fsuid", INTEGER, NULL, "user id for file access")                                                \
	X(RGID, "rgid", INTEGER, NULL, "real group id")                                                            \
	X(EGID, "egid", INTEGER, NULL, "effective group id")                                                       \
	X(SGID, "sgid", INTEGER, NULL, "saved group id")                                                           \
	X(FSGID, "fsgid", INTEGER, NULL, "group id for file access")                                               \
	X(IDS, "ids", TEXT, NULL, "list: all user and group ids, and since when they were so")                     \
	X(CONTAINER, "container", TEXT, NULL, "container: its host name, or the start of its id")                  \
	X(CGROUP, "cgroup", TEXT, NULL, "path of the cgroup that it was in last")                                  \
	X(STARTED, "started", TIME, NULL, "when it was started")                                                   \
	X(FIRST_SEEN, "first_seen", TIME, NULL, "the first sample that has it")                                    \
	X(LAST_SEEN, "last_seen", TIME, NULL, "the last sample that has it")                                       \
	X(ENDED, "ended", TIME, NULL, "when it ended, by its exit record; null if there is none")                  \
	X(GONE_BY, "gone_by", TIME, NULL, "the first sample without it, if it ended after last_seen unseen")       \
	X(EXIT_CODE, "exit_code", INTEGER, NULL, "exit status; null if it is not known or a signal ended it")      \
	X(SIGNAL, "signal", INTEGER, NULL, "number of the signal that ended it")                                   \
	X(DUMPED, "dumped", BOOLEAN, NULL, "it dumped core; null if no exit record says how it ended")             \
	X(SAMPLES, "samples", INTEGER, "count", "samples that have it")                                            \
	X(THREADS_MAX, "threads_max", INTEGER, "count", "most threads in a sample")                                \
	X(USER_TIME, "user_time", DOUBLE, "s", "processor time in user mode, of all samples")                      \
	X(SYSTEM_TIME, "system_time", DOUBLE, "s", "processor time in system mode")                                \
	X(BYTES_READ, "bytes_read", INTEGER, "bytes", "read from disks")                                           \
	X(BYTES_WRITTEN, "bytes_written", INTEGER, "bytes", "written to disks")                                    \
	X(BYTES_RECEIVED, "bytes_received", INTEGER, "bytes", "received over TCP and UDP; null if not measured")   \
	X(BYTES_SENT, "bytes_sent", INTEGER, "bytes", "sent over TCP and UDP; null if not measured")               \
	X(RSS_MAX, "rss_max", INTEGER, "bytes", "most resident memory in a sample")                                \
	X(VMEM_MAX, "vmem_max", INTEGER, "bytes", "most virtual memory in a sample")                               \
	X(CHANGES_CUT, "changes_cut", BOOLEAN, NULL, "more names, command lines or ids than the lists have")       \
	X(FIRST_FILE, "first_file", TEXT, NULL, "the log with the first sample that has it")                       \
	X(FIRST_SAMPLE, "first_sample", INTEGER, NULL, "number of that sample in the log, from 0")                 \
	X(LAST_FILE, "last_file", TEXT, NULL, "the log with the last sample that has it")                          \
	X(LAST_SAMPLE, "last_sample", INTEGER, NULL, "number of that sample in the log")

#define TIMELINE_COLUMN_ID(id, name, type, unit, doc) TIMELINE_##id,
enum timeline_column {
	TIMELINE_COLUMNS(TIMELINE_COLUMN_ID) TIMELINE_NCOLUMNS
};

extern const struct column_table timeline_table;

/* Whether the texts of the column are JSON. */
bool timeline_is_json(size_t column);

/* A row, and memory for its lists. */
struct timeline_row {
	const struct processes *processes;
	const struct process *process;
	uint32_t number;        /* of the process */
	unsigned print;         /* PRINT_EPOCH: of times in lists */
	struct writer *scratch; /* in memory; a text in it is valid until the next cell is asked for */
};

/* The cell of a column, enum timeline_column. */
void timeline_get(const struct timeline_row *row, size_t column, struct cell *cell);

/* The cell `entity_id` of any process. */
void timeline_get_entity(const struct timeline_row *row, const struct process *one, struct cell *cell);

/* Whether the text of the cell is in `scratch`. */
bool timeline_is_scratch(size_t column);

#endif
