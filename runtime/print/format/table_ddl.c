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
	case COLUMN_DOUBLE: return DDL_DOUBLE;
	case COLUMN_BOOLEAN: return DDL_BOOLEAN;
	case COLUMN_TEXT: return DDL_TEXT;
	case COLUMN_TIME: break;
	}
	return print & PRINT_EPOCH ? DDL_EPOCH : DDL_TIME;
}

/* Describes the table and its columns, for which `columns` has room. Returns how many these are. */
static size_t
describe_table(struct ddl_table *table, struct ddl_column *columns, const struct binding *bound, unsigned print)
{
	const size_t ncolumns = binding_ncolumns(bound);

	*table = (struct ddl_table){
		.name = bound->table->name,
		.doc = bound->table->doc,
		.columns = columns,
		.ncolumns = ncolumns,
	};
	for (size_t i = 0; i < ncolumns; i++) {
		const char *name;
		const struct column *c = &bound->table->columns[binding_column(bound, i, &name)];

		columns[i] = (struct ddl_column){
			.name = name,
			.type = type_of(c, print),
			.number = c->number,
			.unit = column_unit(c),
			.delta = c->delta,
			.first = column_first(c),
			.last = column_last(c),
			.doc = column_doc(c),
		};
	}
	return ncolumns;
}

typedef void print_tables(const struct ddl_output *out, enum ddl_engine engine, const struct ddl_table *tables,
    size_t ntables);

static bool
describe_all(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b, unsigned print,
    print_tables *print_them)
{
	struct ddl_table *tables = calloc(b->count + 1, sizeof *tables);
	struct ddl_column *columns = NULL, *next;
	size_t ncolumns = 1;

	for (size_t i = 0; i < b->count; i++)
		ncolumns += binding_ncolumns(&b->list[i]);
	if (tables != NULL)
		columns = next = calloc(ncolumns, sizeof *columns);
	if (columns != NULL) {
		for (size_t i = 0; i < b->count; i++)
			next += describe_table(&tables[i], next, &b->list[i], print);
		print_them(out, engine, tables, b->count);
	}
	free(columns);
	free(tables);
	return columns != NULL;
}

bool
table_ddl_print(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b, unsigned print)
{
	return describe_all(out, engine, b, print, ddl_print);
}

bool
table_ddl_print_columns(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b, unsigned print)
{
	return describe_all(out, engine, b, print, ddl_print_columns);
}

bool
table_ddl_print_record(const struct ddl_output *out, const struct binding *bound, unsigned print)
{
	struct ddl_column *columns = calloc(binding_ncolumns(bound) + 1, sizeof *columns);
	struct ddl_table table;

	if (columns == NULL)
		return false;
	describe_table(&table, columns, bound, print);
	ddl_print_record(out, &table);
	free(columns);
	return true;
}
