/*
 * store: rows of a scan as rows of a chunk. What the columns of a run need is planned once. Columns that are the same in all rows
 * of a sample, and members that the release lacks, are stored for a stretch of rows at once: rows of one sample in one chunk.
 */
#ifndef STORE_H
#define STORE_H

#include "duckdb/scan.h"
#include "duckdb/vectors.h"

/* A column that is asked for. */
struct store_column {
	size_t column; /* of the table */
	struct vector vector;
	const struct place *place; /* of STORE_INTEGER */
	enum {
		STORE_CELL,    /* its cell is stored in each row */
		STORE_INTEGER, /* it is the integer at place->at, unless it is null */
		STORE_SHARED,  /* its cell is the same in all rows of a sample */
		STORE_NULL     /* it is null in all rows */
	} how;
};

struct store {
	const struct column_table *table;
	struct store_column *columns; /* in the order of the chunk */
	size_t ncolumns;
	struct writer scratch;
	bool planned; /* for the runs of the scan number `bound` */
	unsigned bound;
	bool stretches; /* the rows from `start` are of the sample; false: the next row begins a stretch */
	uint64_t sample;
	idx_t start;
};

/* Prepares to store these columns of the table. False: out of memory, and nothing is owned. */
bool store_open(struct store *store, const struct column_table *table, const size_t *columns, size_t ncolumns);
void store_close(struct store *store);

/* Begins a chunk. */
void store_begin(struct store *store, duckdb_data_chunk chunk);

/* Before the first row of another scan: forgets what was planned. */
void store_forget(struct store *store, idx_t row);

/* Stores the row of SCAN_ROW, or the damage of SCAN_DAMAGE. Rows come in order. False: out of memory. */
bool store_row(struct store *store, const struct scan *scan, idx_t row);
bool store_damage(struct store *store, const struct scan *scan, idx_t row);

/* Ends the chunk, which has `rows` rows. */
void store_end(struct store *store, idx_t rows);

#endif
