/*
 * chart: lines as paths with a point for each sample. The points are drawn by whole numbers, so that equal values give equal
 * bytes everywhere.
 */
#include "atopdump/page/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/page/html_out.h"
#include "print/text/put.h"

#define STEPS     4 /* of the axis of values, about */
#define POINT_MAX (4 * (PUT_INTEGER_MAX + 1) + PUT_SLACK)

/* What the values of a line are, without means since boot if there are others. */
struct summary {
	double least, greatest, mean;
	size_t count; /* values, with those since boot */
};

/* A chart that is drawn. */
struct drawing {
	struct frame *frame;
	const struct chart *chart;
	double top; /* the value at the top of the axis */
	struct summary summaries[CHART_LINES_MAX];
};

/* Whether the values of a sample are means since boot. */
static bool
is_apart(const struct chart *chart, const struct moment *m)
{
	return m->apart && !chart->level;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static void
summarize(struct summary *s, const struct section *section, const struct chart *chart, const float *values)
{
	size_t count[2] = { 0, 0 }; /* of a line, and since boot */
	bool apart;
	double sum = 0;

	for (size_t i = 0; i < section->nmoments; i++)
		count[is_apart(chart, &section->moments[i])] += !isnan(values[i]);
	apart = count[0] == 0;
	*s = (struct summary){ NAN, NAN, NAN, count[0] + count[1] };
	for (size_t i = 0; i < section->nmoments; i++) {
		const double value = (double)values[i];

		if (is_apart(chart, &section->moments[i]) != apart || isnan(value))
			continue;
		s->least = isnan(s->least) || value < s->least ? value : s->least;
		s->greatest = isnan(s->greatest) || value > s->greatest ? value : s->greatest;
		sum += value;
	}
	if (count[apart] > 0)
		s->mean = sum / (double)count[apart];
}

/* The value at the top of the axis: a whole number of steps. */
static double
find_top(const struct chart *chart, size_t count, double *step)
{
	double greatest = chart->greatest;
	unsigned n = 1;

	for (size_t i = 0; i < chart->nlines; i++)
		for (size_t k = 0; k < count; k++)
			if ((double)chart->lines[i].values[k] > greatest)
				greatest = (double)chart->lines[i].values[k];
	*step = amount_step(greatest, STEPS, chart->unit);
	while (*step * n < greatest && n < 2 * STEPS)
		n++;
	return *step * n;
}

/* The value that stands for a group in text: the greatest one. */
static float
group_value(const struct frame *f, const float *values, size_t group)
{
	float value = NAN;

	for (size_t i = frame_group(f, group); i < frame_group(f, group + 1); i++)
		if (isnan(value) || values[i] > value)
			value = values[i];
	return value;
}

/* --- the picture -------------------------------------------------------------------------------------------------- */

static int
find_y(const struct drawing *d, double value)
{
	const double part = value / d->top;

	return FRAME_BOTTOM - (int)((part < 0 ? 0 : part > 1 ? 1 : part) * (FRAME_BOTTOM - FRAME_TOP) + 0.5);
}

static void
put_values_axis(const struct drawing *d, double step)
{
	const int nsteps = (int)(d->top / step + 0.5);
	char text[AMOUNT_MAX];

	for (int i = 0; i <= nsteps; i++) {
		const double value = i * step;
		const int y = find_y(d, value);

		amount_text(text, value, d->chart->unit);
		html_format(d->frame->out,
		    "<path d=\"M%d %dH%d\" class=\"grid\"/><text x=\"%d\" y=\"%d\" class=\"ty\">%s</text>", FRAME_LEFT,
		    y, FRAME_RIGHT, FRAME_LEFT - 60, y + 45, text);
	}
}

/* A point of a path: the first of a part of the line, or one more by its distance from the one before. */
static void
put_point(struct writer *out, bool first, bool goes_on, int x, int y)
{
	char *w = writer_room(out, POINT_MAX);

	if (first)
		w = PUT(w, "M");
	else if (!goes_on)
		w = PUT(w, "l");
	else if (x >= 0)
		w = PUT(w, " ");
	w = put_i64(w, x);
	if (y >= 0)
		w = PUT(w, " ");
	writer_commit(out, put_i64(w, y));
}

/* How many values follow each other from value `i` on, as one part of a line. */
static size_t
part_length(const struct drawing *d, const float *values, size_t i)
{
	const struct section *s = d->frame->section;
	size_t end = i;

	while (end < s->nmoments && !isnan(values[end]) &&
	    (end == i || !(s->moments[end].gap || is_apart(d->chart, &s->moments[end - 1]))))
		end++;
	return end - i;
}

/* Writes the parts of a line that are dots, of one value, or those that are not, as one path. */
static void
put_path(const struct drawing *d, size_t number, bool dots)
{
	const struct section *s = d->frame->section;
	const float *values = d->chart->lines[number].values;
	struct writer *out = d->frame->out;

	html_format(out, "<path class=\"l s%u%s\" d=\"", (unsigned)number, dots ? " dot" : "");
	for (size_t i = 0, length; i<s->nmoments; i += length> 0 ? length : 1) {
		int x = 0, y = 0;

		length = part_length(d, values, i);
		if (length == 0 || (length == 1) != dots)
			continue;
		for (size_t k = i; k < i + length; k++) {
			const int to_x = frame_x(d->frame, s->moments[k].time), to_y = find_y(d, (double)values[k]);

			put_point(out, k == i, k > i + 1, to_x - x, to_y - y);
			x = to_x;
			y = to_y;
		}
		html_markup(out, dots ? "h0" : "");
	}
	html_markup(out, "\"/>");
}

/*
 * A line: the points of its paths are those of the samples with a value. A part begins with M and has a relative l for the rest;
 * a dot ends in h0.
 */
static void
put_line(const struct drawing *d, size_t number)
{
	put_path(d, number, false);
	put_path(d, number, true);
}

static void
put_tooltip(const struct drawing *d, size_t group)
{
	const struct frame *f = d->frame;
	const struct moment *moments = f->section->moments;
	const size_t first = frame_group(f, group), last = frame_group(f, group + 1) - 1;
	const int x = first > 0 ? (frame_x(f, moments[first - 1].time) + frame_x(f, moments[first].time)) / 2
				: FRAME_LEFT;
	const int right = last + 1 < f->section->nmoments
	    ? (frame_x(f, moments[last].time) + frame_x(f, moments[last + 1].time)) / 2
	    : FRAME_RIGHT;
	char text[AMOUNT_MAX];

	html_format(f->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>", x, FRAME_TOP,
	    right > x ? right - x : 1, FRAME_BOTTOM - FRAME_TOP);
	html_time(f->out, moments[first].time);
	if (last > first) {
		html_markup(f->out, " to ");
		html_time(f->out, moments[last].time);
	} else if (is_apart(d->chart, &moments[first])) {
		html_markup(f->out, ", since boot");
	}
	for (size_t i = 0; i < d->chart->nlines; i++) {
		html_markup(f->out, "\n");
		html_cut_text(f->out, d->chart->lines[i].name, d->chart->lines[i].name_size, 40);
		amount_text(text, (double)group_value(f, d->chart->lines[i].values, group), d->chart->unit);
		html_format(f->out, " %s", text);
	}
	html_markup(f->out, "</title></rect>");
}

/* Above the lines: what is shown of the samples below the pointer, and links to their spans. */
static void
put_tooltips(const struct drawing *d, const struct samples *samples)
{
	const struct frame *f = d->frame;
	size_t span = SIZE_MAX;

	html_markup(f->out, "<g class=\"h\" aria-hidden=\"true\">");
	for (size_t i = 0; i < f->ngroups; i++) {
		const size_t own = frame_span_of(f, frame_middle(&f->section->moments[frame_group(f, i)], samples));

		if (own != span && span < f->nspans)
			html_markup(f->out, "</a>");
		if (own != span && own < f->nspans)
			html_format(f->out, "<a href=\"#s%u-%zu\" tabindex=\"-1\">", f->number, own + 1);
		span = own;
		put_tooltip(d, i);
	}
	html_markup(f->out, span < f->nspans ? "</a></g>" : "</g>");
}

static void
put_description(const struct drawing *d)
{
	struct writer *out = d->frame->out;
	char texts[3][AMOUNT_MAX];

	html_format(out, "<desc id=\"c%u-%ud\">", d->frame->number, d->frame->ncharts);
	for (size_t i = 0; i < d->chart->nlines; i++) {
		const struct summary *s = &d->summaries[i];

		amount_text(texts[0], s->least, d->chart->unit);
		amount_text(texts[1], s->mean, d->chart->unit);
		amount_text(texts[2], s->greatest, d->chart->unit);
		html_text(out, d->chart->lines[i].name, d->chart->lines[i].name_size);
		html_format(out, ": least %s, mean %s, greatest %s. ", texts[0], texts[1], texts[2]);
	}
	html_markup(out, "</desc>");
}

static void
put_picture(const struct drawing *d, double step, const struct samples *samples)
{
	const unsigned number = d->frame->number, chart = d->frame->ncharts;
	struct writer *out = d->frame->out;

	html_format(out,
	    "<div class=\"w\" tabindex=\"0\" role=\"group\" aria-labelledby=\"c%u-%uh\"><svg class=\"chart\" role=\"img\" aria-labelledby=\"c%u-%ut c%u-%ud\" "
	    "viewBox=\"0 0 %d %d\"><title id=\"c%u-%ut\">",
	    number, chart, number, chart, number, chart, FRAME_WIDTH, FRAME_HEIGHT, number, chart);
	html_text(out, d->chart->title, d->chart->title_size);
	html_markup(out, "</title>");
	put_description(d);
	frame_use(d->frame);
	put_values_axis(d, step);
	for (size_t i = 0; i < d->chart->nlines; i++)
		put_line(d, i);
	put_tooltips(d, samples);
	html_markup(out, "</svg></div>\n");
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static void
put_amount_cell(const struct drawing *d, double value)
{
	char text[AMOUNT_MAX];

	amount_text(text, value, d->chart->unit);
	html_format(d->frame->out, "<td>%s</td>", text);
}

/* What the lines are, and the least, mean and greatest values. */
static void
put_legend(const struct drawing *d)
{
	struct writer *out = d->frame->out;

	html_markup(out,
	    "<table class=\"k\"><thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Least</th><th scope=\"col\">Mean</th>"
	    "<th scope=\"col\">Greatest</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < d->chart->nlines; i++) {
		const struct summary *s = &d->summaries[i];

		html_format(out,
		    "<tr><th scope=\"row\"><svg class=\"sw\" viewBox=\"0 0 400 80\" aria-hidden=\"true\"><path class=\"l s%u\" d=\"M20 40H380\"/></svg> ",
		    (unsigned)i);
		html_text(out, d->chart->lines[i].name, d->chart->lines[i].name_size);
		if (s->count < d->frame->section->nmoments)
			html_format(out, " <small>(in %zu of %zu samples)</small>", s->count,
			    d->frame->section->nmoments);
		html_markup(out, "</th>");
		put_amount_cell(d, s->least);
		put_amount_cell(d, s->mean);
		put_amount_cell(d, s->greatest);
		html_markup(out, "</tr>\n");
	}
	html_markup(out, "</tbody></table>\n");
}

static void
put_row(const struct drawing *d, size_t group)
{
	const struct frame *f = d->frame;
	const struct moment *first = &f->section->moments[frame_group(f, group)];

	html_markup(f->out, "<tr><th scope=\"row\">");
	html_time(f->out, first->time);
	if (is_apart(d->chart, first) && frame_group(f, group + 1) == frame_group(f, group) + 1)
		html_markup(f->out, " (since boot)");
	html_markup(f->out, "</th>");
	for (size_t i = 0; i < d->chart->nlines; i++)
		put_amount_cell(d, (double)group_value(f, d->chart->lines[i].values, group));
	html_markup(f->out, "</tr>\n");
}

static void
put_table(const struct drawing *d)
{
	const struct frame *f = d->frame;
	const size_t count = f->section->nmoments;
	struct writer *out = f->out;

	html_markup(out, "<details><summary>Values</summary>\n<table class=\"v\"><caption>");
	html_text(out, d->chart->title, d->chart->title_size);
	if (f->ngroups < count)
		html_format(out, ": a row stands for up to %zu samples, and has their greatest values",
		    (count + f->ngroups - 1) / f->ngroups);
	html_markup(out, "</caption><thead><tr><th scope=\"col\">Time</th>");
	for (size_t i = 0; i < d->chart->nlines; i++) {
		html_markup(out, "<th scope=\"col\">");
		html_text(out, d->chart->lines[i].name, d->chart->lines[i].name_size);
		html_markup(out, "</th>");
	}
	html_markup(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < f->ngroups; i++)
		put_row(d, i);
	html_markup(out, "</tbody></table></details>\n");
}

void
chart_put(struct frame *f, const struct chart *chart, const struct samples *samples)
{
	struct drawing d = { .frame = f, .chart = chart };
	double step;

	f->ncharts++;
	d.top = find_top(chart, f->section->nmoments, &step);
	for (size_t i = 0; i < chart->nlines; i++)
		summarize(&d.summaries[i], f->section, chart, chart->lines[i].values);
	html_format(f->out, "<section class=\"c\"><h3 id=\"c%u-%uh\">", f->number, f->ncharts);
	html_text(f->out, chart->title, chart->title_size);
	html_markup(f->out, "</h3>\n");
	if (chart->about != NULL) {
		html_markup(f->out, "<p>");
		html_words(f->out, chart->about);
		html_markup(f->out, "</p>\n");
	}
	put_picture(&d, step, samples);
	put_legend(&d);
	put_table(&d);
	html_markup(f->out, "</section>\n");
}
