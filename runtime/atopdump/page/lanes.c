/*
 * lanes: chooses and sorts the processes of a section, and writes them in groups by their starts.
 */
#include "atopdump/page/lanes.h"

#include <stdlib.h>

#include "atopdump/page/html_out.h"
#include "atopdump/page/lane.h"
#include "atopdump/page/lane_others.h"
#include "atopdump/report/sort_numbers.h"

/* --- choice and order --------------------------------------------------------------------------------------------- */

static int
compare_starts(const void *context, uint32_t a, uint32_t b)
{
	const struct gather *g = context;

	return processes_compare(&g->processes, a, b);
}

/* Those that used the processors most come first, then those that were there longest. */
static int
compare_weights(const void *context, uint32_t a, uint32_t b)
{
	const struct gather *g = context;
	const struct process *x = processes_at(&g->processes, a), *y = processes_at(&g->processes, b);
	const int64_t i = x->sums[SUM_USER] / 2 + x->sums[SUM_SYSTEM] / 2,
		      k = y->sums[SUM_USER] / 2 + y->sums[SUM_SYSTEM] / 2;

	if (i != k)
		return i > k ? -1 : 1;
	if (x->samples != y->samples)
		return x->samples > y->samples ? -1 : 1;
	return compare_starts(context, a, b);
}

/* Lists the processes of the section's hosts. */
static void
list_processes(struct lanes *l, const struct gather *g, const struct sections *sections, const struct section *section)
{
	const uint32_t own = (uint32_t)(section - sections->list);

	for (uint32_t i = 0; i < g->processes.list.count; i++)
		if (sections->of_host[processes_at(&g->processes, i)->host] == own)
			l->order[l->count++] = i;
}

bool
lanes_make(struct lanes *l, const struct gather *g, const struct sections *sections, const struct section *section)
{
	const size_t room = g->processes.list.count + (size_t)1;
	uint32_t number = 0;

	*l = (struct lanes){ .order = calloc(room, sizeof *l->order), .numbers = calloc(room, sizeof *l->numbers) };
	if (l->order == NULL || l->numbers == NULL) {
		lanes_free(l);
		return false;
	}
	list_processes(l, g, sections, section);
	l->nshown = l->count < LANES_MAX ? l->count : LANES_MAX;
	if (l->nshown < l->count)
		sort_numbers(l->order, l->count, compare_weights, g);
	for (uint32_t i = 0; i < l->nshown; i++)
		l->numbers[l->order[i]] = 1;
	sort_numbers(l->order, l->count, compare_starts, g);
	for (uint32_t i = 0; i < l->count; i++)
		if (l->numbers[l->order[i]] != 0)
			l->numbers[l->order[i]] = ++number;
	return true;
}

void
lanes_free(struct lanes *l)
{
	free(l->order);
	free(l->numbers);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* The group of a process: 0 if it was started before the section's time, else 1 + the number of a span. */
static size_t
group_of(const struct frame *f, const struct process *one)
{
	const int64_t start = process_start(one);
	const size_t span = start >= f->section->begin ? frame_span_of(f, start) : f->nspans;

	return span < f->nspans ? span + 1 : 0;
}

/* The end of the processes in the order that are of the group of number `first`; how many of them have lanes. */
static uint32_t
find_end(const struct frame *f, const struct gather *g, const struct lanes *l, uint32_t first, uint32_t *shown)
{
	const size_t group = group_of(f, processes_at(&g->processes, l->order[first]));
	uint32_t end = first;

	*shown = 0;
	while (end < l->count && group_of(f, processes_at(&g->processes, l->order[end])) == group)
		*shown += l->numbers[l->order[end++]] != 0;
	return end;
}

static void
put_head(const struct frame *f, size_t group, uint32_t count)
{
	html_markup(f->out, "<details><summary>");
	if (group == 0) {
		html_markup(f->out, "Started before ");
		html_time(f->out, f->section->begin);
	} else {
		html_markup(f->out, "Started from ");
		html_time(f->out, f->spans[group - 1].begin);
		html_markup(f->out, " on");
	}
	html_format(f->out, ": %u process%s</summary>\n", (unsigned)count, count == 1 ? "" : "es");
	html_markup(f->out,
	    "<div class=\"w\"><table class=\"lanes\"><thead><tr><th scope=\"col\">Process</th><th scope=\"col\">PID</th>"
	    "<th scope=\"col\">User</th><th scope=\"col\">Parent</th><th scope=\"col\">From ");
	html_time(f->out, f->section->begin);
	html_markup(f->out, " to ");
	html_time(f->out, f->section->end);
	html_markup(f->out,
	    "</th><th scope=\"col\">Started</th><th scope=\"col\">Ended</th>"
	    "<th scope=\"col\">Processor</th></tr></thead><tbody>\n");
}

static void
put_groups(const struct frame *f, const struct gather *g, const struct lanes *l)
{
	for (uint32_t first = 0, end, shown; first < l->count; first = end) {
		end = find_end(f, g, l, first, &shown);
		if (shown == 0)
			continue;
		put_head(f, group_of(f, processes_at(&g->processes, l->order[first])), shown);
		for (uint32_t i = first; i < end; i++)
			if (l->numbers[l->order[i]] != 0)
				lane_put(f, g, l->order[i], l->numbers[l->order[i]]);
		html_markup(f->out, "</tbody></table></div></details>\n");
	}
}

bool
lanes_put(const struct frame *f, const struct gather *g, const struct lanes *l)
{
	bool done = true;

	html_format(f->out, "<section><h3 id=\"p%u\">Processes</h3>\n", f->number);
	html_format(f->out,
	    "<p>%u process%s by their starts, each with a lane: the bar is the time in which the process is known to have "
	    "lived, the pale part the time in which it went unseen. A bar with an edge at its end has an exit record.",
	    (unsigned)l->count, l->count == 1 ? "" : "es");
	if (l->nshown < l->count)
		html_format(f->out, " The %u that used the processors most have lanes; the others follow by name.",
		    (unsigned)l->nshown);
	html_markup(f->out, " All facts: <code>atopdump timeline</code>.</p>\n");
	put_groups(f, g, l);
	if (l->nshown < l->count)
		done = lane_others_put(f, g, l);
	html_markup(f->out, "</section>\n");
	return done;
}
