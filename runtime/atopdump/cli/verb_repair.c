/*
 * verb_repair: one output file, one FILE.
 */
#include "atopdump/cli/verb_repair.h"

#include <string.h>

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/dump/intake.h"
#include "print/format/output.h"
#include "rawlog/write/repair.h"

/* Repairs the logs of the current offer. */
static enum rawlog_result
repair_offer(const struct options *o, const struct intake *intake, struct writer *out)
{
	const struct intake_offer *offer = &intake->offer;
	struct rawlog_error error;
	char text[INTAKE_TEXT_MAX];
	enum rawlog_result result;
	struct rawlog *log;

	switch (rawlog_open_source(&log, &offer->source, false, o->layout, &error)) {
	case RAWLOG_OK:
		result = repair_logs(out, offer->path, log, o->part, message);
		rawlog_close(log);
		return result;
	case RAWLOG_REFUSED:
		intake_explain(intake, &error, text);
		message(offer->path, text);
		return RAWLOG_REFUSED;
	default: message(offer->path, strerror(error.code)); return RAWLOG_FAILED;
	}
}

/* Repairs the log that the input is, compressed or not. */
static enum rawlog_result
repair(const struct options *o, struct inputs *in, struct writer *out)
{
	enum rawlog_result worst = RAWLOG_OK, result;
	struct intake intake;
	const struct intake_offer *offer = &intake.offer;

	intake_begin(&intake, in, false);
	while (worst != RAWLOG_FAILED && worst != RAWLOG_REFUSED && intake_next(&intake)) {
		result = offer->end;
		if (result != RAWLOG_OK) {
			message(offer->path, offer->why);
		} else if (offer->member) {
			message(offer->path, "repair takes no archive: take the log out of it first");
			result = RAWLOG_REFUSED;
		} else {
			result = repair_offer(o, &intake, out);
		}
		if (result > worst)
			worst = result;
	}
	intake_end(&intake);
	return worst;
}

static int
write_repaired(const struct options *o, struct inputs *in, enum exit_status *status)
{
	struct output output;
	const int error = output_open(&output, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	*status = status_of(repair(o, in, &output.writer));
	return output_finish(&output, status_keeps_output(*status));
}

enum exit_status
verb_repair(const struct options *o)
{
	return run_on_logs(o, write_repaired);
}
