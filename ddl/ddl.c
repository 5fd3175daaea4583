/*
 * ddl: the statements of each engine.
 */
#include "ddl/ddl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const ddl_engines[] = {
	[DDL_DUCKDB] = "duckdb",
	[DDL_CLICKHOUSE] = "clickhouse",
	[DDL_POSTGRESQL] = "postgresql",
	[DDL_SQLITE] = "sqlite",
	[DDL_SPARK] = "spark",
	[DDL_AVRO] = "avro",
	NULL,
};

/* What stands for a type in a definition. Every column can be null. */
static const char *const type_names[][DDL_NTYPES] = {
	[DDL_DUCKDB] = { "BIGINT", "FLOAT", "BOOLEAN", "VARCHAR", "TIMESTAMP WITH TIME ZONE", "BIGINT", "DOUBLE" },
	[DDL_CLICKHOUSE] = { "Nullable(Int64)", "Nullable(Float32)", "Nullable(Bool)", "Nullable(String)",
	    "Nullable(DateTime64(6, 'UTC'))", "Nullable(Int64)", "Nullable(Float64)" },
	[DDL_POSTGRESQL] = { "BIGINT", "REAL", "BOOLEAN", "TEXT", "TIMESTAMP WITH TIME ZONE", "BIGINT",
	    "DOUBLE PRECISION" },
	[DDL_SQLITE] = { "INTEGER", "REAL", "BOOLEAN", "TEXT", "TEXT", "INTEGER", "REAL" },
	[DDL_SPARK] = { "BIGINT", "FLOAT", "BOOLEAN", "STRING", "TIMESTAMP", "BIGINT", "DOUBLE" },
	[DDL_AVRO] = { "\"long\"", "\"float\"", "\"boolean\"", "\"string\"",
	    "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}", "\"long\"", "\"double\"" },
};

static const char *const words[DDL_NTYPES] = { "integer", "number", "boolean", "text", "time", "time", "number" };

int
ddl_find_engine(const char *name)
{
	for (int i = 0; ddl_engines[i] != NULL; i++)
		if (strcmp(ddl_engines[i], name) == 0)
			return i;
	return -1;
}

/* --- text ---------------------------------------------------------------------------------------------- */

static void
put(const struct ddl_output *o, const char *text)
{
	o->write(o->state, text, strlen(text));
}

/* The texts up to NULL. */
static void
put_all(const struct ddl_output *o, ...)
{
	const char *text;
	va_list args;

	va_start(args, o);
	while ((text = va_arg(args, const char *)) != NULL)
		put(o, text);
	va_end(args);
}

/* The text with `escape` before each character of `special`. */
static void
put_escaped(const struct ddl_output *o, const char *text, const char *special, const char *escape)
{
	for (; *text != '\0'; text++) {
		if (strchr(special, *text) != NULL)
			put(o, escape);
		o->write(o->state, text, 1);
	}
}

/* A part of a string literal of the engine, between its quotes. */
static void
put_part(const struct ddl_output *o, enum ddl_engine engine, const char *text)
{
	switch (engine) {
	case DDL_AVRO: put_escaped(o, text, "\"\\", "\\"); break;
	case DDL_CLICKHOUSE:
	case DDL_SPARK: put_escaped(o, text, "'\\", "\\"); break;
	case DDL_DUCKDB:
	case DDL_POSTGRESQL:
	case DDL_SQLITE: put_escaped(o, text, "'", "'"); break;
	}
}

static void
put_quote(const struct ddl_output *o, enum ddl_engine engine)
{
	put(o, engine == DDL_AVRO ? "\"" : "'");
}

/* A string literal of the engine. */
static void
put_literal(const struct ddl_output *o, enum ddl_engine engine, const char *text)
{
	put_quote(o, engine);
	put_part(o, engine, text);
	put_quote(o, engine);
}

/* A literal, or NULL. */
static void
put_value(const struct ddl_output *o, enum ddl_engine engine, const char *text)
{
	if (text != NULL)
		put_literal(o, engine, text);
	else
		put(o, "NULL");
}

/* A name in quotes: `offset`, `release` and others are words of SQL. */
static void
put_name(const struct ddl_output *o, enum ddl_engine engine, const char *name)
{
	const char *quote = engine == DDL_CLICKHOUSE || engine == DDL_SPARK ? "`" : "\"";

	put(o, quote);
	put_escaped(o, name, quote, quote);
	put(o, quote);
}

static bool
is_described(const struct ddl_column *c)
{
	return c->unit != NULL || c->delta || (c->doc != NULL && c->doc[0] != '\0');
}

/* A literal: "ticks, a difference over the interval: time in kernel mode". */
static void
put_description(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_column *c)
{
	put_quote(o, engine);
	put_part(o, engine, c->unit != NULL ? c->unit : "");
	put(o, c->unit != NULL && c->delta ? ", " : "");
	put(o, c->delta ? "a difference over the interval" : "");
	put(o, (c->unit != NULL || c->delta) && c->doc != NULL ? ": " : "");
	put_part(o, engine, c->doc != NULL ? c->doc : "");
	put_quote(o, engine);
}

/* --- statements ---------------------------------------------------------------------------------------- */

static void
put_begin(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *t)
{
	if (engine == DDL_AVRO) {
		put_all(o, "{\"type\": \"record\", \"name\": \"", t->name, "\", \"doc\": ", NULL);
		put_literal(o, engine, t->doc != NULL ? t->doc : "");
		put(o, ", \"fields\": [");
		return;
	}
	put(o, "CREATE TABLE ");
	put_name(o, engine, t->name);
	put(o, " (");
}

static void
put_avro_field(const struct ddl_output *o, const struct ddl_column *c)
{
	put_all(o, "{\"name\": \"", c->name, "\", \"type\": [\"null\", ", type_names[DDL_AVRO][c->type],
	    "], \"default\": null", NULL);
	if (is_described(c)) {
		put(o, ", \"doc\": ");
		put_description(o, DDL_AVRO, c);
	}
	put(o, "}");
}

static void
put_column(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_column *c, bool first)
{
	put(o, first ? "\n  " : ",\n  ");
	if (engine == DDL_AVRO) {
		put_avro_field(o, c);
		return;
	}
	put_name(o, engine, c->name);
	put_all(o, " ", type_names[engine][c->type], NULL);
	if ((engine == DDL_CLICKHOUSE || engine == DDL_SPARK) && is_described(c)) {
		put(o, " COMMENT ");
		put_description(o, engine, c);
	}
}

static void
put_end(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *t)
{
	put(o, engine == DDL_AVRO ? "\n]}" : "\n)");
	if (engine == DDL_AVRO)
		return;
	if (engine == DDL_CLICKHOUSE)
		put(o, " ENGINE = MergeTree ORDER BY tuple()");
	if (engine == DDL_CLICKHOUSE || engine == DDL_SPARK) {
		put(o, " COMMENT ");
		put_literal(o, engine, t->doc != NULL ? t->doc : "");
	}
	put(o, ";\n");
	if (engine != DDL_DUCKDB && engine != DDL_POSTGRESQL)
		return;
	put(o, "COMMENT ON TABLE ");
	put_name(o, engine, t->name);
	put(o, " IS ");
	put_literal(o, engine, t->doc != NULL ? t->doc : "");
	put(o, ";\n");
}

static void
put_comment(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *t, const struct ddl_column *c)
{
	if ((engine != DDL_DUCKDB && engine != DDL_POSTGRESQL) || !is_described(c))
		return;
	put(o, "COMMENT ON COLUMN ");
	put_name(o, engine, t->name);
	put(o, ".");
	put_name(o, engine, c->name);
	put(o, " IS ");
	put_description(o, engine, c);
	put(o, ";\n");
}

/* A row of the table `columns`. */
static void
put_row(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *t, const struct ddl_column *c)
{
	char number[16];

	snprintf(number, sizeof number, c->number > 0 ? "%u" : "NULL", c->number);
	put_all(o, "\n  ('", t->name, "', ", NULL);
	put_literal(o, engine, c->name);
	put_all(o, ", '", words[c->type], "', ", NULL);
	put_value(o, engine, c->unit);
	put_all(o, c->delta ? ", TRUE, " : ", FALSE, ", NULL);
	put_value(o, engine, c->first);
	put(o, ", ");
	put_value(o, engine, c->last);
	put_all(o, ", ", number, ", ", NULL);
	put_value(o, engine, c->doc);
	put(o, ")");
}

/* One statement for all rows: an engine that stores each insertion apart would make hundreds of parts of them. */
void
ddl_print_columns(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *tables, size_t ntables)
{
	bool first = true;

	put(o, "INSERT INTO ");
	put_name(o, engine, "columns");
	put(o, " VALUES");
	for (size_t i = 0; i < ntables; i++)
		for (size_t k = 0; k < tables[i].ncolumns; k++) {
			put(o, first ? "" : ",");
			put_row(o, engine, &tables[i], &tables[i].columns[k]);
			first = false;
		}
	put(o, ";\n");
}

/* --- all of them --------------------------------------------------------------------------------------- */

static void
put_table(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *t)
{
	put_begin(o, engine, t);
	for (size_t i = 0; i < t->ncolumns; i++)
		put_column(o, engine, &t->columns[i], i == 0);
	put_end(o, engine, t);
	for (size_t i = 0; i < t->ncolumns; i++)
		put_comment(o, engine, t, &t->columns[i]);
}

/* The table of columns itself. */
static const struct ddl_column own_columns[] = {
	{ .name = "table_name", .type = DDL_TEXT },
	{ .name = "column_name", .type = DDL_TEXT },
	{ .name = "type", .type = DDL_TEXT, .doc = "integer, number, boolean, text or time" },
	{ .name = "unit", .type = DDL_TEXT, .doc = "as upstream counts; null: none" },
	{ .name = "delta", .type = DDL_BOOLEAN, .doc = "a difference over the interval, not a current value" },
	{ .name = "first_release", .type = DDL_TEXT, .doc = "of atop; null: not a member of atop's structs" },
	{ .name = "last_release", .type = DDL_TEXT },
	{ .name = "number", .type = DDL_INTEGER, .doc = "permanent, of no other column" },
	{ .name = "doc", .type = DDL_TEXT },
};

static const struct ddl_table own_table = {
	.name = "columns",
	.doc = "a column of a table",
	.columns = own_columns,
	.ncolumns = sizeof own_columns / sizeof own_columns[0],
};

void
ddl_print(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *tables, size_t ntables)
{
	put(o, engine == DDL_AVRO ? "[\n" : "");
	for (size_t i = 0; i < ntables; i++) {
		put(o, engine == DDL_AVRO && i > 0 ? ",\n" : "");
		put_table(o, engine, &tables[i]);
	}
	if (engine == DDL_AVRO) {
		put(o, "\n]\n");
		return;
	}
	put_table(o, engine, &own_table);
	ddl_print_columns(o, engine, tables, ntables);
}

void
ddl_print_record(const struct ddl_output *o, const struct ddl_table *table)
{
	put_table(o, DDL_AVRO, table);
}
