/*
 * verb_gaps: reads all logs, then writes what is between their samples.
 */
#include "atopdump/cli/verb_gaps.h"

#include <errno.h>

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/dump.h"
#include "atopdump/dump/intake.h"
#include "atopdump/report/gaps_out.h"
#include "print/format/output.h"

const struct verb_form verb_gaps_forms[] = {
	[GAPS_TEXT] = { "text", "for people: a paragraph for each host and boot (the default)" },
	[GAPS_JSON] = { "json", "an object for each gap" },
	[GAPS_CSV] = { "csv", "a row for each gap" },
	{ NULL, NULL },
};

static enum exit_status
read_logs(const struct options *o, struct inputs *in, struct gaps *gaps)
{
	const struct facts_options options = { .layout = o->layout,
		.check = o->check,
		.quiet = o->dump.quiet,
		.verbose = o->dump.verbose,
		.report = message,
		.take = gaps_take_end,
		.take_sample = gaps_take_sample,
		.take_loss = gaps_take_loss,
		.context = gaps };
	enum rawlog_result worst = RAWLOG_OK, result;
	struct intake intake;

	intake_begin(&intake, in, false);
	while (!gaps->failed && intake_next(&intake)) {
		result = log_facts_read(&intake, &options);
		if (result > worst)
			worst = result;
	}
	intake_end(&intake);
	return status_of(dump_folders(in, message, worst));
}

static int
write_gaps(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct output output;
	struct gaps gaps;
	bool keep;
	int error = output_open(&output, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	gaps_init(&gaps, o->host_by);
	*status = read_logs(o, in, &gaps);
	keep = gaps_finish(&gaps);
	if (keep)
		gaps_put(&output.writer, &gaps, (enum gaps_form)o->form);
	gaps_free(&gaps);
	error = output_finish(&output, keep && status_keeps_output(*status));
	return keep ? error : ENOMEM;
}

enum exit_status
verb_gaps(const struct options *o)
{
	return run_on_logs(o, write_gaps);
}
