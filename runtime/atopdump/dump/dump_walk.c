/*
 * dump_walk: translates the results of rawlog to calls of the formatter.
 */
#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/dump_report.h"

bool
dump_walk_more_wanted(const struct dump_walk *w)
{
	return (w->result != RAWLOG_DAMAGED || !w->options->strict) && formatter_error(w->formatter) == 0;
}

bool
dump_walk_continues(const struct dump_walk *w)
{
	return w->result != RAWLOG_FAILED && dump_walk_more_wanted(w);
}

/* --- the log ------------------------------------------------------------------------------------------------ */

struct rawlog *
dump_walk_open(struct dump_walk *w, int fd, const struct choice *choice)
{
	struct rawlog_error error;
	struct rawlog *log;

	switch (rawlog_open_choice(&log, fd, choice, &error)) {
	case RAWLOG_OK: return log;
	case RAWLOG_REFUSED: dump_report_end(w, RAWLOG_REFUSED, error.text); return NULL;
	default: dump_report_failure(w, error.code); return NULL;
	}
}

bool
dump_walk_begin(struct dump_walk *w, const struct layout *layout, const struct format_log *about, struct plan *plan)
{
	const struct format *format = w->formatter->format;
	char why[FORMAT_WHY_MAX];
	int error;

	if (format->begin != NULL && !format->begin(w->formatter, about, why)) {
		dump_report_end(w, RAWLOG_FAILED, why);
		return false;
	}
	w->log = w->log >> 32 << 32 | (uint32_t)about->part;
	plan_make(plan, w->formatter, layout->release);
	w->plan = plan;
	error = rawlog_sample_fit(&w->sample, layout);
	if (error != 0)
		dump_report_failure(w, error);
	return error == 0;
}

void
dump_walk_header(struct dump_walk *w, const void *header)
{
	const struct layout *layout = w->sample.layout;

	if (header != NULL && w->formatter->format->shows(w->formatter, layout->release->rawheader))
		w->formatter->format->row(w->formatter, rawlog_row_of_header(&w->row, layout, header));
}

bool
dump_walk_resume_log(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	const struct layout *layout = rawlog_layout(log);
	const struct header_facts *facts = rawlog_facts(log);
	const struct format_log about = {
		.file = w->path,
		.part = rawlog_part(log)->number,
		.release = layout->release,
		.model = catalog_models[layout->model],
		.order = layout->order,
		.host = facts->host,
		.host_size = facts->host_size,
	};

	return dump_walk_begin(w, layout, &about, plan);
}

bool
dump_walk_begin_log(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	if (!dump_walk_resume_log(w, log, plan))
		return false;
	dump_walk_header(w, rawlog_header(log));
	return true;
}

/* --- the samples -------------------------------------------------------------------------------------------- */

/* Shows a struct of a block. Formats that cannot mark unverified structs do not get them. */
static void
show_struct(struct dump_walk *w, const void *host)
{
	if (!w->sample.unverified || w->formatter->format->unverified)
		w->formatter->format->row(w->formatter, rawlog_row_of_struct(&w->row, &w->sample, host));
}

/* Shows all structs of the sample's block `i`. */
static void
show_block(struct dump_walk *w, size_t i)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	const void *host;
	int error;

	rawlog_block(&w->sample, i);
	while ((result = rawlog_struct(&w->sample, &host, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK && w->sample.faults != 0)
			dump_report_faults(w, w->sample.faults);
		if (result == RAWLOG_OK)
			show_struct(w, host);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_report_gap(w, &damage);
		else
			dump_report_failure(w, error);
		if (result != RAWLOG_OK && !dump_walk_continues(w))
			return;
	}
}

/* Whether anything that is shown of the sample needs its cgroups: the cgroups themselves, or structs that can be in one. */
static bool
needs_groups(const struct dump_walk *w)
{
	const struct catalog_release *release = w->sample.layout->release;
	size_t chain, list;

	return w->plan->groups &&
	    ((cgroups_find_chain(release, &chain) && w->plan->blocks[chain]) ||
		(cgroups_find_list(release, &list) && w->sample.frame.blocks[release->blocks[list].named].count > 0));
}

void
dump_walk_sample(struct dump_walk *w)
{
	const struct catalog_release *release = w->sample.layout->release;
	const struct row *record = rawlog_row_of_record(&w->row, &w->sample);
	int error;

	w->sample.as_stored = formatter_shows_as_stored(w->formatter);
	if (w->plan->record)
		w->formatter->format->row(w->formatter, record);
	if (needs_groups(w) && rawlog_groups(&w->sample, &error) != RAWLOG_OK)
		dump_report_failure(w, error);
	for (size_t i = 0; i < release->nblocks && dump_walk_continues(w); i++)
		if (w->plan->blocks[i])
			show_block(w, i);
}

static void
resume_run(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	if (dump_walk_resume_log(w, log, plan))
		dump_report_run(w, log);
}

void
dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct plan *plan)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (dump_walk_continues(w) && (result = rawlog_next(log, &w->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			dump_walk_sample(w);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_report_gap(w, &damage);
		else if (result == RAWLOG_NEXT_LOG)
			dump_walk_begin_log(w, log, plan);
		else if (result == RAWLOG_NEXT_RUN)
			resume_run(w, log, plan);
		else
			dump_report_failure(w, error);
	}
}
