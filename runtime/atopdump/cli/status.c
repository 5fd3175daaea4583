/*
 * status: one table of statuses; one rule for the end of any output.
 */
#include <errno.h>
#include <stdio.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/status.h"

const char *const status_meanings[STATUS_COUNT] = {
	[STATUS_OK] = "everything was read; gaps between samples are reported",
	[STATUS_FAILED] = "wrong usage, or input or output failed",
	[STATUS_REFUSED] = "a FILE is not an atop log, or has a layout that no schema describes",
	[STATUS_DAMAGED] = "there was damage; everything readable was printed",
};

const char *const status_words[STATUS_COUNT] = {
	[STATUS_OK] = "all was read",
	[STATUS_FAILED] = "failed",
	[STATUS_REFUSED] = "no atop log",
	[STATUS_DAMAGED] = "damage",
};

enum exit_status
status_of(enum rawlog_result result)
{
	switch (result) {
	case RAWLOG_OK: return STATUS_OK;
	case RAWLOG_DAMAGED: return STATUS_DAMAGED;
	case RAWLOG_REFUSED: return STATUS_REFUSED;
	default: return STATUS_FAILED;
	}
}

bool
status_keeps_output(enum exit_status status)
{
	return status == STATUS_OK || status == STATUS_DAMAGED;
}

enum exit_status
status_of_output(enum exit_status status, const char *path, int error)
{
	if (error == 0 || error == EPIPE)
		return status;
	message_output(path, error);
	return STATUS_FAILED;
}

enum exit_status
status_of_stdout(void)
{
	const bool ok = fflush(stdout) == 0 && !ferror(stdout);

	return status_of_output(STATUS_OK, NULL, ok ? 0 : errno);
}
