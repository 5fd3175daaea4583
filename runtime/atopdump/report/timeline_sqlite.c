/*
 * timeline_sqlite: the timeline as an SQLite database. Sightings are written while logs are read, processes at the end.
 */
#include <errno.h>
#include <stdlib.h>

#include "atopdump/report/sighting_columns.h"
#include "atopdump/report/timeline.h"
#include "print/format/sqlite_bind.h"
#include "print/format/sqlite_file.h"
#include "print/format/sqlite_library.h"
#include "print/format/sqlite_tables.h"

enum {
	TABLE_PROCESS,
	TABLE_SIGHTING,
	TABLES
};

static const struct column id_column = { .texts = COLUMN_TEXTS("id", "", "", "", "",
					     "number of the process in this database"),
	.type = COLUMN_INTEGER,
	.source = COLUMN_KEY };

struct table {
	sqlite3_stmt *insert;
	struct sqlite_bound *bound; /* of each column */
};

struct timeline_database {
	struct sqlite_file *file;
	struct column *columns; /* of the table process: the id, and those of the timeline */
	struct column_table process;
	struct binding list[TABLES];
	struct bindings bindings; /* of `list` */
	struct table tables[TABLES];
	sqlite3_int64 nsightings;
	uint32_t serial;        /* of the sample that is bound */
	unsigned char *written; /* of each process: it has a row; NULL: no row yet */
};

/* Notes a failed call of SQLite. */
static void
check(struct timeline *t, int result)
{
	const int error = sqlite_file_errno(t->database->file, result);

	if (t->formatter.failure == 0)
		t->formatter.failure = error;
}

static void
insert(struct timeline *t, const struct table *table)
{
	sqlite.sqlite3_step(table->insert);
	check(t, sqlite.sqlite3_reset(table->insert));
}

/* --- the beginning ----------------------------------------------------------------------------------------------- */

/* Lists the columns of the table process. False: out of memory. */
static bool
list_columns(struct timeline *t)
{
	struct timeline_database *d = t->database;
	const size_t count = timeline_ncolumns(t);
	const char *name;

	d->columns = calloc(count + 1, sizeof *d->columns);
	if (d->columns == NULL)
		return false;
	d->columns[0] = id_column;
	for (size_t i = 0; i < count; i++)
		d->columns[i + 1] = timeline_table.columns[timeline_column(t, i, &name)];
	d->process = timeline_table;
	d->process.columns = d->columns;
	d->process.ncolumns = count + 1;
	d->list[TABLE_PROCESS].table = &d->process;
	d->list[TABLE_SIGHTING].table = &sighting_table;
	d->bindings.list = d->list;
	d->bindings.count = TABLES;
	return true;
}

/* Makes the tables, and a statement for each of them. A result of SQLite. */
static int
make_tables(struct timeline *t)
{
	struct timeline_database *d = t->database;
	sqlite3 *database = sqlite_file_database(d->file);
	int result = sqlite.sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);

	if (result == SQLITE_OK)
		result = sqlite_tables_make(database, &d->bindings, t->formatter.query->print);
	for (size_t i = 0; i < TABLES && result == SQLITE_OK; i++) {
		d->tables[i].bound = calloc(d->list[i].table->ncolumns, sizeof *d->tables[i].bound);
		result = d->tables[i].bound == NULL
		    ? SQLITE_NOMEM
		    : sqlite_tables_prepare(database, &d->list[i], &d->tables[i].insert);
	}
	return result;
}

static void
close_database(struct timeline *t)
{
	struct timeline_database *d = t->database;

	for (size_t i = 0; i < TABLES; i++) {
		sqlite.sqlite3_finalize(d->tables[i].insert);
		free(d->tables[i].bound);
	}
	sqlite_file_close(d->file);
	free(d->columns);
	free(d->written);
	free(d);
	t->database = NULL;
	t->processes.seen = NULL;
}

/* --- sightings --------------------------------------------------------------------------------------------------- */

static void
put_sighting(void *context, const struct process_seen *seen)
{
	struct timeline *t = context;
	struct timeline_database *d = t->database;
	const struct table *table = &d->tables[TABLE_SIGHTING];
	const bool again = d->nsightings > 0 && d->serial == t->processes.serial;
	const unsigned print = t->formatter.query->print;
	struct cell cell;
	int result = SQLITE_OK;

	if (t->formatter.failure != 0)
		return;
	for (int i = again ? SIGHTING_SINCE_BOOT + 1 : 0; i < SIGHTING_NCOLUMNS && result == SQLITE_OK; i++) {
		sighting_get(&t->processes, seen, (size_t)i, &cell);
		result = cell.kind == CELL_NUMBER
		    ? sqlite_bind_double(table->insert, i + 1, &table->bound[i], cell.number)
		    : sqlite_bind(table->insert, i + 1, &table->bound[i], &cell, false, &t->scratch, print);
	}
	d->serial = t->processes.serial;
	check(t, result);
	insert(t, table);
	d->nsightings++;
}

static int
prepare_sqlite(struct timeline *t)
{
	int error;

	t->database = calloc(1, sizeof *t->database);
	if (t->database == NULL)
		return ENOMEM;
	t->database->file = sqlite_file_open(timeline_out(t)->fd, &error);
	if (t->database->file == NULL) {
		free(t->database);
		t->database = NULL;
		return error;
	}
	error = list_columns(t) ? sqlite_file_errno(t->database->file, make_tables(t)) : ENOMEM;
	t->processes.seen = put_sighting;
	t->processes.context = t;
	return error;
}

/* --- processes --------------------------------------------------------------------------------------------------- */

static void
begin_rows(struct timeline *t)
{
	t->database->written = calloc(t->processes.list.count + (size_t)1, 1);
	if (t->database->written == NULL && t->formatter.failure == 0)
		t->formatter.failure = ENOMEM;
}

static void
put_process(struct timeline *t, const struct timeline_row *row)
{
	struct timeline_database *d = t->database;
	const struct table *table = &d->tables[TABLE_PROCESS];
	const unsigned print = t->formatter.query->print;
	struct cell cell = { .kind = CELL_INTEGER, .integer = (int64_t)row->number + 1 };
	const char *name;
	int result = sqlite_bind(table->insert, 1, &table->bound[0], &cell, false, &t->scratch, print);

	for (size_t i = 0; i < timeline_ncolumns(t) && result == SQLITE_OK; i++) {
		const size_t column = timeline_column(t, i, &name);
		struct sqlite_bound *bound = &table->bound[i + 1];
		const int at = (int)i + 2;

		timeline_get(row, column, &cell);
		if (cell.kind == CELL_TEXT && timeline_is_scratch(column))
			result = sqlite_bind_copy(table->insert, at, bound, cell.text, cell.size);
		else if (cell.kind == CELL_NUMBER)
			result = sqlite_bind_double(table->insert, at, bound, cell.number);
		else
			result = sqlite_bind(table->insert, at, bound, &cell, false, &t->scratch, print);
	}
	check(t, result);
	insert(t, table);
	d->written[row->number] = 1;
}

/* --- the end ----------------------------------------------------------------------------------------------------- */

/* Whether the process of the sighting in a row has no row itself. */
static bool
is_left_out(struct timeline *t, sqlite3_stmt *get, sqlite3_int64 row)
{
	bool left_out = false;

	sqlite.sqlite3_bind_int64(get, 1, row);
	if (sqlite.sqlite3_step(get) == SQLITE_ROW)
		left_out = t->database->written[sqlite.sqlite3_column_int64(get, 0) - 1] == 0;
	check(t, sqlite.sqlite3_reset(get));
	return left_out;
}

/* Deletes, with all their bytes, the sightings of processes that have no row. */
static void
delete_others(struct timeline *t)
{
	sqlite3 *database = sqlite_file_database(t->database->file);
	sqlite3_stmt *get = NULL, *delete = NULL;

	check(t, sqlite.sqlite3_exec(database, "PRAGMA secure_delete=ON", NULL, NULL, NULL));
	check(t,
	    sqlite.sqlite3_prepare_v3(database, "SELECT process FROM sighting WHERE rowid = ?", -1, 0, &get, NULL));
	check(t, sqlite.sqlite3_prepare_v3(database, "DELETE FROM sighting WHERE rowid = ?", -1, 0, &delete, NULL));
	for (sqlite3_int64 row = 1; row <= t->database->nsightings && t->formatter.failure == 0; row++)
		if (is_left_out(t, get, row)) {
			sqlite.sqlite3_bind_int64(delete, 1, row);
			sqlite.sqlite3_step(delete);
			check(t, sqlite.sqlite3_reset(delete));
		}
	sqlite.sqlite3_finalize(get);
	sqlite.sqlite3_finalize(delete);
}

static void
end_sqlite(struct timeline *t, bool keep)
{
	struct timeline_database *d = t->database;
	sqlite3 *database;

	if (d == NULL)
		return;
	if (keep && t->nrows < t->processes.list.count)
		delete_others(t);
	if (keep && t->formatter.failure == 0) {
		database = sqlite_file_database(d->file);
		check(t, sqlite_tables_index(database, &d->bindings));
		if (t->formatter.failure == 0)
			t->formatter.failure = sqlite_file_commit(d->file);
	}
	close_database(t);
}

const struct timeline_form timeline_sqlite = { .prepare = prepare_sqlite,
	.begin = begin_rows,
	.put = put_process,
	.end = end_sqlite };
