/*
 * format_avro: the tables as object container files of Avro, each to a file of its own. Values are those of CSV; times are
 * timestamps.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/format/avro_cells.h"
#include "print/format/avro_file.h"
#include "print/format/bindings.h"
#include "print/format/formats.h"
#include "print/format/table_ddl.h"
#include "print/text/put.h"
#include "print/text/put_avro.h"

#define RUN_MAX 256 /* integers for which there is room at once */

struct format_avro {
	struct formatter formatter;
	struct bindings bindings;
	struct avro_file *files; /* of each table; the `out` of its binding */
	size_t nfiles;           /* those that are open */
	struct deflate *deflate;
	struct avro_cells cells; /* its text is also the scratch of schemas */
};

static struct format_avro *
of(struct formatter *f)
{
	return (struct format_avro *)f;
}

static void
note_failure(struct format_avro *a, int error)
{
	if (a->formatter.failure == 0)
		a->formatter.failure = error;
}

/* --- the beginning and the end -------------------------------------------------------------------------------- */

static void
close_avro(struct formatter *f)
{
	struct format_avro *a = of(f);

	for (size_t i = 0; i < a->nfiles; i++)
		avro_file_close(&a->files[i]);
	free(a->files);
	deflate_delete(a->deflate);
	avro_cells_close(&a->cells);
	bindings_close(&a->bindings);
}

/* Opens what close_avro closes. 0, or an errno. */
static int
open_parts(struct format_avro *a)
{
	int error = avro_cells_open(&a->cells, a->formatter.query->print);

	if (error != 0)
		return error;
	a->deflate = deflate_new();
	a->files = calloc(a->bindings.count + 1, sizeof *a->files);
	if (a->deflate == NULL || a->files == NULL)
		error = ENOMEM;
	for (size_t i = 0; i < a->bindings.count && error == 0; i++) {
		error = avro_file_open(&a->files[i]);
		if (error == 0) {
			a->bindings.list[i].out = &a->files[i];
			a->nfiles++;
		}
	}
	return error;
}

static int
finish_avro(struct formatter *f, bool keep)
{
	struct format_avro *a = of(f);
	int error = 0;

	for (size_t i = 0; i < a->nfiles && keep && error == 0; i++)
		error = avro_file_end(&a->files[i], a->deflate);
	return error;
}

/* --- logs ----------------------------------------------------------------------------------------------------- */

static void
put_schema(void *state, const char *text, size_t length)
{
	writer_put(state, text, length);
}

/* What the marker of a file depends on beside its schema: what is known of its first log before it is read. */
static size_t
make_salt(char salt[FORMAT_WHY_MAX], const struct format_log *log)
{
	const int size = snprintf(salt, FORMAT_WHY_MAX, "%s\n%s\n%d\n%s\n%.*s",
	    log->release != NULL ? log->release->version : "", log->model != NULL ? log->model : "", (int)log->order,
	    log->digest != NULL ? log->digest : "", (int)log->host_size, log->host != NULL ? log->host : "");

	return size < 0 ? 0 : (size_t)size < FORMAT_WHY_MAX ? (size_t)size : FORMAT_WHY_MAX - 1;
}

/* Begins the file of a table, unless it has begun. False, and the failure is noted. */
static bool
begin_table(struct format_avro *a, struct binding *b, const struct format_log *log)
{
	struct avro_file *file = b->out;
	struct writer *head = &file->rows;
	struct writer *text = &a->cells.text;
	const struct ddl_output schema = { put_schema, text };
	char salt[FORMAT_WHY_MAX];

	if (file->out != NULL)
		return true;
	writer_commit(text, text->buffer);
	if (!table_ddl_print_record(&schema, b, a->formatter.query->print))
		note_failure(a, ENOMEM);
	note_failure(a, text->error);
	avro_file_begin(file, text->buffer, (size_t)(text->next - text->buffer), salt, make_salt(salt, log));
	note_failure(a, head->error);
	if (a->formatter.failure != 0)
		return false;
	file->out = outputs_table(&a->formatter.outputs, b->table->name, head->buffer,
	    (size_t)(head->next - head->buffer));
	writer_commit(head, head->buffer);
	return file->out != NULL;
}

static bool
begin_avro(struct formatter *f, const struct format_log *log, char *why)
{
	struct format_avro *a = of(f);
	bool done = bindings_begin(&a->bindings, log);

	if (!done)
		note_failure(a, ENOMEM);
	for (size_t i = 0; i < a->bindings.count && done; i++)
		done = begin_table(a, &a->bindings.list[i], log);
	if (!done)
		snprintf(why, FORMAT_WHY_MAX, "no place for its tables: %s",
		    strerror(f->failure != 0 ? f->failure : outputs_error(&f->outputs)));
	return done;
}

static bool
shows_avro(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_show(&((const struct format_avro *)f)->bindings, s);
}

static uint64_t
needs_avro(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_need(&((const struct format_avro *)f)->bindings, s);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

/* Whether the column is a member that the release lacks, or that means nothing in the row. */
static inline bool
is_null(const struct bound_column *c, const struct table_row *row)
{
	if (c->column->source != COLUMN_MEMBER)
		return false;
	return c->place->field == NULL || (c->can_be_null && place_is_null(c->place, row->host, row->nulls));
}

/* A value that is no plain integer. */
static void
put_cell(struct format_avro *a, struct writer *out, const struct bound_column *c, const struct table_row *row)
{
	struct cell cell;

	cells_get(row, &a->bindings.log, c->index, &cell);
	avro_cells_put(&a->cells, out, c->column, &cell);
}

/* How many columns that are asked for come first and are the same in all rows of a sample. */
static size_t
count_shared(const struct binding *b)
{
	size_t i = 0;

	while (i < b->ncolumns && b->columns[i].column->source == COLUMN_CONTEXT &&
	    b->columns[i].column->context < CONTEXT_UNVERIFIED)
		i++;
	return i;
}

/* Puts these columns, which are encoded once for each sample. Returns their number. */
static size_t
put_shared(struct format_avro *a, struct writer *out, struct binding *b, const struct table_row *row)
{
	const struct row_sample *sample = row->row->sample;
	const size_t n = count_shared(b);
	size_t size;
	char *text;

	if (b->shared.known && sample != NULL && b->shared.sample == sample->number) {
		writer_put(out, b->shared.text, b->shared.size);
		return n;
	}
	size = (size_t)(out->next - out->buffer);
	for (size_t i = 0; i < n; i++)
		put_cell(a, out, &b->columns[i], row);
	if (sample == NULL || out->error != 0)
		return n;
	size = (size_t)(out->next - out->buffer) - size;
	text = realloc(b->shared.text, size + 1);
	if (text == NULL) {
		note_failure(a, ENOMEM);
		return n;
	}
	memcpy(text, out->next - size, size);
	b->shared.text = text;
	b->shared.size = size;
	b->shared.sample = sample->number;
	b->shared.known = true;
	return n;
}

/* The value of a plain integer that is not null. */
static inline char *
put_integer(char *w, const struct bound_column *c, const struct table_row *row)
{
	const int64_t value = host_int(row->host, c->place->at);

	return value >= 0 || c->place->at.is_signed ? put_avro_integer(w, value) : put_avro_null(w);
}

static void
put_cells(struct format_avro *a, struct writer *out, struct binding *b, const struct table_row *row)
{
	const struct bound_column *c = b->columns + put_shared(a, out, b, row), *end = b->columns + b->ncolumns;
	char *w;

	while (c < end) {
		w = writer_room(out, RUN_MAX * PUT_AVRO_VALUE_MAX + PUT_SLACK);
		for (size_t i = 0; i < RUN_MAX && c < end; c++, i++)
			if (is_null(c, row))
				w = put_avro_null(w);
			else if (c->read == BOUND_INTEGER)
				w = put_integer(w, c, row);
			else
				break;
		writer_commit(out, w);
		for (; c < end && c->read != BOUND_INTEGER && !is_null(c, row); c++)
			put_cell(a, out, c, row);
	}
	note_failure(a, a->cells.text.error);
}

static void
end_row(struct format_avro *a, const struct binding *b)
{
	struct avro_file *file = b->out;

	note_failure(a, avro_file_row(file, a->deflate));
}

static void
write_kept(void *context, struct binding *b, const struct table_row *row, struct writer *to)
{
	put_cells(context, to, b, row);
}

static void
put_kept(void *context, struct binding *b, const char *kept, size_t size)
{
	struct avro_file *file = b->out;

	writer_put(&file->rows, kept, size);
	end_row(context, b);
}

static void
put_row(void *context, struct binding *b, const struct table_row *row)
{
	struct format_avro *a = context;
	struct avro_file *file = b->out;

	if (a->formatter.failure != 0)
		return;
	if (binding_keeps(b)) {
		if (!bindings_keep(&a->bindings, b, row))
			note_failure(a, ENOMEM);
	} else if (row_limit_take(a->bindings.limit, b->table->name)) {
		put_cells(a, &file->rows, b, row);
		end_row(a, b);
	}
}

static void
row_avro(struct formatter *f, const struct row *row)
{
	bindings_each_row(&of(f)->bindings, row);
}

static void
sample_ends_avro(struct formatter *f)
{
	if (f->failure == 0)
		bindings_put_all_kept(&of(f)->bindings);
}

/* --- damage --------------------------------------------------------------------------------------------------- */

static void
put_damage(struct format_avro *a, const struct binding *b, const struct rawlog_damage *damage)
{
	struct avro_file *file = b->out;
	const char *name;
	struct cell cell = { .kind = CELL_NULL };

	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		const struct column *column = &b->table->columns[binding_column(b, i, &name)];

		bindings_get_damage(&a->bindings, damage, column->context, &cell);
		avro_cells_put(&a->cells, &file->rows, column, &cell);
	}
	note_failure(a, a->cells.text.error);
	end_row(a, b);
}

static void
damage_avro(struct formatter *f, const struct rawlog_damage *damage)
{
	struct format_avro *a = of(f);

	for (size_t i = 0; i < a->bindings.count && f->failure == 0; i++) {
		const struct binding *b = &a->bindings.list[i];

		if (b->table->kind == TABLE_DAMAGE && binding_passes_damage(b, &a->bindings, damage))
			put_damage(a, b, damage);
	}
}

static int
open_avro(struct formatter *f)
{
	struct format_avro *a = of(f);
	int error;

	if (!bindings_open(&a->bindings, f->query))
		return ENOMEM;
	a->bindings.found = put_row;
	a->bindings.write_kept = write_kept;
	a->bindings.put_kept = put_kept;
	a->bindings.context = f;
	a->bindings.overflow = &f->overflow;
	error = open_parts(a);
	if (error != 0)
		close_avro(f);
	return error;
}

/* No log may have begun yet. */
static void
file_damage_avro(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	struct format_avro *a = of(f);
	const struct format_log unknown = { .file = path };
	const struct row_log log = bindings_set_log(&a->bindings, (struct row_log){ .file = path });
	bool done = true;

	for (size_t i = 0; i < a->bindings.count && done; i++)
		done = begin_table(a, &a->bindings.list[i], &unknown);
	if (done)
		damage_avro(f, damage);
	bindings_set_log(&a->bindings, log);
}

const struct format format_avro = {
	.name = "avro",
	.summary = "Avro files; one table to standard output, or each to a file of its own",
	.size = sizeof(struct format_avro),
	.by_table = true,
	.serial = true,
	.ending = "avro",
	.groups = true,
	.selects = true,
	.limited = true,
	.unverified = true,
	.print = PRINT_EPOCH | PRINT_NAMES,
	.add_words = bindings_add_words,
	.open = open_avro,
	.close = close_avro,
	.finish = finish_avro,
	.begin = begin_avro,
	.shows = shows_avro,
	.needs = needs_avro,
	.row = row_avro,
	.sample_ends = sample_ends_avro,
	.damage = damage_avro,
	.file_damage = file_damage_avro,
};
