/*
 * sections: sorts hosts by name and time, and joins those that follow each other.
 */
#include "atopdump/page/sections.h"

#include <stdlib.h>

#include "atopdump/report/sort_numbers.h"

#define SLACK 2 /* seconds between two samples that are no gap; between two boot times that are one */

/* What is sorted. */
struct sorting {
	const struct gather *g;
	const struct sections *sections;
	int64_t *first, *last; /* times of the samples of each host */
};

/* --- hosts -------------------------------------------------------------------------------------------------------- */

static const struct host *
host_at(const struct gather *g, uint32_t number)
{
	return hosts_at(&g->processes.hosts, number);
}

/* By what makes them one machine. */
static int
compare_machines(const struct gather *g, uint32_t a, uint32_t b)
{
	const struct strings *strings = &g->processes.strings;
	const struct host *x = host_at(g, a), *y = host_at(g, b);
	int differs = strings_compare(strings, x->name, y->name);

	differs = differs != 0 ? differs : strings_compare(strings, x->machine, y->machine);
	return differs != 0 || g->processes.hosts.by != HOST_BY_DIR ? differs
								    : strings_compare(strings, x->dir, y->dir);
}

static int
compare_hosts(const void *context, uint32_t a, uint32_t b)
{
	const struct sorting *s = context;
	const struct strings *strings = &s->g->processes.strings;
	const struct host *x = host_at(s->g, a), *y = host_at(s->g, b);
	int differs = compare_machines(s->g, a, b);

	if (differs != 0)
		return differs;
	if (s->first[a] != s->first[b])
		return s->first[a] < s->first[b] ? -1 : 1;
	if (s->last[a] != s->last[b])
		return s->last[a] < s->last[b] ? -1 : 1;
	if (x->earliest != y->earliest)
		return x->earliest < y->earliest ? -1 : 1;
	differs = strings_compare(strings, x->kernel, y->kernel);
	return differs != 0 ? differs : a < b ? -1 : 1;
}

static void
find_times(struct sorting *s)
{
	const struct samples *samples = &s->g->samples;

	for (uint32_t i = 0; i < s->g->processes.hosts.list.count; i++) {
		s->first[i] = INT64_MAX;
		s->last[i] = INT64_MIN;
	}
	for (uint32_t i = 0; i < samples->list.count; i++) {
		const struct sample *sample = samples_at(samples, i);

		if (sample->time < s->first[sample->host])
			s->first[sample->host] = sample->time;
		if (sample->time > s->last[sample->host])
			s->last[sample->host] = sample->time;
	}
}

/* The section that a host continues, of those of its machine; else a new one. */
static uint32_t
find_section(struct sections *s, const struct sorting *sorting, uint32_t host, const uint32_t *last_host)
{
	size_t first = s->count;
	struct section *added = &s->list[s->count];

	while (first > 0 && compare_machines(sorting->g, last_host[first - 1], host) == 0)
		first--;
	for (size_t i = first; i < s->count; i++)
		if (sorting->last[last_host[i]] < sorting->first[host])
			return (uint32_t)i;
	*added = (struct section){ .name = host_at(sorting->g, host)->name,
		.machine = host_at(sorting->g, host)->machine,
		.same = (unsigned)(s->count - first) };
	return (uint32_t)s->count++;
}

/* Gives each host, in the order of `order`, its section. `last_host` has the latest host of each section. */
static void
join_hosts(struct sections *s, const struct sorting *sorting, const uint32_t *order, uint32_t *last_host)
{
	const uint32_t count = sorting->g->processes.hosts.list.count;
	size_t used = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t host = order[i];

		if (sorting->first[host] > sorting->last[host]) /* no sample */
			continue;
		s->of_host[host] = find_section(s, sorting, host, last_host);
		last_host[s->of_host[host]] = host;
		s->list[s->of_host[host]].nhosts++;
	}
	for (size_t i = 0; i < s->count; i++) {
		s->list[i].hosts = s->hosts + used;
		used += s->list[i].nhosts;
		s->list[i].nhosts = 0;
	}
	for (uint32_t i = 0; i < count; i++)
		if (sorting->first[order[i]] <= sorting->last[order[i]]) {
			struct section *section = &s->list[s->of_host[order[i]]];

			section->hosts[section->nhosts++] = order[i];
		}
}

/* --- samples ------------------------------------------------------------------------------------------------------ */

static int
compare_samples(const void *context, uint32_t a, uint32_t b)
{
	const struct sorting *s = context;
	const struct sample *x = samples_at(&s->g->samples, a), *y = samples_at(&s->g->samples, b);
	const uint32_t i = s->sections->of_host[x->host], k = s->sections->of_host[y->host];

	if (i != k)
		return i < k ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->since_boot != y->since_boot)
		return x->since_boot ? 1 : -1;
	if (x->interval != y->interval)
		return x->interval < y->interval ? -1 : 1;
	return a < b ? -1 : 1; /* equal in all that is shown, or of one host, which has each sample once */
}

/* When the machine was booted, as the first sample of a run of atop states it. */
static int64_t
boot_of(const struct sample *s)
{
	return s->since_boot && s->interval > 0 ? s->time - (int64_t)s->interval : HOST_NO_TIME;
}

/* Whether two boots are known, and differ. */
static bool
is_other_boot(int64_t a, int64_t b)
{
	return a != HOST_NO_TIME && b != HOST_NO_TIME && (a > b ? a - b : b - a) > SLACK;
}

/* Fills in the moments of a section from its samples. */
static void
fill_moments(struct section *section, const struct samples *samples, const uint32_t *order)
{
	int64_t boot = HOST_NO_TIME;

	for (size_t i = 0; i < section->nmoments; i++) {
		const struct sample *sample = samples_at(samples, order[i]);
		struct moment *m = &section->moments[i];
		const int64_t own = boot_of(sample), from = sample->time - (int64_t)sample->interval;

		*m = (struct moment){ sample->time, order[i], .apart = sample->since_boot,
			.boots = is_other_boot(boot, own) };
		boot = own != HOST_NO_TIME ? own : boot;
		m->gap = i == 0 || m->apart || (sample->interval > 0 && from > m[-1].time + SLACK);
	}
	section->end = section->moments[section->nmoments - 1].time;
	section->begin = section->moments[0].time -
	    (section->moments[0].apart ? 0 : (int64_t)samples_at(samples, order[0])->interval);
}

static void
fill(struct sections *s, const struct gather *g, const uint32_t *order)
{
	size_t used = 0;

	for (uint32_t i = 0; i < g->samples.list.count; i++)
		s->list[s->of_host[samples_at(&g->samples, i)->host]].nmoments++;
	for (size_t i = 0; i < s->count; i++) {
		s->list[i].moments = s->moments + used;
		fill_moments(&s->list[i], &g->samples, order + used);
		used += s->list[i].nmoments;
	}
}

static void
make(struct sections *s, struct sorting *sorting, uint32_t *order, uint32_t *last_host)
{
	const struct gather *g = sorting->g;
	const uint32_t nhosts = g->processes.hosts.list.count, nsamples = g->samples.list.count;

	find_times(sorting);
	for (uint32_t i = 0; i < nhosts; i++)
		order[i] = i;
	sort_numbers(order, nhosts, compare_hosts, sorting);
	join_hosts(s, sorting, order, last_host);
	for (uint32_t i = 0; i < nsamples; i++)
		order[i] = i;
	sort_numbers(order, nsamples, compare_samples, sorting);
	fill(s, g, order);
}

bool
sections_make(struct sections *s, const struct gather *g)
{
	const size_t nhosts = g->processes.hosts.list.count + (size_t)1, nsamples = g->samples.list.count + (size_t)1;
	struct sorting sorting = { .g = g, .sections = s };
	uint32_t *order, *last_host;
	bool done;

	*s = (struct sections){ .list = calloc(nhosts, sizeof *s->list),
		.of_host = calloc(nhosts, sizeof *s->of_host),
		.hosts = calloc(nhosts, sizeof *s->hosts),
		.moments = calloc(nsamples, sizeof *s->moments) };
	sorting.first = calloc(nhosts, sizeof *sorting.first);
	sorting.last = calloc(nhosts, sizeof *sorting.last);
	last_host = calloc(nhosts, sizeof *last_host);
	order = calloc(nhosts > nsamples ? nhosts : nsamples, sizeof *order);
	done = s->list != NULL && s->of_host != NULL && s->hosts != NULL && s->moments != NULL &&
	    sorting.first != NULL && sorting.last != NULL && last_host != NULL && order != NULL;
	if (done)
		make(s, &sorting, order, last_host);
	free(sorting.first);
	free(sorting.last);
	free(last_host);
	free(order);
	if (!done)
		sections_free(s);
	return done;
}

void
sections_free(struct sections *s)
{
	free(s->list);
	free(s->of_host);
	free(s->hosts);
	free(s->moments);
}
