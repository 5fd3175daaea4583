/*
 * definitions: hands the columns of the catalog to ddl.
 */
#include "atopdump/report/definitions.h"

#include <stdlib.h>

#include "rawlog/catalog/columns.h"

static enum ddl_type
type_of(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER: return DDL_INTEGER;
	case COLUMN_NUMBER: return DDL_NUMBER;
	case COLUMN_BOOLEAN: return DDL_BOOLEAN;
	case COLUMN_TEXT: return DDL_TEXT;
	case COLUMN_TIME: break;
	}
	return DDL_TIME;
}

static void
write_out(void *state, const char *text, size_t length)
{
	fwrite(text, 1, length, state);
}

/* Fills both arrays, which are large enough. */
static void
fill(struct ddl_table *tables, struct ddl_column *columns)
{
	for (size_t i = 0; i < catalog_ntables; i++) {
		const struct column_table *t = &catalog_tables[i];

		tables[i] = (struct ddl_table){
			.name = t->name,
			.doc = t->doc,
			.columns = columns,
			.ncolumns = t->ncolumns,
		};
		for (size_t k = 0; k < t->ncolumns; k++) {
			const struct column *c = &t->columns[k];

			*columns++ = (struct ddl_column){
				.name = c->name,
				.type = type_of(c->type),
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
definitions_print(FILE *out, enum ddl_engine engine)
{
	const struct ddl_output output = { .write = write_out, .state = out };
	struct ddl_table *tables = calloc(catalog_ntables, sizeof *tables);
	struct ddl_column *columns = NULL;
	size_t ncolumns = 0;

	for (size_t i = 0; i < catalog_ntables; i++)
		ncolumns += catalog_tables[i].ncolumns;
	if (tables != NULL)
		columns = calloc(ncolumns, sizeof *columns);
	if (columns != NULL) {
		fill(tables, columns);
		ddl_print(&output, engine, tables, catalog_ntables);
	}
	free(columns);
	free(tables);
	return columns != NULL;
}
