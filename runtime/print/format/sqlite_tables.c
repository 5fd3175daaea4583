/*
 * sqlite_tables: writes statements as text.
 */
#include "print/format/sqlite_tables.h"

#include <string.h>

#include "print/format/sqlite_library.h"
#include "print/format/table_ddl.h"

/* --- statements as text --------------------------------------------------------------------------------------- */

static void
put(struct writer *sql, const char *text)
{
	writer_put(sql, text, strlen(text));
}

static void
put_name(struct writer *sql, const char *name)
{
	put(sql, "\"");
	for (; *name != '\0'; name++)
		writer_put(sql, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
	put(sql, "\"");
}

static void
put_definition(void *state, const char *text, size_t length)
{
	writer_put(state, text, length);
}

/* Whether the column is the number of a process: "pid", or a member of that name in a struct. */
static bool
is_pid(const char *name)
{
	const char *last = strrchr(name, '_');

	return strcmp(last != NULL ? last + 1 : name, "pid") == 0;
}

/* The last word of the name of the index that the column has; NULL: it has none. */
static const char *
index_of(const struct column *column)
{
	if (column->source == COLUMN_CONTEXT && column->context == CONTEXT_HOST)
		return "host";
	if (column->source == COLUMN_CONTEXT && column->context == CONTEXT_TIME)
		return "time";
	if (column->source == COLUMN_KEY)
		return column_name(column);
	return is_pid(column_name(column)) ? "pid" : NULL;
}

/* CREATE INDEX "tstat_by_pid" ON "tstat" ("gen_pid"); */
static void
put_index(struct writer *sql, const struct column_table *table, const char *index, const char *column)
{
	put(sql, "CREATE INDEX \"");
	put(sql, table->name);
	put(sql, "_by_");
	put(sql, index);
	put(sql, "\" ON ");
	put_name(sql, table->name);
	put(sql, " (");
	put_name(sql, column);
	put(sql, ");\n");
}

static void
put_indexes(struct writer *sql, const struct binding *b)
{
	const char *name;

	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		const char *index = index_of(&b->table->columns[binding_column(b, i, &name)]);

		if (index != NULL)
			put_index(sql, b->table, index, name);
	}
}

/* --- the database --------------------------------------------------------------------------------------------- */

static int
execute(sqlite3 *database, struct writer *sql)
{
	writer_put(sql, "", 1);
	return sql->error != 0 ? SQLITE_NOMEM : sqlite.sqlite3_exec(database, sql->buffer, NULL, NULL, NULL);
}

int
sqlite_tables_make(sqlite3 *database, const struct bindings *b, unsigned print)
{
	struct writer sql;
	const struct ddl_output out = { .write = put_definition, .state = &sql };
	int result = SQLITE_NOMEM;

	if (writer_open(&sql, -1) != 0)
		return SQLITE_NOMEM;
	if (table_ddl_print(&out, DDL_SQLITE, b, print))
		result = execute(database, &sql);
	writer_close(&sql);
	return result;
}

int
sqlite_tables_index(sqlite3 *database, const struct bindings *b)
{
	struct writer sql;
	int result;

	if (writer_open(&sql, -1) != 0)
		return SQLITE_NOMEM;
	for (size_t i = 0; i < b->count; i++)
		put_indexes(&sql, &b->list[i]);
	result = execute(database, &sql);
	writer_close(&sql);
	return result;
}

int
sqlite_tables_prepare(sqlite3 *database, const struct binding *b, sqlite3_stmt **insert)
{
	struct writer sql;
	int result = SQLITE_NOMEM;

	*insert = NULL;
	if (writer_open(&sql, -1) != 0)
		return SQLITE_NOMEM;
	put(&sql, "INSERT INTO ");
	put_name(&sql, b->table->name);
	put(&sql, " VALUES (?");
	for (size_t i = 1; i < binding_ncolumns(b); i++)
		put(&sql, ",?");
	writer_put(&sql, ")", sizeof ")");
	if (sql.error == 0)
		result = sqlite.sqlite3_prepare_v3(database, sql.buffer, -1, SQLITE_PREPARE_PERSISTENT, insert, NULL);
	writer_close(&sql);
	return result;
}
