/*
 * format_sqlite: the tables as an SQLite database, which is one file. All tables are in it, whether they have rows or not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/format/bindings.h"
#include "print/format/formats.h"
#include "print/format/sqlite_bind.h"
#include "print/format/sqlite_file.h"
#include "print/format/sqlite_library.h"
#include "print/format/sqlite_tables.h"
#include "print/format/sqlite_views.h"
#include "print/text/put_text.h"

/* For how long the value of a column is the same. */
enum life {
	LIFE_LOG,
	LIFE_SAMPLE,
	LIFE_ROW,
	LIVES
};

/* A parameter of a statement: the column that it has, and the value that is bound. */
struct parameter {
	int number;    /* from 1 */
	size_t column; /* of the table */
	enum life life;
	struct sqlite_bound bound;
	const struct place *place; /* of a member; else NULL */
	bool bytes;                /* the column has the exact bytes of a text */
	bool is_double;            /* its numbers are no float32 */
};

/* How a table's rows are inserted; the `out` of its binding. */
struct sqlite_table {
	sqlite3_stmt *insert;
	struct parameter *parameters; /* of each column asked for, ordered by life */
	size_t first[LIVES];          /* the first parameter of that life, or of a later one */
	size_t count;
	bool in_log;     /* a row of the current log was inserted */
	bool in_sample;  /* it was of a sample */
	uint64_t sample; /* its number */
};

struct format_sqlite {
	struct formatter formatter;
	struct bindings bindings;
	struct sqlite_file *file; /* of the whole, from start to finish */
	struct sqlite_table *tables;
	struct writer text; /* scratch: a text */
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

static void
release_tables(struct format_sqlite *s)
{
	for (size_t i = 0; i < s->bindings.count; i++) {
		sqlite.sqlite3_finalize(s->tables[i].insert);
		free(s->tables[i].parameters);
	}
}

/* Makes the tables, and a statement for each of them. A result of SQLite. */
static int
make_tables(struct format_sqlite *s)
{
	sqlite3 *database = sqlite_file_database(s->file);
	int result = sqlite.sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);

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

	if (keep) {
		sqlite3 *database = sqlite_file_database(s->file);

		error = sqlite_file_errno(s->file, sqlite_tables_index(database, &s->bindings));
		if (error == 0)
			error = sqlite_file_errno(s->file, sqlite_views_make(database, &s->bindings, f->query));
		if (error == 0)
			error = sqlite_file_commit(s->file);
	}
	close_database(s);
	return error;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static void
bind_cell(struct format_sqlite *s, struct sqlite_table *t, struct parameter *p, const struct cell *cell)
{
	const int result = cell->kind == CELL_NUMBER && p->is_double
	    ? sqlite_bind_double(t->insert, p->number, &p->bound, cell->number)
	    : sqlite_bind(t->insert, p->number, &p->bound, cell, p->bytes, &s->text, s->formatter.query->print);

	check(s, result);
}

/* How long a value of the column lasts. Without places, the rows are of damage. */
static enum life
life_of(const struct binding *b, size_t column)
{
	const struct column *columns = b->table->columns;
	const struct column *c = columns[column].source == COLUMN_BYTES ? &columns[column - 1] : &columns[column];

	if (b->places == NULL)
		return LIFE_ROW;
	if (c->source == COLUMN_COMPUTED)
		return LIFE_ROW;
	if (c->source != COLUMN_CONTEXT)
		return b->places->columns[column].field == NULL ? LIFE_LOG : LIFE_ROW;
	return c->context <= CONTEXT_RELEASE                          ? LIFE_LOG
	    : c->context >= CONTEXT_TIME && c->context <= CONTEXT_RUN ? LIFE_SAMPLE
								      : LIFE_ROW;
}

/* Plans the parameters of the current log, of which nothing is bound yet. */
static void
plan_table(struct sqlite_table *t, const struct binding *b)
{
	size_t next = 0;
	const char *name;

	t->in_log = t->in_sample = false;
	for (enum life life = LIFE_LOG; life < LIVES; life++) {
		t->first[life] = next;
		for (size_t i = 0; i < t->count; i++) {
			const size_t column = binding_column(b, i, &name);
			const struct column *c = &b->table->columns[column];

			if (life_of(b, column) != life)
				continue;
			t->parameters[next++] = (struct parameter){ .number = (int)i + 1,
				.column = column,
				.life = life,
				.place = c->source != COLUMN_MEMBER || b->places == NULL ? NULL
											 : &b->places->columns[column],
				.bytes = c->source == COLUMN_BYTES,
				.is_double = c->type == COLUMN_DOUBLE };
		}
	}
}

static void
insert_row(struct format_sqlite *s, struct sqlite_table *t)
{
	if (s->formatter.failure != 0)
		return;
	sqlite.sqlite3_step(t->insert);
	check(s, sqlite.sqlite3_reset(t->insert));
}

/* --- logs ----------------------------------------------------------------------------------------------------- */

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

/* Writes the cells in the order of parameters, each text behind its cell. */
static void
write_kept(void *context, struct binding *b, const struct table_row *row, struct writer *to)
{
	const struct format_sqlite *s = context;
	const struct sqlite_table *t = b->out;
	struct cell cell;

	for (size_t i = 0; i < t->count; i++) {
		memset(&cell, 0, sizeof cell);
		cells_get(row, &s->bindings.log, t->parameters[i].column, &cell);
		writer_put(to, &cell, sizeof cell);
		if (cell.kind == CELL_TEXT)
			writer_put(to, cell.text, cell.size);
	}
}

static void
put_kept(void *context, struct binding *b, const char *kept, size_t size)
{
	struct format_sqlite *s = context;
	struct sqlite_table *t = b->out;
	struct cell cell;

	(void)size;
	for (size_t i = 0; i < t->count; i++) {
		memcpy(&cell, kept, sizeof cell);
		kept += sizeof cell;
		if (cell.kind == CELL_TEXT) {
			cell.text = kept;
			kept += cell.size;
		}
		bind_cell(s, t, &t->parameters[i], &cell);
	}
	insert_row(s, t);
}

static void
sample_ends_sqlite(struct formatter *f)
{
	bindings_put_all_kept(&of(f)->bindings);
}

/* The first parameter whose value may differ from that of the row before. Notes the row. */
static size_t
first_changed(struct sqlite_table *t, const struct row_sample *sample)
{
	const bool again = sample != NULL && t->in_sample && t->sample == sample->number;
	const size_t first = again ? t->first[LIFE_ROW] : t->in_log ? t->first[LIFE_SAMPLE] : 0;

	t->in_log = true;
	t->in_sample = sample != NULL;
	t->sample = sample != NULL ? sample->number : 0;
	return first;
}

/* Whether it is the bytes of a text that is `before` and is valid UTF-8: null. */
static inline bool
is_utf8_bytes(const struct parameter *p, const struct parameter *before)
{
	return p->bytes && before != NULL && before->column + 1 == p->column && before->bound.is_utf8;
}

/*
 * Gets the cell of parameter `p`; `before` is the parameter before it, or NULL. False: the parameter has that value already,
 * null or an integer.
 */
static inline bool
get_changed(const struct format_sqlite *s, const struct parameter *p, const struct parameter *before,
    const struct table_row *row, struct cell *cell)
{
	const struct sqlite_bound *bound = &p->bound;

	if (p->place != NULL && cells_get_plain(row, p->column, cell))
		return !bound->known || bound->kind != cell->kind ||
		    (cell->kind == CELL_INTEGER && bound->integer != cell->integer);
	if (is_utf8_bytes(p, before) || (p->place != NULL && place_is_null(p->place, row->host, row->nulls)))
		cell->kind = CELL_NULL;
	else
		cells_get(row, &s->bindings.log, p->column, cell);
	return !bound->known || bound->kind != CELL_NULL || cell->kind != CELL_NULL;
}

static void
put_row(void *context, struct binding *b, const struct table_row *row)
{
	struct format_sqlite *s = context;
	struct sqlite_table *t = b->out;
	struct cell cell = { 0 };
	size_t first;

	if (binding_keeps(b)) {
		if (!bindings_keep(&s->bindings, b, row))
			note_failure(s, ENOMEM);
		return;
	}
	if (!row_limit_take(s->bindings.limit, b->table->name))
		return;
	first = first_changed(t, row->row->sample);
	for (size_t i = first; i < t->count; i++) {
		struct parameter *p = &t->parameters[i];

		if (get_changed(s, p, i > first ? p - 1 : NULL, row, &cell))
			bind_cell(s, t, p, &cell);
	}
	insert_row(s, t);
}

static void
row_sqlite(struct formatter *f, const struct row *row)
{
	bindings_each_row(&of(f)->bindings, row);
}

static void
put_damage(struct format_sqlite *s, const struct binding *b, const struct rawlog_damage *damage)
{
	struct sqlite_table *t = b->out;
	struct cell cell = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		struct parameter *p = &t->parameters[i];

		bindings_get_damage(&s->bindings, damage, b->table->columns[p->column].context, &cell);
		bind_cell(s, t, p, &cell);
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

static void
file_damage_sqlite(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	struct format_sqlite *s = of(f);
	const struct row_log log = bindings_set_log(&s->bindings, (struct row_log){ .file = path });

	for (size_t i = 0; i < s->bindings.count; i++) /* no log may have begun yet */
		if (s->bindings.list[i].table->kind == TABLE_DAMAGE)
			plan_table(&s->tables[i], &s->bindings.list[i]);
	damage_sqlite(f, damage);
	bindings_set_log(&s->bindings, log);
}

static int
open_sqlite(struct formatter *f)
{
	struct format_sqlite *s = of(f);
	int error;

	if (!bindings_open(&s->bindings, f->query))
		return ENOMEM;
	s->bindings.found = put_row;
	s->bindings.write_kept = write_kept;
	s->bindings.put_kept = put_kept;
	s->bindings.context = f;
	s->bindings.overflow = &f->overflow;
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

const struct format format_sqlite = {
	.name = "sqlite",
	.summary = "the tables as a database, in one file",
	.size = sizeof(struct format_sqlite),
	.by_table = true,
	.mixes = true,
	.serial = true,
	.rewrites = true,
	.ending = "db",
	.groups = true,
	.selects = true,
	.limited = true,
	.unverified = true,
	.print = PRINT_EPOCH | PRINT_NAMES,
	.library = "SQLite",
	.load = sqlite_library_load,
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
	.file_damage = file_damage_sqlite,
};
