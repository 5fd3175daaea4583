/*
 * verb_repair: one output file, one FILE.
 */
#include "atopdump/cli/verb_repair.h"
#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "print/format/output.h"
#include "rawlog/write/repair.h"

static int
write_repaired(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct output output;
	const int error = output_open(&output, o->place.path, o->place.force);

	if (error != 0)
		return error;
	confine(o, in);
	*status = status_of(repair_file(&output.writer, o->files[0], inputs_take(in), o->layout, o->part, message));
	return output_finish(&output, status_keeps_output(*status));
}

enum exit_status
verb_repair(const struct options *o)
{
	return run_on_logs(o, write_repaired);
}
