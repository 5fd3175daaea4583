/*
 * format_labels: the formats parseable and atop-json: what atop prints with -P and -J. The lines are made by label_lines.
 */
#include <errno.h>
#include <stdio.h>

#include "print/format/formats.h"
#include "print/label/label_lines.h"

struct labels_formatter {
	struct formatter formatter;
	struct label_lines *lines;
	const struct catalog_release *release;
};

static int
open_lines(struct formatter *f, bool json)
{
	struct labels_formatter *l = (struct labels_formatter *)f;

	l->lines = label_lines_new(&f->query->labels, json);
	return l->lines != NULL ? 0 : ENOMEM;
}

static int
open_words(struct formatter *f)
{
	return open_lines(f, false);
}

static int
open_json(struct formatter *f)
{
	return open_lines(f, true);
}

static void
close_lines(struct formatter *f)
{
	label_lines_free(((struct labels_formatter *)f)->lines);
}

/* The number of the data model, which is one of the catalog. */
static unsigned
find_model(const char *model)
{
	unsigned i = 0;

	while (catalog_models[i] != model)
		i++;
	return i;
}

static bool
begin(struct formatter *f, const struct format_log *log, char *why)
{
	struct labels_formatter *l = (struct labels_formatter *)f;
	const struct label_log about = {
		.release = log->release,
		.header = log->header,
		.model = find_model(log->model),
		.host = log->host,
		.host_size = log->host_size,
	};

	l->release = log->release;
	if (label_lines_begin(l->lines, &about))
		return true;
	snprintf(why, FORMAT_WHY_MAX, "out of memory");
	return false;
}

static bool
shows(const struct formatter *f, const struct catalog_struct *s)
{
	return label_lines_shows(((const struct labels_formatter *)f)->lines, s);
}

static uint64_t
needs(const struct formatter *f, const struct catalog_struct *s)
{
	return label_lines_needs(((const struct labels_formatter *)f)->lines, s);
}

static bool
joins(const struct formatter *f, const struct catalog_struct *s)
{
	return label_lines_joins(((const struct labels_formatter *)f)->lines, s);
}

static void
row(struct formatter *f, const struct row *row)
{
	struct labels_formatter *l = (struct labels_formatter *)f;

	if (row->of == l->release->rawrecord)
		label_lines_record(l->lines, row);
	else
		label_lines_row(l->lines, row);
}

static void
sample_ends(struct formatter *f)
{
	const int error = label_lines_end(((struct labels_formatter *)f)->lines, outputs_whole(&f->outputs));

	if (f->failure == 0)
		f->failure = error;
}

const struct format format_parseable = {
	.name = "parseable",
	.summary = "the lines of atop -P, of the labels that --labels names",
	.size = sizeof(struct labels_formatter),
	.labels = true,
	.joins_words = true,
	.as_stored = true,
	.open = open_words,
	.close = close_lines,
	.begin = begin,
	.shows = shows,
	.needs = needs,
	.joins = joins,
	.row = row,
	.sample_ends = sample_ends,
};

const struct format format_atop_json = {
	.name = "atop-json",
	.summary = "the JSON of atop -J, one object a sample",
	.size = sizeof(struct labels_formatter),
	.labels = true,
	.as_stored = true,
	.open = open_json,
	.close = close_lines,
	.begin = begin,
	.shows = shows,
	.needs = needs,
	.joins = joins,
	.row = row,
	.sample_ends = sample_ends,
};
