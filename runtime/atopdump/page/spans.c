/*
 * spans: joins the spans of a section's hosts, and keeps the largest entries of each.
 */
#include "atopdump/page/spans.h"

#include <stdio.h>
#include <string.h>

#include "atopdump/page/amount.h"
#include "atopdump/page/html_out.h"

#define MICROSECONDS 1e6
#define NAME_SHOWN   60 /* bytes of a name */
#define DATE_LENGTH  11 /* of "2022-11-11 " */

/* --- the largest entries ------------------------------------------------------------------------------------------ */

static int64_t
amount_of(const struct usage_entry *e, enum spans_by by)
{
	switch (by) {
	case SPANS_BY_CPU: return e->cpu;
	case SPANS_BY_MEMORY: return e->rss;
	default: return (e->read > 0 ? e->read : 0) + (e->written > 0 ? e->written : 0);
	}
}

/* Whether an entry comes before another one of its table. */
static bool
is_before(const struct gather *g, const struct usage_entry *a, const struct usage_entry *b, enum spans_by by)
{
	const struct process *x = processes_at(&g->processes, a->process), *y = processes_at(&g->processes, b->process);

	if (amount_of(a, by) != amount_of(b, by))
		return amount_of(a, by) > amount_of(b, by);
	if (process_start(x) != process_start(y))
		return process_start(x) < process_start(y);
	return x->pid != y->pid ? x->pid < y->pid : x->first_seen < y->first_seen;
}

static void
add_entry(struct spans_top *t, const struct gather *g, const struct usage_entry *entry)
{
	for (enum spans_by by = 0; by < SPANS_BYS; by++) {
		struct usage_entry *top = t->top[by];
		size_t i = t->count[by];

		if (amount_of(entry, by) <= 0 || (i == SPANS_TOP && !is_before(g, entry, &top[SPANS_TOP - 1], by)))
			continue;
		i -= i == SPANS_TOP;
		for (; i > 0 && is_before(g, entry, &top[i - 1], by); i--)
			top[i] = top[i - 1];
		top[i] = *entry;
		t->count[by] += t->count[by] < SPANS_TOP;
	}
}

/* --- spans -------------------------------------------------------------------------------------------------------- */

/* Joins the spans of the hosts at a level. False: they are too many. */
static bool
join(struct spans *s, const struct gather *g, const struct section *section)
{
	s->count = 0;
	for (size_t i = 0; i < section->nhosts; i++) {
		const struct usage *u = g->usages[section->hosts[i]];

		for (size_t k = 0; k < u->nspans; k++) {
			struct spans_top *last = s->count > 0 ? &s->list[s->count - 1] : NULL;

			if (last != NULL && last->bucket == u->spans[k].bucket) {
				last->covered += u->spans[k].covered;
				continue;
			}
			if (s->count == SPANS_MAX)
				return false;
			s->list[s->count++] = (struct spans_top){ .bucket = u->spans[k].bucket,
				.covered = u->spans[k].covered };
		}
	}
	return true;
}

static bool
coarsen(struct gather *g, const struct section *section, unsigned level)
{
	for (size_t i = 0; i < section->nhosts; i++)
		if (!usage_coarsen(g->usages[section->hosts[i]], level))
			return false;
	return true;
}

static void
add_entries(struct spans *s, const struct gather *g, const struct section *section, bool all)
{
	for (size_t i = 0; i < section->nhosts; i++) {
		const struct usage *u = g->usages[section->hosts[i]];

		for (uint32_t k = 0; k < u->count; k++) {
			struct spans_top *span = &s->all;

			for (size_t n = 0; n < s->count && !all; n++)
				if (s->list[n].bucket == u->entries[k].bucket)
					span = &s->list[n];
			add_entry(span, g, &u->entries[k]);
		}
	}
}

bool
spans_make(struct spans *s, struct gather *g, const struct section *section)
{
	unsigned level = 0;

	memset(s, 0, sizeof *s);
	for (size_t i = 0; i < section->nhosts; i++)
		level = g->usages[section->hosts[i]]->level > level ? g->usages[section->hosts[i]]->level : level;
	do
		if (!coarsen(g, section, level))
			return false;
	while (!join(s, g, section) && level++ < usage_last_level());
	if (level >= usage_last_level())
		s->count = 0;
	if (s->count > 0)
		add_entries(s, g, section, false);
	for (size_t i = 0; i < s->count; i++)
		s->frames[i] = (struct frame_span){ usage_begin(level, s->list[i].bucket),
			usage_begin(level, s->list[i].bucket + 1) };
	if (!coarsen(g, section, usage_last_level()))
		return false;
	add_entries(s, g, section, true);
	for (size_t i = 0; i < section->nhosts; i++)
		s->all.covered += g->usages[section->hosts[i]]->nspans > 0
		    ? g->usages[section->hosts[i]]->spans[0].covered
		    : 0;
	return true;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

static void
put_bytes(struct writer *out, int64_t bytes)
{
	char text[AMOUNT_MAX];

	amount_text(text, (double)bytes, AMOUNT_BYTES);
	html_format(out, "<td>%s</td>", bytes < 0 ? "not known" : text);
}

static void
put_name(struct writer *out, const struct gather *g, const struct process *one)
{
	const uint32_t name = process_last(&g->processes, one, TRAIT_NAME);
	size_t size = 0;
	const char *text = name != STRING_NONE ? strings_get(&g->processes.strings, name, &size) : "";

	html_cut_text(out, text, size, NAME_SHOWN);
	html_markup(out, size == 0 ? "?" : "");
}

/* The share of one processor that processor time is of the seconds of a span. */
static void
write_share(char text[AMOUNT_MAX], const struct spans_top *t, int64_t cpu)
{
	if (t->covered > 0)
		amount_text(text, 100.0 * (double)cpu / MICROSECONDS / (double)t->covered, AMOUNT_PERCENT);
	else
		snprintf(text, AMOUNT_MAX, "not known");
}

static void
put_process(const struct frame *f, const struct gather *g, const struct lanes *lanes, uint32_t number)
{
	const struct process *one = processes_at(&g->processes, number);
	const uint32_t lane = lanes_number(lanes, number);

	html_markup(f->out, "<tr><th scope=\"row\">");
	if (lane > 0)
		html_format(f->out, "<a href=\"#p%u-%u\">", f->number, (unsigned)lane);
	put_name(f->out, g, one);
	html_format(f->out, "%s</th><td>%d</td>", lane > 0 ? "</a>" : "", (int)one->pid);
}

static void
put_entry(const struct frame *f, const struct gather *g, const struct spans_top *t, const struct lanes *lanes,
    const struct usage_entry *e)
{
	char seconds[AMOUNT_MAX], share[AMOUNT_MAX];

	put_process(f, g, lanes, e->process);
	amount_text(seconds, (double)e->cpu / MICROSECONDS, AMOUNT_SECONDS);
	write_share(share, t, e->cpu);
	html_format(f->out, "<td>%s</td><td>%s</td>", seconds, share);
	put_bytes(f->out, e->rss);
	put_bytes(f->out, e->read);
	put_bytes(f->out, e->written);
	html_markup(f->out, "</tr>\n");
}

static void
put_top(const struct frame *f, const struct gather *g, const struct spans_top *t, const struct lanes *lanes)
{
	static const char *const titles[] = { "Most processor time", "Most resident memory",
		"Most read from and written to disks" };

	html_markup(f->out, "<div class=\"tops\">\n");
	for (enum spans_by by = 0; by < SPANS_BYS; by++) {
		if (t->count[by] == 0) {
			html_format(f->out, "<p>%s: no process, or not recorded.</p>\n", titles[by]);
			continue;
		}
		html_format(f->out,
		    "<table><caption>%s</caption><thead><tr><th scope=\"col\">Process</th><th scope=\"col\">PID</th>"
		    "<th scope=\"col\">Processor time</th><th scope=\"col\">Share of one</th><th scope=\"col\">Memory</th>"
		    "<th scope=\"col\">Read</th><th scope=\"col\">Written</th></tr></thead><tbody>\n",
		    titles[by]);
		for (size_t i = 0; i < t->count[by]; i++)
			put_entry(f, g, t, lanes, &t->top[by][i]);
		html_markup(f->out, "</tbody></table>\n");
	}
	html_markup(f->out, "</div>\n");
}

/* The span, with the day of its end only if that is another one. */
static void
put_times(const struct frame *f, const struct frame_span *span)
{
	char begin[HTML_TIME_MAX], end[HTML_TIME_MAX];

	html_time_text(begin, span->begin);
	html_time_text(end, span->end);
	html_format(f->out, "%s to %s", begin, strncmp(begin, end, DATE_LENGTH) == 0 ? end + DATE_LENGTH : end);
}

/* The process with the most processor time. */
static void
put_first(const struct frame *f, const struct gather *g, const struct spans_top *t)
{
	const struct usage_entry *first = &t->top[SPANS_BY_CPU][0];
	char text[AMOUNT_MAX];

	if (t->count[SPANS_BY_CPU] == 0)
		return;
	write_share(text, t, first->cpu);
	html_markup(f->out, ": ");
	put_name(f->out, g, processes_at(&g->processes, first->process));
	html_format(f->out, " (%d) used %s of a processor", (int)processes_at(&g->processes, first->process)->pid,
	    text);
}

void
spans_put(const struct frame *f, const struct gather *g, const struct spans *s, const struct lanes *lanes)
{
	html_format(f->out, "<section><h3 id=\"t%u\">Top processes</h3>\n", f->number);
	html_markup(f->out,
	    "<p>Sums over the samples of a span; values since boot, before the first sample, are of no span. "
	    "A sample belongs to the span that has the middle of its interval.</p>\n"
	    "<details open><summary>All of the time</summary>\n");
	html_format(f->out, s->count == 1 ? "<div id=\"s%u-1\">" : "<div>", f->number);
	put_top(f, g, &s->all, lanes);
	html_markup(f->out, "</div></details>\n");
	for (size_t i = 0; i < s->count && s->count > 1; i++) {
		html_markup(f->out, "<details><summary>");
		put_times(f, &s->frames[i]);
		put_first(f, g, &s->list[i]);
		html_format(f->out, "</summary>\n<div id=\"s%u-%zu\">\n", f->number, i + 1);
		put_top(f, g, &s->list[i], lanes);
		html_markup(f->out, "</div></details>\n");
	}
	html_markup(f->out, "</section>\n");
}
