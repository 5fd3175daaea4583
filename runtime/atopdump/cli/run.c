/*
 * run: the order of steps in a run. Knows no verb.
 */
#include <unistd.h>

#include "atopdump/cli/help.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/process.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/evidence.h"

#define SPARE_FOLDER 256 /* descriptors for a folder of tables */

static bool
is_spared(const struct options *o, const struct inputs *in)
{
	return o->partition != NULL ? evidence_can_be_partitioned(in, message)
				    : evidence_is_spared(in, &o->place, o->format, &o->tables, message);
}

enum exit_status
run_on_logs(const struct options *o, int (*write)(const struct options *o, struct inputs *in, enum exit_status *status))
{
	enum exit_status status = STATUS_FAILED;
	char usage[HELP_USAGE_MAX];
	struct inputs in;
	int error;

	if (o->unnamed && isatty(STDIN_FILENO)) {
		help_usage(usage, o->verb);
		message_no_file(usage);
		return STATUS_FAILED;
	}
	inputs_init(&in, o->files, o->nfiles);
	inputs_open(&in, o->place.folder ? SPARE_FOLDER : 0);
	process_handle_signals();
	if (is_spared(o, &in)) {
		error = write(o, &in, &status);
		status = status_of_output(status, o->place.path, error);
	}
	inputs_close(&in);
	return o->accept_damage && status == STATUS_DAMAGED ? STATUS_OK : status;
}
