/*
 * dump_carve: passes the extents and records that carve finds to the walk.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_carve.h"
#include "atopdump/dump/dump_report.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/carve.h"

#define NAMES_MAX 256 /* bytes for the names of releases */

/* Records that follow one another directly, and their header if there is one. */
struct extent {
	struct dump_walk *walk;
	struct carve *carve;
	struct plan plan;
	struct layout layout;
};

static void
report_extent(const struct extent *e)
{
	const struct carve *c = e->carve;
	char text[REPORT_MAX], names[NAMES_MAX];
	int used;

	alike_names(names, sizeof names, c->fits, c->nfits);
	used = snprintf(text, sizeof text, "from byte %" PRIu64 " on, records of atop %s, %s, %s-endian", c->offset,
	    names, catalog_models[c->layout.model], c->layout.order == ORDER_BIG ? "big" : "little");
	if (c->header != NULL)
		snprintf(text + used, sizeof text - (size_t)used, ", with a header at byte %" PRIu64, c->header_offset);
	else
		snprintf(text + used, sizeof text - (size_t)used, ", without a header: their host is unknown%s%s",
		    c->nfits > 1 ? "; shown as of " : "", c->nfits > 1 ? c->layout.release->version : "");
	e->walk->report(e->walk->path, text);
}

static void
begin_extent(struct extent *e)
{
	static const char *const sure[] = {
		[CARVE_HEADED] = "header",
		[CARVE_RELEASE] = "release",
		[CARVE_ALIKE] = "lengths",
	};
	const struct carve *c = e->carve;
	const struct format_log log = {
		.file = e->walk->path,
		.part = 1,
		.release = c->layout.release,
		.model = catalog_models[c->layout.model],
		.order = c->layout.order,
		.host = c->facts.host,
		.host_size = c->facts.host_size,
		.sure = sure[c->sure],
		.fits = c->fits,
		.nfits = c->sure == CARVE_ALIKE ? c->nfits : 0,
	};

	e->layout = c->layout;
	e->walk->notes->log = 0; /* it may be another log than the extent before */
	report_extent(e);
	if (dump_walk_begin(e->walk, &e->layout, &log, &e->plan))
		dump_walk_header(e->walk, c->header);
}

/* Shows the record just found. */
static void
show_record(struct extent *e)
{
	struct dump_walk *w = e->walk;
	int error;

	if (e->carve->begins)
		begin_extent(e);
	if (!dump_walk_continues(w))
		return;
	if (carve_take(e->carve, &w->sample, &error) == RAWLOG_OK)
		dump_walk_sample(w);
	else
		dump_report_failure(w, error);
}

static void
show_records(struct extent *e)
{
	struct dump_walk *w = e->walk;
	struct rawlog_damage damage;
	enum rawlog_result result;
	char text[REPORT_MAX];
	int error;

	while (dump_walk_continues(w) && (result = carve_next(e->carve, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			show_record(e);
		else if (result == RAWLOG_DAMAGED)
			dump_report_damage(w, &damage);
		else
			dump_report_failure(w, error);
	}
	if (w->result == RAWLOG_OK && e->carve->count == 0) {
		carve_explain(e->carve, text, sizeof text);
		dump_report_end(w, RAWLOG_REFUSED, text);
	}
}

void
dump_carve(struct dump_walk *w, int fd, const struct choice *choice)
{
	struct carve c;
	struct extent e = { .walk = w, .carve = &c };
	int error = carve_open(&c, fd, choice);

	if (error == 0)
		show_records(&e);
	else
		dump_report_failure(w, error);
	carve_close(&c);
}
