/*
 * process_cells: what the columns of processes and of sightings share.
 */
#ifndef PROCESS_CELLS_H
#define PROCESS_CELLS_H

#include "atopdump/report/processes.h"
#include "print/query/cell.h"

/* Makes a cell the text of a number that processes keep texts by. STRING_NONE leaves it as it is. */
static inline void
process_text_cell(struct cell *cell, const struct processes *p, uint32_t string)
{
	if (string == STRING_NONE)
		return;
	cell->kind = CELL_TEXT;
	cell->text = strings_get(&p->strings, string, &cell->size);
}

#endif
