/*
 * dump: see dump.h. The logs one after the other, in the thread that asks for it.
 */
#include "atopdump/dump/dump.h"
#include "atopdump/dump/dump_carve.h"
#include "atopdump/dump/dump_spread.h"
#include "atopdump/dump/dump_walk.h"

/* Who writes the log is waited for: all that there is of it so far is shown. */
static void
show_now(void *context)
{
	const struct dump_walk *w = context;

	formatter_flush(w->formatter);
}

/* The log that is open as `fd`, or could not be. */
static void
dump_log(struct dump_walk *w, int fd, const struct choice *choice)
{
	struct rawlog *log = dump_walk_open(w, fd, choice);
	struct dump_plan plan;

	if (log == NULL)
		return;
	rawlog_on_wait(log, show_now, w);
	if (dump_walk_log(w, log, &plan))
		dump_walk_samples(w, log, &plan);
	rawlog_close(log);
}

enum rawlog_result
dump_logs(struct formatter *f, const struct dump_options *options, struct inputs *in, const struct choice *choice,
    void (*tell)(const char *path, const char *text))
{
	struct dump_notes notes = {0, 0};
	struct dump_walk w = {.formatter = f, .options = options, .tell = tell, .notes = &notes};
	enum rawlog_result worst = RAWLOG_OK;

	if (dump_spread(f, options, in, choice, tell, &worst))
		return worst;
	while (in->next < in->count && dump_walk_wants_more(&w)) {
		w.path = in->paths[in->next];
		w.log = (uint64_t)(in->next + 1) << 32;
		w.result = RAWLOG_OK;
		if (options->carve)
			dump_carve(&w, inputs_take(in), choice);
		else
			dump_log(&w, inputs_take(in), choice);
		if (w.result > worst)
			worst = w.result;
	}
	rawlog_sample_free(&w.sample);
	return worst;
}
