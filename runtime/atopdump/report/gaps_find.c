/*
 * gaps_find: compares the samples of each host, and the boots of each machine, when all logs are taken.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/gaps.h"
#include "atopdump/report/sort_numbers.h"

#define SLACK      2 /* seconds between two samples beyond the interval that are no gap */
#define REASON_MAX 160

/* --- orders ------------------------------------------------------------------------------------------------------ */

/* Whether two hosts can be boots of one machine: 0; else which comes first. */
static int
compare_machines(const struct gaps *g, uint32_t a, uint32_t b)
{
	const struct host *x = hosts_at(&g->hosts, a), *y = hosts_at(&g->hosts, b);
	int differs = strings_compare(&g->strings, x->name, y->name);

	if (differs == 0)
		differs = strings_compare(&g->strings, x->machine, y->machine);
	return differs != 0 || g->hosts.by != HOST_BY_DIR ? differs : strings_compare(&g->strings, x->dir, y->dir);
}

/* By machine, boot and kernel. */
static int
compare_hosts(const struct gaps *g, uint32_t a, uint32_t b)
{
	const struct host *x, *y;
	int differs;

	if (a == b)
		return 0;
	if (a == HASH_INDEX_END || b == HASH_INDEX_END)
		return a == HASH_INDEX_END ? 1 : -1;
	differs = compare_machines(g, a, b);
	if (differs != 0)
		return differs;
	x = hosts_at(&g->hosts, a);
	y = hosts_at(&g->hosts, b);
	if (x->earliest != y->earliest)
		return x->earliest < y->earliest ? -1 : 1;
	differs = strings_compare(&g->strings, x->kernel, y->kernel);
	return differs != 0 ? differs : a < b ? -1 : 1;
}

static int
compare_samples(const void *context, uint32_t a, uint32_t b)
{
	const struct gaps *g = context;
	const struct gap_sample *x = gaps_sample(g, a), *y = gaps_sample(g, b);
	const int differs = compare_hosts(g, x->host, y->host);

	if (differs != 0)
		return differs;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->since_boot != y->since_boot)
		return x->since_boot ? -1 : 1;
	return a < b ? -1 : 1;
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* By host, time and kind; of one log by offset. */
static int
compare_gaps(const void *context, uint32_t a, uint32_t b)
{
	const struct gaps *g = context;
	const struct gap *x = gaps_at(g, a), *y = gaps_at(g, b);
	int differs = compare_hosts(g, x->host, y->host);

	if (differs == 0)
		differs = compare_numbers(x->from, y->from);
	if (differs == 0)
		differs = (int)x->kind - (int)y->kind;
	if (differs == 0 && x->file != y->file)
		differs = x->file == STRING_NONE || y->file == STRING_NONE
		    ? compare_numbers(x->file, y->file)
		    : strings_compare(&g->strings, x->file, y->file);
	if (differs == 0)
		differs = (x->offset > y->offset) - (x->offset < y->offset);
	return differs != 0 ? differs : a < b ? -1 : 1;
}

/* --- between samples --------------------------------------------------------------------------------------------- */

static struct gap *
add_between(struct gaps *g, enum gap_kind kind, uint32_t before, uint32_t after, const char *reason)
{
	const struct gap_sample *a = gaps_sample(g, before), *b = gaps_sample(g, after);
	const uint32_t text = strings_add(&g->strings, reason, strlen(reason));
	struct gap *gap = text != STRING_NONE ? chunks_add(&g->list) : NULL;

	g->failed = g->failed || gap == NULL;
	if (gap != NULL)
		*gap = (struct gap){ .kind = kind,
			.host = b->host,
			.from = a->time,
			.to = b->time,
			.before = before,
			.after = after,
			.interval = b->interval,
			.file = b->file,
			.offset = GAP_NO_OFFSET,
			.reason = text };
	return gap;
}

static int
compare_uint32(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The most frequent interval of the samples order[first] to order[end - 1]; 0: none has one. */
static uint32_t
find_usual(const struct gaps *g, const uint32_t *order, size_t first, size_t end, uint32_t *scratch)
{
	size_t n = 0, best = 0, run = 0;
	uint32_t usual = 0;

	for (size_t i = first; i < end; i++)
		if (!gaps_sample(g, order[i])->since_boot)
			scratch[n++] = gaps_sample(g, order[i])->interval;
	qsort(scratch, n, sizeof *scratch, compare_uint32);
	for (size_t i = 0; i < n; i++) {
		run = i > 0 && scratch[i] == scratch[i - 1] ? run + 1 : 1;
		if (run > best) {
			best = run;
			usual = scratch[i];
		}
	}
	return usual;
}

/* Whether both are of one log. What is between two of its records, unless a run begins, is said by rawlog. */
static bool
is_one_log(const struct gap_sample *a, const struct gap_sample *b)
{
	return a->file == b->file && a->part == b->part;
}

/* Compares two samples of a host, between which no log has one. */
static void
compare_pair(struct gaps *g, uint32_t before, uint32_t after, uint32_t usual)
{
	const struct gap_sample *a = gaps_sample(g, before), *b = gaps_sample(g, after);
	char reason[REASON_MAX];
	struct gap *gap;

	if (b->since_boot) {
		if (b->time - a->time <= (int64_t)usual + SLACK)
			return;
		snprintf(reason, sizeof reason,
		    "a run of atop begins: before it atop did not run, or its log is not here");
		gap = add_between(g, GAP_UNRECORDED, before, after, reason);
		if (gap != NULL)
			gap->interval = usual;
		return;
	}
	if (is_one_log(a, b) || b->interval == 0 || b->time - (int64_t)b->interval <= a->time + SLACK)
		return;
	snprintf(reason, sizeof reason, "the sample after it covers only %" PRIu32 " s: samples are in no log",
	    b->interval);
	add_between(g, GAP_MISSING, before, after, reason);
}

/* Compares the samples order[first] to order[end - 1] of a host. */
static void
compare_host(struct gaps *g, const uint32_t *order, size_t first, size_t end, uint32_t *scratch)
{
	const uint32_t usual = find_usual(g, order, first, end, scratch);

	for (size_t i = first + 1; i < end; i++)
		if (gaps_sample(g, order[i])->time > gaps_sample(g, order[i - 1])->time)
			compare_pair(g, order[i - 1], order[i], usual);
}

/* Compares the last sample of a boot with the first one of the next boot of a machine of that name. */
static void
compare_boots(struct gaps *g, uint32_t before, uint32_t after)
{
	const struct gap_sample *a = gaps_sample(g, before), *b = gaps_sample(g, after);
	const int64_t boot = hosts_at(&g->hosts, b->host)->earliest;

	if (compare_machines(g, a->host, b->host) != 0 || boot == HOST_NO_TIME || boot + SLACK < a->time)
		return;
	add_between(g, GAP_REBOOT, before, after, "the machine was started in between");
}

static bool
compare_all(struct gaps *g)
{
	const size_t most = g->samples.count + (size_t)1;
	uint32_t *order = malloc(most * sizeof *order), *scratch = malloc(most * sizeof *scratch);
	size_t count = 0;

	for (uint32_t i = 0; order != NULL && i < g->samples.count; i++)
		if (!gaps_sample(g, i)->copy)
			order[count++] = i;
	if (order != NULL && scratch != NULL) {
		sort_numbers(order, count, compare_samples, g);
		for (size_t first = 0, end = 0; first < count; first = end) {
			while (end < count && gaps_sample(g, order[end])->host == gaps_sample(g, order[first])->host)
				end++;
			compare_host(g, order, first, end, scratch);
			if (first > 0)
				compare_boots(g, order[first - 1], order[first]);
		}
	}
	g->failed = g->failed || order == NULL || scratch == NULL;
	free(order);
	free(scratch);
	return !g->failed;
}

bool
gaps_finish(struct gaps *g)
{
	if (g->failed || !compare_all(g))
		return false;
	g->order = malloc((g->list.count + (size_t)1) * sizeof *g->order);
	for (uint32_t i = 0; g->order != NULL && i < g->list.count; i++)
		g->order[i] = i;
	if (g->order != NULL)
		sort_numbers(g->order, g->list.count, compare_gaps, g);
	return g->order != NULL;
}
