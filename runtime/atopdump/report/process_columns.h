/*
 * process_columns: the columns of a process in a timeline. The generator reads this list too: hints are conditions over them.
 */
#ifndef PROCESS_COLUMNS_H
#define PROCESS_COLUMNS_H

/* X(id, name, type, unit or "", doc). The lists are JSON: arrays of objects. */
#define PROCESS_COLUMNS(X)                                                                                       \
	X(HOST, "host", TEXT, "", "name of the host")                                                            \
	X(MACHINE, "machine", TEXT, "", "its hardware, as uname -m says it")                                     \
	X(KERNEL, "kernel", TEXT, "", "its kernel release")                                                      \
	X(BOOT, "boot", TIME, "", "when it was booted; null if that is not known, or if --host-by joins boots")  \
	X(ENTITY_ID, "entity_id", TEXT, "", "host, pid and start: of one process the same in all runs and logs") \
	X(PID, "pid", INTEGER, "", "process id")                                                                 \
	X(PPID, "ppid", INTEGER, "", "id of the parent when the process was first seen")                         \
	X(PARENT, "parent", TEXT, "", "name that the process with this id had then; null if none is known")      \
	X(ANCESTORS, "ancestors", TEXT, "", "list: pid and name of the parent, of its parent, and so on")        \
	X(NAME, "name", TEXT, "", "command name that it had last")                                               \
	X(NAMES, "names", TEXT, "", "list: each name, and when it was first seen")                               \
	X(CMDLINE, "cmdline", TEXT, "", "command line that it had last; null if none was recorded")              \
	X(CMDLINE_RECORDED, "cmdline_recorded", BOOLEAN, "", "a command line was recorded, which can be empty")  \
	X(CMDLINES, "cmdlines", TEXT, "", "list: each command line, and when it was first seen")                 \
	X(RUID, "ruid", INTEGER, "", "real user id that it had last")                                            \
	X(EUID, "euid", INTEGER, "", "effective user id")                                                        \
	X(SUID, "suid", INTEGER, "", "saved user id")                                                            \
	X(FSUID, "fsuid", INTEGER, "", "user id for file access")                                                \
	X(RGID, "rgid", INTEGER, "", "real group id")                                                            \
	X(EGID, "egid", INTEGER, "", "effective group id")                                                       \
	X(SGID, "sgid", INTEGER, "", "saved group id")                                                           \
	X(FSGID, "fsgid", INTEGER, "", "group id for file access")                                               \
	X(IDS, "ids", TEXT, "", "list: all user and group ids, and since when they were so")                     \
	X(CONTAINER, "container", TEXT, "", "container: its host name, or the start of its id")                  \
	X(CGROUP, "cgroup", TEXT, "", "path of the cgroup that it was in last")                                  \
	X(STARTED, "started", TIME, "", "when it was started")                                                   \
	X(FIRST_SEEN, "first_seen", TIME, "", "the first sample that has it")                                    \
	X(LAST_SEEN, "last_seen", TIME, "", "the last sample that has it")                                       \
	X(ENDED, "ended", TIME, "", "when it ended, by its exit record; null if there is none")                  \
	X(GONE_BY, "gone_by", TIME, "", "the first sample without it, if it ended after last_seen unseen")       \
	X(EXIT_CODE, "exit_code", INTEGER, "", "exit status; null if it is not known or a signal ended it")      \
	X(SIGNAL, "signal", INTEGER, "", "number of the signal that ended it")                                   \
	X(DUMPED, "dumped", BOOLEAN, "", "it dumped core; null if no exit record says how it ended")             \
	X(SAMPLES, "samples", INTEGER, "count", "samples that have it")                                          \
	X(THREADS_MAX, "threads_max", INTEGER, "count", "most threads in a sample")                              \
	X(USER_TIME, "user_time", DOUBLE, "s", "processor time in user mode, of all samples")                    \
	X(SYSTEM_TIME, "system_time", DOUBLE, "s", "processor time in system mode")                              \
	X(BYTES_READ, "bytes_read", INTEGER, "bytes", "read from disks")                                         \
	X(BYTES_WRITTEN, "bytes_written", INTEGER, "bytes", "written to disks")                                  \
	X(BYTES_RECEIVED, "bytes_received", INTEGER, "bytes", "received over TCP and UDP; null if not measured") \
	X(BYTES_SENT, "bytes_sent", INTEGER, "bytes", "sent over TCP and UDP; null if not measured")             \
	X(RSS_MAX, "rss_max", INTEGER, "bytes", "most resident memory in a sample")                              \
	X(VMEM_MAX, "vmem_max", INTEGER, "bytes", "most virtual memory in a sample")                             \
	X(CHANGES_CUT, "changes_cut", BOOLEAN, "", "more names, command lines or ids than the lists have")       \
	X(FIRST_FILE, "first_file", TEXT, "", "the log with the first sample that has it")                       \
	X(FIRST_SAMPLE, "first_sample", INTEGER, "", "number of that sample in the log, from 0")                 \
	X(LAST_FILE, "last_file", TEXT, "", "the log with the last sample that has it")                          \
	X(LAST_SAMPLE, "last_sample", INTEGER, "", "number of that sample in the log")

/* Columns that are printed only if --fields names them: what hints need beside the others. */
#define PROCESS_FACTS(X)                                                                                                      \
	X(NAME_UTF8, "name_utf8", BOOLEAN, "",                                                                                \
	    "all its names are UTF-8, apart from a last character that was cut off")                                          \
	X(NAME_CONTROLS, "name_controls", BOOLEAN, "",                                                                        \
	    "a name has control characters, or some that change the direction of writing")                                    \
	X(NAME_IN_CMDLINE, "name_in_cmdline", BOOLEAN, "",                                                                    \
	    "the last command line has a name in it, or one had the last name; null if none was recorded, or they are empty") \
	X(UID_CHANGED, "uid_changed", BOOLEAN, "", "its real or effective user id changed while it was seen")

#endif
