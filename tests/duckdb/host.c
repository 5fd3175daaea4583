/*
 * host EXTENSION LOG FOLDER: loads the extension into a DuckDB in this process and ends scans in every way that a program can:
 * LIMIT, errors, interrupts, results that are dropped, files that shrink or go while they are read. LOG is large enough that a
 * scan of it fills several buffers of DuckDB; FOLDER is for copies of it. Prints a line for each case and fails at the first that
 * ends differently. Built with sanitizers it also shows that nothing leaks and no thread touches what another has freed.
 */
#include <duckdb.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	QUERY_MAX = 8192,
	ROUNDS = 3,
	CUT_ROUNDS = 10,
	SHARE_ROUNDS = 50
};

/* What all cases use. */
struct bench {
	duckdb_database database;
	const char *log;
	const char *folder;
	int64_t rows; /* of the log's tasks */
};

__attribute__((format(printf, 1, 2))) static void
fail(const char *format, ...)
{
	va_list words;

	fputs("FAIL ", stderr);
	va_start(words, format);
	vfprintf(stderr, format, words);
	va_end(words);
	fputc('\n', stderr);
	exit(1);
}

static void
expect(bool holds, const char *what, const char *found)
{
	if (!holds)
		fail("%s: found %s", what, found != NULL ? found : "no error");
}

/* --- queries ------------------------------------------------------------------------------------------------------ */

static duckdb_connection
connect(const struct bench *b)
{
	duckdb_connection connection;

	if (duckdb_connect(b->database, &connection) != DuckDBSuccess)
		fail("no connection");
	return connection;
}

__attribute__((format(printf, 2, 3))) static char *
text(char *query, const char *format, ...)
{
	va_list words;

	va_start(words, format);
	vsnprintf(query, QUERY_MAX, format, words);
	va_end(words);
	return query;
}

/* Runs a statement that must succeed, and returns the number in its first cell, if it has one. */
static int64_t
ask(duckdb_connection connection, const char *query)
{
	duckdb_result result;
	int64_t number;

	if (duckdb_query(connection, query, &result) != DuckDBSuccess)
		fail("%s: %s", query, duckdb_result_error(&result));
	number = duckdb_row_count(&result) > 0 ? duckdb_value_int64(&result, 0, 0) : 0;
	duckdb_destroy_result(&result);
	return number;
}

/* Runs a statement that must fail with these words. */
static void
refuse(duckdb_connection connection, const char *query, const char *words)
{
	duckdb_result result;
	const duckdb_state state = duckdb_query(connection, query, &result);
	const char *error = duckdb_result_error(&result);

	expect(state == DuckDBError && error != NULL && strstr(error, words) != NULL, query, error);
	duckdb_destroy_result(&result);
}

/* Begins a query whose rows are read as they are made. */
static duckdb_result
begin_stream(duckdb_connection connection, const char *query)
{
	duckdb_prepared_statement statement;
	duckdb_result result;

	ask(connection, "SET streaming_buffer_size = '100KB'");
	if (duckdb_prepare(connection, query, &statement) != DuckDBSuccess)
		fail("%s: %s", query, duckdb_prepare_error(statement));
	if (duckdb_execute_prepared_streaming(statement, &result) != DuckDBSuccess)
		fail("%s: %s", query, duckdb_result_error(&result));
	duckdb_destroy_prepare(&statement);
	return result;
}

/* Reads up to `most` chunks and returns how many rows they have. */
static int64_t
read_chunks(duckdb_result *result, int most)
{
	duckdb_data_chunk chunk;
	int64_t rows = 0;

	for (int i = 0; i < most && (chunk = duckdb_fetch_chunk(*result)) != NULL; i++) {
		rows += (int64_t)duckdb_data_chunk_get_size(chunk);
		duckdb_destroy_data_chunk(&chunk);
	}
	return rows;
}

/* --- cases --------------------------------------------------------------------------------------------------------- */

static void
scan_whole(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char query[QUERY_MAX];

	b->rows = ask(connection, text(query, "SELECT count(*) FROM read_atop('%s')", b->log));
	expect(b->rows > 0, "rows of the log", "none");
	for (int i = 0; i < ROUNDS; i++)
		if (ask(connection, text(query, "SELECT count(gen_pid) FROM read_atop('%s')", b->log)) != b->rows)
			fail("another number of rows in scan %d", i);
	duckdb_disconnect(&connection);
}

static void
end_by_limit(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char query[QUERY_MAX];

	for (int i = 0; i < ROUNDS; i++)
		if (ask(connection,
			text(query, "SELECT count(*) FROM (SELECT gen_name FROM read_atop('%s') LIMIT 10)", b->log)) !=
		    10)
			fail("LIMIT 10 has other rows");
	duckdb_disconnect(&connection);
}

static void
end_by_error(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char query[QUERY_MAX];

	for (int i = 0; i < ROUNDS; i++)
		refuse(connection,
		    text(query,
			"SELECT sum(CASE WHEN sample > 2 THEN error('stopped here') ELSE gen_pid END) FROM read_atop('%s')",
			b->log),
		    "stopped here");
	refuse(connection, text(query, "SELECT * FROM read_atop('%s/none')", b->folder), "there is no such file");
	refuse(connection, text(query, "SELECT * FROM read_atop('%s', \"where\" := 'gen_pid >')", b->log), "gen_pid >");
	duckdb_disconnect(&connection);
}

/* Results of which a chunk was read, and one of which none was. */
static void
end_by_drop(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char query[QUERY_MAX];

	for (int i = 0; i < ROUNDS; i++) {
		duckdb_result result = begin_stream(connection, text(query, "SELECT * FROM read_atop('%s')", b->log));

		if (i > 0)
			expect(read_chunks(&result, i) > 0, "rows before a result is dropped", "none");
		duckdb_destroy_result(&result);
	}
	duckdb_disconnect(&connection);
}

struct running {
	duckdb_connection connection;
	const char *query;
	bool interrupted;
	int64_t rows;
};

static void *
run(void *argument)
{
	struct running *r = argument;
	duckdb_result result;

	if (duckdb_query(r->connection, r->query, &result) == DuckDBSuccess)
		r->rows = duckdb_value_int64(&result, 0, 0);
	else
		r->interrupted = strstr(duckdb_result_error(&result), "INTERRUPT") != NULL;
	duckdb_destroy_result(&result);
	return NULL;
}

static void
end_by_interrupt(struct bench *b)
{
	char query[QUERY_MAX];
	struct running r = { .connection = connect(b) };
	pthread_t thread;

	/* Long enough that the interrupt always comes before its end: each file is read again and again. */
	r.query = text(query,
	    "SELECT count(*) FROM range(1000000) r, LATERAL (SELECT r.range, gen_pid FROM read_atop('%s')) t", b->log);
	if (pthread_create(&thread, NULL, run, &r) != 0)
		fail("no thread");
	usleep(200 * 1000);
	duckdb_interrupt(r.connection);
	pthread_join(thread, NULL);
	expect(r.interrupted, "a query that is interrupted", "its end");
	duckdb_disconnect(&r.connection);
}

static void
scan_at_once(struct bench *b)
{
	char query[QUERY_MAX];
	struct running runs[3];
	pthread_t threads[3];

	text(query, "SELECT count(gen_name) FROM read_atop('%s')", b->log);
	for (int i = 0; i < 3; i++) {
		runs[i] = (struct running){ .connection = connect(b), .query = query };
		if (pthread_create(&threads[i], NULL, run, &runs[i]) != 0)
			fail("no thread");
	}
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		if (runs[i].rows != b->rows)
			fail("%lld of %lld rows in a scan beside others", (long long)runs[i].rows, (long long)b->rows);
		duckdb_disconnect(&runs[i].connection);
	}
}

/* --- threads that read ---------------------------------------------------------------------------------------------- */

/* The threads that read a file; at most two are noted. */
static struct {
	pthread_mutex_t lock;
	dev_t device;
	ino_t file; /* 0: no file is watched */
	pthread_t threads[2];
	int nthreads;
} watched = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Begins to note them; NULL: ends it. Returns how many were noted so far. */
static int
watch(const char *path)
{
	struct stat facts = { .st_ino = 0 };
	int noted;

	if (path != NULL && stat(path, &facts) != 0)
		fail("%s is not there", path);
	pthread_mutex_lock(&watched.lock);
	noted = watched.nthreads;
	watched.device = facts.st_dev;
	watched.file = facts.st_ino;
	watched.nthreads = 0;
	pthread_mutex_unlock(&watched.lock);
	return noted;
}

static void
note_read(int fd)
{
	struct stat facts;

	pthread_mutex_lock(&watched.lock);
	if (watched.file != 0 && watched.nthreads < 2 && fstat(fd, &facts) == 0 && facts.st_ino == watched.file &&
	    facts.st_dev == watched.device &&
	    (watched.nthreads == 0 || !pthread_equal(watched.threads[0], pthread_self())))
		watched.threads[watched.nthreads++] = pthread_self();
	pthread_mutex_unlock(&watched.lock);
}

/* The extension reads logs by it: a function of the program comes before that of the C library. */
ssize_t
pread64(int fd, void *bytes, size_t size, off64_t offset)
{
	note_read(fd);
	return syscall(SYS_pread64, fd, bytes, size, offset);
}

/*
 * Two threads read one file: the second joins the first. A thread of DuckDB may begin when the file has been read, so such scans
 * are repeated.
 */
static void
share_file(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char query[QUERY_MAX];
	int found = 0;

	text(query, "SELECT count(gen_pid) FROM read_atop('%s')", b->log);
	for (int i = 0; i < SHARE_ROUNDS && found < 2; i++) {
		watch(b->log);
		if (ask(connection, query) != b->rows)
			fail("another number of rows in a scan by two threads");
		found = watch(NULL);
	}
	duckdb_disconnect(&connection);
	if (found != 2)
		fail("%d thread(s) read the file in the last of %d scans", found, SHARE_ROUNDS);
}

/* --- files that change ---------------------------------------------------------------------------------------------- */

/* Makes a copy of the log. */
static void
copy_log(const struct bench *b, const char *path)
{
	FILE *from = fopen(b->log, "rb"), *to = fopen(path, "wb");
	char buffer[65536];
	size_t size;

	if (from == NULL || to == NULL)
		fail("%s cannot be copied", b->log);
	while ((size = fread(buffer, 1, sizeof buffer, from)) > 0)
		if (fwrite(buffer, 1, size, to) != size)
			fail("%s cannot be written", path);
	fclose(from);
	if (fclose(to) != 0)
		fail("%s cannot be written", path);
}

/*
 * A file that shrinks: an error that names it, after rows. By one thread: a result that is read as its rows are made says
 * "Interrupted!" if it looks at DuckDB's mark for stopping other threads before the error (BufferedData::ReplenishBuffer).
 */
static void
cut_while_read(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char path[4096], query[QUERY_MAX];
	duckdb_result result;
	int64_t rows;

	snprintf(path, sizeof path, "%s/cut.raw", b->folder);
	copy_log(b, path);
	ask(connection, "SET GLOBAL threads = 1");
	result = begin_stream(connection, text(query, "SELECT * FROM read_atop('%s')", path));
	rows = read_chunks(&result, 1);
	if (truncate(path, 20000) != 0)
		fail("%s cannot be cut", path);
	rows += read_chunks(&result, INT32_MAX);
	expect(rows > 0 && rows < b->rows, "rows of a file that is cut", "none or all");
	expect(duckdb_result_error(&result) != NULL && strstr(duckdb_result_error(&result), path) != NULL,
	    "the error of a file that is cut", duckdb_result_error(&result));
	duckdb_destroy_result(&result);
	ask(connection, "SET GLOBAL threads = 2");
	duckdb_disconnect(&connection);
	unlink(path);
}

/* A file that was cut, read by several threads: each time the error names it. */
static void
read_cut_by_threads(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char path[4096], query[QUERY_MAX];
	struct stat facts;

	snprintf(path, sizeof path, "%s/short.raw", b->folder);
	copy_log(b, path);
	if (stat(path, &facts) != 0 || truncate(path, facts.st_size / 4 * 3) != 0)
		fail("%s cannot be cut", path);
	for (int i = 0; i < CUT_ROUNDS; i++)
		refuse(connection, text(query, "SELECT count(gen_pid), sum(cpu_utime) FROM read_atop('%s')", path),
		    path);
	duckdb_disconnect(&connection);
	unlink(path);
}

/* A file that is removed is read to its end. */
static void
remove_while_read(struct bench *b)
{
	duckdb_connection connection = connect(b);
	char path[4096], query[QUERY_MAX];
	duckdb_result result;
	int64_t rows;

	snprintf(path, sizeof path, "%s/removed.raw", b->folder);
	copy_log(b, path);
	result = begin_stream(connection, text(query, "SELECT * FROM read_atop('%s')", path));
	rows = read_chunks(&result, 1);
	unlink(path);
	rows += read_chunks(&result, INT32_MAX);
	expect(duckdb_result_error(&result) == NULL, "a file that is removed", duckdb_result_error(&result));
	if (rows != b->rows)
		fail("%lld of %lld rows of a file that is removed", (long long)rows, (long long)b->rows);
	duckdb_destroy_result(&result);
	duckdb_disconnect(&connection);
}

/* --- the program ------------------------------------------------------------------------------------------------- */

static void
open_database(struct bench *b, const char *extension)
{
	duckdb_config config;
	duckdb_connection connection;
	char *error = NULL, query[QUERY_MAX];

	if (duckdb_create_config(&config) != DuckDBSuccess)
		fail("no configuration");
	duckdb_set_config(config, "allow_unsigned_extensions", "true");
	duckdb_set_config(config, "threads", "2");
	if (duckdb_open_ext(NULL, &b->database, config, &error) != DuckDBSuccess)
		fail("no database: %s", error);
	duckdb_destroy_config(&config);
	connection = connect(b);
	ask(connection, text(query, "LOAD '%s'", extension));
	ask(connection, "SET GLOBAL preserve_insertion_order = false");
	duckdb_disconnect(&connection);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(struct bench *bench);
	} cases[] = {
		{ "whole scans", scan_whole },
		{ "ended by LIMIT", end_by_limit },
		{ "ended by an error", end_by_error },
		{ "ended by dropping the result", end_by_drop },
		{ "ended by an interrupt", end_by_interrupt },
		{ "three scans at once", scan_at_once },
		{ "two threads in one file", share_file },
		{ "a file cut while it is read", cut_while_read },
		{ "a file that was cut, by several threads", read_cut_by_threads },
		{ "a file removed while it is read", remove_while_read },
	};
	struct bench bench = { .rows = 0 };

	if (argc != 4) {
		fputs("usage: host EXTENSION LOG FOLDER\n", stderr);
		return 2;
	}
	bench.log = argv[2];
	bench.folder = argv[3];
	open_database(&bench, argv[1]);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		cases[i].run(&bench);
		printf("ok %s\n", cases[i].name);
		fflush(stdout);
	}
	duckdb_close(&bench.database);
	return 0;
}
