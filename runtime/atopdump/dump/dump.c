/*
 * dump: one log after the other in the calling thread, if threads are not used.
 */
#include <inttypes.h>
#include <stdio.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/dump_carve.h"
#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/dump_spread.h"
#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/intake.h"

/* Called before a wait for the writer of the log: outputs what has been read. */
static void
flush(void *context)
{
	const struct dump_walk *w = context;

	formatter_flush(w->formatter);
}

/* Dumps the current offer. */
static void
dump_one(struct dump_walk *w, struct intake *intake)
{
	struct rawlog *log = dump_walk_open(w, intake);
	struct plan plan;

	if (log == NULL)
		return;
	if (w->options->carve) {
		dump_carve(w, log);
	} else {
		rawlog_on_wait(log, flush, w);
		while (dump_walk_begin_log(w, log, &plan) && dump_walk_samples(w, log, &plan))
			continue;
	}
	rawlog_close(log);
}

enum rawlog_result
dump_folders(const struct inputs *in, void (*report)(const char *path, const char *text), enum rawlog_result worst)
{
	char text[REPORT_MAX];

	if (in->result > worst)
		worst = in->result;
	for (int i = 0; i < in->nfolders; i++) {
		const struct inputs_folder *folder = &in->folders[i];

		if (folder->answers || folder->end > in->next)
			continue;
		snprintf(text, sizeof text, "no atop log in it (%" PRIu64 " file%s passed over)", folder->passed,
		    folder->passed == 1 ? "" : "s");
		report(folder->path, text);
		if (worst < RAWLOG_REFUSED)
			worst = RAWLOG_REFUSED;
	}
	return worst;
}

enum rawlog_result
dump_logs(struct formatter *f, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text))
{
	struct dump_notes notes = { .log = 0 };
	struct dump_walk w = { .formatter = f, .options = options, .report = report, .notes = &notes };
	enum rawlog_result worst = RAWLOG_OK;
	struct intake intake;

	if (dump_spread(f, options, in, report, &worst))
		return dump_folders(in, report, worst);
	intake_begin(&intake, in, options->carve);
	while (dump_walk_more_wanted(&w) && intake_next(&intake)) {
		w.log = intake.offer.number << 32;
		w.result = RAWLOG_OK;
		dump_one(&w, &intake);
		if (w.result > worst)
			worst = w.result;
	}
	intake_end(&intake);
	rawlog_sample_delete(w.sample);
	return dump_folders(in, report, worst);
}
