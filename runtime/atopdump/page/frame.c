/*
 * frame: draws ticks, bands, gaps and rules.
 */
#include "atopdump/page/frame.h"

#include <stdio.h>

#include "atopdump/page/amount.h"
#include "atopdump/page/html_out.h"
#include "print/query/calendar.h"
#include "print/query/zone.h"

#define TICKS_MAX  9
#define LABEL_ROOM 420 /* between two labels of boots */
#define DAY        (INT64_C(86400))
#define MINUTE     60

int
frame_x(const struct frame *f, int64_t time)
{
	const double width = FRAME_RIGHT - FRAME_LEFT;
	const double span = (double)(f->section->end - f->section->begin);
	const double part = span > 0 ? (double)(time - f->section->begin) / span : 0.5;

	return FRAME_LEFT + (int)((part < 0 ? 0 : part > 1 ? 1 : part) * width + 0.5);
}

size_t
frame_group(const struct frame *f, size_t i)
{
	return f->ngroups > 0 ? i * f->section->nmoments / f->ngroups : 0;
}

size_t
frame_span_of(const struct frame *f, int64_t time)
{
	size_t i = f->nspans;

	while (i > 0 && f->spans[i - 1].begin > time)
		i--;
	return i > 0 ? i - 1 : f->nspans;
}

int64_t
frame_middle(const struct moment *m, const struct samples *samples)
{
	return m->apart ? m->time : m->time - samples_at(samples, m->number)->interval / 2;
}

/* --- the axis ----------------------------------------------------------------------------------------------------- */

static void
put_tick(const struct frame *f, int64_t time, int64_t step, bool with_date)
{
	struct calendar_date d;
	const int x = frame_x(f, time);

	calendar_find(time, zone_offset(time), &d);
	html_format(f->out, "<path d=\"M%d %dv50\" class=\"ax\"/><text x=\"%d\" y=\"%d\" class=\"tx\">", x,
	    FRAME_BOTTOM, x, FRAME_BOTTOM + 170);
	if (step >= DAY)
		html_format(f->out, "%02d-%02d</text>", (int)d.month, (int)d.day);
	else if (step >= MINUTE)
		html_format(f->out, "%02d:%02d</text>", (int)d.hour, (int)d.minute);
	else
		html_format(f->out, "%02d:%02d:%02d</text>", (int)d.hour, (int)d.minute, (int)d.second);
	if (with_date)
		html_format(f->out,
		    step >= DAY ? "<text x=\"%d\" y=\"%d\" class=\"tx\">%04d</text>"
				: "<text x=\"%d\" y=\"%d\" class=\"tx\">%04d-%02d-%02d</text>",
		    x, FRAME_BOTTOM + 310, (int)d.year, (int)d.month, (int)d.day);
}

/* Whether two times are of one day, or of one year if the step is days. */
static bool
is_same_date(int64_t a, int64_t b, int64_t step)
{
	struct calendar_date x, y;

	calendar_find(a, zone_offset(a), &x);
	calendar_find(b, zone_offset(b), &y);
	return x.year == y.year && (step >= DAY || (x.month == y.month && x.day == y.day));
}

static void
put_ticks(const struct frame *f)
{
	const int64_t begin = f->section->begin, end = f->section->end;
	const int64_t step = amount_time_step(end - begin, TICKS_MAX);
	const int64_t offset = zone_offset(begin);
	int64_t local = (begin + offset) / step * step, before = HOST_NO_TIME;

	for (;; local += step) {
		int64_t time, later;

		zone_find(local, &time, &later);
		if (time > end)
			return;
		if (time < begin)
			continue;
		put_tick(f, time, step, before == HOST_NO_TIME || !is_same_date(before, time, step));
		before = time;
	}
}

/* --- what is behind the lines ------------------------------------------------------------------------------------- */

static void
put_band(const struct frame *f, int64_t begin, int64_t end, int top, int bottom, const char *what)
{
	const int x = frame_x(f, begin), right = frame_x(f, end);

	html_format(f->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s\"/>", x, top,
	    right > x + 10 ? right - x : 10, bottom - top, what);
}

/* Every other span. */
static void
put_bands(const struct frame *f)
{
	for (size_t i = 1; i < f->nspans; i += 2)
		put_band(f, f->spans[i].begin, f->spans[i].end, FRAME_TOP, FRAME_BOTTOM, "band");
}

/* The times without a sample; those that touch each other on the page as one. */
static void
put_gaps(const struct frame *f, const struct samples *samples, int top, int bottom)
{
	const struct section *s = f->section;
	int64_t begin = HOST_NO_TIME, end = 0;

	for (size_t i = 1; i < s->nmoments; i++) {
		const struct moment *m = &s->moments[i];
		const int64_t from = m[-1].time,
			      to = m->apart ? m->time : m->time - samples_at(samples, m->number)->interval;

		if (!m->gap || to <= from)
			continue;
		if (begin != HOST_NO_TIME && frame_x(f, from) > frame_x(f, end) + 10) {
			put_band(f, begin, end, top, bottom, "gap");
			begin = HOST_NO_TIME;
		}
		begin = begin == HOST_NO_TIME ? from : begin;
		end = to;
	}
	if (begin != HOST_NO_TIME)
		put_band(f, begin, end, top, bottom, "gap");
}

/* A rule where a run of atop begins; another one, with a label, where the machine was booted. */
static void
put_rules(const struct frame *f, int top, int bottom, bool labelled)
{
	int before = -1, label = -LABEL_ROOM;

	for (size_t i = 0; i < f->section->nmoments; i++) {
		const struct moment *m = &f->section->moments[i];
		const int x = frame_x(f, m->time);

		if (!m->apart || (x == before && !m->boots))
			continue;
		html_format(f->out, "<path d=\"M%d %dV%d\" class=\"%s\"/>", x, top, bottom, m->boots ? "boot" : "run");
		if (m->boots && labelled && x >= label + LABEL_ROOM) {
			html_format(f->out, "<text x=\"%d\" y=\"%d\" class=\"tx bt\">boot</text>", x, top - 30);
			label = x;
		}
		before = x;
	}
}

void
frame_put(const struct frame *f, const struct samples *samples)
{
	html_markup(f->out, "<svg class=\"off\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
	if (f->number == 1)
		html_markup(f->out,
		    "<pattern id=\"hatch\" width=\"80\" height=\"80\" patternUnits=\"userSpaceOnUse\">"
		    "<path d=\"M0 80L80 0\" class=\"hatch\"/></pattern>");
	html_format(f->out, "<g id=\"f%u\">", f->number);
	put_bands(f);
	put_gaps(f, samples, FRAME_TOP, FRAME_BOTTOM);
	put_rules(f, FRAME_TOP, FRAME_BOTTOM, true);
	html_format(f->out, "<path d=\"M%d %dV%dH%d\" class=\"ax\"/>", FRAME_LEFT, FRAME_TOP, FRAME_BOTTOM,
	    FRAME_RIGHT);
	put_ticks(f);
	html_format(f->out, "</g><g id=\"l%u\">", f->number);
	put_gaps(f, samples, 0, FRAME_LANE);
	put_rules(f, 0, FRAME_LANE, false);
	html_markup(f->out, "</g></defs></svg>\n");
}

void
frame_use(const struct frame *f)
{
	html_format(f->out, "<use href=\"#f%u\"/>", f->number);
}
