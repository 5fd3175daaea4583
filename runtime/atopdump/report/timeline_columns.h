/*
 * timeline_columns: the table of the timeline: a row a process, as cells.
 */
#ifndef TIMELINE_COLUMNS_H
#define TIMELINE_COLUMNS_H

#include "atopdump/report/process_columns.h"
#include "atopdump/report/processes.h"
#include "atopdump/report/suspect.h"
#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/io/writer.h"

#define TIMELINE_COLUMN_ID(id, name, type, unit, doc) TIMELINE_##id,
enum timeline_column {
	PROCESS_COLUMNS(TIMELINE_COLUMN_ID) TIMELINE_SUSPECT,
	PROCESS_FACTS(TIMELINE_COLUMN_ID) TIMELINE_NCOLUMNS
};

/* The columns before this one are printed unless --fields names others; with --suspect this one too. */
#define TIMELINE_NPRINTED TIMELINE_SUSPECT

extern const struct column_table timeline_table;

/* Whether the texts of the column are JSON. */
bool timeline_is_json(size_t column);

/* A row, and memory for its lists. */
struct timeline_row {
	const struct processes *processes;
	const struct process *process;
	uint32_t number;         /* of the process */
	unsigned print;          /* PRINT_EPOCH: of times in lists */
	struct suspect *suspect; /* finds hints; prepared if the column is asked for */
	struct writer *scratch;  /* in memory; a text in it is valid until the next cell is asked for */
};

/* The cell of a column, enum timeline_column. */
void timeline_get(const struct timeline_row *row, size_t column, struct cell *cell);

/* The cell `entity_id` of any process. */
void timeline_get_entity(const struct timeline_row *row, const struct process *one, struct cell *cell);

/* Whether the text of the cell is in `scratch`. */
bool timeline_is_scratch(size_t column);

#endif
