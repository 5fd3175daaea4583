/*
 * status: the exit statuses of atopdump, and which of them a result is.
 */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>

#include "rawlog/rawlog.h"

enum exit_status {
	STATUS_OK,
	STATUS_FAILED,
	STATUS_REFUSED,
	STATUS_DAMAGED
};

#define STATUS_COUNT 4

/* What a status means, for the help; in a few words, for the short one. */
extern const char *const status_meanings[STATUS_COUNT];
extern const char *const status_words[STATUS_COUNT];

enum exit_status status_of(enum rawlog_result result);

/* Whether a run with this status keeps its output. */
bool status_keeps_output(enum exit_status status);

/*
 * The status of a run whose output at `path` (NULL: standard output) ended with `error`, an errno or 0. A failure is
 * reported. EPIPE is none: the reader has what it wants.
 */
enum exit_status status_of_output(enum exit_status status, const char *path, int error);

/* The same after printing with stdio: flushes standard output. */
enum exit_status status_of_stdout(void);

#endif
