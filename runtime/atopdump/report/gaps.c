/*
 * gaps: takes what the walk over each log finds, and owns the lists.
 */
#include "atopdump/report/gaps.h"

#include <stdlib.h>
#include <string.h>

const char *const gap_words[GAP_KINDS] = { "unrecorded", "missing", "reboot", "clock", "sequence", "damage",
	"truncated" };

void
gaps_init(struct gaps *g, enum host_by by)
{
	*g = (struct gaps){ .samples = { .size = sizeof(struct gap_sample) },
		.list = { .size = sizeof(struct gap) },
		.last = GAP_NO_SAMPLE };
	strings_init(&g->strings);
	hosts_init(&g->hosts, by);
}

void
gaps_free(struct gaps *g)
{
	strings_free(&g->strings);
	hosts_free(&g->hosts);
	chunks_free(&g->samples);
	chunks_free(&g->list);
	free(g->order);
}

static uint32_t
add_string(struct gaps *g, const char *bytes, size_t size)
{
	const uint32_t string = strings_add(&g->strings, bytes, size);

	g->failed = g->failed || string == STRING_NONE;
	return string;
}

static uint32_t
add_text(struct gaps *g, const struct facts_text *text)
{
	return add_string(g, text->bytes, text->known ? text->size : 0);
}

/* Begins a log, unless it is the current one. */
static void
begin_log(struct gaps *g, const struct log_facts *facts)
{
	const uint32_t file = add_string(g, facts->file, strlen(facts->file));

	if (file == g->file && facts->part == g->part)
		return;
	g->file = file;
	g->part = (uint32_t)facts->part;
	g->boot = HOST_NO_TIME;
	g->last = GAP_NO_SAMPLE;
	g->waiting = g->list.count;
}

static uint32_t
find_host(struct gaps *g, const struct log_facts *facts)
{
	const char *slash = strrchr(facts->file, '/');
	struct host host = { .boot = g->boot };
	uint32_t number;

	host.name = add_text(g, &facts->host);
	host.machine = add_text(g, &facts->machine);
	host.kernel = add_text(g, &facts->kernel);
	host.dir = add_string(g, facts->file, slash != NULL ? (size_t)(slash - facts->file) : 0);
	number = g->failed ? HASH_INDEX_END : hosts_find(&g->hosts, &host);
	g->failed = g->failed || number == HASH_INDEX_END;
	return number;
}

/* A new gap, whose kind the caller sets. NULL: out of memory. */
static struct gap *
add_gap(struct gaps *g)
{
	struct gap *gap = chunks_add(&g->list);

	g->failed = g->failed || gap == NULL;
	if (gap == NULL)
		return NULL;
	*gap = (struct gap){ .host = HASH_INDEX_END,
		.from = HOST_NO_TIME,
		.to = HOST_NO_TIME,
		.before = GAP_NO_SAMPLE,
		.after = GAP_NO_SAMPLE,
		.offset = GAP_NO_OFFSET };
	return gap;
}

static void
note_clock(struct gaps *g, uint32_t before, uint32_t after)
{
	static const char reason[] = "the clock was set back";
	const struct gap_sample *a = gaps_sample(g, before), *b = gaps_sample(g, after);
	struct gap *gap;

	if (b->time >= a->time || (gap = add_gap(g)) == NULL)
		return;
	gap->kind = GAP_CLOCK;
	gap->host = b->host;
	gap->from = a->time;
	gap->to = b->time;
	gap->before = before;
	gap->after = after;
	gap->interval = b->interval;
	gap->file = b->file;
	gap->reason = add_string(g, reason, sizeof reason - 1);
}

/* Tells the losses before this sample of the log what follows them. */
static void
end_losses(struct gaps *g, uint32_t after)
{
	const struct gap_sample *s = gaps_sample(g, after);

	for (uint32_t i = g->waiting; i < g->list.count; i++) {
		struct gap *gap = gaps_at(g, i);

		if (gap->after != GAP_NO_SAMPLE)
			continue;
		gap->after = after;
		gap->host = s->host;
		gap->to = gap->kind == GAP_DAMAGE || gap->to == HOST_NO_TIME ? s->time : gap->to;
	}
	g->waiting = g->list.count;
}

/* Notes whether the host has a sample like it. */
static void
note_copy(struct gaps *g, struct gap_sample *s)
{
	const struct host_sample sample = { .time = s->time, .interval = s->interval, .since_boot = s->since_boot };
	bool is_new;

	if (!host_sample_add(hosts_at(&g->hosts, s->host), &sample, &is_new))
		g->failed = true;
	s->copy = !is_new;
}

void
gaps_take_sample(void *context, const struct log_facts *facts, const struct rawlog_sample *sample)
{
	struct gaps *g = context;
	const uint64_t interval = rawlog_sample_interval(sample);
	struct gap_sample *s;
	uint32_t before;

	begin_log(g, facts);
	if (rawlog_sample_since_boot(sample))
		g->boot = interval > 0 && interval <= INT32_MAX ? rawlog_sample_time(sample) - (int64_t)interval
								: HOST_NO_TIME;
	s = chunks_add(&g->samples);
	g->failed = g->failed || s == NULL;
	if (s == NULL)
		return;
	*s = (struct gap_sample){ .time = rawlog_sample_time(sample),
		.interval = interval < UINT32_MAX ? (uint32_t)interval : UINT32_MAX,
		.host = find_host(g, facts),
		.file = g->file,
		.number = (uint32_t)rawlog_sample_number(sample),
		.part = g->part,
		.since_boot = rawlog_sample_since_boot(sample) };
	if (s->host == HASH_INDEX_END)
		return;
	note_copy(g, s);
	before = g->last;
	g->last = g->samples.count - 1;
	end_losses(g, g->last);
	if (before != GAP_NO_SAMPLE)
		note_clock(g, before, g->last);
	g->waiting = g->list.count;
}

/* The gap is before the sample of that number, which was taken already: it is reported when the next record is known. */
static void
set_taken(struct gaps *g, struct gap *gap, uint64_t number)
{
	const struct gap_sample *after = g->last != GAP_NO_SAMPLE ? gaps_sample(g, g->last) : NULL, *before;

	if (after == NULL || after->number != number)
		return;
	gap->after = g->last;
	gap->before = GAP_NO_SAMPLE;
	if (number == 0)
		return;
	before = gaps_sample(g, g->last - 1);
	if (before->file == after->file && before->part == after->part)
		gap->before = g->last - 1;
}

void
gaps_take_loss(void *context, const struct log_facts *facts, const struct rawlog_damage *damage)
{
	struct gaps *g = context;
	struct gap *gap;

	begin_log(g, facts);
	gap = add_gap(g);
	if (gap == NULL)
		return;
	gap->kind = damage->kind == DAMAGE_NONE ? GAP_SEQUENCE
	    : damage->kind == DAMAGE_TRUNCATED  ? GAP_TRUNCATED
						: GAP_DAMAGE;
	gap->before = g->last;
	if (g->last != GAP_NO_SAMPLE) {
		gap->from = gaps_sample(g, g->last)->time;
		gap->host = gaps_sample(g, g->last)->host;
	}
	if (gap->kind == GAP_SEQUENCE) {
		gap->from = damage->from == RAWLOG_NO_TIME ? HOST_NO_TIME : damage->from;
		gap->to = damage->to == RAWLOG_NO_TIME ? HOST_NO_TIME : damage->to;
		gap->interval = damage->interval;
		set_taken(g, gap, damage->sample);
	}
	gap->file = g->file;
	gap->offset = damage->offset;
	gap->length = damage->length;
	gap->reason = add_string(g, damage->reason, strlen(damage->reason));
}

void
gaps_take_end(void *context, const struct log_facts *facts)
{
	struct gaps *g = context;

	begin_log(g, facts);
	g->waiting = g->list.count;
	g->file = STRING_NONE;
}
