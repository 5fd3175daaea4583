/*
 * table_text: the tables of the catalog, whatever the releases of the logs. Each table that was asked for is bound to the
 * structs of the current log; a table that the log's release lacks has no rows.
 */
#include "print/format/table_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put.h"

/* Of the first columns, those before this one are the same in all rows of a sample. */
#define FIRST_OWN CONTEXT_UNVERIFIED

static void
note_failure(struct table_text *t, int error)
{
	if (t->formatter.failure == 0)
		t->formatter.failure = error;
}

/* --- the tables of a log ------------------------------------------------------------------------------------ */

static bool
is_selected(const struct table_text *t, const struct column_table *table)
{
	const struct word_set *tables = t->formatter.query->tables;

	return tables->count == 0 || word_set_has(tables, table->name);
}

bool
table_text_add_words(struct word_set *words)
{
	for (size_t i = 0; i < catalog_ntables; i++)
		if (!word_set_add(words, catalog_tables[i].name))
			return false;
	return true;
}

static size_t
first_member(const struct column_table *table)
{
	size_t i = 0;

	while (i < table->ncolumns && table->columns[i].source != COLUMN_MEMBER)
		i++;
	return i;
}

static void
add_binding(struct table_text *t, const struct column_table *table)
{
	const struct selection *selection = t->formatter.query->selection;
	const struct selected_table *selected = selection != NULL ? selection_find(selection, table) : NULL;

	if (!is_selected(t, table) || (selection != NULL && selected == NULL))
		return;
	t->bindings[t->nbindings++] = (struct table_binding){ .table = table,
		.selected = selected,
		.members_at = first_member(table) };
}

int
table_text_open(struct formatter *f, const struct table_style *style)
{
	struct table_text *t = (struct table_text *)f;
	int error;

	t->style = style;
	t->bindings = calloc(catalog_ntables, sizeof *t->bindings);
	if (t->bindings == NULL)
		return ENOMEM;
	for (size_t i = 0; i < catalog_ntables; i++)
		add_binding(t, &catalog_tables[i]);
	error = writer_open(&t->header, -1);
	if (error == 0) {
		error = writer_open(&t->shared, -1);
		if (error != 0)
			writer_close(&t->header);
	}
	if (error != 0)
		free(t->bindings);
	return error;
}

static void
unbind(struct table_text *t)
{
	for (size_t i = 0; i < t->nbindings; i++) {
		places_free(t->bindings[i].places);
		t->bindings[i].places = NULL;
	}
}

void
table_text_close(struct formatter *f)
{
	struct table_text *t = (struct table_text *)f;

	unbind(t);
	free(t->bindings);
	free(t->file);
	free(t->host);
	writer_close(&t->header);
	writer_close(&t->shared);
}

/* The struct of the release with the role; NULL: it has none. */
static const struct catalog_struct *
find_struct(const struct catalog_release *r, const char *role)
{
	if (strcmp(role, r->rawheader->role) == 0)
		return r->rawheader;
	if (strcmp(role, r->rawrecord->role) == 0)
		return r->rawrecord;
	for (size_t i = 0; i < r->nblocks; i++)
		if (strcmp(role, r->blocks[i].entry->role) == 0)
			return r->blocks[i].entry;
	return NULL;
}

/* Whether only some columns are asked for. */
static bool
has_fields(const struct table_binding *b)
{
	return b->selected != NULL && b->selected->columns != NULL;
}

static void
put_header(struct table_text *t, const struct table_binding *b)
{
	if (has_fields(b))
		for (size_t i = 0; i < b->selected->ncolumns; i++)
			t->style->put_name(&t->header, b->selected->columns[i].name, i == 0);
	else
		for (size_t i = 0; i < b->table->ncolumns; i++)
			t->style->put_name(&t->header, b->table->columns[i].name, i == 0);
	writer_put(&t->header, t->style->end, strlen(t->style->end));
}

/* Where the rows of a table go: a new output begins with the table's header. */
static struct writer *
find_output(struct table_text *t, const struct table_binding *b)
{
	writer_commit(&t->header, t->header.buffer);
	if (t->style->put_name == NULL && !t->formatter.outputs.place->folder)
		return outputs_table(&t->formatter.outputs, "", "", 0);
	if (t->style->put_name != NULL)
		put_header(t, b);
	if (t->header.error != 0) {
		note_failure(t, t->header.error);
		return NULL;
	}
	return outputs_table(&t->formatter.outputs, b->table->name, t->header.buffer,
	    (size_t)(t->header.next - t->header.buffer));
}

static const struct row_printer *
find_printer(const struct catalog_struct *s, const char *table)
{
	const struct printer *p = printer_of(s);

	for (size_t i = 0; i < p->nrows; i++)
		if (strcmp(p->rows[i].table, table) == 0)
			return &p->rows[i];
	return NULL;
}

/* Binds the tables to the structs of a release. False: no memory, or the outputs have failed. */
static bool
bind(struct table_text *t, const struct catalog_release *r)
{
	unbind(t);
	for (size_t i = 0; i < t->nbindings; i++) {
		struct table_binding *b = &t->bindings[i];
		const struct catalog_struct *s = b->table->role != NULL ? find_struct(r, b->table->role) : NULL;
		bool missing = true;

		b->out = find_output(t, b);
		if (b->out == NULL)
			return false;
		if (s == NULL)
			continue;
		b->printer = find_printer(s, b->table->name);
		b->places = places_make(b->table, s, &missing);
		if (b->places == NULL && !missing) {
			note_failure(t, ENOMEM);
			return false;
		}
	}
	return true;
}

/* --- rows --------------------------------------------------------------------------------------------------- */

/* What a row is written with. */
struct row_context {
	struct table_text *text;
	const struct table_binding *binding;
	const struct table_row *row; /* the current one */
};

static void
put_cells(struct table_text *t, const struct table_row *row, size_t from, size_t until, struct writer *out)
{
	const struct column_table *table = row->places->table;
	struct cell cell;

	for (size_t i = from; i < until; i++) {
		cells_get(row, &t->log, i, &cell);
		t->style->put_cell(out, &table->columns[i], table->columns[i].name, &cell, i == 0,
		    t->formatter.query->print);
	}
}

/* Only the columns that are asked for. */
static void
put_fields(struct table_text *t, const struct table_row *row, const struct selected_table *selected, struct writer *out)
{
	struct cell cell;

	for (size_t i = 0; i < selected->ncolumns; i++) {
		const struct selected_column *c = &selected->columns[i];

		cells_get(row, &t->log, c->column, &cell);
		t->style->put_cell(out, &selected->table->columns[c->column], c->name, &cell, i == 0,
		    t->formatter.query->print);
	}
}

/* All columns. */
static void
put_all(struct table_text *t, const struct table_row *row, const struct table_binding *b)
{
	const struct row_printer *p = b->printer;
	char *w;

	writer_put(b->out, t->shared.buffer, (size_t)(t->shared.next - t->shared.buffer));
	put_cells(t, row, FIRST_OWN, b->members_at, b->out);
	if (p == NULL)
		return;
	w = writer_room(b->out, t->style->members_max(p) + PUT_SLACK);
	writer_commit(b->out, t->style->put_members(p, w, row->host, t->formatter.query->print, row->nulls));
}

static void
get_cell(void *context, unsigned id, struct cell *cell)
{
	const struct row_context *c = context;

	cells_get(c->row, &c->text->log, id, cell);
}

static void
put_row(void *context, const struct table_row *row)
{
	struct row_context *c = context;
	const struct table_binding *b = c->binding;
	struct table_text *t = c->text;

	c->row = row;
	if (b->selected != NULL && b->selected->where != NULL && !where_holds(b->selected->where, get_cell, c))
		return;
	if (t->style->begin_row != NULL)
		t->style->begin_row(b->out, b->table);
	if (has_fields(b))
		put_fields(t, row, b->selected, b->out);
	else
		put_all(t, row, b);
	writer_put(b->out, t->style->end, strlen(t->style->end));
}

/* Writes the cells that all rows of a sample begin with. `row` is any of its rows. */
static void
share(struct table_text *t, const struct column_table *table, const struct row *row)
{
	const struct places places = { .table = table };
	struct table_row first = { .places = &places, .row = row };
	struct cell cell;

	writer_commit(&t->shared, t->shared.buffer);
	for (size_t i = 0; i < FIRST_OWN; i++) {
		cells_get(&first, &t->log, i, &cell);
		t->style->put_cell(&t->shared, &table->columns[i], table->columns[i].name, &cell, i == 0,
		    t->formatter.query->print);
	}
	t->in_sample = row != NULL && row->sample != NULL;
	t->sample = t->in_sample ? row->sample->number : 0;
	note_failure(t, t->shared.error);
}

static bool
copy_text(char **to, const char *from, size_t size)
{
	free(*to);
	*to = from != NULL ? strndup(from, size) : NULL;
	return from == NULL || *to != NULL;
}

bool
table_text_begin(struct formatter *f, const struct format_log *log, char *why)
{
	static const struct row nothing;
	struct table_text *t = (struct table_text *)f;
	const bool copied = copy_text(&t->file, log->file, strlen(log->file)) &&
	    copy_text(&t->host, log->host, log->host_size);

	if (!copied)
		note_failure(t, ENOMEM);
	if (!copied || !bind(t, log->release)) {
		const int error = f->failure != 0 ? f->failure : outputs_error(&f->outputs);

		snprintf(why, FORMAT_WHY_MAX, "no place for its tables: %s", strerror(error));
		return false;
	}
	t->log = (struct row_log){ .file = t->file,
		.host = t->host,
		.host_size = t->host != NULL ? strlen(t->host) : 0,
		.release = log->release->version };
	share(t, &catalog_tables[0], &nothing);
	return true;
}

bool
table_text_shows(const struct formatter *f, const struct catalog_struct *s)
{
	const struct table_text *t = (const struct table_text *)f;

	for (size_t i = 0; i < t->nbindings; i++)
		if (t->bindings[i].places != NULL && t->bindings[i].places->of == s)
			return true;
	return false;
}

void
table_text_row(struct formatter *f, const struct row *row)
{
	struct table_text *t = (struct table_text *)f;

	if ((row->sample != NULL) != t->in_sample || (t->in_sample && t->sample != row->sample->number))
		share(t, &catalog_tables[0], row);
	for (size_t i = 0; i < t->nbindings; i++) {
		struct row_context context = { t, &t->bindings[i], NULL };

		if (t->bindings[i].places != NULL && t->bindings[i].places->of == row->of)
			table_rows_each(t->bindings[i].places, row, put_row, &context);
	}
}

/* --- damage ------------------------------------------------------------------------------------------------- */

static void
set_text(struct cell *cell, const char *text)
{
	cell->kind = text != NULL ? CELL_TEXT : CELL_NULL;
	cell->text = text;
	cell->size = text != NULL ? strlen(text) : 0;
}

static void
get_damage(const struct table_text *t, const struct rawlog_damage *damage, enum column_context context,
    struct cell *cell)
{
	uint64_t number;

	cell->kind = CELL_NULL;
	switch (context) {
	case CONTEXT_FILE: set_text(cell, t->log.file); return;
	case CONTEXT_HOST: set_text(cell, t->log.host); return;
	case CONTEXT_RELEASE: set_text(cell, t->log.release); return;
	case CONTEXT_BLOCK: set_text(cell, damage->block); return;
	case CONTEXT_KIND: set_text(cell, damage_word(damage->kind)); return;
	case CONTEXT_REASON: set_text(cell, damage->reason); return;
	case CONTEXT_SAMPLE: number = damage->sample; break;
	case CONTEXT_OFFSET: number = damage->offset; break;
	case CONTEXT_LENGTH: number = damage->length; break;
	default: return;
	}
	if (number <= INT64_MAX) {
		cell->kind = CELL_INTEGER;
		cell->integer = (int64_t)number;
	}
}

/* A row of the table of damage. */
struct damage_context {
	const struct table_text *text;
	const struct column_table *table;
	const struct rawlog_damage *damage;
};

static void
get_damage_cell(void *context, unsigned id, struct cell *cell)
{
	const struct damage_context *c = context;

	get_damage(c->text, c->damage, c->table->columns[id].context, cell);
}

static void
put_damage(struct table_text *t, const struct table_binding *b, const struct rawlog_damage *damage)
{
	struct damage_context c = { t, b->table, damage };
	const size_t count = has_fields(b) ? b->selected->ncolumns : b->table->ncolumns;
	struct cell cell;

	if (b->selected != NULL && b->selected->where != NULL && !where_holds(b->selected->where, get_damage_cell, &c))
		return;
	if (t->style->begin_row != NULL)
		t->style->begin_row(b->out, b->table);
	for (size_t i = 0; i < count; i++) {
		const size_t k = has_fields(b) ? b->selected->columns[i].column : i;
		const struct column *column = &b->table->columns[k];

		get_damage_cell(&c, (unsigned)k, &cell);
		t->style->put_cell(b->out, column, has_fields(b) ? b->selected->columns[i].name : column->name, &cell,
		    i == 0, t->formatter.query->print);
	}
	writer_put(b->out, t->style->end, strlen(t->style->end));
}

void
table_text_damage(struct formatter *f, const struct rawlog_damage *damage)
{
	struct table_text *t = (struct table_text *)f;

	for (size_t i = 0; i < t->nbindings; i++)
		if (t->bindings[i].table->kind == TABLE_DAMAGE && t->bindings[i].out != NULL)
			put_damage(t, &t->bindings[i], damage);
}
