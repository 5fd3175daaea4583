/*
 * report: passes what formats are given to what gathers it.
 */
#include "atopdump/page/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "print/format/describe.h"

/* The formatter of report_format. */
struct report {
	struct formatter formatter;
	struct gather gather;
	struct page_about about;
};

static struct report *
of(struct formatter *f)
{
	return (struct report *)f;
}

static void
note_failure(struct formatter *f, bool done)
{
	if (!done && f->failure == 0)
		f->failure = ENOMEM;
}

static int
open_report(struct formatter *f)
{
	return gather_open(&of(f)->gather, HOST_BY_BOOT) ? 0 : ENOMEM;
}

static void
close_report(struct formatter *f)
{
	gather_close(&of(f)->gather);
}

void
report_set(struct formatter *f, const struct report_options *options)
{
	of(f)->gather.processes.hosts.by = options->by;
	of(f)->gather.feed.samples = options->samples;
	of(f)->about = options->about;
}

static bool
begin_report(struct formatter *f, const struct format_log *log, char *why)
{
	if (gather_begin(&of(f)->gather, log))
		return true;
	note_failure(f, false);
	snprintf(why, FORMAT_WHY_MAX, "%s", strerror(ENOMEM));
	return false;
}

static bool
shows_report(const struct formatter *f, const struct catalog_struct *s)
{
	return gather_shows(&((const struct report *)f)->gather, s);
}

static uint64_t
needs_report(const struct formatter *f, const struct catalog_struct *s)
{
	return gather_needs(&((const struct report *)f)->gather, s);
}

static void
row_report(struct formatter *f, const struct row *row)
{
	note_failure(f, gather_row(&of(f)->gather, row, &f->overflow));
}

static void
sample_ends_report(struct formatter *f)
{
	note_failure(f, gather_sample_ends(&of(f)->gather));
}

static void
damage_report(struct formatter *f, const struct rawlog_damage *damage)
{
	char text[DESCRIBE_MAX];

	describe_damage(text, damage);
	note_failure(f, findings_add(&of(f)->gather.findings, FINDING_DAMAGE, text));
}

static void
file_damage_report(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	note_failure(f, findings_add_file(&of(f)->gather.findings, path, damage->reason));
}

static void
gap_report(struct formatter *f, const struct rawlog_damage *gap)
{
	char text[DESCRIBE_MAX];

	describe_gap(text, gap);
	note_failure(f, findings_add(&of(f)->gather.findings, FINDING_GAP, text));
}

static void
note_report(struct formatter *f, const struct format_note *note)
{
	char text[DESCRIBE_MAX];

	snprintf(text, sizeof text, "%s%s%s", note->structure != NULL ? note->structure : "",
	    note->structure != NULL ? ": " : "", note->text);
	note_failure(f, findings_add(&of(f)->gather.findings, FINDING_NOTE, text));
}

static int
finish_report(struct formatter *f, bool keep)
{
	return keep && !page_put(outputs_whole(&f->outputs), &of(f)->gather, &of(f)->about) ? ENOMEM : 0;
}

const struct format report_format = {
	.name = "report",
	.summary = "a page about logs",
	.size = sizeof(struct report),
	.groups = true,
	.open = open_report,
	.close = close_report,
	.finish = finish_report,
	.begin = begin_report,
	.shows = shows_report,
	.needs = needs_report,
	.row = row_report,
	.sample_ends = sample_ends_report,
	.damage = damage_report,
	.file_damage = file_damage_report,
	.gap = gap_report,
	.note = note_report,
};
