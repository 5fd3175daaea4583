/*
 * dump_report: composes messages. Nothing is reported before everything in front of it has been output.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/inputs.h"
#include "atopdump/dump/tally.h"
#include "print/format/describe.h"
#include "rawlog/log/damage.h"

/* Waits until it is possible to report. False: nothing more is wanted. */
static bool
may_report(struct dump_walk *w)
{
	return w->wait == NULL || w->wait(w);
}

/* Reports what does not change the result. */
static void
remark(struct dump_walk *w, const char *text)
{
	if (!w->options->quiet)
		w->report(w->path, text);
}

static void
put_note(struct dump_walk *w, const struct format_note *note)
{
	if (w->formatter->format->note != NULL)
		w->formatter->format->note(w->formatter, note);
}

static void
tell_listener(const struct dump_walk *w, bool passed, int error, const char *why)
{
	const struct dump_listener *listener = w->options->listener;

	if (listener != NULL)
		listener->unread(listener->context, w->path, passed, error, why);
}

/* Ends the file, with an errno if input or memory failed. */
static void
end_file(struct dump_walk *w, enum rawlog_result result, int error, const char *why)
{
	if (w->folder != NULL)
		w->folder->answers = true;
	if (may_report(w)) {
		w->report(w->path, why);
		tell_listener(w, false, error, why);
	}
	w->result = result;
}

void
dump_report_break(struct dump_walk *w, const char *why)
{
	struct rawlog_damage damage;

	if (w->folder != NULL)
		w->folder->answers = true;
	w->result = RAWLOG_DAMAGED;
	if (!may_report(w))
		return;
	if (w->options->tally != NULL)
		tally_damage(w->options->tally, w->log);
	w->report(w->path, why);
	if (w->formatter == NULL || w->formatter->format->file_damage == NULL)
		return;
	damage_describe(&damage, DAMAGE_ARCHIVE, DAMAGE_NOWHERE, DAMAGE_NOWHERE, DAMAGE_NOWHERE, "%s", why);
	w->formatter->format->file_damage(w->formatter, w->path, &damage);
}

void
dump_report_end(struct dump_walk *w, enum rawlog_result result, const char *why)
{
	end_file(w, result, result == RAWLOG_FAILED ? EIO : 0, why);
}

static void
pass_over(struct dump_walk *w, const char *why, bool reported)
{
	char text[REPORT_MAX];

	w->folder->passed++;
	if (w->options->tally != NULL)
		w->options->tally->passed++;
	tell_listener(w, true, 0, why);
	if (!reported || !may_report(w))
		return;
	snprintf(text, sizeof text, "passed over: %s", why);
	w->report(w->path, text);
}

void
dump_report_refusal(struct dump_walk *w, const char *why, bool strange)
{
	if (w->folder != NULL && strange) {
		pass_over(w, why, w->options->verbose);
		return;
	}
	if (w->options->tally != NULL)
		w->options->tally->refused++;
	dump_report_end(w, RAWLOG_REFUSED, why);
}

void
dump_report_packed(struct dump_walk *w, const char *why)
{
	if (w->folder != NULL)
		pass_over(w, why, !w->options->quiet);
	else
		dump_report_refusal(w, why, false);
}

void
dump_report_log(struct dump_walk *w, const struct rawlog *log)
{
	if (w->folder != NULL)
		w->folder->answers = true;
	if (w->options->tally != NULL)
		tally_log(w->options->tally, rawlog_catalog_release(log));
}

void
dump_report_failure(struct dump_walk *w, int error)
{
	end_file(w, RAWLOG_FAILED, error, strerror(error));
}

void
dump_report_damage(struct dump_walk *w, const struct rawlog_damage *damage)
{
	char text[DESCRIBE_MAX];

	if (w->result == RAWLOG_OK)
		w->result = RAWLOG_DAMAGED;
	if (!may_report(w))
		return;
	if (w->options->tally != NULL)
		tally_damage(w->options->tally, w->log);
	describe_damage(text, damage);
	w->report(w->path, text);
	if (w->formatter->format->damage != NULL)
		w->formatter->format->damage(w->formatter, damage);
}

void
dump_report_gap(struct dump_walk *w, const struct rawlog_damage *gap)
{
	char text[DESCRIBE_MAX];

	if (!may_report(w))
		return;
	describe_gap(text, gap);
	remark(w, text);
	if (w->formatter->format->gap != NULL)
		w->formatter->format->gap(w->formatter, gap);
}

void
dump_report_run(struct dump_walk *w, const struct rawlog *log)
{
	struct rawlog_contradiction run;
	char text[REPORT_MAX];

	if (!rawlog_contradicts(log, &run) || !may_report(w))
		return;
	snprintf(text, sizeof text,
	    "from sample %" PRIu64 " on, byte %" PRIu64 ": the header says atop %s, but what stands in "
	    "this run is of %s; shown as of %s, without members that not both have",
	    run.sample, run.offset, run.stated, run.recorded_by, rawlog_release(log));
	remark(w, text);
	put_note(w,
	    &(struct format_note){ .fault = "release", .sample = run.sample, .offset = run.offset, .text = text });
}

/* Forgets what was reported of another log. */
static void
begin_notes(struct dump_walk *w)
{
	if (w->notes->log == w->log)
		return;
	w->notes->reported = 0;
	w->notes->overflow = false;
	w->notes->log = w->log;
}

static bool
is_overflow_reported(const struct dump_walk *w)
{
	return w->notes->log == w->log && w->notes->overflow;
}

/* Where the row's struct is in the log. */
static struct rawlog_extent
find_extent(const struct dump_walk *w)
{
	const struct row *row = &w->row.row;
	struct rawlog_extent extent = { .offset = row->sample != NULL ? row->sample->offset : 0 };

	for (size_t i = 0; row->sample != NULL && i < w->release->nblocks; i++)
		if (w->release->blocks[i].entry == row->of)
			rawlog_block_extent(w->sample, i, &extent);
	return extent;
}

void
dump_report_overflow(struct dump_walk *w)
{
	const struct overflow found = w->formatter->overflow;
	const struct row *row = &w->row.row;
	const struct rawlog_extent extent = find_extent(w);
	struct rawlog_damage damage;

	w->formatter->overflow.table = NULL;
	if (is_overflow_reported(w) || !may_report(w) || is_overflow_reported(w))
		return;
	begin_notes(w);
	w->notes->overflow = true;
	damage_describe(&damage, DAMAGE_RANGE, extent.offset, extent.length,
	    row->sample != NULL ? row->sample->number : 0,
	    "%s of %s is %" PRIu64 ", more than tables can hold: null there; the first such value of the log",
	    found.column, found.table->name, found.value);
	damage.block = row->of->role;
	dump_report_damage(w, &damage);
}

static bool
are_reported(const struct dump_walk *w, uint64_t faults)
{
	return w->notes->log == w->log && (faults & ~w->notes->reported) == 0;
}

static void
report_fault(struct dump_walk *w, const struct catalog_fault *fault)
{
	const struct format_note note = {
		fault->name,
		w->row.sample.number,
		w->row.sample.offset,
		fault->note,
		fault->structure,
		fault->members,
	};
	char text[REPORT_MAX];

	snprintf(text, sizeof text, "note: %s: %s", fault->structure, fault->note);
	remark(w, text);
	put_note(w, &note);
}

void
dump_report_faults(struct dump_walk *w)
{
	const struct catalog_release *release = w->release;
	const uint64_t faults = w->row.faults;

	if (are_reported(w, faults) || !may_report(w) || are_reported(w, faults))
		return;
	begin_notes(w);
	for (size_t i = 0; i < release->nfaults; i++)
		if ((faults & ~w->notes->reported & UINT64_C(1) << i) != 0)
			report_fault(w, &release->faults[i]);
	w->notes->reported |= faults;
}
