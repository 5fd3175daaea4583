/*
 * avro_cells: cells of tables as values of Avro: those of CSV, except that times are timestamps.
 */
#ifndef AVRO_CELLS_H
#define AVRO_CELLS_H

#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/io/writer.h"

struct avro_cells {
	struct writer
	    text;       /* scratch, in memory: a text that is not UTF-8, or names; its error is that of the values */
	unsigned print; /* PRINT_EPOCH: times are seconds; PRINT_NAMES: flags are names */
};

/* 0, or an errno; after failure nothing is owned. */
int avro_cells_open(struct avro_cells *cells, unsigned print);
void avro_cells_close(struct avro_cells *cells);

/* Appends the value of `column`. Of a column of exact bytes the cell is the text. */
void avro_cells_put(struct avro_cells *cells, struct writer *out, const struct column *column, const struct cell *cell);

#endif
