/*
 * table_ddl: hands the columns of the catalog to ddl.
 */
#include "print/format/table_ddl.h"

#include <stdlib.h>

#include "print/text/put.h"

static enum ddl_type
type_of(const struct column *c, unsigned print)
{
	switch (c->type) {
	case COLUMN_INTEGER: return c->bits && (print & PRINT_NAMES) != 0 ? DDL_TEXT : DDL_INTEGER;
	case COLUMN_NUMBER: return DDL_NUMBER;
	case COLUMN_BOOLEAN: return DDL_BOOLEAN;
	case COLUMN_TEXT: return DDL_TEXT;
	case COLUMN_TIME: break;
	}
	return print & PRINT_EPOCH ? DDL_EPOCH : DDL_TIME;
}

/* Fills both arrays, which are large enough. */
static void
fill(struct ddl_table *tables, struct ddl_column *columns, const struct bindings *b, unsigned print)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct binding *bound = &b->list[i];
		const size_t ncolumns = binding_ncolumns(bound);

		tables[i] = (struct ddl_table){
			.name = bound->table->name,
			.doc = bound->table->doc,
			.columns = columns,
			.ncolumns = ncolumns,
		};
		for (size_t k = 0; k < ncolumns; k++, columns++) {
			const char *name;
			const struct column *c = &bound->table->columns[binding_column(bound, k, &name)];

			*columns = (struct ddl_column){
				.name = name,
				.type = type_of(c, print),
				.number = c->number,
				.unit = c->unit,
				.delta = c->delta,
				.first = c->first,
				.last = c->last,
				.doc = c->doc,
			};
		}
	}
}

bool
table_ddl_print(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b, unsigned print)
{
	struct ddl_table *tables = calloc(b->count + 1, sizeof *tables);
	struct ddl_column *columns = NULL;
	size_t ncolumns = 1;

	for (size_t i = 0; i < b->count; i++)
		ncolumns += binding_ncolumns(&b->list[i]);
	if (tables != NULL)
		columns = calloc(ncolumns, sizeof *columns);
	if (columns != NULL) {
		fill(tables, columns, b, print);
		ddl_print(out, engine, tables, b->count);
	}
	free(columns);
	free(tables);
	return columns != NULL;
}
