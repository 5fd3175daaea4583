/*
 * verb_timeline: has the logs read into a timeline, which is written when all are read.
 */
#include "atopdump/cli/verb_timeline.h"

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/option_check.h"
#include "atopdump/cli/option_window.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/dump.h"
#include "atopdump/report/timeline.h"

static enum exit_status
read_logs(const struct options *o, struct inputs *in, struct formatter *f, struct sample_choice *samples)
{
	struct dump_options options = o->dump;
	struct timeline_options timeline = { .by = o->host_by,
		.samples = samples,
		.limit = o->limit,
		.suspect = o->suspect };
	char text[OPTION_WINDOW_TEXT_MAX];
	enum exit_status status;

	if (option_check_selects(o))
		timeline.selected = selection_find(&o->selection, &timeline_table);
	options.layout = o->layout;
	options.jobs = 1;
	timeline_set(f, &timeline);
	status = status_of(dump_logs(f, &options, in, message));
	if (status_keeps_output(status) && option_window_is_empty(samples, text))
		message_run(text);
	return status;
}

static int
write_timeline(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct query query = options_query(o);
	struct sample_choice samples = o->samples;
	struct formatter *f;
	const int error = formatter_open(&f, o->format, &query, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	*status = read_logs(o, in, f, &samples);
	return formatter_finish(f, status_keeps_output(*status));
}

enum exit_status
verb_timeline(const struct options *o)
{
	return run_on_logs(o, write_timeline);
}
