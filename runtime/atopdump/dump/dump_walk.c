/*
 * dump_walk: translates the results of rawlog to calls of the formatter.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/intake.h"
#include "atopdump/dump/sample_choice.h"

bool
dump_walk_more_wanted(const struct dump_walk *w)
{
	return (w->result != RAWLOG_DAMAGED || !w->options->strict) && formatter_error(w->formatter) == 0 &&
	    !row_limit_is_reached(w->formatter->query->limit);
}

static void
show_row(struct dump_walk *w)
{
	w->formatter->format->row(w->formatter, &w->row.row);
	if (w->formatter->overflow.table != NULL)
		dump_report_overflow(w);
}

bool
dump_walk_continues(const struct dump_walk *w)
{
	return w->result != RAWLOG_FAILED && dump_walk_more_wanted(w);
}

/* --- the log ------------------------------------------------------------------------------------------------ */

bool
dump_walk_prepare(struct dump_walk *w)
{
	if (w->sample == NULL)
		w->sample = rawlog_sample_new();
	if (w->sample == NULL)
		dump_report_failure(w, ENOMEM);
	return w->sample != NULL;
}

/* Reports that the offer cannot be opened as a log. */
static void
report_no_log(struct dump_walk *w, const struct intake *intake, const struct rawlog_error *error)
{
	char text[INTAKE_TEXT_MAX];

	if (w->options->carve || error->unpack == NULL) {
		dump_report_refusal(w, error->text, error->strange);
		return;
	}
	intake_explain(intake, error, text);
	dump_report_packed(w, text);
}

struct rawlog *
dump_walk_open(struct dump_walk *w, struct intake *intake)
{
	const struct intake_offer *offer = &intake->offer;
	struct rawlog_error error;
	struct rawlog *log;

	w->path = offer->path;
	w->folder = offer->folder;
	w->member = offer->member;
	if (offer->end == RAWLOG_REFUSED)
		dump_report_refusal(w, offer->why, offer->strange);
	else if (offer->end == RAWLOG_DAMAGED)
		dump_report_break(w, offer->why);
	else if (offer->end != RAWLOG_OK)
		dump_report_end(w, offer->end, offer->why);
	if (offer->end != RAWLOG_OK)
		return NULL;
	switch (rawlog_open_source(&log, &offer->source, w->options->carve, w->options->layout, &error)) {
	case RAWLOG_OK:
		if (intake_keep(intake))
			return log;
		rawlog_close(log);
		dump_report_failure(w, ENOMEM);
		return NULL;
	case RAWLOG_REFUSED: report_no_log(w, intake, &error); return NULL;
	default: dump_report_failure(w, error.code); return NULL;
	}
}

/* What the format needs to know of the current log. An extent of carved records is a file's only log. */
static struct format_log
describe_log(const struct dump_walk *w, const struct rawlog *log)
{
	struct format_log about = {
		.file = w->path,
		.member = w->member,
		.digest = w->digest,
		.part = w->options->carve ? 1 : rawlog_number(log),
		.release = rawlog_catalog_release(log),
		.model = rawlog_model(log),
		.order = rawlog_is_big_endian(log) ? ORDER_BIG : ORDER_LITTLE,
		.header = rawlog_header(log),
		.sure = rawlog_certainty(log),
	};

	about.host_size = rawlog_host(log, &about.host);
	about.fits = rawlog_catalog_fits(log, &about.nfits);
	if (about.nfits == 1)
		about.nfits = 0;
	return about;
}

bool
dump_walk_resume_log(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	const struct format_log about = describe_log(w, log);
	const struct format *format = w->formatter->format;
	char why[FORMAT_WHY_MAX];

	if (format->begin != NULL && !format->begin(w->formatter, &about, why)) {
		dump_report_end(w, RAWLOG_FAILED, why);
		return false;
	}
	w->log = w->log >> 32 << 32 | (uint32_t)about.part;
	w->release = about.release;
	plan_make(plan, w->formatter, about.release);
	w->plan = plan;
	return dump_walk_prepare(w);
}

bool
dump_walk_begin_log(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	w->first = RAWLOG_NO_TIME;
	dump_report_log(w, log);
	if (!dump_walk_resume_log(w, log, plan))
		return false;
	if (rawlog_header(log) != NULL && w->formatter->format->shows(w->formatter, w->release->rawheader)) {
		rawlog_row_of_header(&w->row, log);
		show_row(w);
	}
	return true;
}

/* --- the samples -------------------------------------------------------------------------------------------- */

/*
 * Shows a struct of a block of kind `b`, if `choice` takes it; NULL takes all. Formats that cannot mark unverified structs do
 * not get them.
 */
static inline void
show_struct(struct dump_walk *w, const struct catalog_block *b, const struct row_choice *choice)
{
	if (w->row.faults != 0)
		dump_report_faults(w);
	if (choice != NULL && !row_choice_takes(choice, b, w->row.row.host))
		return;
	if (!w->row.row.unverified || w->formatter->format->unverified)
		show_row(w);
}

/* Whether structs of block `i` are shown. With a limit that changes while they are. */
static bool
shows_block(const struct dump_walk *w, size_t i)
{
	return w->plan->blocks[i] &&
	    (w->formatter->query->limit == NULL ||
		w->formatter->format->shows(w->formatter, w->release->blocks[i].entry));
}

/* Shows all structs of the sample's block `i`. */
static void
show_block(struct dump_walk *w, size_t i)
{
	const struct query *query = w->formatter->query;
	const struct row_choice *choice = row_choice_is_made(&query->rows) ? &query->rows : NULL;
	const struct catalog_block *b = &w->release->blocks[i];
	const bool limited = query->limit != NULL;
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	rawlog_rows_of_block(&w->row, w->sample, i, w->plan->parts[i]);
	while ((result = rawlog_row_of_struct(&w->row, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			show_struct(w, b, choice);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_report_gap(w, &damage);
		else
			dump_report_failure(w, error);
		if (((result != RAWLOG_OK || w->options->strict) && !dump_walk_continues(w)) ||
		    (limited && !shows_block(w, i)))
			return;
	}
}

/* Whether anything that is shown of the sample needs its cgroups: the cgroups themselves, or structs that can be in one. */
static bool
needs_groups(const struct dump_walk *w)
{
	const struct plan *plan = w->plan;
	struct rawlog_extent extent = { .count = 0 };

	if (!plan->groups)
		return false;
	if (plan->chain < CATALOG_BLOCKS_MAX && shows_block(w, plan->chain))
		return true;
	if (plan->named < CATALOG_BLOCKS_MAX)
		rawlog_block_extent(w->sample, plan->named, &extent);
	return extent.count > 0;
}

bool
dump_walk_takes(const struct dump_walk *w, const struct rawlog_sample *sample)
{
	return w->options->samples == NULL ||
	    sample_choice_takes(w->options->samples, rawlog_sample_time(sample), rawlog_sample_since_boot(sample));
}

void
dump_walk_sample(struct dump_walk *w)
{
	int error;

	rawlog_row_of_record(&w->row, w->sample);
	rawlog_as_stored(w->sample, formatter_shows_as_stored(w->formatter));
	if (w->plan->record)
		show_row(w);
	if (needs_groups(w) && rawlog_groups(w->sample, &error) != RAWLOG_OK)
		dump_report_failure(w, error);
	for (size_t i = 0; i < w->release->nblocks && dump_walk_continues(w); i++)
		if (shows_block(w, i))
			show_block(w, i);
	if (w->formatter->format->sample_ends != NULL && w->result != RAWLOG_FAILED)
		w->formatter->format->sample_ends(w->formatter);
}

static void
resume_run(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	if (dump_walk_resume_log(w, log, plan))
		dump_report_run(w, log);
}

/* Shows w->sample, if it is asked for. */
static void
show_sample(struct dump_walk *w)
{
	if (w->first == RAWLOG_NO_TIME)
		w->first = rawlog_sample_time(w->sample);
	if (dump_walk_takes(w, w->sample))
		dump_walk_sample(w);
}

bool
dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (dump_walk_continues(w) && (result = rawlog_next(log, w->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			show_sample(w);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_report_gap(w, &damage);
		else if (result == RAWLOG_NEXT_LOG)
			return true;
		else if (result == RAWLOG_NEXT_RUN)
			resume_run(w, log, plan);
		else
			dump_report_failure(w, error);
	}
	return false;
}
