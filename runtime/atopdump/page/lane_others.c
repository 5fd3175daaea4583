/*
 * lane_others: sums by name.
 */
#include "atopdump/page/lane_others.h"

#include <stdlib.h>

#include "atopdump/page/amount.h"
#include "atopdump/page/html_out.h"

#define MICROSECONDS 1e6
#define NAMES_MAX    300 /* names in the table */
#define NAME_SHOWN   60  /* bytes of a name */

/* The processes of a name. */
struct named {
	const struct strings *strings;
	uint32_t name; /* a string; STRING_NONE: unknown */
	uint32_t count;
	int64_t cpu;         /* microseconds */
	int64_t first, last; /* when they were seen */
};

static int
compare_names(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return strings_compare(x->strings, x->name, y->name);
}

static int
compare_counts(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return x->count != y->count ? (x->count > y->count ? -1 : 1) : compare_names(a, b);
}

/* Fills in a row for each process without a lane. Returns their number. */
static size_t
list_each(struct named *list, const struct gather *g, const struct lanes *l)
{
	size_t count = 0;

	for (uint32_t i = 0; i < l->count; i++) {
		const struct process *one = processes_at(&g->processes, l->order[i]);

		if (lanes_number(l, l->order[i]) == 0)
			list[count++] = (struct named){ &g->processes.strings,
				process_last(&g->processes, one, TRAIT_NAME), 1,
				one->sums[SUM_USER] / 2 + one->sums[SUM_SYSTEM] / 2, one->first_seen, one->last_seen };
	}
	return count;
}

/* Joins the rows of equal names, which are neighbours. Returns the number of names. */
static size_t
join(struct named *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		struct named *last = n > 0 ? &list[n - 1] : NULL;

		if (last == NULL || last->name != list[i].name) {
			list[n++] = list[i];
			continue;
		}
		last->count++;
		last->cpu = list[i].cpu <= INT64_MAX - last->cpu ? last->cpu + list[i].cpu : INT64_MAX;
		last->first = list[i].first < last->first ? list[i].first : last->first;
		last->last = list[i].last > last->last ? list[i].last : last->last;
	}
	return n;
}

static void
put_row(struct writer *out, const struct named *one)
{
	char text[AMOUNT_MAX];
	size_t size = 0;
	const char *name = one->name != STRING_NONE ? strings_get(one->strings, one->name, &size) : "";

	amount_text(text, (double)one->cpu * 2 / MICROSECONDS, AMOUNT_SECONDS);
	html_markup(out, "<tr><th scope=\"row\">");
	html_cut_text(out, name, size, NAME_SHOWN);
	html_format(out, "%s</th><td>%u</td><td>", size == 0 ? "?" : "", (unsigned)one->count);
	html_time(out, one->first);
	html_markup(out, "</td><td>");
	html_time(out, one->last);
	html_format(out, "</td><td>%s</td></tr>\n", text);
}

bool
lane_others_put(const struct frame *f, const struct gather *g, const struct lanes *l)
{
	struct named *list = calloc(l->count - l->nshown + (size_t)1, sizeof *list);
	size_t count;

	if (list == NULL)
		return false;
	count = list_each(list, g, l);
	qsort(list, count, sizeof *list, compare_names);
	count = join(list, count);
	qsort(list, count, sizeof *list, compare_counts);
	html_format(f->out,
	    "<details><summary>%u processes without a lane, by name</summary>\n<table><thead><tr>"
	    "<th scope=\"col\">Name</th><th scope=\"col\">Processes</th><th scope=\"col\">First seen</th>"
	    "<th scope=\"col\">Last seen</th><th scope=\"col\">Processor</th></tr></thead><tbody>\n",
	    (unsigned)(l->count - l->nshown));
	for (size_t i = 0; i < count && i < NAMES_MAX; i++)
		put_row(f->out, &list[i]);
	html_markup(f->out, "</tbody></table>\n");
	if (count > NAMES_MAX)
		html_format(f->out, "<p>%zu more names are left out.</p>\n", count - NAMES_MAX);
	html_markup(f->out, "</details>\n");
	free(list);
	return true;
}
