/*
 * verb_dump: opens the format, has logs dumped or carved into it, ends it.
 */
#include "atopdump/cli/verb_dump.h"
#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/option_window.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"

static int
write_format(const struct options *o, struct inputs *in, bool carve, enum exit_status *status)
{
	struct dump_options options = o->dump;
	struct sample_choice samples = o->samples;
	struct query query = options_query(o);
	char text[OPTION_WINDOW_TEXT_MAX];
	struct formatter *f;
	int error;

	options.samples = &samples;
	options.carve = query.offsets = carve;
	options.layout = o->layout;
	error = formatter_open(&f, o->format, &query, &o->place);
	if (error != 0)
		return error;
	confine(o, in);
	*status = status_of(dump_logs(f, &options, in, message));
	if (status_keeps_output(*status) && option_window_is_empty(&samples, text))
		message_run(text);
	return formatter_finish(f, status_keeps_output(*status));
}

static int
write_dump(const struct options *o, struct inputs *in, enum exit_status *status)
{
	return write_format(o, in, false, status);
}

static int
write_carved(const struct options *o, struct inputs *in, enum exit_status *status)
{
	return write_format(o, in, true, status);
}

enum exit_status
verb_dump(const struct options *o)
{
	return run_on_logs(o, write_dump);
}

enum exit_status
verb_carve(const struct options *o)
{
	return run_on_logs(o, write_carved);
}
