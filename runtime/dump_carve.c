/*
 * dump_carve: see dump_carve.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "carve.h"
#include "dump_carve.h"
#include "dump_walk.h"

/* What was found together: a header, if there is one, and records. */
struct run {
	struct dump_walk	*walk;
	struct carve		*carve;
	struct dump_plan	 plan;
	bool			 is_open;	/* the walk's sample is one of these records */
	struct layout		 layout;
};

static void
tell_run(const struct run *r)
{
	const struct carve *c = r->carve;
	char text[DUMP_MESSAGE_MAX];
	int used;

	used = snprintf(text, sizeof text, "from byte %" PRIu64 " on, records of atop %s, %s, %s-endian", c->offset,
	    c->layout.release->version, catalog_models[c->layout.model],
	    c->layout.order == ORDER_BIG ? "big" : "little");
	if (c->header != NULL)
		snprintf(text + used, sizeof text - (size_t)used, ", with a header at byte %" PRIu64, c->header_offset);
	r->walk->tell(r->walk->path, text);
}

static void
end_run(struct run *r)
{
	if (r->is_open)
		rawlog_sample_free(&r->walk->sample);
	r->is_open = false;
}

/* Records of another layout or host begin. */
static void
begin_run(struct run *r)
{
	const struct carve *c = r->carve;
	struct dump_walk *w = r->walk;
	const struct dump_format *format = w->dump->format;
	char why[DUMP_MESSAGE_MAX];
	struct dump_log log;
	int error;

	end_run(r);
	r->layout = c->layout;
	r->is_open = true;
	error = rawlog_sample_make(&w->sample, &r->layout);
	if (error != 0) {
		dump_walk_fail(w, error);
		return;
	}
	tell_run(r);
	log = (struct dump_log){w->path, &r->layout, &c->facts};
	if (!format->begin(w->dump, &log, why)) {
		w->tell(w->path, why);
		w->result = DUMP_FAILED;
		return;
	}
	if (c->header != NULL && format->wants(w->dump, c->layout.release->rawheader))
		format->put(w->dump, c->layout.release->rawheader, c->header, NULL);
	dump_plan_make(&r->plan, w->dump, c->layout.release);
	w->plan = &r->plan;
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
	int error;

	while (dump_walk_goes_on(w) && (result = carve_next(r->carve, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			show_record(r);
		else if (result == RAWLOG_DAMAGED)
			dump_walk_damage(w, &damage);
		else
			dump_walk_fail(w, error);
	}
	end_run(r);
	if (w->result == DUMP_OK && r->carve->count == 0) {
		w->tell(w->path, "there are no records in it");
		w->result = DUMP_REFUSED;
	}
}

enum dump_result
dump_carve(struct dump *d, const char *path, int fd, const struct choice *choice,
    void (*tell)(const char *path, const char *text))
{
	struct dump_walk w = {.dump = d, .trunk = d, .path = path, .tell = tell, .result = DUMP_OK};
	struct carve c;
	struct run r = {.walk = &w, .carve = &c};
	int error = carve_open(&c, fd, choice);

	if (error == 0)
		show_records(&r);
	else
		dump_walk_fail(&w, error);
	carve_close(&c);
	return w.result;
}
