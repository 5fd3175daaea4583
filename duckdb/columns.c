/*
 * columns: atop_columns(), a row for each column of each table.
 */
#include <stdlib.h>

#include "duckdb/vectors.h"

enum facts_column {
	FACT_TABLE,
	FACT_COLUMN,
	FACT_TYPE,
	FACT_UNIT,
	FACT_DELTA,
	FACT_FIRST,
	FACT_LAST,
	FACT_NUMBER,
	FACT_DOC,
	NCOLUMNS
};

static const struct column columns[NCOLUMNS] = {
	[FACT_TABLE] = { .texts = COLUMN_TEXTS("table_name", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_COLUMN] = { .texts = COLUMN_TEXTS("column_name", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_TYPE] = { .texts = COLUMN_TEXTS("type", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_UNIT] = { .texts = COLUMN_TEXTS("unit", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_DELTA] = { .texts = COLUMN_TEXTS("delta", "", "", "", "", ""), .type = COLUMN_BOOLEAN },
	[FACT_FIRST] = { .texts = COLUMN_TEXTS("first_release", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_LAST] = { .texts = COLUMN_TEXTS("last_release", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FACT_NUMBER] = { .texts = COLUMN_TEXTS("number", "", "", "", "", ""), .type = COLUMN_INTEGER },
	[FACT_DOC] = { .texts = COLUMN_TEXTS("doc", "", "", "", "", ""), .type = COLUMN_TEXT },
};

static const char *const types[] = {
	[COLUMN_INTEGER] = "integer",
	[COLUMN_NUMBER] = "number",
	[COLUMN_BOOLEAN] = "boolean",
	[COLUMN_TEXT] = "text",
	[COLUMN_TIME] = "time",
};

/* The next column of the listing. */
struct place {
	size_t table, column;
};

static void
bind(duckdb_bind_info info)
{
	for (size_t i = 0; i < NCOLUMNS; i++) {
		duckdb_logical_type type = vectors_type(columns[i].type);

		duckdb_bind_add_result_column(info, column_name(&columns[i]), type);
		duckdb_destroy_logical_type(&type);
	}
}

static void
begin(duckdb_init_info info)
{
	struct place *place = calloc(1, sizeof *place);

	if (place == NULL)
		duckdb_init_set_error(info, "out of memory");
	else
		duckdb_init_set_init_data(info, place, free);
	duckdb_init_set_max_threads(info, 1);
}

static void
store(struct vector *vectors, idx_t row, const struct column_table *table, const struct column *c)
{
	vectors_set_text(&vectors[FACT_TABLE], row, table->name);
	vectors_set_text(&vectors[FACT_COLUMN], row, column_name(c));
	vectors_set_text(&vectors[FACT_TYPE], row, types[c->type]);
	vectors_set_text(&vectors[FACT_UNIT], row, column_unit(c));
	((bool *)vectors[FACT_DELTA].data)[row] = c->delta;
	vectors_set_text(&vectors[FACT_FIRST], row, column_first(c));
	vectors_set_text(&vectors[FACT_LAST], row, column_last(c));
	((int64_t *)vectors[FACT_NUMBER].data)[row] = c->number;
	vectors_set_text(&vectors[FACT_DOC], row, column_doc(c));
}

static void
fill(duckdb_function_info info, duckdb_data_chunk chunk)
{
	struct place *place = duckdb_function_get_init_data(info);
	struct vector vectors[NCOLUMNS];
	idx_t row = 0;

	for (size_t i = 0; i < NCOLUMNS; i++)
		vectors_begin(&vectors[i], duckdb_data_chunk_get_vector(chunk, i));
	while (row < duckdb_vector_size() && place->table < catalog_ntables) {
		const struct column_table *table = &catalog_tables[place->table];

		if (place->column < table->ncolumns) {
			store(vectors, row++, table, &table->columns[place->column++]);
		} else {
			place->table++;
			place->column = 0;
		}
	}
	duckdb_data_chunk_set_size(chunk, row);
}

bool
register_columns(duckdb_connection connection)
{
	duckdb_table_function function = duckdb_create_table_function();
	bool done;

	duckdb_table_function_set_name(function, "atop_columns");
	duckdb_table_function_set_bind(function, bind);
	duckdb_table_function_set_init(function, begin);
	duckdb_table_function_set_function(function, fill);
	done = duckdb_register_table_function(connection, function) == DuckDBSuccess;
	duckdb_destroy_table_function(&function);
	return done;
}
