/*
 * format_avro: the tables as object container files of Avro, each to a file of its own. Values are those of CSV; times are
 * timestamps.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/format/avro_file.h"
#include "print/format/bindings.h"
#include "print/format/formats.h"
#include "print/format/table_ddl.h"
#include "print/text/character.h"
#include "print/text/put_avro.h"
#include "print/text/put_bits.h"
#include "print/text/put_text.h"

#define MICROSECONDS 1000000

struct format_avro {
	struct formatter formatter;
	struct bindings bindings;
	struct avro_file *files; /* of each table; the `out` of its binding */
	size_t nfiles;           /* those that are open */
	struct deflate *deflate;
	struct writer text; /* scratch: a text that is not UTF-8, a schema, or the head of a file */
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
	writer_close(&a->text);
	bindings_close(&a->bindings);
}

/* Opens what close_avro closes. 0, or an errno. */
static int
open_parts(struct format_avro *a)
{
	int error = writer_open(&a->text, -1);

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
	const struct ddl_output schema = { put_schema, &a->text };
	char salt[FORMAT_WHY_MAX];

	if (file->out != NULL)
		return true;
	writer_commit(&a->text, a->text.buffer);
	if (!table_ddl_print_record(&schema, b, a->formatter.query->print))
		note_failure(a, ENOMEM);
	note_failure(a, a->text.error);
	avro_file_begin(file, a->text.buffer, (size_t)(a->text.next - a->text.buffer), salt, make_salt(salt, log));
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

/* --- values --------------------------------------------------------------------------------------------------- */

/* A text of the log. `bytes`: its exact bytes in hex, null if they are valid UTF-8. */
static char *
put_text(struct format_avro *a, char *w, const struct cell *cell, bool bytes)
{
	const bool valid = character_all_valid(cell->text, cell->size);
	char *start, *end;

	if (bytes && valid)
		return put_avro_null(w);
	if (valid)
		return put_avro_string(w, cell->text, cell->size);
	writer_commit(&a->text, a->text.buffer);
	start = writer_room(&a->text, PUT_UTF8_MAX(cell->size) + PUT_SLACK);
	end = bytes ? put_csv_hex(start, cell->text, cell->size) : put_utf8(start, cell->text, cell->size);
	note_failure(a, a->text.error);
	return put_avro_string(w, start, (size_t)(end - start));
}

static char *
put_names(struct format_avro *a, char *w, const struct cell *cell)
{
	char *start, *end;

	writer_commit(&a->text, a->text.buffer);
	start = writer_room(&a->text, put_bits_max(cell->bits) + PUT_SLACK);
	end = put_bits(start, cell->bits, cell->integer);
	note_failure(a, a->text.error);
	return put_avro_string(w, start, (size_t)(end - start));
}

static bool
has_names(const struct format_avro *a, const struct cell *cell)
{
	return cell->bits != NULL && (a->formatter.query->print & PRINT_NAMES) != 0;
}

/* A time that CSV has a text for. */
static char *
put_time(const struct format_avro *a, char *w, int64_t time)
{
	char text[PUT_UTC_MAX + PUT_SLACK];

	if (a->formatter.query->print & PRINT_EPOCH)
		return put_avro_integer(w, time);
	return put_utc(text, time) == text ? put_avro_null(w) : put_avro_integer(w, time * MICROSECONDS);
}

static char *
put_value(struct format_avro *a, char *w, const struct cell *cell, bool bytes)
{
	switch (cell->kind) {
	case CELL_INTEGER: return has_names(a, cell) ? put_names(a, w, cell) : put_avro_integer(w, cell->integer);
	case CELL_NUMBER:
		return isfinite((float)cell->number) ? put_avro_float(w, (float)cell->number) : put_avro_null(w);
	case CELL_BOOLEAN: return put_avro_boolean(w, cell->integer != 0);
	case CELL_TIME: return put_time(a, w, cell->integer);
	case CELL_TEXT: return put_text(a, w, cell, bytes);
	case CELL_NULL: break;
	}
	return put_avro_null(w);
}

static void
put_cell(struct format_avro *a, struct writer *out, const struct column *column, const struct cell *cell)
{
	const size_t text = cell->kind == CELL_TEXT            ? PUT_UTF8_MAX(cell->size)
	    : cell->kind == CELL_INTEGER && has_names(a, cell) ? put_bits_max(cell->bits)
							       : 0;
	char *w = writer_room(out, PUT_AVRO_VALUE_MAX + text + PUT_SLACK);

	if (cell->kind == CELL_NUMBER && column->type == COLUMN_DOUBLE)
		w = isfinite(cell->number) ? put_avro_double(w, cell->number) : put_avro_null(w);
	else
		w = put_value(a, w, cell, column->source == COLUMN_BYTES);
	writer_commit(out, w);
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static void
put_cells(struct format_avro *a, struct writer *out, const struct binding *b, const struct table_row *row)
{
	const char *name;
	struct cell cell;

	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		const size_t column = binding_column(b, i, &name);

		if (!cells_get_plain(row, column, &cell))
			cells_get(row, &a->bindings.log, column, &cell);
		put_cell(a, out, &b->table->columns[column], &cell);
	}
}

static void
end_row(struct format_avro *a, const struct binding *b)
{
	struct avro_file *file = b->out;

	note_failure(a, avro_file_row(file, a->deflate));
}

/* Keeps the row if it is one of the top ones of its sample. */
static void
keep_row(struct format_avro *a, struct binding *b, const struct table_row *row)
{
	struct avro_file *file = b->out;
	struct writer *rows = &file->rows;
	const size_t start = (size_t)(rows->next - rows->buffer);
	struct cell key;
	size_t size;

	cells_get(row, &a->bindings.log, b->key, &key);
	if (!binding_wants(b, &key))
		return;
	put_cells(a, rows, b, row);
	size = (size_t)(rows->next - rows->buffer) - start;
	if (rows->error != 0 || !binding_keep(b, &key, rows->next - size, size))
		note_failure(a, ENOMEM);
	writer_commit(rows, rows->buffer + start);
}

static void
put_row(void *context, struct binding *b, const struct table_row *row)
{
	struct format_avro *a = context;
	struct avro_file *file = b->out;

	if (a->formatter.failure != 0)
		return;
	if (b->kept) {
		keep_row(a, b, row);
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

/* Where the rows that were kept are written. */
struct target {
	struct format_avro *avro;
	struct binding *binding;
};

static void
put_kept(void *context, const char *kept, size_t size)
{
	const struct target *target = context;
	struct avro_file *file = target->binding->out;

	if (!row_limit_take(target->avro->bindings.limit, target->binding->table->name))
		return;
	writer_put(&file->rows, kept, size);
	end_row(target->avro, target->binding);
}

static void
sample_ends_avro(struct formatter *f)
{
	struct format_avro *a = of(f);

	for (size_t i = 0; i < a->bindings.count && f->failure == 0; i++) {
		struct target target = { a, &a->bindings.list[i] };

		if (target.binding->kept)
			binding_take(target.binding, put_kept, &target);
	}
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
		put_cell(a, &file->rows, column, &cell);
	}
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
