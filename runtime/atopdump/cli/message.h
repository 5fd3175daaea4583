/*
 * message: everything that atopdump writes to standard error. No other file of the runtime writes there.
 *
 * Several threads may call it. A message is one line, "atopdump: FILE: text". Bytes that could control a terminal are shown as \xNN: names of
 * files and the command line may be somebody else's choice. The text of a message about a log never holds bytes of
 * the log.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>

#define MESSAGE_PROGRESS_COLUMNS 512
#define MESSAGE_PROGRESS_MAX     2048 /* bytes */

/*
 * Shows `line`, which takes at most `columns` columns of the terminal, fewer than this has and MESSAGE_PROGRESS_COLUMNS at most,
 * instead of the last such line. It is erased before the next message. "" erases it.
 */
void message_progress(const char *line, unsigned columns);

/* Erases the line of progress, if one is shown. Async-signal-safe. */
void message_erase(void);

/* Reports something about the file at `path`; "-" is standard input. */
void message(const char *path, const char *text);

/* Reports something about the whole run. */
void message_run(const char *text);

/* Reports that output to `path` (NULL: standard output) failed with the errno `error`. */
void message_output(const char *path, int error);

/* Reports a mistake in the command line. `lines`: the text has several lines; else an end of line in it is escaped. */
void message_usage(const char *why, bool lines);

/* Reports that no FILE was named and standard input is a terminal; `usage` is the usage lines. */
void message_no_file(const char *usage);

/* Reports that the system refused the sandbox with the errno `error`. */
void message_no_sandbox(int error);

/* Reports that the signal `number` ends the run and unfinished output is gone. Async-signal-safe. */
void message_signal(int number);

#endif
