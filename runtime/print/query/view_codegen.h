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
	cell->kind = CELL_INTEGER;
	cell->integer = value;
	cell->bits = NULL;
}

static inline void
cell_set_boolean(struct cell *cell, bool value)
{
	cell->kind = CELL_BOOLEAN;
	cell->integer = value;
}

static inline void
cell_set_time(struct cell *cell, int64_t seconds)
{
	cell->kind = CELL_TIME;
	cell->integer = seconds;
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
