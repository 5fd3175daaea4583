/*
 * format_sqlite: the tables as an SQLite database, which is one file. All tables are in it, whether they have rows or not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "print/format/bindings.h"
#include "print/format/formats.h"
#include "print/format/sqlite_bind.h"
#include "print/format/sqlite_file.h"
#include "print/format/sqlite_tables.h"
#include "print/text/put_text.h"
#include "rawlog/catalog/host.h"

/* A parameter of a statement, and where its value is in the structs of the current log. */
struct parameter {
	struct sqlite_bound bound; /* values of most columns are those of the row before */
	bool shared;               /* by all rows of the log that follow */
	bool of_sample;            /* the same in all rows of a sample */
	const struct place *place; /* of a member; else NULL */
	bool plain;                /* the member is an integer, and at `at` */
	struct field_place at;
};

/* How a table's rows are inserted; the `out` of its binding. */
struct sqlite_table {
	sqlite3_stmt *insert;
	struct parameter *parameters; /* of each column asked for */
	bool in_sample;               /* the row before was of a sample of the current log */
	uint64_t sample;              /* its number */
	size_t count;
};

struct format_sqlite {
	struct formatter formatter;
	struct bindings bindings;
	struct sqlite_file *file; /* of the whole, from start to finish */
	struct sqlite_table *tables;
	struct writer text; /* scratch: a text, or a row that is kept */
};

static struct format_sqlite *
of(struct formatter *f)
{
	return (struct format_sqlite *)f;
}

static void
note_failure(struct format_sqlite *s, int error)
{
	if (s->formatter.failure == 0)
		s->formatter.failure = error;
}

/* Notes a failed call of SQLite. */
static void
check(struct format_sqlite *s, int result)
{
	if (result != SQLITE_OK)
		note_failure(s, sqlite_file_errno(s->file, result));
}

/* --- the beginning and the end -------------------------------------------------------------------------------- */

static int
open_sqlite(struct formatter *f)
{
	struct format_sqlite *s = of(f);
	int error;

	if (!bindings_open(&s->bindings, f->query))
		return ENOMEM;
	s->tables = calloc(s->bindings.count + 1, sizeof *s->tables);
	error = s->tables == NULL ? ENOMEM : writer_open(&s->text, -1);
	if (error != 0) {
		free(s->tables);
		bindings_close(&s->bindings);
	}
	return error;
}

static void
close_sqlite(struct formatter *f)
{
	writer_close(&of(f)->text);
	free(of(f)->tables);
	bindings_close(&of(f)->bindings);
}

static void
release_tables(struct format_sqlite *s)
{
	for (size_t i = 0; i < s->bindings.count; i++) {
		sqlite3_finalize(s->tables[i].insert);
		free(s->tables[i].parameters);
	}
}

/* Makes the tables, and a statement for each of them. A result of SQLite. */
static int
make_tables(struct format_sqlite *s)
{
	sqlite3 *database = sqlite_file_database(s->file);
	int result = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);

	if (result == SQLITE_OK)
		result = sqlite_tables_make(database, &s->bindings, s->formatter.query->print);
	for (size_t i = 0; i < s->bindings.count && result == SQLITE_OK; i++) {
		struct binding *b = &s->bindings.list[i];
		struct sqlite_table *t = &s->tables[i];

		b->out = t;
		t->count = binding_ncolumns(b);
		t->parameters = calloc(t->count, sizeof *t->parameters);
		result = t->parameters == NULL ? SQLITE_NOMEM : sqlite_tables_prepare(database, b, &t->insert);
	}
	return result;
}

static void
close_database(struct format_sqlite *s)
{
	release_tables(s);
	sqlite_file_close(s->file);
	s->file = NULL;
}

static int
start_sqlite(struct formatter *f)
{
	struct format_sqlite *s = of(f);
	int error;

	s->file = sqlite_file_open(outputs_whole(&f->outputs)->fd, &error);
	if (s->file == NULL)
		return error;
	error = sqlite_file_errno(s->file, make_tables(s));
	if (error != 0)
		close_database(s);
	return error;
}

static int
finish_sqlite(struct formatter *f, bool keep)
{
	struct format_sqlite *s = of(f);
	int error = 0;

	if (keep)
		error = sqlite_file_errno(s->file,
		    sqlite3_exec(sqlite_file_database(s->file), "COMMIT", NULL, NULL, NULL));
	close_database(s);
	return error;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static void
bind_cell(struct format_sqlite *s, struct sqlite_table *t, size_t i, const struct column *column,
    const struct cell *cell)
{
	check(s,
	    sqlite_bind(t->insert, (int)i + 1, &t->parameters[i].bound, cell, column->source == COLUMN_BYTES, &s->text,
		s->formatter.query->print));
}

/* Finds out where the parameter's value is in the structs of the current log. */
static void
plan(struct parameter *p, const struct binding *b, size_t column)
{
	const struct column *c = &b->table->columns[column];
	const struct place *place = &b->places->columns[column];
	const struct field *f = place->field;

	p->of_sample = c->source == COLUMN_CONTEXT && c->context >= CONTEXT_TIME && c->context <= CONTEXT_RUN;
	if (c->source != COLUMN_MEMBER || f == NULL)
		return;
	p->place = place;
	p->plain = c->type == COLUMN_INTEGER && (f->type == FIELD_SIGNED || f->type == FIELD_UNSIGNED);
	p->at = (struct field_place){ place->offset, (uint8_t)f->size, f->type == FIELD_SIGNED };
}

/*
 * Whether the parameter has the row's value already: null stays null, and an integer that is bound was found to be a value of
 * the column before.
 */
static inline bool
is_unchanged(const struct parameter *p, const struct table_row *row)
{
	if (p->place == NULL || !p->bound.known)
		return false;
	if (p->bound.kind == CELL_NULL)
		return place_is_null(p->place, row->host, row->nulls);
	return p->plain && p->bound.kind == CELL_INTEGER && host_int(row->host, p->at) == p->bound.integer &&
	    !place_is_null(p->place, row->host, row->nulls);
}

/* Whether all rows of a log have the same value in the column. */
static bool
is_shared(const struct binding *b, size_t column)
{
	const struct column *columns = b->table->columns;
	const struct column *c = columns[column].source == COLUMN_BYTES ? &columns[column - 1] : &columns[column];

	return c->source == COLUMN_CONTEXT ? c->context <= CONTEXT_RELEASE : b->places->columns[column].field == NULL;
}

static void
insert_row(struct format_sqlite *s, struct sqlite_table *t)
{
	if (s->formatter.failure != 0)
		return;
	sqlite3_step(t->insert);
	check(s, sqlite3_reset(t->insert));
}

/* --- logs ----------------------------------------------------------------------------------------------------- */

/* Forgets what is bound, and looks for plain parameters. */
static void
plan_table(struct sqlite_table *t, const struct binding *b)
{
	const char *name;

	memset(t->parameters, 0, t->count * sizeof *t->parameters);
	t->in_sample = false;
	for (size_t i = 0; i < t->count && b->places != NULL; i++)
		plan(&t->parameters[i], b, binding_column(b, i, &name));
}

static bool
begin_sqlite(struct formatter *f, const struct format_log *log, char *why)
{
	struct format_sqlite *s = of(f);

	if (!bindings_begin(&s->bindings, log)) {
		note_failure(s, ENOMEM);
		snprintf(why, FORMAT_WHY_MAX, "no place for its tables: %s", strerror(f->failure));
		return false;
	}
	for (size_t i = 0; i < s->bindings.count; i++)
		plan_table(&s->tables[i], &s->bindings.list[i]);
	return true;
}

static bool
shows_sqlite(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_show(&((const struct format_sqlite *)f)->bindings, s);
}

static uint64_t
needs_sqlite(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_need(&((const struct format_sqlite *)f)->bindings, s);
}

/*
 * Keeps the row if it is one of the top ones of its sample: its cells, each text behind its cell.
 */
static void
keep_row(struct format_sqlite *s, struct binding *b, const struct table_row *row)
{
	struct cell key, cell;
	const char *name;

	cells_get(row, &s->bindings.log, b->selected->by, &key);
	if (!top_wants(&b->top, &key))
		return;
	writer_commit(&s->text, s->text.buffer);
	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		memset(&cell, 0, sizeof cell);
		cells_get(row, &s->bindings.log, binding_column(b, i, &name), &cell);
		writer_put(&s->text, &cell, sizeof cell);
		if (cell.kind == CELL_TEXT)
			writer_put(&s->text, cell.text, cell.size);
	}
	if (s->text.error != 0 || !top_keep(&b->top, &key, s->text.buffer, (size_t)(s->text.next - s->text.buffer)))
		note_failure(s, ENOMEM);
}

/* Where the rows that were kept are inserted. */
struct target {
	struct format_sqlite *sqlite;
	struct binding *binding;
};

/* Inserts a row that was kept. */
static void
put_kept(void *context, const char *kept, size_t size)
{
	const struct target *target = context;
	const struct binding *b = target->binding;
	struct format_sqlite *s = target->sqlite;
	struct sqlite_table *t = b->out;
	struct cell cell;
	const char *name;

	(void)size;
	if (!row_limit_take(s->bindings.limit, b->table->name))
		return;
	for (size_t i = 0; i < t->count; i++) {
		memcpy(&cell, kept, sizeof cell);
		kept += sizeof cell;
		if (cell.kind == CELL_TEXT) {
			cell.text = kept;
			kept += cell.size;
		}
		bind_cell(s, t, i, &b->table->columns[binding_column(b, i, &name)], &cell);
	}
	insert_row(s, t);
}

static void
sample_ends_sqlite(struct formatter *f)
{
	struct format_sqlite *s = of(f);

	for (size_t i = 0; i < s->bindings.count && s->bindings.tops; i++) {
		struct target target = { s, &s->bindings.list[i] };

		top_take(&target.binding->top, put_kept, &target);
	}
}

/* Whether the row before was of the same sample; notes the sample. */
static bool
is_of_sample(struct sqlite_table *t, const struct row_sample *sample)
{
	const bool again = sample != NULL && t->in_sample && t->sample == sample->number;

	t->in_sample = sample != NULL;
	t->sample = sample != NULL ? sample->number : 0;
	return again;
}

static void
put_row(void *context, struct binding *b, const struct table_row *row)
{
	struct format_sqlite *s = context;
	struct sqlite_table *t = b->out;
	struct cell cell;
	const char *name;
	size_t column;
	bool again;

	if (s->bindings.tops) {
		keep_row(s, b, row);
		return;
	}
	if (!row_limit_take(s->bindings.limit, b->table->name))
		return;
	again = is_of_sample(t, row->row->sample);
	for (size_t i = 0; i < t->count; i++) {
		struct parameter *p = &t->parameters[i];

		if (p->shared || (p->of_sample && again) || is_unchanged(p, row))
			continue;
		column = binding_column(b, i, &name);
		cells_get(row, &s->bindings.log, column, &cell);
		bind_cell(s, t, i, &b->table->columns[column], &cell);
		p->shared = is_shared(b, column);
	}
	insert_row(s, t);
}

static void
row_sqlite(struct formatter *f, const struct row *row)
{
	bindings_each_row(&of(f)->bindings, row, &f->overflow, put_row, f);
}

static void
put_damage(struct format_sqlite *s, const struct binding *b, const struct rawlog_damage *damage)
{
	struct sqlite_table *t = b->out;
	struct cell cell;
	const char *name;

	for (size_t i = 0; i < t->count; i++) {
		const struct column *column = &b->table->columns[binding_column(b, i, &name)];

		bindings_get_damage(&s->bindings, damage, column->context, &cell);
		bind_cell(s, t, i, column, &cell);
	}
	insert_row(s, t);
}

static void
damage_sqlite(struct formatter *f, const struct rawlog_damage *damage)
{
	struct format_sqlite *s = of(f);

	for (size_t i = 0; i < s->bindings.count; i++) {
		const struct binding *b = &s->bindings.list[i];

		if (b->table->kind == TABLE_DAMAGE && binding_passes_damage(b, &s->bindings, damage))
			put_damage(s, b, damage);
	}
}

const struct format format_sqlite = {
	.name = "sqlite",
	.summary = "the tables as a database, in one file",
	.size = sizeof(struct format_sqlite),
	.by_table = true,
	.mixes = true,
	.rewrites = true,
	.ending = "db",
	.groups = true,
	.selects = true,
	.limited = true,
	.unverified = true,
	.print = PRINT_EPOCH | PRINT_NAMES,
	.library = "SQLite",
	.library_version = sqlite_file_version,
	.add_words = bindings_add_words,
	.open = open_sqlite,
	.close = close_sqlite,
	.start = start_sqlite,
	.finish = finish_sqlite,
	.begin = begin_sqlite,
	.shows = shows_sqlite,
	.needs = needs_sqlite,
	.row = row_sqlite,
	.sample_ends = sample_ends_sqlite,
	.damage = damage_sqlite,
};
