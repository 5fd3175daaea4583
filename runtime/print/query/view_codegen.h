/*
 * view_codegen: the runtime's part of the generated code of views, which includes it.
 */
#ifndef VIEW_CODEGEN_H
#define VIEW_CODEGEN_H

#include "print/query/view.h"
#include "print/text/values.h"
#include "rawlog/catalog/codegen.h"

static inline void
cell_set_integer(struct cell *cell, int64_t value)
{
	cell_set(cell, CELL_INTEGER, value);
}

static inline void
cell_set_boolean(struct cell *cell, bool value)
{
	cell_set(cell, CELL_BOOLEAN, value);
}

static inline void
cell_set_time(struct cell *cell, int64_t seconds)
{
	cell_set(cell, CELL_TIME, seconds);
}

static inline void
cell_set_number(struct cell *cell, double value)
{
	cell->kind = CELL_NUMBER;
	cell->number = value;
}

static inline void
cell_set_text(struct cell *cell, struct text value)
{
	cell->kind = CELL_TEXT;
	cell->text = value.bytes;
	cell->size = value.size;
}

#endif
