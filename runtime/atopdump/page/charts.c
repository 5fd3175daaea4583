/*
 * charts: a table of charts of the machine, and charts for disks and interfaces.
 */
#include "atopdump/page/charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/page/chart.h"
#include "atopdump/page/html_out.h"
#include "atopdump/page/matrix.h"

#define EACH_MAX   6   /* disks, or interfaces, that have charts */
#define OTHERS_MAX 100 /* of the others, as many are in a table */
#define TITLE_MAX  160

/* A chart of measures of the machine. */
struct chart_row {
	const char *title, *about;
	enum amount_unit unit;
	bool level;
	double greatest;
	struct {
		const char *name; /* NULL: no more */
		unsigned measure;
	} lines[CHART_LINES_MAX];
};

static const struct chart_row rows[] = {
	{ "Processors", "100 % is one processor.", AMOUNT_PERCENT, false, 100,
	    { { "user", MEASURE_USER }, { "system", MEASURE_SYSTEM }, { "interrupts", MEASURE_INTERRUPTS },
		{ "waiting for I/O", MEASURE_WAIT }, { "stolen by the hypervisor", MEASURE_STEAL } } },
	{ "Load", "Mean number of tasks that run or wait, at the end of each interval.", AMOUNT_NUMBER, true, 1,
	    { { "1 minute", MEASURE_LOAD1 }, { "5 minutes", MEASURE_LOAD5 }, { "15 minutes", MEASURE_LOAD15 } } },
	{ "Pressure", "Share of the time in which some tasks, or all of them (full), waited for a resource (PSI).",
	    AMOUNT_PERCENT, false, 10,
	    { { "processors, some", MEASURE_CPU_SOME }, { "memory, some", MEASURE_MEMORY_SOME },
		{ "memory, full", MEASURE_MEMORY_FULL }, { "I/O, some", MEASURE_IO_SOME },
		{ "I/O, full", MEASURE_IO_FULL } } },
	{ "Paging", "Pages that were read from, or written to, swap space.", AMOUNT_PAGES_PER_SECOND, false, 1,
	    { { "in", MEASURE_SWAP_IN }, { "out", MEASURE_SWAP_OUT } } },
};

/* What the charts of a section are made from. */
struct charting {
	struct frame *frame;
	const struct gather *g;
	struct matrix matrix;
	float *sums[2]; /* rows that are computed */
};

static void
set_line(struct chart *chart, const char *name, const float *values)
{
	if (values != NULL)
		chart->lines[chart->nlines++] = (struct chart_line){ name, strlen(name), values };
}

static struct chart
chart_of(const char *title, const char *about, enum amount_unit unit, double greatest)
{
	return (struct chart){ .title = title,
		.title_size = strlen(title),
		.about = about,
		.unit = unit,
		.greatest = greatest };
}

/* A chart without lines is a sentence. */
static void
put(struct charting *c, const struct chart *chart)
{
	struct writer *out = c->frame->out;

	if (chart->nlines > 0) {
		chart_put(c->frame, chart, &c->g->samples);
		return;
	}
	html_markup(out, "<section class=\"c\"><h3>");
	html_text(out, chart->title, chart->title_size);
	html_markup(out, "</h3>\n<p>Not recorded in these logs.</p></section>\n");
}

static void
put_row(struct charting *c, const char *title)
{
	const struct chart_row *row = rows;
	struct chart chart;

	while (strcmp(row->title, title) != 0)
		row++;
	chart = chart_of(title, row->about, row->unit, row->greatest);
	chart.level = row->level;
	for (size_t i = 0; i < CHART_LINES_MAX && row->lines[i].name != NULL; i++)
		set_line(&chart, row->lines[i].name, matrix_row(&c->matrix, row->lines[i].measure, STRING_NONE));
	put(c, &chart);
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

static double
greatest_of(const float *values, size_t count)
{
	double greatest = 0;

	for (size_t i = 0; values != NULL && i < count; i++)
		if ((double)values[i] > greatest)
			greatest = (double)values[i];
	return greatest;
}

/* Into `sum`: factor × values, added to what is there. A value that is missing makes the sum missing. */
static void
add_row(float *sum, const float *values, float factor, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum[i] = values != NULL ? sum[i] + factor * values[i] : (float)NAN;
}

static void
put_memory(struct charting *c)
{
	const size_t n = c->frame->section->nmoments;
	const float *total = matrix_row(&c->matrix, MEASURE_TOTAL, STRING_NONE);
	const float *free_memory = matrix_row(&c->matrix, MEASURE_FREE, STRING_NONE);
	const float *cache = matrix_row(&c->matrix, MEASURE_CACHE, STRING_NONE);
	const float *buffers = matrix_row(&c->matrix, MEASURE_BUFFERS, STRING_NONE);
	struct chart chart = chart_of("Memory",
	    "The axis reaches to all of the memory. Used is what is neither free nor cache.", AMOUNT_BYTES,
	    greatest_of(total, n));

	add_row(c->sums[0], total, 1, n);
	add_row(c->sums[0], free_memory, -1, n);
	add_row(c->sums[0], cache, -1, n);
	add_row(c->sums[0], buffers, -1, n);
	add_row(c->sums[1], cache, 1, n);
	add_row(c->sums[1], buffers, 1, n);
	chart.level = true;
	set_line(&chart, "used", total != NULL ? c->sums[0] : NULL);
	set_line(&chart, "page cache and buffers", cache != NULL ? c->sums[1] : NULL);
	set_line(&chart, "free", free_memory);
	set_line(&chart, "available to programs", matrix_row(&c->matrix, MEASURE_AVAILABLE, STRING_NONE));
	put(c, &chart);
}

static void
put_swap(struct charting *c)
{
	const size_t n = c->frame->section->nmoments;
	const float *total = matrix_row(&c->matrix, MEASURE_SWAP_TOTAL, STRING_NONE);
	struct chart chart = chart_of("Swap space", "The axis reaches to all of the swap space.", AMOUNT_BYTES,
	    greatest_of(total, n));

	memset(c->sums[0], 0, n * sizeof(float));
	add_row(c->sums[0], total, 1, n);
	add_row(c->sums[0], matrix_row(&c->matrix, MEASURE_SWAP_FREE, STRING_NONE), -1, n);
	chart.level = true;
	set_line(&chart, "used", total != NULL ? c->sums[0] : NULL);
	put(c, &chart);
}

/* --- disks and interfaces ----------------------------------------------------------------------------------------- */

/* A disk or an interface. */
struct device {
	uint32_t name;
	size_t place;   /* in the order of names */
	double sums[2]; /* of its two rates */
};

struct devices {
	const char *what, *others;
	const char *lines[2];
	unsigned measures[2];
	struct device *list; /* the largest sums first */
	size_t count;
};

static int
compare_devices(const void *a, const void *b)
{
	const struct device *x = a, *y = b;
	const double i = x->sums[0] + x->sums[1], k = y->sums[0] + y->sums[1];

	return i != k ? (i > k ? -1 : 1) : (x->place > y->place) - (x->place < y->place);
}

/* Lists the devices that have the first measure, and asks for the rows of those that get charts. False: out of memory. */
static bool
list_devices(struct charting *c, struct devices *d)
{
	const struct matrix_series *first = matrix_first(&c->matrix, d->measures[0], &d->count);

	d->list = calloc(d->count + 1, sizeof *d->list);
	if (d->list == NULL)
		return false;
	for (size_t i = 0; i < d->count; i++) {
		const uint32_t name = samples_series_at(&c->g->samples, first[i].series)->name;
		const struct matrix_series *other = matrix_find(&c->matrix, d->measures[1], name);

		d->list[i] = (struct device){ name, i, { first[i].sum, other != NULL ? other->sum : 0 } };
	}
	qsort(d->list, d->count, sizeof *d->list, compare_devices);
	for (size_t i = 0; i < d->count && i < EACH_MAX; i++) {
		for (size_t k = 0; k < 2; k++)
			matrix_ask(&c->matrix, matrix_find(&c->matrix, d->measures[k], d->list[i].name));
		matrix_ask(&c->matrix, matrix_find(&c->matrix, MEASURE_DISK_BUSY, d->list[i].name));
	}
	return true;
}

static const char *
name_of(const struct charting *c, uint32_t name, size_t *size)
{
	*size = 0;
	return name != STRING_NONE ? strings_get(&c->g->processes.strings, name, size) : "";
}

/* A chart of the two rates of a device. */
static void
put_rates(struct charting *c, const struct devices *d, uint32_t name)
{
	char title[TITLE_MAX];
	const size_t length = strlen(d->what);
	struct chart chart = chart_of(d->what, NULL, AMOUNT_BYTES_PER_SECOND, 0);
	size_t size;
	const char *text = name_of(c, name, &size);

	memcpy(title, d->what, length);
	title[length] = ' ';
	size = size < sizeof title - length - 1 ? size : sizeof title - length - 1;
	memcpy(title + length + 1, text, size);
	chart.title = title;
	chart.title_size = length + 1 + size;
	for (size_t i = 0; i < 2; i++)
		set_line(&chart, d->lines[i], matrix_row(&c->matrix, d->measures[i], name));
	put(c, &chart);
}

static void
put_other(struct charting *c, const struct device *one, size_t samples)
{
	struct writer *out = c->frame->out;
	size_t size;
	const char *name = name_of(c, one->name, &size);
	char texts[2][AMOUNT_MAX];

	for (size_t i = 0; i < 2; i++)
		amount_text(texts[i], one->sums[i] / (samples > 0 ? (double)samples : 1.0), AMOUNT_BYTES_PER_SECOND);
	html_markup(out, "<tr><th scope=\"row\">");
	html_text(out, name, size);
	html_format(out, "</th><td>%s</td><td>%s</td></tr>\n", texts[0], texts[1]);
}

/* The devices behind those that have charts. */
static void
put_others(struct charting *c, const struct devices *d)
{
	const size_t end = d->count < EACH_MAX + OTHERS_MAX ? d->count : EACH_MAX + OTHERS_MAX;
	struct writer *out = c->frame->out;
	size_t samples = 0;

	if (d->count <= EACH_MAX)
		return;
	for (size_t i = 0; i < c->frame->section->nmoments; i++)
		samples += !c->frame->section->moments[i].apart;
	html_format(out,
	    "<details><summary>%zu %s with less traffic</summary>\n<table><thead><tr><th scope=\"col\">Name</th>"
	    "<th scope=\"col\">Mean %s</th><th scope=\"col\">Mean %s</th></tr></thead><tbody>\n",
	    d->count - EACH_MAX, d->others, d->lines[0], d->lines[1]);
	for (size_t i = EACH_MAX; i < end; i++)
		put_other(c, &d->list[i], samples);
	html_markup(out, "</tbody></table>\n");
	if (end < d->count)
		html_format(out, "<p>%zu more are left out.</p>\n", d->count - end);
	html_markup(out, "</details>\n");
}

static void
put_busy(struct charting *c, const struct devices *d)
{
	struct chart chart = chart_of("Disks, busy", "Share of the time in which a disk had requests.", AMOUNT_PERCENT,
	    100);

	for (size_t i = 0; i < d->count && i < EACH_MAX; i++) {
		const float *values = matrix_row(&c->matrix, MEASURE_DISK_BUSY, d->list[i].name);
		struct chart_line *line = &chart.lines[chart.nlines];

		if (values == NULL)
			continue;
		line->name = name_of(c, d->list[i].name, &line->name_size);
		line->values = values;
		chart.nlines++;
	}
	put(c, &chart);
}

static void
put_devices(struct charting *c, const struct devices *d)
{
	for (size_t i = 0; i < d->count && i < EACH_MAX; i++)
		put_rates(c, d, d->list[i].name);
	if (d->count == 0)
		put_rates(c, d, STRING_NONE);
	put_others(c, d);
}

/* --- a section ---------------------------------------------------------------------------------------------------- */

static bool
put_all(struct charting *c, struct devices *disks, struct devices *interfaces)
{
	if (!list_devices(c, disks) || !list_devices(c, interfaces))
		return false;
	for (unsigned i = 0; i < MEASURES; i++)
		if (measure_sources[i].name == NULL)
			matrix_ask(&c->matrix, matrix_find(&c->matrix, i, STRING_NONE));
	if (!matrix_fill(&c->matrix))
		return false;
	put_row(c, "Processors");
	put_row(c, "Load");
	put_memory(c);
	put_swap(c);
	put_row(c, "Paging");
	put_row(c, "Pressure");
	put_busy(c, disks);
	put_devices(c, disks);
	put_devices(c, interfaces);
	return true;
}

bool
charts_put(struct frame *f, const struct gather *g)
{
	struct devices disks = { .what = "Disk",
		.others = "disks",
		.lines = { "read", "written" },
		.measures = { MEASURE_DISK_READ, MEASURE_DISK_WRITE } };
	struct devices interfaces = { .what = "Network interface",
		.others = "interfaces",
		.lines = { "received", "sent" },
		.measures = { MEASURE_RECEIVE, MEASURE_SEND } };
	struct charting c = { .frame = f, .g = g };
	bool done;

	if (!matrix_make(&c.matrix, g, f->section))
		return false;
	c.sums[0] = calloc(2 * f->section->nmoments, sizeof(float));
	c.sums[1] = c.sums[0] != NULL ? c.sums[0] + f->section->nmoments : NULL;
	done = c.sums[0] != NULL && put_all(&c, &disks, &interfaces);
	free(c.sums[0]);
	free(disks.list);
	free(interfaces.list);
	matrix_free(&c.matrix);
	return done;
}
