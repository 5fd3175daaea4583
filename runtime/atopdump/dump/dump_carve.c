/*
 * dump_carve: passes the extents and records of a carved file to the walk.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_carve.h"
#include "atopdump/dump/dump_report.h"

static void
report_extent(struct dump_walk *w, const struct rawlog *log)
{
	const bool is_ambiguous = strcmp(rawlog_certainty(log), "lengths") == 0;
	char text[REPORT_MAX];
	int used;

	used = snprintf(text, sizeof text, "from byte %" PRIu64 " on, records of atop %s, %s, %s-endian",
	    rawlog_records_offset(log), rawlog_fits(log), rawlog_model(log),
	    rawlog_is_big_endian(log) ? "big" : "little");
	if (rawlog_header(log) != NULL)
		snprintf(text + used, sizeof text - (size_t)used, ", with a header at byte %" PRIu64,
		    rawlog_header_offset(log));
	else
		snprintf(text + used, sizeof text - (size_t)used, ", without a header: their host is unknown%s%s",
		    is_ambiguous ? "; shown as of " : "", is_ambiguous ? rawlog_release(log) : "");
	if (!w->options->quiet)
		w->report(w->path, text);
}

static void
begin_extent(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	w->notes->log = 0; /* it may be another log than the extent before */
	report_extent(w, log);
	dump_walk_begin_log(w, log, plan);
}

void
dump_carve(struct dump_walk *w, struct rawlog *log)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	struct plan plan;
	int error;

	if (!dump_walk_prepare(w))
		return;
	while (dump_walk_continues(w) && (result = rawlog_next(log, w->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK && dump_walk_takes(w, w->sample))
			dump_walk_sample(w);
		else if (result == RAWLOG_NEXT_LOG)
			begin_extent(w, log, &plan);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else if (result == RAWLOG_REFUSED)
			dump_report_refusal(w, damage.reason, true);
		else if (result != RAWLOG_OK)
			dump_report_failure(w, error);
	}
}
