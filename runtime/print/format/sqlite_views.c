/*
 * sqlite_views: runs the statements of views.
 */
#include "print/format/sqlite_views.h"

#include <stdlib.h>
#include <string.h>

#include "print/format/sqlite_library.h"
#include "print/format/table_ddl.h"
#include "print/format/view_sql.h"
#include "print/text/put.h"

/* --- which of them ------------------------------------------------------------------------------------------------ */

/* Whether the tables of the query have all columns and all rows, as the log has them. */
static bool
is_whole(const struct bindings *b, const struct query *query)
{
	return !b->has_views && query->selection == NULL && query->top == 0 &&
	    (query->limit == NULL || query->limit->most == 0) && (query->print & PRINT_NAMES) == 0;
}

static bool
has_table(const struct bindings *b, const char *name, size_t length)
{
	for (size_t i = 0; i < b->count; i++)
		if (strlen(b->list[i].table->name) == length && memcmp(b->list[i].table->name, name, length) == 0)
			return true;
	return false;
}

/* Whether the view can be said in SQL, and all its tables are there. */
static bool
has_tables(const struct bindings *b, const struct view_sql *sql)
{
	const char *name = sql->tables;
	bool all = *name != '\0';

	while (all && *name != '\0') {
		const size_t length = strcspn(name, " ");

		all = has_table(b, name, length);
		name += length + (name[length] == ' ');
	}
	return all;
}

/* --- statements --------------------------------------------------------------------------------------------------- */

/* Times are integers, or texts that SQLite converts. A time that the tables could not hold is null. */
static const char *
time_words(char mark, unsigned print)
{
	if ((print & PRINT_EPOCH) != 0)
		return mark == VIEW_SQL_READ || mark == VIEW_SQL_MADE ? "(" : ")";
	switch (mark) {
	case VIEW_SQL_READ: return "CAST(strftime('%s', ";
	case VIEW_SQL_READ_END: return ") AS INTEGER)";
	case VIEW_SQL_MADE: return "strftime('%Y-%m-%dT%H:%M:%SZ', nullif(max(";
	default: return ", -1), -1), 'unixepoch')";
	}
}

static void
put_statement(struct writer *sql, const char *text, unsigned print)
{
	static const char marks[] = { VIEW_SQL_READ, VIEW_SQL_READ_END, VIEW_SQL_MADE, VIEW_SQL_MADE_END, '\0' };

	while (*text != '\0') {
		const size_t plain = strcspn(text, marks);

		writer_put(sql, text, plain);
		text += plain;
		if (*text != '\0') {
			const char *words = time_words(*text++, print);

			writer_put(sql, words, strlen(words));
		}
	}
	writer_put(sql, "", 1);
}

/* Ends the statements: a row was found. */
static int
stop(void *context, int n, char **values, char **names)
{
	(void)context;
	(void)n;
	(void)values;
	(void)names;
	return 1;
}

/* Makes a view, unless its rows could be joined to others; notes whether it was made. A result of SQLite. */
static int
make_view(sqlite3 *database, const struct view_sql *sql, unsigned print, bool *made)
{
	int result = sqlite.sqlite3_exec(database, sql->before, stop, NULL, NULL);
	struct writer text;

	*made = result == SQLITE_OK;
	if (result == SQLITE_ABORT)
		return SQLITE_OK;
	if (result != SQLITE_OK)
		return result;
	if (writer_open(&text, -1) != 0)
		return SQLITE_NOMEM;
	put_statement(&text, sql->statement, print);
	result = text.error != 0 ? SQLITE_NOMEM : sqlite.sqlite3_exec(database, text.buffer, NULL, NULL, NULL);
	writer_close(&text);
	return result;
}

/* --- the table of columns ----------------------------------------------------------------------------------------- */

static void
put(void *state, const char *text, size_t length)
{
	writer_put(state, text, length);
}

static int
add_columns(sqlite3 *database, const struct bindings *views, unsigned print)
{
	struct writer sql;
	const struct ddl_output out = { .write = put, .state = &sql };
	int result = SQLITE_NOMEM;

	if (views->count == 0)
		return SQLITE_OK;
	if (writer_open(&sql, -1) != 0)
		return SQLITE_NOMEM;
	if (table_ddl_print_columns(&out, DDL_SQLITE, views, print)) {
		writer_put(&sql, "", 1);
		if (sql.error == 0)
			result = sqlite.sqlite3_exec(database, sql.buffer, NULL, NULL, NULL);
	}
	writer_close(&sql);
	return result;
}

int
sqlite_views_make(sqlite3 *database, const struct bindings *b, const struct query *query)
{
	struct bindings views = { .list = calloc(catalog_nviews + 1, sizeof *views.list) };
	int result = views.list != NULL ? SQLITE_OK : SQLITE_NOMEM;

	for (size_t i = 0; i < catalog_nviews && result == SQLITE_OK && is_whole(b, query); i++) {
		const struct view_sql sql = view_sql_of(&catalog_views[i]);
		bool made = false;

		if (has_tables(b, &sql))
			result = make_view(database, &sql, query->print, &made);
		if (made)
			views.list[views.count++].table = &catalog_views[i].table;
	}
	if (result == SQLITE_OK)
		result = add_columns(database, &views, query->print);
	free(views.list);
	return result;
}
