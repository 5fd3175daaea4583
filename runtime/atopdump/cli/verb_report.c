/*
 * verb_report: has the logs read into a page, which is written when all are read.
 */
#include "atopdump/cli/verb_report.h"

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/option_window.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/dump.h"
#include "atopdump/page/report.h"

static enum exit_status
read_logs(const struct options *o, struct inputs *in, struct formatter *f, struct sample_choice *samples)
{
	const struct report_options report = { .by = o->host_by,
		.samples = samples,
		.about = { .zone = o->window.zone } };
	struct dump_options options = o->dump;
	char text[OPTION_WINDOW_TEXT_MAX];
	enum exit_status status;

	options.layout = o->layout;
	options.jobs = 1;
	report_set(f, &report);
	status = status_of(dump_logs(f, &options, in, message));
	if (status_keeps_output(status) && option_window_is_empty(samples, text))
		message_run(text);
	return status;
}

static int
write_report(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct query query = options_query(o);
	struct sample_choice samples = o->samples;
	struct formatter *f;
	const int error = formatter_open(&f, &report_format, &query, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	*status = read_logs(o, in, f, &samples);
	return formatter_finish(f, status_keeps_output(*status));
}

enum exit_status
verb_report(const struct options *o)
{
	return run_on_logs(o, write_report);
}
