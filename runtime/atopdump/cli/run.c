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
#include "atopdump/cli/run_manifest.h"
#include "atopdump/dump/evidence.h"
#include "atopdump/dump/intake.h"

#define PASSED_MAX   128 /* bytes of a message about a file that is passed over */
#define SPARE_FOLDER 256 /* descriptors for a folder of tables */

static bool
is_spared(const struct options *o, const struct inputs *in)
{
	if (o->manifest != NULL &&
	    !evidence_spares_manifest(in, &o->place, o->partition != NULL ? NULL : o->format, &o->tables, o->manifest,
		message))
		return false;
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
read_folders(const struct options *o, struct inputs *in, struct run_manifest *manifest)
{
	const struct inputs_report report = { message, o->dump.verbose ? report_passed : NULL, run_manifest_skip,
		manifest };
	struct stat output;
	const bool avoids = o->place.folder && stat(o->place.path, &output) == 0;

	return o->verb->files_max == 1 || inputs_expand(in, avoids ? &output : NULL, &report);
}

/* Has the open inputs read and the output written. Returns the status. */
static enum exit_status
run_followed(const struct options *o, struct inputs *in, struct run_manifest *manifest,
    int (*write)(const struct options *o, struct inputs *in, enum exit_status *status))
{
	enum exit_status status = STATUS_FAILED;
	struct options followed = *o;
	struct progress progress;
	int error;

	if (!is_spared(o, in))
		return STATUS_FAILED;
	intake_prepare(in);
	if (!run_manifest_begin(manifest, o, in))
		return STATUS_FAILED;
	followed.place.follower = run_manifest_outputs(manifest);
	progress_begin(&progress, o, in);
	error = write(&followed, in, &status);
	progress_end(&progress);
	return status_of_output(status, o->place.path, error);
}

enum exit_status
run_on_logs(const struct options *o, int (*write)(const struct options *o, struct inputs *in, enum exit_status *status))
{
	char usage[HELP_USAGE_MAX];
	struct run_manifest manifest;
	enum exit_status status;
	struct inputs in;

	if (o->unnamed && isatty(STDIN_FILENO)) {
		help_usage(usage, o->verb);
		message_no_file(usage);
		return STATUS_FAILED;
	}
	inputs_init(&in, o->files, o->nfiles);
	run_manifest_init(&manifest, o);
	if (read_folders(o, &in, &manifest)) {
		inputs_open(&in,
		    (o->place.folder ? SPARE_FOLDER : 0) + (o->manifest != NULL ? RUN_MANIFEST_DESCRIPTORS : 0));
		process_handle_signals();
		status = run_followed(o, &in, &manifest, write);
	} else {
		message_run(strerror(ENOMEM));
		status = STATUS_FAILED;
	}
	status = run_manifest_end(&manifest, o, &in, status);
	inputs_close(&in);
	return o->accept_damage && status == STATUS_DAMAGED ? STATUS_OK : status;
}
