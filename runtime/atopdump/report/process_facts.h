/*
 * process_facts: the columns of a process that hints need beside those that are printed.
 */
#ifndef PROCESS_FACTS_H
#define PROCESS_FACTS_H

#include "atopdump/report/timeline_columns.h"

/* The cell of a column of PROCESS_FACTS. */
void process_fact_get(const struct timeline_row *row, size_t column, struct cell *cell);

#endif
