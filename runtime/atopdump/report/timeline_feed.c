/*
 * timeline_feed: cells of the view as plain values.
 */
#include "atopdump/report/timeline_feed.h"

#include <stdlib.h>
#include <string.h>

#define MICROSECONDS 1e6
#define SUM_LARGEST  9e15 /* microseconds; more is no time that a process had */
#define TIME_LARGEST (INT64_C(1) << 48)

/* The columns of the view that are read, by name. */
enum {
	COLUMN_MACHINE,
	COLUMN_KERNEL,
	COLUMN_PID,
	COLUMN_PPID,
	COLUMN_STARTED,
	COLUMN_STATE,
	COLUMN_NAME,
	COLUMN_CMDLINE,
	COLUMN_RUID,
	COLUMN_FSGID = COLUMN_RUID + 7,
	COLUMN_THREADS,
	COLUMN_CONTAINER,
	COLUMN_CGROUP,
	COLUMN_STATUS,
	COLUMN_ENDED,
	COLUMN_USER,
	COLUMN_SENT = COLUMN_USER + SUMS - 1,
	COLUMN_RSS,
	COLUMN_VMEM,
	COLUMN_ALL,
	COLUMNS
};

static const char *const names[COLUMNS] = { "machine", "kernel", "pid", "ppid", "started", "state", "name", "cmdline",
	"ruid", "euid", "suid", "fsuid", "rgid", "egid", "sgid", "fsgid", "threads", "container", "cgroup", "status",
	"ended", "user_time", "system_time", "bytes_read", "bytes_written", "bytes_received", "bytes_sent", "rss",
	"vmem", "all_stored" };

/* Looks up the columns of the view. */
static void
find_columns(struct timeline_feed *feed)
{
	const struct column_table *table = &view_find(TIMELINE_VIEW)->table;

	for (size_t i = 0; i < COLUMNS; i++)
		for (size_t k = 0; k < table->ncolumns; k++)
			if (strcmp(column_name(&table->columns[k]), names[i]) == 0)
				feed->columns[i] = k;
}

_Static_assert(COLUMNS <= TIMELINE_FEED_COLUMNS, "a number for each column");

bool
timeline_feed_open(struct timeline_feed *feed, struct processes *processes)
{
	*feed = (struct timeline_feed){ .processes = processes };
	feed->query.tables = &feed->tables;
	find_columns(feed);
	if (word_set_add(&feed->tables, TIMELINE_VIEW) && bindings_open(&feed->bindings, &feed->query))
		return true;
	word_set_free(&feed->tables);
	return false;
}

void
timeline_feed_close(struct timeline_feed *feed)
{
	bindings_close(&feed->bindings);
	word_set_free(&feed->tables);
	free(feed->sightings);
}

/* --- a log ------------------------------------------------------------------------------------------------------- */

static uint32_t
add_string(struct timeline_feed *feed, const char *bytes, size_t size)
{
	return strings_add(&feed->processes->strings, bytes, size);
}

/* The path up to its last slash. */
static size_t
folder_size(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) : 0;
}

bool
timeline_feed_begin(struct timeline_feed *feed, const struct format_log *log)
{
	const uint32_t file = add_string(feed, log->file, strlen(log->file));
	const bool same = file == feed->file && log->part == feed->part;
	const int64_t boot = same ? feed->host.boot : HOST_NO_TIME;

	feed->file = file;
	feed->part = log->part;
	feed->host = (struct host){ .boot = boot };
	feed->host.dir = add_string(feed, log->file, folder_size(log->file));
	feed->host.name = add_string(feed, log->host != NULL ? log->host : "",
	    log->host != NULL ? strnlen(log->host, log->host_size) : 0);
	return file != STRING_NONE && feed->host.dir != STRING_NONE && feed->host.name != STRING_NONE &&
	    bindings_begin(&feed->bindings, log);
}

/* --- cells ------------------------------------------------------------------------------------------------------- */

/* A row that is read. */
struct reading {
	struct timeline_feed *feed;
	const struct table_row *row;
	bool done; /* memory sufficed */
};

static struct cell
get(const struct reading *r, unsigned column)
{
	struct cell cell = { .kind = CELL_NULL };

	cells_get(r->row, &r->feed->bindings.log, r->feed->columns[column], &cell);
	return cell;
}

/* An integer or a time; else `none`. */
static int64_t
get_integer(const struct reading *r, unsigned column, int64_t none)
{
	const struct cell cell = get(r, column);

	return cell.kind == CELL_INTEGER || cell.kind == CELL_TIME ? cell.integer : none;
}

static int64_t
get_time(const struct reading *r, unsigned column)
{
	const int64_t time = get_integer(r, column, PROCESS_NO_TIME);

	return time > -TIME_LARGEST && time < TIME_LARGEST ? time : PROCESS_NO_TIME;
}

static uint32_t
get_string(struct reading *r, unsigned column)
{
	const struct cell cell = get(r, column);
	uint32_t string;

	if (cell.kind != CELL_TEXT)
		return STRING_NONE;
	string = add_string(r->feed, cell.size > 0 ? cell.text : "", cell.size);
	r->done = r->done && string != STRING_NONE;
	return string;
}

static uint32_t
get_ids(struct reading *r)
{
	struct process_ids ids;
	uint32_t string;

	memset(&ids, 0, sizeof ids);
	for (unsigned i = 0; i < 8; i++) {
		const struct cell cell = get(r, COLUMN_RUID + i);

		ids.id[i] = cell.kind == CELL_INTEGER ? (int32_t)cell.integer : 0;
		ids.known |= (uint32_t)(cell.kind == CELL_INTEGER) << i;
	}
	string = add_string(r->feed, (const char *)&ids, sizeof ids);
	r->done = r->done && string != STRING_NONE;
	return string;
}

/* Bytes, or seconds as microseconds; -1: unknown. */
static int64_t
get_amount(const struct reading *r, unsigned column)
{
	const struct cell cell = get(r, column);

	if (cell.kind == CELL_NUMBER && cell.number >= 0 && cell.number < SUM_LARGEST / MICROSECONDS)
		return (int64_t)(cell.number * MICROSECONDS + 0.5);
	return cell.kind == CELL_INTEGER && cell.integer >= 0 ? cell.integer : -1;
}

static void
read_sighting(struct reading *r, struct sighting *s)
{
	const struct cell state = get(r, COLUMN_STATE), ppid = get(r, COLUMN_PPID);
	const char letter = state.kind == CELL_TEXT && state.size == 1 ? *state.text : '\0';
	const int64_t start = get_time(r, COLUMN_STARTED);

	*s = (struct sighting){ .pid = (int32_t)get_integer(r, COLUMN_PID, 0),
		.ppid = ppid.kind == CELL_INTEGER ? (int32_t)ppid.integer : 0,
		.has_ppid = ppid.kind == CELL_INTEGER,
		.exited = letter == 'E',
		.zombie = letter == 'Z',
		.state = letter,
		.start = start == PROCESS_NO_TIME ? 0 : start,
		.ended = get_time(r, COLUMN_ENDED),
		.status = (int32_t)get_integer(r, COLUMN_STATUS, -1) };
	s->traits[TRAIT_NAME] = get_string(r, COLUMN_NAME);
	s->traits[TRAIT_CMDLINE] = get_string(r, COLUMN_CMDLINE);
	s->traits[TRAIT_IDS] = get_ids(r);
	s->traits[TRAIT_CGROUP] = get_string(r, COLUMN_CGROUP);
	s->traits[TRAIT_CONTAINER] = get_string(r, COLUMN_CONTAINER);
	for (unsigned i = 0; i < SUMS; i++)
		s->sums[i] = get_amount(r, COLUMN_USER + i);
	s->peaks[PEAK_RSS] = get_integer(r, COLUMN_RSS, -1);
	s->peaks[PEAK_VMEM] = get_integer(r, COLUMN_VMEM, -1);
	s->peaks[PEAK_THREADS] = get_integer(r, COLUMN_THREADS, -1);
}

/* --- a sample ---------------------------------------------------------------------------------------------------- */

/* Room for one more sighting. False: out of memory. */
static bool
make_room(struct timeline_feed *feed)
{
	const size_t room = feed->room > 0 ? 2 * feed->room : 256;
	struct sighting *grown;

	if (feed->count < feed->room)
		return true;
	grown = realloc(feed->sightings, room * sizeof *grown);
	if (grown == NULL)
		return false;
	feed->sightings = grown;
	feed->room = room;
	return true;
}

static void
found(void *context, struct binding *binding, const struct table_row *row)
{
	struct timeline_feed *feed = context;
	struct reading r = { feed, row, true };
	struct cell all;

	(void)binding;
	if (!feed->in_sample)
		return;
	r.done = make_room(feed);
	if (r.done) {
		if (feed->count == 0) {
			feed->host.machine = get_string(&r, COLUMN_MACHINE);
			feed->host.kernel = get_string(&r, COLUMN_KERNEL);
		}
		all = get(&r, COLUMN_ALL);
		feed->all = feed->all || (all.kind == CELL_BOOLEAN && all.integer != 0);
		read_sighting(&r, &feed->sightings[feed->count]);
	}
	feed->failed = feed->failed || !r.done;
	feed->count += r.done;
}

/* The record of a sample comes before its structs. */
static void
begin_sample(struct timeline_feed *feed, const struct row_sample *sample)
{
	const uint32_t interval = sample->interval < UINT32_MAX ? (uint32_t)sample->interval : UINT32_MAX;

	feed->count = 0;
	feed->all = false;
	feed->in_sample = (feed->samples == NULL ||
			      sample_choice_takes(feed->samples, sample->time, sample->since_boot)) &&
	    sample->time > -TIME_LARGEST && sample->time < TIME_LARGEST;
	feed->sample = (struct host_sample){ .time = sample->time,
		.interval = interval,
		.since_boot = sample->since_boot };
	feed->place = (struct sample_place){ feed->file, (uint32_t)sample->number };
	if (sample->since_boot && sample->time > -TIME_LARGEST && sample->time < TIME_LARGEST)
		feed->host.boot = sample->interval > 0 ? sample->time - (int64_t)interval : HOST_NO_TIME;
}

bool
timeline_feed_row(struct timeline_feed *feed, const struct row *row, struct overflow *overflow)
{
	if (row->sample != NULL && row->of == feed->bindings.sample.release->rawrecord)
		begin_sample(feed, row->sample);
	feed->bindings.found = found;
	feed->bindings.context = feed;
	feed->bindings.overflow = overflow;
	bindings_each_row(&feed->bindings, row);
	return !feed->failed;
}

bool
timeline_feed_sample_ends(struct timeline_feed *feed)
{
	if (!feed->in_sample || feed->count == 0)
		return true;
	feed->sample.all = feed->all;
	return processes_add(feed->processes, &feed->host, &feed->sample, &feed->place, feed->sightings, feed->count);
}
