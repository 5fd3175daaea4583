/*
 * table_text: the tables of the catalog as text, whatever the releases of the logs.
 */
#include "print/format/table_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put.h"

/* Of the first columns, those before this one are the same in all rows of a sample. */
#define FIRST_OWN CONTEXT_UNVERIFIED

#define ROW_ROOM_MAX (64u << 10) /* bytes that the columns of a row ask for at once */

static void
note_failure(struct table_text *t, int error)
{
	if (t->formatter.failure == 0)
		t->formatter.failure = error;
}

/* --- the tables of a log ------------------------------------------------------------------------------------ */

static void
end_row(const struct table_text *t, struct writer *out)
{
	writer_commit(out, table_text_end(t, writer_room(out, sizeof t->style->end)));
}

static void
put_header(struct table_text *t, const struct binding *b)
{
	const char *name;

	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		binding_column(b, i, &name);
		t->style->put_name(&t->header, name, i == 0);
	}
	end_row(t, &t->header);
}

/* Where the rows of a table go: a new output begins with the table's header. */
static struct writer *
find_output(struct table_text *t, const struct binding *b)
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

static bool
find_outputs(struct table_text *t)
{
	for (size_t i = 0; i < t->bindings.count; i++) {
		t->bindings.list[i].out = find_output(t, &t->bindings.list[i]);
		if (t->bindings.list[i].out == NULL)
			return false;
	}
	return true;
}

static void
put_cell(struct table_text *t, struct writer *out, const struct binding *b, size_t i, const struct cell *cell)
{
	const char *name;
	const size_t column = binding_column(b, i, &name);

	t->style->put_cell(out, &b->table->columns[column], name, cell, i == 0, t->formatter.query->print);
}

/* Writes the cells that all rows of a sample begin with, in every table. `row` is any of its rows. */
static void
share(struct table_text *t, const struct row *row)
{
	const struct places places = { .table = &catalog_tables[0] };
	const struct table_row first = { .places = &places, .row = row };
	struct cell cell;

	writer_commit(&t->shared, t->shared.buffer);
	for (size_t i = 0; i < FIRST_OWN; i++) {
		cells_get(&first, &t->bindings.log, i, &cell);
		t->style->put_cell(&t->shared, &catalog_tables[0].columns[i],
		    column_name(&catalog_tables[0].columns[i]), &cell, i == 0, t->formatter.query->print);
	}
	t->in_sample = row->sample != NULL;
	t->sample = t->in_sample ? row->sample->number : 0;
	note_failure(t, t->shared.error);
}

/*
 * Finds the function that writes rows of the view, and adds the most bytes that it writes to the room of a row. False: there is
 * none, or it can write more than is asked for at once.
 */
static bool
find_view_printer(const struct table_text *t, struct binding *b)
{
	b->view_printer = NULL;
	if (t->style->is_csv && !t->bindings.chosen && b->places != NULL)
		b->view_printer = view_printer_find(b->places->view->sample->release, b->table->name);
	if (b->view_printer != NULL && b->room + b->view_printer->csv_max > ROW_ROOM_MAX)
		b->view_printer = NULL;
	if (b->view_printer != NULL)
		b->room += b->view_printer->csv_max;
	return b->view_printer != NULL;
}

/* Adds up the room for the columns of each table. What would need too much is written by cells; views have few columns. */
static void
find_room(struct table_text *t)
{
	for (size_t i = 0; i < t->bindings.count; i++) {
		struct binding *b = &t->bindings.list[i];
		const bool is_view = b->table->kind == TABLE_VIEW;

		b->room = sizeof t->style->end + PUT_SLACK;
		if (is_view && find_view_printer(t, b))
			continue;
		for (size_t k = 0; b->columns != NULL && k < b->ncolumns; k++) {
			const bool apart = b->columns[k].read == BOUND_CELL && !is_view;
			const size_t room = apart ? 0 : t->style->room(&b->columns[k]);

			if (b->room + room > ROW_ROOM_MAX && !is_view)
				b->columns[k].read = BOUND_CELL;
			else
				b->room += room;
		}
	}
}

bool
table_text_begin(struct formatter *f, const struct format_log *log, char *why)
{
	static const struct row nothing;
	struct table_text *t = (struct table_text *)f;
	const bool bound = bindings_begin(&t->bindings, log);

	if (!bound)
		note_failure(t, ENOMEM);
	if (!bound || !find_outputs(t)) {
		const int error = f->failure != 0 ? f->failure : outputs_error(&f->outputs);

		snprintf(why, FORMAT_WHY_MAX, "no place for its tables: %s", strerror(error));
		return false;
	}
	find_room(t);
	share(t, &nothing);
	return true;
}

bool
table_text_shows(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_show(&((const struct table_text *)f)->bindings, s);
}

uint64_t
table_text_needs(const struct formatter *f, const struct catalog_struct *s)
{
	return bindings_need(&((const struct table_text *)f)->bindings, s);
}

/* --- rows --------------------------------------------------------------------------------------------------- */

void
table_text_cell(const struct table_text *t, const struct bound_column *c, const struct table_row *row, bool first,
    struct writer *out)
{
	struct cell cell;

	cells_get(row, &t->bindings.log, c->index, &cell);
	t->style->put_cell(out, c->column, c->name, &cell, first, t->formatter.query->print);
}

/* The cells that a row has of its own, before its members. */
static void
put_own(const struct table_text *t, const struct binding *b, const struct table_row *row, struct writer *out)
{
	struct cell cell;

	for (size_t i = FIRST_OWN; i < b->members_at; i++) {
		const struct bound_column *c = &b->columns[i];

		cells_get(row, &t->bindings.log, i, &cell);
		t->style->put_cell(out, c->column, c->name, &cell, false, t->formatter.query->print);
	}
}

/* All columns: those that rows share, those of the row, and its members. */
static void
put_all(struct table_text *t, const struct binding *b, const struct table_row *row, struct writer *out)
{
	const struct row_printer *p = b->printer;
	const struct row_sample *sample = row->row->sample;
	char *w;

	if ((sample != NULL) != t->in_sample || (t->in_sample && t->sample != sample->number))
		share(t, row->row);
	if (t->style->begin_row != NULL)
		t->style->begin_row(out, b->table);
	writer_put(out, t->shared.buffer, (size_t)(t->shared.next - t->shared.buffer));
	if (p == NULL) {
		t->style->put_columns(t, b, row, FIRST_OWN, out);
		return;
	}
	put_own(t, b, row, out);
	w = writer_room(out, t->style->members_max(p) + sizeof t->style->end + PUT_SLACK);
	w = t->style->put_members(p, w, row->host, t->formatter.query->print, row->nulls);
	writer_commit(out, table_text_end(t, w));
}

/* The columns that are asked for. */
static inline void
put_chosen(const struct table_text *t, const struct binding *b, const struct table_row *row, struct writer *out)
{
	if (t->style->begin_row != NULL)
		t->style->begin_row(out, b->table);
	t->style->put_columns(t, b, row, 0, out);
}

/* Makes the cells that rows of the view begin with in the sample of the row. */
static void
share_view(struct table_text *t, struct binding *b, const struct table_row *row)
{
	const struct row_sample *sample = row->row->sample;
	size_t size;
	char *text;

	writer_commit(&t->scratch, t->scratch.buffer);
	for (size_t i = 0; i < b->nshared; i++)
		table_text_cell(t, &b->columns[i], row, i == 0, &t->scratch);
	size = (size_t)(t->scratch.next - t->scratch.buffer);
	text = t->scratch.error == 0 ? realloc(b->shared.text, size + 1) : NULL;
	if (text == NULL) {
		note_failure(t, ENOMEM);
		return;
	}
	memcpy(text, t->scratch.buffer, size);
	b->shared.text = text;
	b->shared.size = size;
	b->shared.sample = sample != NULL ? sample->number : 0;
	b->shared.known = sample != NULL;
}

/* A row of a view that its printer writes. */
struct printing {
	struct view_printing how;
	const struct table_text *t;
	const struct binding *b;
	const struct table_row *row;
	struct writer *out;
};

/* A column that the printer leaves. */
static char *
put_left(const struct view_printing *how, char *w, size_t column)
{
	const struct printing *p = (const struct printing *)how;

	writer_commit(p->out, w);
	table_text_cell(p->t, &p->b->columns[column], p->row, column == 0, p->out);
	return writer_room(p->out, p->b->room);
}

static void
print_view(const struct table_text *t, const struct binding *b, const struct table_row *row, struct writer *out)
{
	const struct printing p = { { t->formatter.query->print, put_left }, t, b, row, out };
	char *w = b->view_printer->csv(writer_room(out, b->room), &b->places->view->row, &p.how);

	writer_commit(out, table_text_end(t, w));
}

/* All columns of a view. */
static void
put_view(struct table_text *t, struct binding *b, const struct table_row *row, struct writer *out)
{
	const struct row_sample *sample = row->row->sample;

	if (b->nshared > 0 && (!b->shared.known || sample == NULL || b->shared.sample != sample->number))
		share_view(t, b, row);
	if (t->style->begin_row != NULL)
		t->style->begin_row(out, b->table);
	if (b->nshared > 0)
		writer_put(out, b->shared.text, b->shared.size);
	if (b->view_printer != NULL)
		print_view(t, b, row, out);
	else
		t->style->put_view(t, b, row, b->nshared, out);
}

/* Writes a whole row to `out`. */
static void
put_whole(struct table_text *t, struct binding *b, const struct table_row *row, struct writer *out)
{
	if (t->bindings.chosen)
		put_chosen(t, b, row, out);
	else if (b->table->kind == TABLE_VIEW)
		put_view(t, b, row, out);
	else
		put_all(t, b, row, out);
}

static void
write_kept(void *context, struct binding *b, const struct table_row *row, struct writer *to)
{
	put_whole(context, b, row, to);
}

static void
put_kept(void *context, struct binding *b, const char *kept, size_t size)
{
	(void)context;
	writer_put(b->out, kept, size);
}

static void
put_top_row(void *context, struct binding *b, const struct table_row *row)
{
	struct table_text *t = context;

	if (t->formatter.failure != 0)
		return;
	if (binding_keeps(b)) {
		if (!bindings_keep(&t->bindings, b, row))
			note_failure(t, ENOMEM);
	} else if (row_limit_take(t->bindings.limit, b->table->name)) {
		put_whole(t, b, row, b->out);
	}
}

/* Whether the row is written; it counts then. */
static inline bool
takes_row(const struct table_text *t, const struct binding *b)
{
	return t->formatter.failure == 0 &&
	    (t->bindings.limit == NULL || row_limit_take(t->bindings.limit, b->table->name));
}

static void
put_row(void *context, struct binding *b, const struct table_row *row)
{
	if (takes_row(context, b))
		put_whole(context, b, row, b->out);
}

/* The same, where columns are chosen. */
static void
put_chosen_row(void *context, struct binding *b, const struct table_row *row)
{
	if (takes_row(context, b))
		put_chosen(context, b, row, b->out);
}

void
table_text_sample_ends(struct formatter *f)
{
	if (f->failure == 0) /* else a row that should be among them may be lost */
		bindings_put_all_kept(&((struct table_text *)f)->bindings);
}

void
table_text_row(struct formatter *f, const struct row *row)
{
	struct table_text *t = (struct table_text *)f;

	bindings_each_row(&t->bindings, row);
}

/* --- damage ------------------------------------------------------------------------------------------------- */

static void
put_damage(struct table_text *t, const struct binding *b, const struct rawlog_damage *damage)
{
	struct cell cell;
	const char *name;

	if (t->style->begin_row != NULL)
		t->style->begin_row(b->out, b->table);
	for (size_t i = 0; i < binding_ncolumns(b); i++) {
		const struct column *column = &b->table->columns[binding_column(b, i, &name)];

		bindings_get_damage(&t->bindings, damage, column->context, &cell);
		put_cell(t, b->out, b, i, &cell);
	}
	end_row(t, b->out);
}

void
table_text_damage(struct formatter *f, const struct rawlog_damage *damage)
{
	struct table_text *t = (struct table_text *)f;

	for (size_t i = 0; i < t->bindings.count; i++) {
		const struct binding *b = &t->bindings.list[i];

		if (b->table->kind == TABLE_DAMAGE && b->out != NULL && binding_passes_damage(b, &t->bindings, damage))
			put_damage(t, b, damage);
	}
}

void
table_text_file_damage(struct formatter *f, const char *path, const struct rawlog_damage *damage)
{
	struct table_text *t = (struct table_text *)f;
	const struct row_log log = bindings_set_log(&t->bindings, (struct row_log){ .file = path });

	if (find_outputs(t)) /* no log may have begun yet */
		table_text_damage(f, damage);
	bindings_set_log(&t->bindings, log);
}

/* --- its formatter ------------------------------------------------------------------------------------------ */

int
table_text_open(struct formatter *f, const struct table_style *style)
{
	struct table_text *t = (struct table_text *)f;
	int error;

	t->style = style;
	if (!bindings_open(&t->bindings, f->query))
		return ENOMEM;
	t->bindings.found = t->bindings.keeps ? put_top_row : t->bindings.chosen ? put_chosen_row : put_row;
	t->bindings.write_kept = write_kept;
	t->bindings.put_kept = put_kept;
	t->bindings.context = t;
	t->bindings.overflow = &f->overflow;
	error = writer_open(&t->header, -1);
	if (error == 0)
		error = writer_open(&t->shared, -1);
	if (error == 0)
		error = writer_open(&t->scratch, -1);
	if (error != 0)
		table_text_close(f);
	return error;
}

void
table_text_close(struct formatter *f)
{
	struct table_text *t = (struct table_text *)f;

	bindings_close(&t->bindings);
	writer_close(&t->header);
	writer_close(&t->shared);
	writer_close(&t->scratch);
}
