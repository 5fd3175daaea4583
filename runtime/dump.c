/*
 * dump: see dump.h. One log from its header to its end, into one format, in the thread that asks for it.
 */
#include <string.h>

#include "dump.h"
#include "dump_spread.h"
#include "dump_walk.h"

static void
dump_samples(struct dump_walk *w, struct rawlog *log)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (dump_walk_goes_on(w) && (result = rawlog_next(log, &w->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			dump_walk_sample(w);
		else if (result == RAWLOG_DAMAGED)
			dump_walk_damage(w, &damage);
		else
			dump_walk_fail(w, error);
	}
}

/* The open log. */
static void
dump_log(struct dump_walk *w, struct rawlog *log, struct dump_plan *plan)
{
	const struct dump_format *format = w->dump->format;
	const struct catalog_release *release = rawlog_layout(log)->release;
	const struct dump_log told = {w->path, rawlog_layout(log), rawlog_facts(log)};
	char why[DUMP_MESSAGE_MAX];
	int error;

	if (!format->begin(w->dump, &told, why)) {
		w->tell(w->path, why);
		w->result = DUMP_FAILED;
		return;
	}
	if (rawlog_header(log) != NULL && format->wants(w->dump, release->rawheader))
		format->put(w->dump, release->rawheader, rawlog_header(log), NULL);
	dump_plan_make(plan, w->dump, release);
	w->plan = plan;
	error = rawlog_sample_init(&w->sample, log);
	if (error != 0)
		dump_walk_fail(w, error);
	else if (!dump_spread(w, log))
		dump_samples(w, log);
	rawlog_sample_free(&w->sample);
}

enum dump_result
dump_file(struct dump *d, const char *path, int fd, const struct choice *choice,
    void (*tell)(const char *path, const char *text))
{
	struct dump_walk w = {.dump = d, .trunk = d, .path = path, .tell = tell, .result = DUMP_OK};
	struct dump_plan plan;
	struct rawlog_error error;
	struct rawlog *log;

	switch (rawlog_open_fd(&log, fd, choice, &error)) {
	case RAWLOG_OK:
		dump_log(&w, log, &plan);
		rawlog_close(log);
		return w.result;
	case RAWLOG_REFUSED:
		tell(path, error.refusal);
		return DUMP_REFUSED;
	default:
		tell(path, strerror(error.error));
		return DUMP_FAILED;
	}
}
