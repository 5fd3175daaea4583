/*
 * dump_carve: see dump_carve.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump_carve.h"
#include "atopdump/dump/dump_walk.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/carve.h"

#define NAMES_MAX	256		/* bytes for the names of releases */

/* What was found together: a header, if there is one, and records. */
struct run {
	struct dump_walk	*walk;
	struct carve		*carve;
	struct dump_plan	 plan;
	struct layout		 layout;
};

static void
tell_run(const struct run *r)
{
	const struct carve *c = r->carve;
	char text[DUMP_MESSAGE_MAX], names[NAMES_MAX];
	int used;

	alike_names(names, sizeof names, c->fits, c->nfits);
	used = snprintf(text, sizeof text, "from byte %" PRIu64 " on, records of atop %s, %s, %s-endian", c->offset, names,
	    catalog_models[c->layout.model], c->layout.order == ORDER_BIG ? "big" : "little");
	if (c->header != NULL)
		snprintf(text + used, sizeof text - (size_t)used, ", with a header at byte %" PRIu64, c->header_offset);
	else
		snprintf(text + used, sizeof text - (size_t)used, ", without a header: their host is unknown%s%s",
		    c->nfits > 1 ? "; shown as of " : "", c->nfits > 1 ? c->layout.release->version : "");
	r->walk->tell(r->walk->path, text);
}

/* An extent begins. */
static void
begin_run(struct run *r)
{
	static const char *const sure[] = {
		[CARVE_HEADED] = "header", [CARVE_RELEASE] = "release", [CARVE_ALIKE] = "lengths",
	};
	const struct carve *c = r->carve;
	const struct format_log log = {
		.file = r->walk->path, .part = 1, .release = c->layout.release, .model = catalog_models[c->layout.model],
		.order = c->layout.order, .host = c->facts.host, .host_size = c->facts.host_size,
		.sure = sure[c->sure], .fits = c->fits, .nfits = c->sure == CARVE_ALIKE ? c->nfits : 0,
	};

	r->layout = c->layout;
	r->walk->notes->log = 0;	/* another log than the extent before, as far as anybody knows */
	tell_run(r);
	if (dump_walk_begin(r->walk, &r->layout, &log, &r->plan))
		dump_walk_header(r->walk, c->header);
}

/* The record just found. */
static void
show_record(struct run *r)
{
	struct dump_walk *w = r->walk;
	int error;

	if (r->carve->begins)
		begin_run(r);
	if (!dump_walk_goes_on(w))
		return;
	if (carve_take(r->carve, &w->sample, &error) == RAWLOG_OK)
		dump_walk_sample(w);
	else
		dump_walk_fail(w, error);
}

static void
show_records(struct run *r)
{
	struct dump_walk *w = r->walk;
	struct rawlog_damage damage;
	enum rawlog_result result;
	char text[DUMP_MESSAGE_MAX];
	int error;

	while (dump_walk_goes_on(w) && (result = carve_next(r->carve, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			show_record(r);
		else if (result == RAWLOG_DAMAGED)
			dump_walk_damage(w, &damage);
		else
			dump_walk_fail(w, error);
	}
	if (w->result == RAWLOG_OK && r->carve->count == 0) {
		carve_explain(r->carve, text, sizeof text);
		dump_walk_end(w, RAWLOG_REFUSED, text);
	}
}

void
dump_carve(struct dump_walk *w, int fd, const struct choice *choice)
{
	struct carve c;
	struct run r = {.walk = w, .carve = &c};
	int error = carve_open(&c, fd, choice);

	if (error == 0)
		show_records(&r);
	else
		dump_walk_fail(w, error);
	carve_close(&c);
}
