/*
 * run: the order of steps in a run. Knows no verb.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/cli/help.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/process.h"
#include "atopdump/cli/progress.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/evidence.h"
#include "atopdump/dump/intake.h"

#define PASSED_MAX   128 /* bytes of a message about a file that is passed over */
#define SPARE_FOLDER 256 /* descriptors for a folder of tables */

static bool
is_spared(const struct options *o, const struct inputs *in)
{
	return o->partition != NULL ? evidence_can_be_partitioned(in, message)
				    : evidence_is_spared(in, &o->place, o->format, &o->tables, message);
}

static void
report_passed(const char *path, const char *why)
{
	char text[PASSED_MAX];

	snprintf(text, sizeof text, "passed over: %s", why);
	message(path, text);
}

/* Replaces folders by the files in them, for a verb that takes any number of files. False: out of memory. */
static bool
read_folders(const struct options *o, struct inputs *in)
{
	const struct inputs_report report = { message, o->dump.verbose ? report_passed : NULL };
	struct stat output;
	const bool avoids = o->place.folder && stat(o->place.path, &output) == 0;

	return o->verb->files_max == 1 || inputs_expand(in, avoids ? &output : NULL, &report);
}

enum exit_status
run_on_logs(const struct options *o, int (*write)(const struct options *o, struct inputs *in, enum exit_status *status))
{
	enum exit_status status = STATUS_FAILED;
	char usage[HELP_USAGE_MAX];
	struct progress progress;
	struct inputs in;
	int error;

	if (o->unnamed && isatty(STDIN_FILENO)) {
		help_usage(usage, o->verb);
		message_no_file(usage);
		return STATUS_FAILED;
	}
	inputs_init(&in, o->files, o->nfiles);
	if (!read_folders(o, &in)) {
		message_run(strerror(ENOMEM));
		inputs_close(&in);
		return STATUS_FAILED;
	}
	inputs_open(&in, o->place.folder ? SPARE_FOLDER : 0);
	process_handle_signals();
	if (is_spared(o, &in)) {
		intake_prepare(&in);
		progress_begin(&progress, o, &in);
		error = write(o, &in, &status);
		progress_end(&progress);
		status = status_of_output(status, o->place.path, error);
	}
	inputs_close(&in);
	return o->accept_damage && status == STATUS_DAMAGED ? STATUS_OK : status;
}
