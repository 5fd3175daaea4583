/*
 * page_logs: tables of logs and messages.
 */
#include "atopdump/page/page_logs.h"

#include <inttypes.h>
#include <stdlib.h>

#include "atopdump/page/html_out.h"
#include "atopdump/report/sort_numbers.h"

#define SHOWN_MAX 200 /* messages of a kind in the table */

static const char *const words[] = { "Damage", "Gaps", "Notes" }; /* by number of a kind */

static uint64_t
count_all(const struct findings *f, enum finding_kind kind)
{
	uint64_t count = 0;

	for (uint32_t i = 0; i < f->logs.count; i++)
		count += findings_log_at(f, i)->count[kind];
	return count;
}

void
page_logs_put_warning(struct writer *out, const struct findings *f)
{
	const uint64_t count = count_all(f, FINDING_DAMAGE);

	if (count > 0)
		html_format(out,
		    "<p class=\"warn\"><strong>Damage:</strong> %" PRIu64
		    " part%s of the logs could not be read. What is shown "
		    "is what could be; <a href=\"#logs\">Logs and damage</a> says what is missing.</p>\n",
		    count, count == 1 ? "" : "s");
}

static int
compare_logs(const void *context, uint32_t a, uint32_t b)
{
	const struct findings *f = context;
	const struct finding_log *x = findings_log_at(f, a), *y = findings_log_at(f, b);
	const int differs = strings_compare(f->strings, x->file, y->file);

	return differs != 0 ? differs : x->part < y->part ? -1 : 1;
}

/* By kind, log, and the order in which they came. */
static int
compare_faults(const void *context, uint32_t a, uint32_t b)
{
	const struct findings *f = context;
	const struct finding *x = findings_at(f, a), *y = findings_at(f, b);

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->log != y->log)
		return compare_logs(f, x->log, y->log);
	return a < b ? -1 : 1;
}

static void
put_string(struct writer *out, const struct findings *f, uint32_t string)
{
	size_t size = 0;
	const char *text = string != STRING_NONE ? strings_get(f->strings, string, &size) : "";

	html_text(out, text, size);
}

static void
put_path(struct writer *out, const struct findings *f, const struct finding_log *log)
{
	html_markup(out, "<tr><th scope=\"row\">");
	put_string(out, f, log->file);
	if (log->part > 1)
		html_format(out, ", part %" PRIu64, log->part);
	html_markup(out, "</th>");
}

static void
put_log(struct writer *out, const struct findings *f, const struct finding_log *log)
{
	put_path(out, f, log);
	html_markup(out, "<td>");
	put_string(out, f, log->host);
	html_format(out, "</td><td>%s%s%s</td><td>%" PRIu64 "</td><td>",
	    log->release != NULL ? log->release->version : "", log->release != NULL ? ", " : "",
	    log->model != NULL ? log->model : "", log->nsamples);
	if (log->nsamples > 0)
		html_time(out, log->first);
	html_markup(out, "</td><td>");
	if (log->nsamples > 0)
		html_time(out, log->last);
	html_format(out, "</td><td>%" PRIu64 "</td><td>%" PRIu64 "</td></tr>\n", log->count[FINDING_DAMAGE],
	    log->count[FINDING_GAP]);
}

/* The messages of a kind, in the order of `order`. */
static void
put_kind(struct writer *out, const struct findings *f, const uint32_t *order, enum finding_kind kind)
{
	const uint64_t count = count_all(f, kind);
	uint64_t shown = 0;

	if (count == 0)
		return;
	html_format(out,
	    "<details%s><summary>%s: %" PRIu64 "</summary>\n<table><thead><tr><th scope=\"col\">Log</th>"
	    "<th scope=\"col\">%s</th></tr></thead><tbody>\n",
	    kind == FINDING_DAMAGE ? " open" : "", words[kind], count, words[kind]);
	for (uint32_t i = 0; i < f->list.count && shown < SHOWN_MAX; i++) {
		const struct finding *finding = findings_at(f, order[i]);

		if (finding->kind != kind)
			continue;
		put_path(out, f, findings_log_at(f, finding->log));
		html_markup(out, "<td>");
		put_string(out, f, finding->text);
		html_markup(out, "</td></tr>\n");
		shown++;
	}
	html_markup(out, "</tbody></table>\n");
	if (shown < count)
		html_format(out, "<p>%" PRIu64 " more are left out; standard error had all.</p>\n", count - shown);
	html_markup(out, "</details>\n");
}

static void
put_tables(struct writer *out, const struct findings *f, uint32_t *order)
{
	html_markup(out,
	    "<section aria-labelledby=\"logs\"><h2 id=\"logs\">Logs and damage</h2>\n<div class=\"w\"><table><thead><tr>"
	    "<th scope=\"col\">Log</th><th scope=\"col\">Host</th><th scope=\"col\">Recorded by atop</th>"
	    "<th scope=\"col\">Samples</th><th scope=\"col\">First</th><th scope=\"col\">Last</th>"
	    "<th scope=\"col\">Damage</th><th scope=\"col\">Gaps</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < f->logs.count; i++)
		order[i] = i;
	sort_numbers(order, f->logs.count, compare_logs, f);
	for (uint32_t i = 0; i < f->logs.count; i++)
		put_log(out, f, findings_log_at(f, order[i]));
	html_markup(out, "</tbody></table></div>\n");
	for (uint32_t i = 0; i < f->list.count; i++)
		order[i] = i;
	sort_numbers(order, f->list.count, compare_faults, f);
	for (enum finding_kind kind = 0; kind < FINDING_KINDS; kind++)
		put_kind(out, f, order, kind);
	html_markup(out, "</section>\n");
}

bool
page_logs_put(struct writer *out, const struct findings *f)
{
	const size_t count = f->logs.count > f->list.count ? f->logs.count : f->list.count;
	uint32_t *order = calloc(count + 1, sizeof *order);

	if (order == NULL)
		return false;
	put_tables(out, f, order);
	free(order);
	return true;
}
