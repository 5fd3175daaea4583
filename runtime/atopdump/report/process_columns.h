/*
 * process_columns: the columns of a process in a timeline. The generator reads this list too: hints are conditions over them.
 */
#ifndef PROCESS_COLUMNS_H
#define PROCESS_COLUMNS_H

/* X(id, name, type, unit or NULL, doc). The lists are JSON: arrays of objects. */
#define PROCESS_COLUMNS(X)                                                                                         \
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

/* Columns that are printed only if --fields names them: what hints need beside the others. */
#define PROCESS_FACTS(X)                                                                                                      \
	X(NAME_UTF8, "name_utf8", BOOLEAN, NULL,                                                                              \
	    "all its names are UTF-8, apart from a last character that was cut off")                                          \
	X(NAME_CONTROLS, "name_controls", BOOLEAN, NULL,                                                                      \
	    "a name has control characters, or some that change the direction of writing")                                    \
	X(NAME_IN_CMDLINE, "name_in_cmdline", BOOLEAN, NULL,                                                                  \
	    "the last command line has a name in it, or one had the last name; null if none was recorded, or they are empty") \
	X(UID_CHANGED, "uid_changed", BOOLEAN, NULL, "its real or effective user id changed while it was seen")

#endif
