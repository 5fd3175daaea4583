/*
 * timeline_columns: what is known of a process, column by column.
 */
#include "atopdump/report/timeline_columns.h"

#include <string.h>

#include "atopdump/report/json_out.h"
#include "atopdump/report/process_cells.h"
#include "atopdump/report/process_facts.h"
#include "print/text/put.h"
#include "print/text/put_text.h"

#define ANCESTORS_MAX 64 /* of a process that are listed */

#define TIMELINE_COLUMN(id, title, column_type, measure, text)     \
	{ .texts = COLUMN_TEXTS(title, measure, "", "", "", text), \
		.type = COLUMN_##column_type,                      \
		.source = COLUMN_COMPUTED },
static const struct column columns[] = { PROCESS_COLUMNS(TIMELINE_COLUMN) TIMELINE_COLUMN(SUSPECT, SUSPECT_COLUMN, TEXT,
    "", "names of hints that hold, with commas; null if none does. 'atopdump describe HINT' explains one")
	    PROCESS_FACTS(TIMELINE_COLUMN) };

const struct column_table timeline_table = { .name = "process",
	.kind = TABLE_VIEW,
	.columns = columns,
	.ncolumns = TIMELINE_NCOLUMNS,
	.doc = "a process on a host, from its first sighting to its last one" };

bool
timeline_is_json(size_t column)
{
	return column == TIMELINE_ANCESTORS || column == TIMELINE_NAMES || column == TIMELINE_CMDLINES ||
	    column == TIMELINE_IDS;
}

bool
timeline_is_scratch(size_t column)
{
	return column == TIMELINE_ENTITY_ID || timeline_is_json(column);
}

/* --- kinds of cells ---------------------------------------------------------------------------------------------- */

static void
set_time(struct cell *cell, int64_t time)
{
	if (time != PROCESS_NO_TIME)
		cell_set(cell, CELL_TIME, time);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

struct list {
	const struct processes *processes;
	struct json_out json;
	const char *key; /* of a text */
	unsigned print;
};

static void
put_text(void *context, uint32_t value, int64_t since)
{
	struct list *list = context;
	size_t size;
	const char *bytes = strings_get(&list->processes->strings, value, &size);

	json_open_object(&list->json, NULL);
	json_bytes(&list->json, list->key, bytes, size);
	json_time_as(&list->json, "since", since, list->print);
	json_close_object(&list->json);
}

static struct process_ids
ids_of(const struct processes *p, uint32_t string)
{
	struct process_ids ids = { .known = 0 };
	size_t size;

	if (string != STRING_NONE)
		memcpy(&ids, strings_get(&p->strings, string, &size), sizeof ids);
	return ids;
}

static void
put_ids(void *context, uint32_t value, int64_t since)
{
	static const char *const keys[] = { "ruid", "euid", "suid", "fsuid", "rgid", "egid", "sgid", "fsgid" };
	struct list *list = context;
	const struct process_ids ids = ids_of(list->processes, value);

	json_open_object(&list->json, NULL);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if ((ids.known >> i & 1) != 0)
			json_integer(&list->json, keys[i], ids.id[i]);
		else
			json_null(&list->json, keys[i]);
	json_time_as(&list->json, "since", since, list->print);
	json_close_object(&list->json);
}

static void
put_ancestors(struct list *list, const struct process *one)
{
	const struct processes *p = list->processes;
	uint32_t parent = process_parent(p, one), name;
	size_t size;
	const char *bytes;

	for (unsigned i = 0; parent != PROCESS_NONE && i < ANCESTORS_MAX; i++) {
		const struct process *ancestor = processes_at(p, parent);

		json_open_object(&list->json, NULL);
		json_integer(&list->json, "pid", ancestor->pid);
		name = process_value(p, ancestor, TRAIT_NAME, one->first_seen);
		bytes = name != STRING_NONE ? strings_get(&p->strings, name, &size) : NULL;
		if (bytes != NULL)
			json_bytes(&list->json, "name", bytes, size);
		else
			json_null(&list->json, "name");
		json_close_object(&list->json);
		parent = process_parent(p, ancestor);
	}
}

void
timeline_get_entity(const struct timeline_row *row, const struct process *one, struct cell *cell)
{
	const struct processes *p = row->processes;
	size_t size;
	const char *name = strings_get(&p->strings, hosts_at(&p->hosts, one->host)->name, &size);
	char *w;

	writer_commit(row->scratch, row->scratch->buffer);
	w = writer_room(row->scratch, PUT_VISIBLE_MAX(size) + 2 * PUT_INTEGER_MAX + 2 + PUT_SLACK);
	cell->kind = CELL_TEXT;
	cell->text = w;
	w = PUT(put_visible(w, name, size), "/");
	w = PUT(put_i64(w, one->pid), "/");
	cell->size = (size_t)(put_i64(w, process_start(one)) - cell->text);
}

static void
get_list(const struct timeline_row *row, size_t column, struct cell *cell)
{
	struct list list = { row->processes, { .out = row->scratch }, column == TIMELINE_NAMES ? "name" : "cmdline",
		row->print };
	const enum process_trait trait = column == TIMELINE_NAMES ? TRAIT_NAME
	    : column == TIMELINE_CMDLINES                         ? TRAIT_CMDLINE
								  : TRAIT_IDS;

	writer_commit(row->scratch, row->scratch->buffer);
	json_open_array(&list.json, NULL);
	if (column == TIMELINE_ANCESTORS)
		put_ancestors(&list, row->process);
	else
		process_each(row->processes, row->process, trait, trait == TRAIT_IDS ? put_ids : put_text, &list);
	json_close_array(&list.json);
	cell->kind = CELL_TEXT;
	cell->text = row->scratch->buffer;
	cell->size = (size_t)(row->scratch->next - row->scratch->buffer);
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void
get_host(const struct timeline_row *row, size_t column, struct cell *cell)
{
	const struct processes *p = row->processes;
	const struct host *host = hosts_at(&p->hosts, row->process->host);

	switch (column) {
	case TIMELINE_HOST: process_text_cell(cell, p, host->name); break;
	case TIMELINE_MACHINE: process_text_cell(cell, p, host->machine); break;
	case TIMELINE_KERNEL: process_text_cell(cell, p, host->kernel); break;
	default: set_time(cell, host->earliest); break;
	}
}

static void
get_identity(const struct timeline_row *row, size_t column, struct cell *cell)
{
	const struct processes *p = row->processes;
	const struct process *one = row->process;
	uint32_t parent;

	switch (column) {
	case TIMELINE_PID:
		if (one->pid != 0)
			cell_set(cell, CELL_INTEGER, one->pid);
		break;
	case TIMELINE_PPID:
		if (one->has_ppid)
			cell_set(cell, CELL_INTEGER, one->ppid);
		break;
	case TIMELINE_PARENT:
		parent = process_parent(p, one);
		if (parent != PROCESS_NONE)
			process_text_cell(cell, p,
			    process_value(p, processes_at(p, parent), TRAIT_NAME, one->first_seen));
		break;
	case TIMELINE_NAME: process_text_cell(cell, p, process_last(p, one, TRAIT_NAME)); break;
	case TIMELINE_CMDLINE: process_text_cell(cell, p, process_last(p, one, TRAIT_CMDLINE)); break;
	case TIMELINE_CONTAINER: process_text_cell(cell, p, process_last(p, one, TRAIT_CONTAINER)); break;
	case TIMELINE_CGROUP: process_text_cell(cell, p, process_last(p, one, TRAIT_CGROUP)); break;
	default: cell_set(cell, CELL_BOOLEAN, process_last(p, one, TRAIT_CMDLINE) != STRING_NONE); break;
	}
}

static void
get_id(const struct timeline_row *row, size_t column, struct cell *cell)
{
	const struct process_ids ids = ids_of(row->processes, process_last(row->processes, row->process, TRAIT_IDS));
	const size_t i = column - TIMELINE_RUID;

	if ((ids.known >> i & 1) != 0)
		cell_set(cell, CELL_INTEGER, ids.id[i]);
}

static void
get_status(const struct process *one, size_t column, struct cell *cell)
{
	const int32_t signal = one->status & 0x7f;

	if (one->status < 0)
		return;
	if (column == TIMELINE_DUMPED)
		cell_set(cell, CELL_BOOLEAN, (one->status & 0x80) != 0);
	else if (column == TIMELINE_SIGNAL && signal != 0)
		cell_set(cell, CELL_INTEGER, signal);
	else if (column == TIMELINE_EXIT_CODE && signal == 0)
		cell_set(cell, CELL_INTEGER, one->status >> 8 & 0xff);
}

static void
get_time(const struct timeline_row *row, size_t column, struct cell *cell)
{
	const struct process *one = row->process;

	switch (column) {
	case TIMELINE_STARTED: set_time(cell, process_start(one)); break;
	case TIMELINE_FIRST_SEEN: set_time(cell, one->first_seen); break;
	case TIMELINE_LAST_SEEN: set_time(cell, one->last_seen); break;
	case TIMELINE_ENDED: set_time(cell, one->ended); break;
	default: set_time(cell, process_vanished(row->processes, one)); break;
	}
}

static void
get_amount(const struct process *one, size_t column, struct cell *cell)
{
	const unsigned i = (unsigned)(column - TIMELINE_USER_TIME);

	if ((one->sums_known >> i & 1) == 0)
		return;
	if (column > TIMELINE_SYSTEM_TIME) {
		cell_set(cell, CELL_INTEGER, one->sums[i]);
		return;
	}
	cell->kind = CELL_NUMBER;
	cell->number = (double)one->sums[i] / 1e6;
}

/* What is counted, and where the process was seen. */
static void
get_count(const struct timeline_row *row, size_t column, struct cell *cell)
{
	const struct process *one = row->process;
	int64_t value = -1;

	switch (column) {
	case TIMELINE_SAMPLES: value = one->samples; break;
	case TIMELINE_THREADS_MAX: value = one->threads_max; break;
	case TIMELINE_RSS_MAX: value = one->peaks[PEAK_RSS]; break;
	case TIMELINE_VMEM_MAX: value = one->peaks[PEAK_VMEM]; break;
	case TIMELINE_FIRST_SAMPLE: value = one->first_sample; break;
	case TIMELINE_LAST_SAMPLE: value = one->last_sample; break;
	case TIMELINE_FIRST_FILE: process_text_cell(cell, row->processes, one->first_file); return;
	case TIMELINE_LAST_FILE: process_text_cell(cell, row->processes, one->last_file); return;
	default: cell_set(cell, CELL_BOOLEAN, one->cut); return;
	}
	if (value >= 0)
		cell_set(cell, CELL_INTEGER, value);
}

void
timeline_get(const struct timeline_row *row, size_t column, struct cell *cell)
{
	*cell = (struct cell){ .kind = CELL_NULL };
	if (column == TIMELINE_SUSPECT)
		suspect_get(row, cell);
	else if (column > TIMELINE_SUSPECT)
		process_fact_get(row, column, cell);
	else if (column <= TIMELINE_BOOT)
		get_host(row, column, cell);
	else if (column == TIMELINE_ENTITY_ID)
		timeline_get_entity(row, row->process, cell);
	else if (timeline_is_json(column))
		get_list(row, column, cell);
	else if (column < TIMELINE_RUID || column == TIMELINE_CONTAINER || column == TIMELINE_CGROUP)
		get_identity(row, column, cell);
	else if (column <= TIMELINE_FSGID)
		get_id(row, column, cell);
	else if (column <= TIMELINE_GONE_BY)
		get_time(row, column, cell);
	else if (column <= TIMELINE_DUMPED)
		get_status(row->process, column, cell);
	else if (column >= TIMELINE_USER_TIME && column <= TIMELINE_BYTES_SENT)
		get_amount(row->process, column, cell);
	else
		get_count(row, column, cell);
}
