/*
 * sighting_columns: what a sighting says, column by column.
 */
#include "atopdump/report/sighting_columns.h"

#include "atopdump/report/process_cells.h"

#define SIGHTING_COLUMN(id, title, column_type, column_source, measure, is_delta, text) \
	{ .texts = COLUMN_TEXTS(title, measure, "", "", "", text),                      \
		.type = COLUMN_##column_type,                                           \
		.source = COLUMN_##column_source,                                       \
		.delta = (is_delta) },
static const struct column columns[] = { SIGHTING_COLUMNS(SIGHTING_COLUMN) };

const struct column_table sighting_table = { .name = "sighting",
	.kind = TABLE_VIEW,
	.columns = columns,
	.ncolumns = SIGHTING_NCOLUMNS,
	.doc = "a record of a process in a sample" };

static void
set_amount(struct cell *cell, int64_t value)
{
	if (value >= 0)
		cell_set(cell, CELL_INTEGER, value);
}

static void
get_of_sample(const struct processes *p, const struct process_seen *seen, size_t column, struct cell *cell)
{
	switch (column) {
	case SIGHTING_HOST: process_text_cell(cell, p, seen->host->name); break;
	case SIGHTING_FILE: process_text_cell(cell, p, seen->place->file); break;
	case SIGHTING_SAMPLE: cell_set(cell, CELL_INTEGER, seen->place->number); break;
	case SIGHTING_TIME: cell_set(cell, CELL_TIME, seen->sample->time); break;
	case SIGHTING_INTERVAL: cell_set(cell, CELL_INTEGER, seen->sample->interval); break;
	default: cell_set(cell, CELL_BOOLEAN, seen->sample->since_boot); break;
	}
}

static void
get_state(const struct sighting *s, struct cell *cell)
{
	if (s->state == '\0')
		return;
	cell->kind = CELL_TEXT;
	cell->text = &s->state;
	cell->size = 1;
}

static void
get_time(const struct sighting *s, enum process_sum sum, struct cell *cell)
{
	if (s->sums[sum] < 0)
		return;
	cell->kind = CELL_NUMBER;
	cell->number = (double)s->sums[sum] / 1e6;
}

void
sighting_get(const struct processes *p, const struct process_seen *seen, size_t column, struct cell *cell)
{
	const struct sighting *s = seen->sighting;

	*cell = (struct cell){ .kind = CELL_NULL };
	switch (column) {
	case SIGHTING_PROCESS: cell_set(cell, CELL_INTEGER, (int64_t)seen->process + 1); break;
	case SIGHTING_PID:
		if (s->pid != 0)
			cell_set(cell, CELL_INTEGER, s->pid);
		break;
	case SIGHTING_PPID:
		if (s->has_ppid)
			cell_set(cell, CELL_INTEGER, s->ppid);
		break;
	case SIGHTING_STATE: get_state(s, cell); break;
	case SIGHTING_THREADS: set_amount(cell, s->peaks[PEAK_THREADS]); break;
	case SIGHTING_USER_TIME: get_time(s, SUM_USER, cell); break;
	case SIGHTING_SYSTEM_TIME: get_time(s, SUM_SYSTEM, cell); break;
	case SIGHTING_BYTES_READ: set_amount(cell, s->sums[SUM_READ]); break;
	case SIGHTING_BYTES_WRITTEN: set_amount(cell, s->sums[SUM_WRITTEN]); break;
	case SIGHTING_BYTES_RECEIVED: set_amount(cell, s->sums[SUM_RECEIVED]); break;
	case SIGHTING_BYTES_SENT: set_amount(cell, s->sums[SUM_SENT]); break;
	case SIGHTING_RSS: set_amount(cell, s->peaks[PEAK_RSS]); break;
	case SIGHTING_VMEM: set_amount(cell, s->peaks[PEAK_VMEM]); break;
	default: get_of_sample(p, seen, column, cell); break;
	}
}
