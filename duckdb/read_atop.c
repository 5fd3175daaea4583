/*
 * read_atop: the rows of a table of all files, and read_atop_damage: all losses. A thread takes one file after the other. When all
 * are taken, it takes samples of one that another thread reads, if the table has its rows in them.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "duckdb/request.h"
#include "duckdb/store.h"

/* What all threads of a query share. */
struct query {
	const struct request *request;
	struct scan_request scan;
	size_t *columns; /* of the table, in the order of the chunk */
	size_t ncolumns;
	bool *wanted; /* of each column of the table */
	bool splits;  /* several threads can read a file */
	pthread_mutex_t lock;
	size_t next; /* the first file that no thread has taken */
	size_t nfiles;
	struct shared **files; /* that threads read and can join, by their number; NULL: none */
};

/* What one thread of a query has. */
struct reader {
	struct scan scan;
	bool open;
	size_t file;        /* its number */
	struct store store; /* closed until the first chunk */
};

/* --- binding ------------------------------------------------------------------------------------------------------ */

static void
bind(duckdb_bind_info info)
{
	const char *only = duckdb_bind_get_extra_info(info);
	struct request *r = request_read(info, only != NULL ? only : "tstat", only == NULL);

	if (r == NULL)
		return;
	for (size_t i = 0; i < r->table->ncolumns; i++) {
		duckdb_logical_type type = vectors_type(r->table->columns[i].type);

		duckdb_bind_add_result_column(info, column_name(&r->table->columns[i]), type);
		duckdb_destroy_logical_type(&type);
	}
	duckdb_bind_set_bind_data(info, r, request_free);
}

/* --- the state of a query ------------------------------------------------------------------------------------------ */

static void
free_query(void *freed)
{
	struct query *q = freed;

	for (size_t i = 0; q->files != NULL && i < q->nfiles; i++)
		if (q->files[i] != NULL)
			shared_leave(q->files[i]);
	pthread_mutex_destroy(&q->lock);
	free(q->files);
	free(q->columns);
	free(q->wanted);
	free(q);
}

static struct query *
make_query(const struct request *r, size_t ncolumns)
{
	struct query *q = calloc(1, sizeof *q);

	if (q == NULL)
		return NULL;
	pthread_mutex_init(&q->lock, NULL);
	q->request = r;
	q->splits = scan_splits(r->table);
	q->nfiles = r->files.count;
	q->files = calloc(q->nfiles + 1, sizeof(struct shared *));
	q->columns = calloc(ncolumns + 1, sizeof *q->columns);
	q->wanted = calloc(r->table->ncolumns + 1, sizeof *q->wanted);
	if (q->files == NULL || q->columns == NULL || q->wanted == NULL) {
		free_query(q);
		return NULL;
	}
	q->scan = (struct scan_request){ .table = r->table,
		.columns = q->wanted,
		.where = r->where,
		.window = r->window,
		.layout = r->layout,
		.verifies = true };
	return q;
}

/* How many threads have something to do: one a file, or one for each piece of so many bytes. */
static idx_t
count_threads(const struct query *q)
{
	enum {
		PIECE = 1 << 20
	};
	const struct files *files = &q->request->files;
	struct stat facts;
	idx_t n = 0;

	for (size_t i = 0; i < files->count; i++)
		n += q->splits && stat(files->paths[i], &facts) == 0 ? 1 + (idx_t)facts.st_size / PIECE : 1;
	return n > 0 ? n : 1;
}

static void
begin_query(duckdb_init_info info)
{
	const struct request *r = duckdb_init_get_bind_data(info);
	const size_t ncolumns = duckdb_init_get_column_count(info);
	struct query *q = make_query(r, ncolumns);

	if (q == NULL) {
		duckdb_init_set_error(info, "out of memory");
		return;
	}
	for (size_t i = 0; i < ncolumns; i++) {
		const size_t column = duckdb_init_get_column_index(info, i);

		if (column >= r->table->ncolumns) /* the row's number, or no column at all */
			continue;
		q->columns[q->ncolumns++] = column;
		q->wanted[column] = true;
	}
	duckdb_init_set_max_threads(info, count_threads(q));
	duckdb_init_set_init_data(info, q, free_query);
}

static void
free_reader(void *freed)
{
	struct reader *reader = freed;

	if (reader->open)
		scan_close(&reader->scan);
	store_close(&reader->store);
	free(reader);
}

static void
begin_reader(duckdb_init_info info)
{
	struct reader *reader = calloc(1, sizeof *reader);

	if (reader == NULL)
		duckdb_init_set_error(info, "out of memory");
	else
		duckdb_init_set_init_data(info, reader, free_reader);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Takes the number of a file that no thread has taken. False: there are no more. */
static bool
take_file(struct query *q, size_t *file)
{
	pthread_mutex_lock(&q->lock);
	*file = q->next < q->nfiles ? q->next++ : SIZE_MAX;
	pthread_mutex_unlock(&q->lock);
	return *file != SIZE_MAX;
}

/* Lets other threads join the file that this one has opened. */
static void
offer(struct query *q, const struct reader *reader)
{
	pthread_mutex_lock(&q->lock);
	if (shared_join(reader->scan.shared))
		q->files[reader->file] = reader->scan.shared;
	pthread_mutex_unlock(&q->lock);
}

/* Takes it back, at its end. */
static void
withdraw(struct query *q, size_t file)
{
	struct shared *shared;

	pthread_mutex_lock(&q->lock);
	shared = q->files[file];
	q->files[file] = NULL;
	pthread_mutex_unlock(&q->lock);
	if (shared != NULL)
		shared_leave(shared);
}

/* Opens the next file that no thread has taken. SCAN_REFUSED: there are no more. */
static enum scan_event
open_next(struct reader *reader, struct query *q)
{
	enum scan_event event = SCAN_REFUSED;

	while (event == SCAN_REFUSED && take_file(q, &reader->file)) {
		event = scan_open(&reader->scan, &q->scan, q->request->files.paths[reader->file]);
		if (event == SCAN_REFUSED && !q->request->ignores)
			event = SCAN_FAILED;
	}
	if (event == SCAN_END && q->splits)
		offer(q, reader);
	return event;
}

/* Joins a file that another thread reads. SCAN_REFUSED: there is none. */
static enum scan_event
join_other(struct reader *reader, struct query *q)
{
	enum scan_event event = SCAN_REFUSED;

	pthread_mutex_lock(&q->lock);
	for (size_t i = 0; i < q->next && event == SCAN_REFUSED; i++)
		if (q->files[i] != NULL) {
			reader->file = i;
			event = scan_join(&reader->scan, &q->scan, q->request->files.paths[i], q->files[i]);
		}
	pthread_mutex_unlock(&q->lock);
	return event;
}

/* Begins to read a file. False: there are no more, or the error is set. */
static bool
begin_file(struct reader *reader, struct query *q, duckdb_function_info info)
{
	enum scan_event event = open_next(reader, q);

	if (event == SCAN_REFUSED)
		event = join_other(reader, q);
	reader->open = event == SCAN_END;
	if (event == SCAN_FAILED)
		duckdb_function_set_error(info, reader->scan.why);
	return reader->open;
}

/* Whether reading goes on behind damage, of a table whose rows are not damage. */
static bool
passes_damage(const struct reader *reader, const struct query *q, duckdb_function_info info)
{
	const struct rawlog_damage *damage = &reader->scan.damage;
	char why[SCAN_WHY_MAX];

	if (q->request->ignores)
		return true;
	snprintf(why, sizeof why,
	    "%.512s: offset %llu, sample %llu: %.255s (read what is readable with ignore_errors := true; read_atop_damage "
	    "lists what is not)",
	    reader->scan.path, (unsigned long long)damage->offset, (unsigned long long)damage->sample, damage->reason);
	duckdb_function_set_error(info, why);
	return false;
}

/* Handles an event of the scan. False: the query has failed. */
static bool
handle(struct reader *reader, struct query *q, enum scan_event event, idx_t *row, duckdb_function_info info)
{
	const bool damages = q->request->table->kind == TABLE_DAMAGE;
	bool done = true;

	if (event == SCAN_ROW || (event == SCAN_DAMAGE && damages)) {
		done = damages ? store_damage(&reader->store, &reader->scan, *row)
			       : store_row(&reader->store, &reader->scan, *row);
		(*row)++;
		if (!done)
			duckdb_function_set_error(info, "out of memory");
	} else if (event == SCAN_DAMAGE) {
		done = passes_damage(reader, q, info);
	} else if (event == SCAN_END || event == SCAN_REFUSED) {
		store_forget(&reader->store, *row);
		withdraw(q, reader->file);
		scan_close(&reader->scan);
		reader->open = false;
	} else if (event == SCAN_FAILED) {
		duckdb_function_set_error(info, reader->scan.why);
		done = false;
	}
	return done;
}

static void
fill(duckdb_function_info info, duckdb_data_chunk chunk)
{
	struct query *q = duckdb_function_get_init_data(info);
	struct reader *reader = duckdb_function_get_local_init_data(info);
	const idx_t most = duckdb_vector_size();
	idx_t row = 0;

	if (reader->store.columns == NULL && !store_open(&reader->store, q->request->table, q->columns, q->ncolumns)) {
		duckdb_function_set_error(info, "out of memory");
		return;
	}
	store_begin(&reader->store, chunk);
	while (row < most) {
		if (!reader->open && !begin_file(reader, q, info))
			break;
		if (!handle(reader, q, scan_next(&reader->scan), &row, info))
			break;
	}
	store_end(&reader->store, row);
	duckdb_data_chunk_set_size(chunk, row);
}

/* --- registration --------------------------------------------------------------------------------------------------- */

/* Registers a function for `only` one table; NULL: for the one that its parameter names. */
static bool
register_reader(duckdb_connection connection, const char *name, const char *only)
{
	duckdb_table_function function = duckdb_create_table_function();
	bool done;

	duckdb_table_function_set_name(function, name);
	request_declare(function, only == NULL);
	duckdb_table_function_set_extra_info(function, (void *)only, NULL);
	duckdb_table_function_set_bind(function, bind);
	duckdb_table_function_set_init(function, begin_query);
	duckdb_table_function_set_local_init(function, begin_reader);
	duckdb_table_function_set_function(function, fill);
	duckdb_table_function_supports_projection_pushdown(function, true);
	done = duckdb_register_table_function(connection, function) == DuckDBSuccess;
	duckdb_destroy_table_function(&function);
	return done;
}

bool
register_read_atop(duckdb_connection connection)
{
	return register_reader(connection, "read_atop", NULL) &&
	    register_reader(connection, "read_atop_damage", DAMAGE_TABLE);
}
