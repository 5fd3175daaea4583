/*
 * scan: goes over the rows of one table of one file, a row at a time; of all its samples, or of those that no other scan of the
 * file takes. Knows nothing of DuckDB. Only the members that columns or the condition need are decoded; blocks that are not
 * needed, and those of samples outside the window, are not inflated.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "duckdb/shared.h"
#include "print/query/cells.h"
#include "print/query/overflow.h"
#include "print/query/where_row.h"

#define SCAN_WHY_MAX 1024

/* What is asked for; read by several threads. */
struct scan_request {
	const struct column_table *table;
	const bool *columns;       /* of each column of the table, whether its cells are asked for */
	const struct where *where; /* NULL: every row */
	struct window window;
	const char *layout; /* as rawlog_open takes it */
	bool verifies;      /* of TABLE_DAMAGE: all blocks are read, so that all damage is found */
};

enum scan_event {
	SCAN_ROW,    /* scan->walk.row is a row */
	SCAN_SAMPLE, /* scan->row.sample is a sample, of a table without rows of its own (TABLE_DAMAGE) */
	SCAN_DAMAGE, /* scan->damage is a loss */
	SCAN_END,
	SCAN_REFUSED, /* scan->why says why the file cannot be read as a log */
	SCAN_FAILED   /* scan->why says why reading has failed */
};

struct scan {
	const struct scan_request *request;
	const char *path;
	struct shared *shared; /* its file */
	struct batch batch;    /* of the file; ahead of the scan */
	struct rawlog_sample *sample;
	const struct catalog_release *release; /* of the current run */
	struct row_log about;                  /* the current log; its host is a copy */
	char *host;
	unsigned bound;        /* how often the table was bound to the structs of a run */
	struct places *places; /* of the table in the current run; NULL: it has no rows of it */
	size_t block;          /* that has the table's structs; RAWLOG_NONE */
	uint64_t parts;        /* that its structs need */
	bool groups;           /* cgroups are needed */
	bool wide;             /* a row can have a value that the table cannot hold */
	int stage;
	struct rawlog_row row;
	struct table_walk walk;
	struct rawlog_damage damage;
	struct overflow overflow;
	char why[SCAN_WHY_MAX];
};

/* Opens the file. SCAN_END: it is open; SCAN_REFUSED or SCAN_FAILED: nothing is owned except scan->why. */
enum scan_event scan_open(struct scan *scan, const struct scan_request *request, const char *path);

/*
 * Reads a file together with another scan that has opened it. Several scans split its samples, so that the table must be one of
 * scan_splits. SCAN_END: it is open; SCAN_REFUSED: nothing is left of it; SCAN_FAILED. Both own nothing except scan->why.
 */
enum scan_event scan_join(struct scan *scan, const struct scan_request *request, const char *path,
    struct shared *shared);

/* Whether the rows of the table come from blocks of samples, so that several scans can read a file. */
bool scan_splits(const struct column_table *table);

/* Goes to the next event. After SCAN_END, SCAN_REFUSED and SCAN_FAILED the scan is only closed. */
enum scan_event scan_next(struct scan *scan);

void scan_close(struct scan *scan);

/* The cell of a column in the row of SCAN_ROW, or of SCAN_DAMAGE. */
void scan_cell(const struct scan *scan, size_t column, struct cell *cell);
void scan_damage_cell(const struct scan *scan, size_t column, struct cell *cell);

#endif
