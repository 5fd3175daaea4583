/*
 * verb_info: reads the logs one after the other, and writes the facts of each when it is read.
 */
#include "atopdump/cli/verb_info.h"

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/dump.h"
#include "atopdump/dump/intake.h"
#include "atopdump/report/info.h"
#include "print/format/output.h"

const struct verb_form verb_info_forms[] = {
	[INFO_TEXT] = { "text", "for people (the default)" },
	[INFO_JSON] = { "json", "an object for each log" },
	[INFO_CSV] = { "csv", "a row for each log" },
	{ NULL, NULL },
};

static void
take(void *context, const struct log_facts *facts)
{
	info_put(context, facts);
}

static int
write_info(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct output output;
	struct info info = { .out = &output.writer, .form = (enum info_form)o->form, .checked = o->check };
	const struct facts_options options = { .layout = o->layout,
		.check = o->check,
		.quiet = o->dump.quiet,
		.verbose = o->dump.verbose,
		.report = message,
		.take = take,
		.context = &info };
	enum rawlog_result worst = RAWLOG_OK, result;
	struct intake intake;
	int error = output_open(&output, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	info.detailed = !in->several;
	intake_begin(&intake, in, false);
	while (output.writer.error == 0 && intake_next(&intake)) {
		result = log_facts_read(&intake, &options);
		if (result > worst)
			worst = result;
	}
	intake_end(&intake);
	info_end(&info);
	*status = status_of(dump_folders(in, message, worst));
	return output_finish(&output, status_keeps_output(*status));
}

enum exit_status
verb_info(const struct options *o)
{
	return run_on_logs(o, write_info);
}
