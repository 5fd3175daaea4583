/*
 * timeline: gathers processes, sorts them, and has their rows written.
 */
#include "atopdump/report/timeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/sort_numbers.h"
#include "print/text/put.h"
#ifdef HAVE_SQLITE
#include "print/format/sqlite_file.h"
#include "print/format/sqlite_library.h"
#endif

static struct timeline *
of(struct formatter *f)
{
	return (struct timeline *)f;
}

static void
note_failure(struct timeline *t, bool done)
{
	if (!done && t->formatter.failure == 0)
		t->formatter.failure = ENOMEM;
}

static const struct timeline_form *form_of(const struct format *format);

static int
open_timeline(struct formatter *f)
{
	struct timeline *t = of(f);
	const int error = writer_open(&t->scratch, -1);

	if (error != 0)
		return error;
	t->form = form_of(f->format);
	processes_init(&t->processes, HOST_BY_BOOT);
	if (timeline_feed_open(&t->feed, &t->processes))
		return 0;
	processes_free(&t->processes);
	writer_close(&t->scratch);
	return ENOMEM;
}

static void
close_timeline(struct formatter *f)
{
	suspect_free(&of(f)->suspect);
	timeline_feed_close(&of(f)->feed);
	processes_free(&of(f)->processes);
	writer_close(&of(f)->scratch);
}

void
timeline_set(struct formatter *f, const struct timeline_options *options)
{
	struct timeline *t = of(f);

	t->options = *options;
	t->feed.samples = options->samples;
	t->processes.hosts.by = options->by;
	if (t->form->prepare != NULL && f->failure == 0)
		f->failure = t->form->prepare(t);
}

/* --- logs --------------------------------------------------------------------------------------------------------- */

static bool
begin_timeline(struct formatter *f, const struct format_log *log, char *why)
{
	if (timeline_feed_begin(&of(f)->feed, log))
		return true;
	note_failure(of(f), false);
	snprintf(why, FORMAT_WHY_MAX, "%s", strerror(ENOMEM));
	return false;
}

static bool
shows_timeline(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_show(&((const struct timeline *)f)->feed.bindings, s);
}

static uint64_t
needs_timeline(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_need(&((const struct timeline *)f)->feed.bindings, s);
}

static void
row_timeline(struct formatter *f, const struct row *row)
{
	note_failure(of(f), timeline_feed_row(&of(f)->feed, row, &f->overflow));
}

static void
sample_ends_timeline(struct formatter *f)
{
	note_failure(of(f), timeline_feed_sample_ends(&of(f)->feed));
}

/* --- the output --------------------------------------------------------------------------------------------------- */

struct writer *
timeline_out(struct timeline *t)
{
	return outputs_whole(&t->formatter.outputs);
}

size_t
timeline_ncolumns(const struct timeline *t)
{
	const struct selected_table *s = t->options.selected;

	return s != NULL && s->columns != NULL ? s->ncolumns : TIMELINE_NPRINTED + (size_t)t->options.suspect;
}

size_t
timeline_column(const struct timeline *t, size_t i, const char **name)
{
	const struct selected_table *s = t->options.selected;
	const bool chosen = s != NULL && s->columns != NULL;
	const size_t column = chosen ? s->columns[i].column : i;

	*name = chosen ? s->columns[i].name : column_name(&timeline_table.columns[column]);
	return column;
}

/* By host, boot, start and pid, whatever the order of files. */
static int
compare_rows(const void *context, uint32_t a, uint32_t b)
{
	const struct processes *p = context;
	const struct process *x = processes_at(p, a), *y = processes_at(p, b);
	const struct host *hx = hosts_at(&p->hosts, x->host), *hy = hosts_at(&p->hosts, y->host);
	int differs = x->host != y->host ? strings_compare(&p->strings, hx->name, hy->name) : 0;

	if (differs != 0)
		return differs;
	if (hx->earliest != hy->earliest)
		return hx->earliest < hy->earliest ? -1 : 1;
	if (x->host != y->host) {
		differs = hx->machine != hy->machine ? strings_compare(&p->strings, hx->machine, hy->machine)
		    : hx->kernel != hy->kernel       ? strings_compare(&p->strings, hx->kernel, hy->kernel)
						     : strings_compare(&p->strings, hx->dir, hy->dir);
		return differs != 0 ? differs : x->host < y->host ? -1 : 1;
	}
	return processes_compare(p, a, b);
}

static void
get_cell(void *context, unsigned id, struct cell *cell)
{
	timeline_get(context, id, cell);
}

bool
timeline_passes(const struct timeline *t, struct timeline_row *row)
{
	const struct selected_table *s = t->options.selected;

	return s == NULL || s->where == NULL || where_holds(s->where, get_cell, row);
}

/* Whether another row can be written. */
static bool
is_open(struct timeline *t)
{
	return timeline_out(t)->error == 0 && t->scratch.error == 0 && t->formatter.failure == 0 &&
	    (t->options.limit == 0 || t->nrows < t->options.limit);
}

/* Writes the rows one by one. */
static bool
put_each(struct timeline *t, struct timeline_row *row, const uint32_t *order, uint32_t count)
{
	if (t->form->begin != NULL)
		t->form->begin(t);
	for (uint32_t i = 0; i < count && is_open(t); i++) {
		row->number = order[i];
		row->process = processes_at(&t->processes, order[i]);
		if (!timeline_passes(t, row))
			continue;
		t->form->put(t, row);
		t->nrows++;
	}
	return true;
}

static void
find_suspect(void *context, unsigned id)
{
	bool *found = context;

	*found = *found || id == TIMELINE_SUSPECT;
}

/* Whether the column of hints is printed, or part of the condition. */
static bool
needs_hints(const struct timeline *t)
{
	const struct selected_table *s = t->options.selected;
	const char *name;
	bool found = false;

	for (size_t i = 0; i < timeline_ncolumns(t); i++)
		found = found || timeline_column(t, i, &name) == TIMELINE_SUSPECT;
	if (s != NULL && s->where != NULL)
		where_each_column(s->where, find_suspect, &found);
	return found;
}

/* Writes all rows. False: out of memory. */
static bool
put_rows(struct timeline *t)
{
	struct timeline_row row = { .processes = &t->processes,
		.suspect = &t->suspect,
		.scratch = &t->scratch,
		.print = t->formatter.query->print };
	const uint32_t count = t->processes.list.count;
	uint32_t *order;
	bool done;

	if (!processes_finish(&t->processes) || (needs_hints(t) && !suspect_prepare(&t->suspect)))
		return false;
	order = malloc((count + (size_t)1) * sizeof *order);
	if (order == NULL)
		return false;
	memcpy(order, t->processes.order, count * sizeof *order);
	sort_numbers(order, count, compare_rows, &t->processes);
	done = t->form->put_all != NULL ? t->form->put_all(t, &row, order, count) : put_each(t, &row, order, count);
	free(order);
	return done && t->scratch.error == 0;
}

static int
finish_timeline(struct formatter *f, bool keep)
{
	struct timeline *t = of(f);

	if (keep)
		note_failure(t, put_rows(t));
	if (t->form->end != NULL)
		t->form->end(t, keep && f->failure == 0);
	return f->failure;
}

/* --- the formats -------------------------------------------------------------------------------------------------- */

/* What all of them have. */
#define COMMON                                                                                                \
	.size = sizeof(struct timeline), .groups = true, .selects = true, .open = open_timeline,              \
	.close = close_timeline, .finish = finish_timeline, .begin = begin_timeline, .shows = shows_timeline, \
	.needs = needs_timeline, .row = row_timeline, .sample_ends = sample_ends_timeline

static const struct {
	struct format format;
	const struct timeline_form *form;
} list[] = {
	{ { .name = "json",
	      .summary = "an object for each process (the default)",
	      .limited = true,
	      .print = PRINT_EPOCH,
	      COMMON },
	    &timeline_json },
	{ { .name = "csv",
	      .summary = "a row for each process",
	      .limited = true,
	      .print = PRINT_EPOCH | PRINT_CSV_SAFE,
	      COMMON },
	    &timeline_csv },
#ifdef HAVE_SQLITE
	{ { .name = "sqlite",
	      .summary = "a database: the tables process, sighting (a row for each process and sample) and columns",
	      .limited = true,
	      .rewrites = true,
	      .print = PRINT_EPOCH,
	      .library = "SQLite",
	      .load = sqlite_library_load,
	      .library_version = sqlite_file_version,
	      COMMON },
	    &timeline_sqlite },
#endif
	{ { .name = "bodyfile",
	      .summary =
		  "for mactime: born is the start, change the first sighting, access the last one, modification the end",
	      .limited = true,
	      .print = PRINT_EPOCH,
	      COMMON },
	    &timeline_bodyfile },
	{ { .name = "timesketch",
	      .summary = "for Timesketch: a line for each start, first and last sighting, and end",
	      .limited = true,
	      .print = PRINT_EPOCH,
	      COMMON },
	    &timeline_timesketch },
	{ { .name = "ecs",
	      .summary = "these events as documents of the Elastic Common Schema",
	      .limited = true,
	      .print = PRINT_EPOCH,
	      COMMON },
	    &timeline_ecs },
	{ { .name = "tree",
	      .summary = "for people: the processes of each host in the last sample up to --end, below their parents",
	      .print = PRINT_EPOCH,
	      COMMON },
	    &timeline_tree },
};

const struct format *
timeline_format(size_t i)
{
	return i < sizeof list / sizeof list[0] ? &list[i].format : NULL;
}

static const struct timeline_form *
form_of(const struct format *format)
{
	size_t i = 0;

	while (&list[i].format != format)
		i++;
	return list[i].form;
}
