/*
 * page: writes the parts in order. The page has no script, and its head forbids any; see style.h for what it allows.
 */
#include "atopdump/page/page.h"

#include "atopdump/page/html_out.h"
#include "atopdump/page/page_logs.h"
#include "atopdump/page/page_section.h"
#include "atopdump/page/sections.h"
#include "atopdump/page/style.h"

#define TITLE_HOSTS 3 /* names of hosts in the title */

static void
put_name(struct writer *out, const struct gather *g, const struct section *s)
{
	size_t size = 0;
	const char *name = s->name != STRING_NONE ? strings_get(&g->processes.strings, s->name, &size) : "";

	html_text(out, name, size);
	html_markup(out, size == 0 ? "unnamed host" : "");
	if (s->same > 0)
		html_format(out, " (%u)", s->same + 1);
}

static void
put_title(struct writer *out, const struct gather *g, const struct sections *s)
{
	html_markup(out, "atop report");
	for (size_t i = 0; i < s->count && i < TITLE_HOSTS; i++) {
		html_markup(out, i == 0 ? ": " : ", ");
		put_name(out, g, &s->list[i]);
	}
	if (s->count > TITLE_HOSTS)
		html_format(out, " and %zu more", s->count - TITLE_HOSTS);
}

static void
put_head(struct writer *out, const struct gather *g, const struct sections *s)
{
	html_markup(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" STYLE_HASH
	    "'; base-uri 'none'; form-action 'none'\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"generator\" content=\"atopdump " ATOPDUMP_VERSION "\">\n<title>");
	put_title(out, g, s);
	html_markup(out, "</title>\n<style>");
	style_put(out);
	html_markup(out, "</style>\n</head>\n");
}

/* Links to the parts of the page. */
static void
put_contents(struct writer *out, const struct gather *g, const struct sections *s)
{
	html_markup(out, "<nav aria-label=\"Contents\"><ul>\n");
	for (size_t i = 0; i < s->count; i++) {
		const unsigned n = (unsigned)i + 1;

		html_format(out, "<li><a href=\"#h%u\">", n);
		put_name(out, g, &s->list[i]);
		html_format(out,
		    "</a>: <a href=\"#c%u-1h\">charts</a>, <a href=\"#t%u\">top processes</a>, "
		    "<a href=\"#p%u\">processes</a>, <a href=\"#g%u\">gaps</a></li>\n",
		    n, n, n, n);
	}
	html_markup(out, "<li><a href=\"#logs\">Logs and damage</a></li>\n</ul></nav>\n");
}

static void
put_intro(struct writer *out, const struct gather *g, const struct sections *s, const struct page_about *about)
{
	html_markup(out, "<header><h1>");
	put_title(out, g, s);
	html_format(out, "</h1>\n<p>%u sample%s of %zu host%s, from %u log%s. Times are ",
	    (unsigned)g->samples.list.count, g->samples.list.count == 1 ? "" : "s", s->count, s->count == 1 ? "" : "s",
	    (unsigned)g->findings.logs.count, g->findings.logs.count == 1 ? "" : "s");
	html_words(out, about->zone != NULL ? about->zone : "UTC");
	html_markup(out, ". Written by atopdump " ATOPDUMP_VERSION ".</p>\n");
	page_logs_put_warning(out, &g->findings);
	if (s->count == 0)
		html_markup(out,
		    "<p class=\"warn\">There are no samples: the logs have none, or none in the time asked for.</p>\n");
	html_markup(out, "</header>\n");
}

static bool
put_sections(struct writer *out, struct gather *g, const struct sections *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const unsigned n = (unsigned)i + 1;

		html_format(out, "<section aria-labelledby=\"h%u\"><h2 id=\"h%u\">", n, n);
		put_name(out, g, &s->list[i]);
		html_markup(out, "</h2>\n");
		if (!page_section_put(out, g, s, i))
			return false;
		html_markup(out, "</section>\n");
	}
	return true;
}

bool
page_put(struct writer *out, struct gather *g, const struct page_about *about)
{
	struct sections sections;
	bool done;

	if (!processes_finish(&g->processes) || !sections_make(&sections, g))
		return false;
	put_head(out, g, &sections);
	html_markup(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the charts</a>\n");
	put_intro(out, g, &sections, about);
	put_contents(out, g, &sections);
	html_markup(out, "<main id=\"main\">\n");
	done = put_sections(out, g, &sections) && page_logs_put(out, &g->findings);
	html_markup(out, "</main>\n</body>\n</html>\n");
	sections_free(&sections);
	return done;
}
