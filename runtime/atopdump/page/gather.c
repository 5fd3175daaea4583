/*
 * gather: cells of views as values of series; sightings of processes as their usage in spans.
 */
#include "atopdump/page/gather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_COLUMN    SIZE_MAX
#define HEADER_TABLE "rawheader"
#define VALUE_MAX    1e30 /* values that are not below it are left out, and so is NaN */

/* --- columns ------------------------------------------------------------------------------------------------------ */

static size_t
find_column(const struct column_table *table, const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (strcmp(column_name(&table->columns[i]), name) == 0)
			return i;
	return NO_COLUMN;
}

/* The number of the first measure of a view; MEASURES: it has none. */
static size_t
first_measure(const char *view)
{
	size_t i = 0;

	while (i < MEASURES && strcmp(measure_sources[i].view, view) != 0)
		i++;
	return i;
}

/* Looks up the columns of the view that has measure `first` as its first one. */
static void
find_columns(struct gather_view *view, const struct column_table *table, size_t first)
{
	const char *name = measure_sources[first].name;

	view->name = name != NULL ? find_column(table, name) : NO_COLUMN;
	for (size_t i = 0; i < MEASURES; i++)
		view->columns[i] = strcmp(measure_sources[i].view, table->name) == 0
		    ? find_column(table, measure_sources[i].column)
		    : NO_COLUMN;
}

static bool
open_bindings(struct gather *g)
{
	bool done = word_set_add(&g->tables, HEADER_TABLE);

	g->query.tables = &g->tables;
	for (size_t i = 0; i < MEASURES && done; i++)
		if (first_measure(measure_sources[i].view) == i)
			done = word_set_add(&g->tables, measure_sources[i].view);
	return done && bindings_open(&g->bindings, &g->query);
}

static void seen(void *context, const struct process_seen *seen);

bool
gather_open(struct gather *g, enum host_by by)
{
	*g = (struct gather){ .count = 0 };
	processes_init(&g->processes, by);
	g->processes.seen = seen;
	g->processes.context = g;
	samples_init(&g->samples);
	findings_init(&g->findings, &g->processes.strings);
	if (open_bindings(g)) {
		if (timeline_feed_open(&g->feed, &g->processes)) {
			for (size_t i = 0; i < g->bindings.count; i++) {
				const struct column_table *table = g->bindings.list[i].table;
				const size_t first = first_measure(table->name);

				if (first < MEASURES)
					find_columns(&g->views[first], table, first);
				g->bindings.list[i].out = first < MEASURES ? &g->views[first] : NULL;
			}
			return true;
		}
		bindings_close(&g->bindings);
	}
	word_set_free(&g->tables);
	processes_free(&g->processes);
	return false;
}

void
gather_close(struct gather *g)
{
	for (size_t i = 0; i < g->nusages; i++)
		if (g->usages[i] != NULL) {
			usage_free(g->usages[i]);
			free(g->usages[i]);
		}
	free(g->usages);
	free(g->values);
	timeline_feed_close(&g->feed);
	bindings_close(&g->bindings);
	word_set_free(&g->tables);
	findings_free(&g->findings);
	samples_free(&g->samples);
	processes_free(&g->processes);
}

/* --- logs --------------------------------------------------------------------------------------------------------- */

bool
gather_begin(struct gather *g, const struct format_log *log)
{
	const struct host before = g->feed.host;
	const uint32_t file = g->feed.file;
	const uint64_t part = g->feed.part;

	if (!timeline_feed_begin(&g->feed, log) || !bindings_begin(&g->bindings, log) ||
	    !findings_begin(&g->findings, log))
		return false;
	if (g->feed.file == file && g->feed.part == part) { /* the next run, whose header was shown before */
		g->feed.host.machine = before.machine;
		g->feed.host.kernel = before.kernel;
	}
	return true;
}

bool
gather_shows(const struct gather *g, const struct catalog_struct *s)
{
	return bindings_show(&g->bindings, s) || bindings_show(&g->feed.bindings, s);
}

uint64_t
gather_needs(const struct gather *g, const struct catalog_struct *s)
{
	return bindings_need(&g->bindings, s) | bindings_need(&g->feed.bindings, s);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static uint32_t
add_text(struct gather *g, const struct cell *cell)
{
	const uint32_t string = cell->kind != CELL_TEXT
	    ? STRING_NONE
	    : strings_add(&g->processes.strings, cell->size > 0 ? cell->text : "", cell->size);

	g->failed = g->failed || (cell->kind == CELL_TEXT && string == STRING_NONE);
	return string;
}

/* The names of the machine that the timeline gets from its rows too, for samples without processes. */
static void
take_header(struct gather *g, struct binding *binding, const struct table_row *row)
{
	uint32_t *const to[] = { &g->feed.host.machine, &g->feed.host.kernel };
	static const char *const names[] = { "utsname_machine", "utsname_release" };

	for (size_t i = 0; i < 2; i++) {
		const size_t column = find_column(binding->table, names[i]);
		struct cell cell = { .kind = CELL_NULL };

		if (column != NO_COLUMN)
			cells_get(row, &g->bindings.log, column, &cell);
		*to[i] = add_text(g, &cell);
	}
}

/* Keeps a value of the current sample until it ends. */
static void
keep(struct gather *g, struct series series, double value)
{
	const size_t room = g->room > 0 ? 2 * g->room : 64;
	void *grown;

	if (g->count == g->room) {
		grown = realloc(g->values, room * sizeof *g->values);
		g->failed = g->failed || grown == NULL;
		if (grown == NULL)
			return;
		g->values = grown;
		g->room = room;
	}
	g->values[g->count].series = series;
	g->values[g->count++].value = (float)value;
}

/* The number in a cell; NaN: it has none. */
static double
number_of(const struct cell *cell)
{
	return cell->kind == CELL_NUMBER ? cell->number : cell->kind == CELL_INTEGER ? (double)cell->integer : NAN;
}

static void
found(void *context, struct binding *binding, const struct table_row *row)
{
	struct gather *g = context;
	const struct gather_view *view = binding->out;
	struct cell name = { .kind = CELL_NULL };
	struct series series = { .name = STRING_NONE };

	if (view == NULL) {
		take_header(g, binding, row);
		return;
	}
	if (!g->feed.in_sample)
		return;
	if (view->name != NO_COLUMN) {
		cells_get(row, &g->bindings.log, view->name, &name);
		series.name = add_text(g, &name);
	}
	for (unsigned i = 0; i < MEASURES; i++) {
		struct cell cell = { .kind = CELL_NULL };
		double value;

		if (view->columns[i] == NO_COLUMN)
			continue;
		cells_get(row, &g->bindings.log, view->columns[i], &cell);
		value = number_of(&cell) / (measure_sources[i].rate ? (double)g->feed.sample.interval : 1.0);
		series.measure = i;
		if (fabs(value) < VALUE_MAX)
			keep(g, series, value);
	}
}

/* The record of a sample comes before its structs. */
static void
begin_sample(struct gather *g)
{
	const struct host_sample *s = &g->feed.sample;

	g->count = 0;
	g->sample = (struct sample){ .time = s->time, .interval = s->interval, .since_boot = s->since_boot };
	g->middle = s->since_boot ? s->time : s->time - s->interval / 2;
}

bool
gather_row(struct gather *g, const struct row *row, struct overflow *overflow)
{
	const bool is_record = row->sample != NULL && row->of == g->bindings.sample.release->rawrecord;
	bool done = timeline_feed_row(&g->feed, row, overflow);

	if (is_record)
		begin_sample(g);
	g->bindings.found = found;
	g->bindings.context = g;
	g->bindings.overflow = overflow;
	bindings_each_row(&g->bindings, row);
	return done && !g->failed;
}

/* --- the end of a sample ------------------------------------------------------------------------------------------ */

/* The usage of a host. NULL: out of memory. */
static struct usage *
usage_of(struct gather *g, uint32_t host)
{
	if (host >= g->nusages) {
		const size_t count = g->processes.hosts.list.count;
		struct usage **grown = realloc(g->usages, count * sizeof(struct usage *));

		if (grown == NULL)
			return NULL;
		memset(grown + g->nusages, 0, (count - g->nusages) * sizeof(struct usage *));
		g->usages = grown;
		g->nusages = count;
	}
	if (g->usages[host] == NULL)
		g->usages[host] = calloc(1, sizeof **g->usages);
	return g->usages[host];
}

/* A process in the current sample, which is new. Values since boot are of no span. */
static void
seen(void *context, const struct process_seen *seen)
{
	struct gather *g = context;

	if (!g->sample.since_boot && !usage_add(g->usages[g->sample.host], seen->process, g->middle, seen->sighting))
		g->failed = true;
}

bool
gather_sample_ends(struct gather *g)
{
	const struct host *host;
	struct usage *usage;
	uint32_t before;
	bool done;

	if (!g->feed.in_sample)
		return true;
	findings_count(&g->findings, g->sample.time);
	g->sample.host = hosts_find(&g->processes.hosts, &g->feed.host);
	if (g->sample.host == HASH_INDEX_END || !samples_add(&g->samples, &g->sample))
		return false;
	done = true;
	for (size_t i = 0; i < g->count && done; i++)
		done = samples_add_value(&g->samples, &g->values[i].series, g->values[i].value);
	usage = usage_of(g, g->sample.host);
	if (!done || usage == NULL || !usage_note(usage, g->middle, 0))
		return false;
	host = hosts_at(&g->processes.hosts, g->sample.host);
	before = host->samples.count;
	if (!timeline_feed_sample_ends(&g->feed))
		return false;
	if (host->samples.count > before && !g->sample.since_boot)
		done = usage_note(usage, g->middle, g->sample.interval);
	return done && !g->failed;
}
