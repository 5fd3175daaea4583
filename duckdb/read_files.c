/*
 * read_files: read_atop_files, a row a file. Blocks are not inflated.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "duckdb/request.h"
#include "duckdb/vectors.h"

enum files_column {
	FILE_PATH,
	FILE_STATUS,
	FILE_RELEASE,
	FILE_HOST,
	FILE_SAMPLES,
	FILE_FIRST,
	FILE_LAST,
	FILE_WHY,
	NCOLUMNS
};

static const struct column columns[NCOLUMNS] = {
	[FILE_PATH] = { .texts = COLUMN_TEXTS("file", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FILE_STATUS] = { .texts = COLUMN_TEXTS("status", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FILE_RELEASE] = { .texts = COLUMN_TEXTS("release", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FILE_HOST] = { .texts = COLUMN_TEXTS("host", "", "", "", "", ""), .type = COLUMN_TEXT },
	[FILE_SAMPLES] = { .texts = COLUMN_TEXTS("samples", "", "", "", "", ""), .type = COLUMN_INTEGER },
	[FILE_FIRST] = { .texts = COLUMN_TEXTS("first_time", "", "", "", "", ""), .type = COLUMN_TIME },
	[FILE_LAST] = { .texts = COLUMN_TEXTS("last_time", "", "", "", "", ""), .type = COLUMN_TIME },
	[FILE_WHY] = { .texts = COLUMN_TEXTS("why", "", "", "", "", ""), .type = COLUMN_TEXT },
};

/* The query's state: the next file. */
struct listing {
	size_t next;
	struct writer scratch;
};

/* What is found of a file. */
struct facts {
	const char *status, *why;
	char release[32], host[512], text[SCAN_WHY_MAX];
	int64_t samples, first, last;
};

static void
bind(duckdb_bind_info info)
{
	struct request *r = request_read(info, DAMAGE_TABLE, false);

	if (r == NULL)
		return;
	for (size_t i = 0; i < NCOLUMNS; i++) {
		duckdb_logical_type type = vectors_type(columns[i].type);

		duckdb_bind_add_result_column(info, column_name(&columns[i]), type);
		duckdb_destroy_logical_type(&type);
	}
	duckdb_bind_set_bind_data(info, r, request_free);
}

static void
free_listing(void *freed)
{
	struct listing *l = freed;

	writer_close(&l->scratch);
	free(l);
}

static void
begin(duckdb_init_info info)
{
	struct listing *l = calloc(1, sizeof *l);

	if (l != NULL && writer_open(&l->scratch, -1) != 0) {
		free(l);
		l = NULL;
	}
	if (l == NULL)
		duckdb_init_set_error(info, "out of memory");
	else
		duckdb_init_set_init_data(info, l, free_listing);
	duckdb_init_set_max_threads(info, 1);
}

/* --- a file --------------------------------------------------------------------------------------------------------- */

static void
note_sample(struct facts *f, const struct scan *scan)
{
	const int64_t time = scan->row.sample.time;

	if (f->samples == 0 || time < f->first)
		f->first = time;
	if (f->samples == 0 || time > f->last)
		f->last = time;
	f->samples++;
}

static void
set_why(struct facts *f, const char *status, const char *text)
{
	snprintf(f->text, sizeof f->text, "%s", text);
	f->status = status;
	f->why = f->text;
}

/* Reads a file to its end. False: reading has failed, as f->text says. */
static bool
look(struct facts *f, const struct request *r, const char *path)
{
	const struct scan_request request = { .table = r->table, .window = r->window, .layout = r->layout };
	struct scan scan;
	enum scan_event event = scan_open(&scan, &request, path);

	*f = (struct facts){ .status = "ok" };
	if (event == SCAN_END) {
		while ((event = scan_next(&scan)) == SCAN_SAMPLE || event == SCAN_DAMAGE) {
			if (event == SCAN_SAMPLE)
				note_sample(f, &scan);
			else if (f->why == NULL)
				set_why(f, "damaged", scan.damage.reason);
			if (f->release[0] == '\0') {
				snprintf(f->release, sizeof f->release, "%s", scan.about.release);
				snprintf(f->host, sizeof f->host, "%s", scan.host != NULL ? scan.host : "");
			}
		}
		scan_close(&scan);
	}
	if (event == SCAN_REFUSED || event == SCAN_FAILED)
		set_why(f, "refused", scan.why);
	return event != SCAN_FAILED;
}

/* --- rows ----------------------------------------------------------------------------------------------------------- */

static struct cell
text_cell(const char *text)
{
	return text != NULL && text[0] != '\0' ? (struct cell){ .kind = CELL_TEXT, .text = text, .size = strlen(text) }
					       : (struct cell){ .kind = CELL_NULL };
}

static struct cell
time_cell(const struct facts *f, int64_t time)
{
	return (struct cell){ .kind = f->samples > 0 ? CELL_TIME : CELL_NULL, .integer = time };
}

static bool
store(struct listing *l, struct vector *vectors, idx_t row, const char *path, const struct facts *f)
{
	const struct cell cells[NCOLUMNS] = {
		[FILE_PATH] = text_cell(path),
		[FILE_STATUS] = text_cell(f->status),
		[FILE_RELEASE] = text_cell(f->release),
		[FILE_HOST] = text_cell(f->host),
		[FILE_SAMPLES] = { .kind = CELL_INTEGER, .integer = f->samples },
		[FILE_FIRST] = time_cell(f, f->first),
		[FILE_LAST] = time_cell(f, f->last),
		[FILE_WHY] = text_cell(f->why),
	};
	bool done = true;

	for (size_t i = 0; i < NCOLUMNS && done; i++)
		done = vectors_set(&vectors[i], row, &columns[i], &cells[i], &l->scratch);
	return done;
}

static void
fill(duckdb_function_info info, duckdb_data_chunk chunk)
{
	const struct request *r = duckdb_function_get_bind_data(info);
	struct listing *l = duckdb_function_get_init_data(info);
	struct vector vectors[NCOLUMNS];
	struct facts facts;
	idx_t row = 0;

	for (size_t i = 0; i < NCOLUMNS; i++)
		vectors_begin(&vectors[i], duckdb_data_chunk_get_vector(chunk, i));
	for (; row < duckdb_vector_size() && l->next < r->files.count; row++, l->next++) {
		const char *path = r->files.paths[l->next];

		if (!look(&facts, r, path) && !r->ignores) {
			duckdb_function_set_error(info, facts.text);
			break;
		}
		if (!store(l, vectors, row, path, &facts)) {
			duckdb_function_set_error(info, "out of memory");
			break;
		}
	}
	duckdb_data_chunk_set_size(chunk, row);
}

bool
register_read_files(duckdb_connection connection)
{
	duckdb_table_function function = duckdb_create_table_function();
	bool done;

	duckdb_table_function_set_name(function, "read_atop_files");
	request_declare(function, false);
	duckdb_table_function_set_bind(function, bind);
	duckdb_table_function_set_init(function, begin);
	duckdb_table_function_set_function(function, fill);
	done = duckdb_register_table_function(connection, function) == DuckDBSuccess;
	duckdb_destroy_table_function(&function);
	return done;
}
