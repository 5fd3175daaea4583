/*
 * dump_walk: see dump_walk.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_walk.h"
#include "print/text/put.h"

/* --- the plan ----------------------------------------------------------------------------------------------- */

/*
 * Whether block `i` is shown. A list is read with the chain that it belongs to; and both of them before structs that it
 * names.
 */
static bool
shows_block(struct dump_plan *plan, const struct formatter *f, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];
	size_t list;

	if (b->share.size > 0)
		return plan->groups;
	if (!f->format->shows(f, b->entry))
		return false;
	if (b->tail != NULL || (f->format->groups && cgroups_find_list(release, &list) &&
	    release->blocks[list].named == i))
		plan->groups = true;
	return true;
}

void
dump_plan_make(struct dump_plan *plan, const struct formatter *f, const struct catalog_release *release)
{
	memset(plan, 0, sizeof *plan);
	plan->record = f->format->shows(f, release->rawrecord);
	for (size_t i = 0; i < release->nblocks; i++)
		plan->blocks[i] = shows_block(plan, f, release, i);
}

bool
dump_plan_needs(const struct dump_plan *plan, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];

	return plan->blocks[i] || (plan->groups && (b->tail != NULL || b->share.size > 0));
}

/* --- what is told ------------------------------------------------------------------------------------------- */

static bool
may_tell(struct dump_walk *w)
{
	return w->wait == NULL || w->wait(w);
}

void
dump_walk_end(struct dump_walk *w, enum rawlog_result result, const char *why)
{
	if (may_tell(w))
		w->tell(w->path, why);
	w->result = result;
}

void
dump_walk_fail(struct dump_walk *w, int error)
{
	dump_walk_end(w, RAWLOG_FAILED, strerror(error));
}

void
dump_walk_damage(struct dump_walk *w, const struct rawlog_damage *d)
{
	const char *block = d->block != NULL ? d->block : "";
	char text[DUMP_MESSAGE_MAX];

	if (w->result == RAWLOG_OK)
		w->result = RAWLOG_DAMAGED;
	if (!may_tell(w))
		return;
	snprintf(text, sizeof text,
	    "damage at byte %" PRIu64 ", %" PRIu64 " bytes, sample %" PRIu64 "%s%s: %s",
	    d->offset, d->length, d->sample, *block != '\0' ? ", " : "", block, d->reason);
	w->tell(w->path, text);
	if (w->formatter->format->damage != NULL)
		w->formatter->format->damage(w->formatter, d);
}

/* "2022-11-11T19:51:50Z", or "a time that cannot be". */
static const char *
time_text(int64_t time, char *text)
{
	char *end = put_utc(text, time);

	if (end == text)
		return "a time that cannot be";
	*end = '\0';
	return text;
}

void
dump_walk_gap(struct dump_walk *w, const struct rawlog_damage *gap)
{
	char text[DUMP_MESSAGE_MAX], from[PUT_UTC_MAX + PUT_SLACK + 1], to[PUT_UTC_MAX + PUT_SLACK + 1];

	if (!may_tell(w))
		return;
	if (gap->from == RAWLOG_NO_TIME)
		snprintf(text, sizeof text, "gap before byte %" PRIu64 ", sample %" PRIu64 ", up to %s: %s", gap->offset,
		    gap->sample, time_text(gap->to, to), gap->reason);
	else
		snprintf(text, sizeof text, "gap before byte %" PRIu64 ", sample %" PRIu64 ", from %s to %s: %s", gap->offset,
		    gap->sample, time_text(gap->from, from), time_text(gap->to, to), gap->reason);
	w->tell(w->path, text);
	if (w->formatter->format->gap != NULL)
		w->formatter->format->gap(w->formatter, gap);
}

bool
dump_walk_wants_more(const struct dump_walk *w)
{
	return (w->result != RAWLOG_DAMAGED || !w->options->strict) && formatter_error(w->formatter) == 0;
}

bool
dump_walk_goes_on(const struct dump_walk *w)
{
	return w->result != RAWLOG_FAILED && dump_walk_wants_more(w);
}

/* --- the log ------------------------------------------------------------------------------------------------ */

struct rawlog *
dump_walk_open(struct dump_walk *w, int fd, const struct choice *choice)
{
	struct rawlog_error error;
	struct rawlog *log;

	switch (rawlog_open_fd(&log, fd, choice, &error)) {
	case RAWLOG_OK:
		return log;
	case RAWLOG_REFUSED:
		dump_walk_end(w, RAWLOG_REFUSED, error.refusal);
		return NULL;
	default:
		dump_walk_fail(w, error.error);
		return NULL;
	}
}

bool
dump_walk_begin(struct dump_walk *w, const struct layout *layout, const struct format_log *log, struct dump_plan *plan)
{
	const struct format *format = w->formatter->format;
	char why[FORMAT_WHY_MAX];
	int error;

	if (format->begin != NULL && !format->begin(w->formatter, log, why)) {
		dump_walk_end(w, RAWLOG_FAILED, why);
		return false;
	}
	w->log = w->log >> 32 << 32 | (uint32_t)log->part;
	dump_plan_make(plan, w->formatter, layout->release);
	w->plan = plan;
	error = rawlog_sample_fit(&w->sample, layout);
	if (error != 0)
		dump_walk_fail(w, error);
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
dump_walk_rejoin(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan)
{
	const struct layout *layout = rawlog_layout(log);
	const struct header_facts *facts = rawlog_facts(log);
	const struct format_log about = {
		.file = w->path, .part = rawlog_part(log)->number, .release = layout->release,
		.model = catalog_models[layout->model], .order = layout->order, .host = facts->host, .host_size = facts->host_size,
	};

	return dump_walk_begin(w, layout, &about, plan);
}

bool
dump_walk_log(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan)
{
	if (!dump_walk_rejoin(w, log, plan))
		return false;
	dump_walk_header(w, rawlog_header(log));
	return true;
}

void
dump_walk_run(struct dump_walk *w, const struct rawlog *log)
{
	const struct recorder_run *run = rawlog_run(log);
	char text[DUMP_MESSAGE_MAX];
	const struct format_note note = {.fault = "release", .sample = run->sample, .offset = run->offset, .text = text};

	if (!run->contradicts || !may_tell(w))
		return;
	snprintf(text, sizeof text, "from sample %" PRIu64 " on, byte %" PRIu64 ": the header says atop %s, but what stands in "
	    "this run is of %s; shown as of %s, without members that not both have", run->sample, run->offset,
	    run->stated->version, run->recorded_by, run->shown->version);
	w->tell(w->path, text);
	if (w->formatter->format->note != NULL)
		w->formatter->format->note(w->formatter, &note);
}

/* --- the samples -------------------------------------------------------------------------------------------- */

static bool
are_told(const struct dump_walk *w, uint64_t faults)
{
	return w->notes->log == w->log && (faults & ~w->notes->told) == 0;
}

/* Tells of faults of the log's recorder that have not been told yet. */
static void
tell_faults(struct dump_walk *w, uint64_t faults)
{
	const struct catalog_release *release = w->sample.layout->release;
	char text[DUMP_MESSAGE_MAX];

	if (are_told(w, faults) || !may_tell(w) || are_told(w, faults))
		return;
	if (w->notes->log != w->log) {
		w->notes->told = 0;
		w->notes->log = w->log;
	}
	for (size_t i = 0; i < release->nfaults; i++) {
		const struct catalog_fault *f = &release->faults[i];
		const struct format_note note = {f->name, w->sample.number, w->sample.offset, f->note, f->structure, f->members};

		if ((faults & ~w->notes->told & UINT64_C(1) << i) == 0)
			continue;
		snprintf(text, sizeof text, "note: %s: %s", f->structure, f->note);
		w->tell(w->path, text);
		if (w->formatter->format->note != NULL)
			w->formatter->format->note(w->formatter, &note);
	}
	w->notes->told |= faults;
}

/* A struct of a block, if the format shows such ones. */
static void
put_struct(struct dump_walk *w, const void *host)
{
	if (!w->sample.unverified || w->formatter->format->unverified)
		w->formatter->format->row(w->formatter, rawlog_row_of_struct(&w->row, &w->sample, host));
}

/* All structs of the sample's block `i`. */
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
			tell_faults(w, w->sample.faults);
		if (result == RAWLOG_OK)
			put_struct(w, host);
		else if (result == RAWLOG_DAMAGED)
			dump_walk_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_walk_gap(w, &damage);
		else
			dump_walk_fail(w, error);
		if (result != RAWLOG_OK && !dump_walk_goes_on(w))
			return;
	}
}

/* Whether anything of the sample that is shown needs its cgroups: they themselves, or structs that can be in one. */
static bool
needs_groups(const struct dump_walk *w)
{
	const struct catalog_release *release = w->sample.layout->release;
	size_t chain, list;

	return w->plan->groups && ((cgroups_find_chain(release, &chain) && w->plan->blocks[chain]) ||
	    (cgroups_find_list(release, &list) && w->sample.frame.blocks[release->blocks[list].named].count > 0));
}

void
dump_walk_sample(struct dump_walk *w)
{
	const struct catalog_release *release = w->sample.layout->release;
	int error;

	w->sample.as_stored = w->formatter->format->as_stored || (w->formatter->query->print & PRINT_RESERVED) != 0;
	if (w->plan->record)
		w->formatter->format->row(w->formatter, rawlog_row_of_record(&w->row, &w->sample));
	if (needs_groups(w) && rawlog_groups(&w->sample, &error) != RAWLOG_OK)
		dump_walk_fail(w, error);
	for (size_t i = 0; i < release->nblocks && dump_walk_goes_on(w); i++)
		if (w->plan->blocks[i])
			show_block(w, i);
}

static void
next_run(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan)
{
	if (dump_walk_rejoin(w, log, plan))
		dump_walk_run(w, log);
}

void
dump_walk_samples(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (dump_walk_goes_on(w) && (result = rawlog_next(log, &w->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			dump_walk_sample(w);
		else if (result == RAWLOG_DAMAGED)
			dump_walk_damage(w, &damage);
		else if (result == RAWLOG_GAP)
			dump_walk_gap(w, &damage);
		else if (result == RAWLOG_NEXT_LOG)
			dump_walk_log(w, log, plan);
		else if (result == RAWLOG_NEXT_RUN)
			next_run(w, log, plan);
		else
			dump_walk_fail(w, error);
	}
}
