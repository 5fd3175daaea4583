/*
 * lane: what is known of a process, in the words of a reader.
 */
#include "atopdump/page/lane.h"

#include "atopdump/page/amount.h"
#include "atopdump/page/html_out.h"

#define MICROSECONDS  1e6
#define NAME_SHOWN    60  /* bytes of a name, */
#define CMDLINE_SHOWN 100 /* and of a command line */
#define WIDTH_MIN     20  /* of a bar */

static void
put_string(struct writer *out, const struct gather *g, uint32_t string, size_t most)
{
	size_t size;
	const char *text;

	if (string == STRING_NONE)
		return;
	text = strings_get(&g->processes.strings, string, &size);
	html_cut_text(out, text, size, most);
}

static void
put_names(const struct frame *f, const struct gather *g, const struct process *one)
{
	const uint32_t name = process_last(&g->processes, one, TRAIT_NAME);
	const uint32_t cmdline = process_last(&g->processes, one, TRAIT_CMDLINE);
	size_t size = 0;

	if (name == STRING_NONE)
		html_markup(f->out, "?");
	put_string(f->out, g, name, NAME_SHOWN);
	if (cmdline != STRING_NONE)
		strings_get(&g->processes.strings, cmdline, &size);
	if (size > 0) {
		html_markup(f->out, "<small>");
		put_string(f->out, g, cmdline, CMDLINE_SHOWN);
		html_markup(f->out, "</small>");
	}
}

/* The real user. */
static void
put_user(const struct frame *f, const struct gather *g, const struct process *one)
{
	const uint32_t string = process_last(&g->processes, one, TRAIT_IDS);
	struct process_ids ids = { .known = 0 };
	size_t size = 0;

	if (string != STRING_NONE)
		memcpy(&ids, strings_get(&g->processes.strings, string, &size), sizeof ids);
	if ((ids.known & 1) != 0)
		html_format(f->out, "<td>%u</td>", (unsigned)ids.id[0]);
	else
		html_markup(f->out, "<td></td>");
}

static void
put_parent(const struct frame *f, const struct gather *g, const struct process *one)
{
	const uint32_t number = process_parent(&g->processes, one);

	html_markup(f->out, "<td>");
	if (number != PROCESS_NONE) {
		put_string(f->out, g,
		    process_value(&g->processes, processes_at(&g->processes, number), TRAIT_NAME, one->first_seen),
		    NAME_SHOWN);
		html_markup(f->out, " ");
	}
	if (one->has_ppid)
		html_format(f->out, "%d", (int)one->ppid);
	html_markup(f->out, "</td>");
}

/* --- the lane ----------------------------------------------------------------------------------------------------- */

/* When it was certainly there for the last time: its end, or the last sample that has it. */
static int64_t
last_time(const struct process *one)
{
	return one->exit_time == PROCESS_NO_TIME ? one->last_seen
	    : one->ended != PROCESS_NO_TIME      ? one->ended
						 : one->exit_time;
}

static void
put_bar(const struct frame *f, int x, int right, const char *what)
{
	html_format(f->out, "<rect x=\"%d\" y=\"3\" width=\"%d\" height=\"10\" class=\"%s\"/>", x,
	    right - x > WIDTH_MIN ? right - x : WIDTH_MIN, what);
}

static void
put_lane(const struct frame *f, const struct gather *g, const struct process *one)
{
	const bool exited = one->exit_time != PROCESS_NO_TIME;
	const int64_t start = process_start(one), vanished = process_vanished(&g->processes, one);
	const int x = frame_x(f, start > 0 ? start : one->first_seen), right = frame_x(f, last_time(one));

	html_format(f->out,
	    "<td class=\"z\"><svg viewBox=\"%d 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
	    "<use href=\"#l%u\"/>",
	    FRAME_LEFT, FRAME_RIGHT - FRAME_LEFT, FRAME_LANE, f->number);
	if (vanished != PROCESS_NO_TIME)
		put_bar(f, right, frame_x(f, vanished), "pale");
	put_bar(f, x, right, exited && one->status > 0 ? "bar bad" : "bar");
	if (exited)
		html_format(f->out, "<path d=\"M%d 0v%d\" class=\"end\"/>",
		    right - x > WIDTH_MIN ? right : x + WIDTH_MIN, FRAME_LANE);
	html_markup(f->out, "</svg></td>");
}

/* --- its end ------------------------------------------------------------------------------------------------------ */

static void
put_status(struct writer *out, int32_t status)
{
	if (status < 0)
		html_markup(out, ", how is not known");
	else if ((status & 127) != 0)
		html_format(out, ", signal %d%s", (int)(status & 127), (status & 128) != 0 ? ", dumped core" : "");
	else
		html_format(out, ", exit status %d", (int)(status >> 8 & 255));
}

static void
put_end(const struct frame *f, const struct gather *g, const struct process *one)
{
	const int64_t vanished = process_vanished(&g->processes, one);

	html_markup(f->out, "<td>");
	if (one->exit_time != PROCESS_NO_TIME) {
		html_time(f->out, last_time(one));
		put_status(f->out, one->status);
	} else if (vanished != PROCESS_NO_TIME) {
		html_markup(f->out, "unseen, after ");
		html_time(f->out, one->last_seen);
		html_markup(f->out, ", by ");
		html_time(f->out, vanished);
	} else if (one->last_seen == hosts_at(&g->processes.hosts, one->host)->latest) {
		html_markup(f->out,
		    one->host == f->section->hosts[f->section->nhosts - 1] ? "there at the end"
									   : "there in the last sample of its boot");
	} else {
		html_markup(f->out, "not known, after ");
		html_time(f->out, one->last_seen);
	}
	html_markup(f->out, "</td>");
}

void
lane_put(const struct frame *f, const struct gather *g, uint32_t process, uint32_t number)
{
	const struct process *one = processes_at(&g->processes, process);
	const int64_t start = process_start(one);
	const bool known = (one->sums_known & (1u << SUM_USER | 1u << SUM_SYSTEM)) != 0;
	char text[AMOUNT_MAX];

	html_format(f->out, "<tr id=\"p%u-%u\"><th scope=\"row\">", f->number, (unsigned)number);
	put_names(f, g, one);
	html_format(f->out, "</th><td>%d</td>", (int)one->pid);
	put_user(f, g, one);
	put_parent(f, g, one);
	put_lane(f, g, one);
	html_markup(f->out, "<td>");
	if (start > 0)
		html_time(f->out, start);
	html_markup(f->out, "</td>");
	put_end(f, g, one);
	amount_text(text, ((double)one->sums[SUM_USER] + (double)one->sums[SUM_SYSTEM]) / MICROSECONDS, AMOUNT_SECONDS);
	html_format(f->out, "<td>%s</td></tr>\n", known ? text : "");
}
