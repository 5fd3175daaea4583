/*
 * page_section: facts, and the parts in order.
 */
#include "atopdump/page/page_section.h"

#include <stdlib.h>

#include "atopdump/page/charts.h"
#include "atopdump/page/html_out.h"
#include "atopdump/page/spans.h"

#define ROWS_MAX 500 /* gaps and boots in the table */

static void
put_string(struct writer *out, const struct gather *g, uint32_t string)
{
	size_t size = 0;
	const char *text = string != STRING_NONE ? strings_get(&g->processes.strings, string, &size) : "";

	if (size == 0)
		html_markup(out, "not known");
	html_text(out, text, size);
}

/* The kernel releases of the hosts, each once if it follows itself. */
static void
put_kernels(struct writer *out, const struct gather *g, const struct section *s)
{
	for (size_t i = 0; i < s->nhosts; i++) {
		const uint32_t kernel = hosts_at(&g->processes.hosts, s->hosts[i])->kernel;

		if (i > 0 && kernel == hosts_at(&g->processes.hosts, s->hosts[i - 1])->kernel)
			continue;
		html_markup(out, i > 0 ? ", then " : "");
		put_string(out, g, kernel);
	}
}

static void
put_facts(struct writer *out, const struct gather *g, const struct section *s)
{
	size_t nboots = 0, nruns = 0, ngaps = 0;

	for (size_t i = 0; i < s->nmoments; i++) {
		nboots += s->moments[i].boots;
		nruns += s->moments[i].apart;
		ngaps += i > 0 && s->moments[i].gap && !s->moments[i].apart;
	}
	html_markup(out, "<dl><div><dt>Machine</dt><dd>");
	put_string(out, g, s->machine);
	html_markup(out, "</dd></div><div><dt>Kernel</dt><dd>");
	put_kernels(out, g, s);
	html_format(out, "</dd></div><div><dt>Samples</dt><dd>%zu</dd></div><div><dt>Time</dt><dd>", s->nmoments);
	html_time(out, s->begin);
	html_markup(out, " to ");
	html_time(out, s->end);
	html_format(out,
	    "</dd></div><div><dt>Starts of atop</dt><dd>%zu</dd></div><div><dt>Boots in this time</dt><dd>%zu</dd></div>"
	    "<div><dt>Gaps</dt><dd>%zu</dd></div></dl>\n",
	    nruns, nboots, ngaps);
}

/* --- gaps and boots ----------------------------------------------------------------------------------------------- */

static void
put_event(struct writer *out, const char *what, int64_t from, int64_t to, const char *note)
{
	html_format(out, "<tr><th scope=\"row\">%s</th><td>", what);
	if (from != HOST_NO_TIME)
		html_time(out, from);
	html_markup(out, "</td><td>");
	html_time(out, to);
	html_format(out, "</td><td>%s</td></tr>\n", note);
}

/* Writes the row, or rows, of a moment that does not follow the one before. Returns how many. */
static size_t
put_moment(struct writer *out, const struct gather *g, const struct section *s, size_t i)
{
	const struct moment *m = &s->moments[i];
	const int64_t interval = samples_at(&g->samples, m->number)->interval;
	const int64_t before = i > 0 ? m[-1].time : HOST_NO_TIME;

	if (m->boots) {
		put_event(out, "Boot", before, m->time - interval,
		    "the machine was booted between the sample before and this time");
		put_event(out, "Start of atop", before, m->time, "the first sample since the boot");
		return 2;
	}
	if (m->apart) {
		put_event(out, "Start of atop", before, m->time, "its first sample has values since boot");
		return 1;
	}
	if (i == 0 || !m->gap)
		return 0;
	put_event(out, "Gap", before, m->time - interval, "this time is in no sample");
	return 1;
}

static void
put_events(struct writer *out, const struct gather *g, const struct section *s, unsigned number)
{
	size_t nrows = 0, i;

	html_format(out,
	    "<section><h3 id=\"g%u\">Gaps, boots and starts of atop</h3>\n"
	    "<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">After</th><th scope=\"col\">Until</th>"
	    "<th scope=\"col\">Meaning</th></tr></thead><tbody>\n",
	    number);
	for (i = 0; i < s->nmoments && nrows < ROWS_MAX; i++)
		nrows += put_moment(out, g, s, i);
	html_markup(out, "</tbody></table>\n");
	if (nrows == 0)
		html_markup(out, "<p>There are none.</p>\n");
	if (i < s->nmoments)
		html_markup(out, "<p>There are more, which are left out.</p>\n");
	html_markup(out, "</section>\n");
}

/* --- the section -------------------------------------------------------------------------------------------------- */

static void
put_key(struct writer *out)
{
	html_format(out,
	    "<p>In all charts a dot apart from a line is the first sample of a run, in which rates are means since boot; a hatched time is in no "
	    "sample; a dotted rule is a start of atop, a solid one a boot. Least, mean and greatest leave first "
	    "samples out.</p>\n");
}

static bool
put_parts(struct frame *f, struct gather *g, const struct sections *sections, struct spans *spans)
{
	const struct section *section = f->section;
	struct lanes lanes;
	bool done;

	if (!spans_make(spans, g, section) || !lanes_make(&lanes, g, sections, section))
		return false;
	f->spans = spans->frames;
	f->nspans = spans->count;
	frame_put(f, &g->samples);
	put_key(f->out);
	done = charts_put(f, g);
	if (done) {
		spans_put(f, g, spans, &lanes);
		done = lanes_put(f, g, &lanes);
		put_events(f->out, g, section, f->number);
	}
	lanes_free(&lanes);
	return done;
}

bool
page_section_put(struct writer *out, struct gather *g, const struct sections *sections, size_t number)
{
	const struct section *section = &sections->list[number];
	struct frame frame = { .out = out,
		.section = section,
		.number = (unsigned)number + 1,
		.ngroups = section->nmoments < FRAME_GROUPS_MAX ? section->nmoments : FRAME_GROUPS_MAX };
	struct spans *spans = malloc(sizeof *spans);
	bool done;

	if (spans == NULL)
		return false;
	put_facts(out, g, section);
	done = put_parts(&frame, g, sections, spans);
	free(spans);
	return done;
}
