/*
 * bindings: looks up the columns of each table in the structs of the log's release.
 */
#include "print/format/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "print/query/table_list.h"
#include "print/query/where_row.h"
#include "print/text/put.h"
#include "rawlog/catalog/role.h"

/* --- the tables ---------------------------------------------------------------------------------------------- */

bool
bindings_add_words(struct word_set *words)
{
	for (size_t i = 0; i < catalog_ntables; i++)
		if (!word_set_add(words, catalog_tables[i].name))
			return false;
	return true;
}

/* Whether the table has a column whose bits have names. */
static bool
has_bits(const struct column_table *table)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].bits)
			return true;
	return false;
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
add(struct bindings *b, const struct query *query, const struct column_table *table)
{
	const struct selected_table *selected = query->selection != NULL ? selection_find(query->selection, table)
									 : NULL;
	const bool by_cells = (query->print & PRINT_NAMES) != 0 && has_bits(table);

	if (!table_list_asks(query->tables, table) || (query->selection != NULL && selected == NULL))
		return;
	b->list[b->count++] = (struct binding){ .table = table,
		.selected = selected,
		.by_cells = by_cells,
		.members_at = by_cells ? table->ncolumns : first_member(table),
		.nshared = table->kind == TABLE_VIEW ? view_of(table)->nshared : 0 };
	b->has_views = b->has_views || table->kind == TABLE_VIEW;
}

bool
bindings_open(struct bindings *b, const struct query *query)
{
	bool done;

	*b = (struct bindings){ .list = calloc(table_list_count(), sizeof *b->list),
		.limit = query->limit,
		.chosen = query->selection != NULL && query->selection->fields != NULL };
	for (size_t i = 0; i < table_list_count() && b->list != NULL; i++)
		add(b, query, table_list_at(i));
	done = b->list != NULL;
	for (size_t i = 0; i < b->count && done; i++) {
		done = kept_rows_init(&b->list[i].kept, b->list[i].table, b->list[i].selected, query->top);
		b->keeps = b->keeps || binding_keeps(&b->list[i]);
	}
	if (!done)
		bindings_close(b);
	return done;
}

static void
unbind(struct bindings *b)
{
	for (size_t i = 0; i < b->count; i++) {
		places_free(b->list[i].places);
		free(b->list[i].columns);
		b->list[i].columns = NULL;
		b->list[i].places = NULL;
		b->list[i].of = NULL;
		b->list[i].shared.known = false;
		b->list[i].printer = NULL;
	}
}

void
bindings_close(struct bindings *b)
{
	unbind(b);
	for (size_t i = 0; i < b->count; i++) {
		kept_rows_free(&b->list[i].kept);
		free(b->list[i].shared.text);
	}
	view_sample_free(&b->sample);
	free(b->list);
	free(b->file);
	free(b->digest);
	free(b->host);
}

/* --- the tables of a log ------------------------------------------------------------------------------------- */

static const struct row_printer *
find_printer(const struct catalog_struct *s, const char *table)
{
	const struct printer *p = printer_of(s);

	for (size_t i = 0; i < p->nrows; i++)
		if (strcmp(p->rows[i].table, table) == 0)
			return &p->rows[i];
	return NULL;
}

static bool
copy_text(char **to, const char *from, size_t size)
{
	free(*to);
	*to = from != NULL ? strndup(from, size) : NULL;
	return from == NULL || *to != NULL;
}

/* --- what is read of a struct -------------------------------------------------------------------------------- */

/* Parts that columns are read from. */
struct reading {
	const struct places *places;
	uint64_t parts;
};

static void
read_column(void *context, unsigned column)
{
	struct reading *reading = context;

	reading->parts |= places_parts(reading->places, column);
}

/* Whether not every row of the table is shown: there is a condition, or the view has one. */
static bool
chooses(const struct binding *b)
{
	return (b->selected != NULL && b->selected->where != NULL) ||
	    (b->places->view != NULL && b->places->view->code->holds != NULL);
}

/* Finds the parts that the condition and the columns asked for are read from. */
static void
find_parts(struct binding *b)
{
	const uint64_t array = b->places->array.field != NULL ? b->places->array.parts : 0;
	struct reading asked = { b->places, array }, shown = { b->places, array };
	const char *name;

	if (b->selected != NULL && b->selected->where != NULL)
		where_each_column(b->selected->where, read_column, &asked);
	for (size_t i = 0; i < binding_ncolumns(b); i++)
		read_column(&shown, (unsigned)binding_column(b, i, &name));
	if (binding_keeps(b))
		read_column(&shown, (unsigned)b->kept.key);
	if (b->wide)
		asked.parts |= overflow_parts(b->places);
	b->shown = shown.parts | (b->wide ? asked.parts : 0);
	if (chooses(b))
		b->asked = asked.parts | (b->places->view != NULL ? b->places->view->code->reads->chosen_by : 0);
	else
		b->asked = b->shown;
}

/* Makes the list of the columns that are asked for. False: out of memory. */
static bool
bind_columns(struct binding *b)
{
	b->ncolumns = binding_ncolumns(b);
	b->columns = calloc(b->ncolumns, sizeof *b->columns);
	if (b->columns == NULL)
		return false;
	for (size_t i = 0; i < b->ncolumns; i++) {
		struct bound_column *c = &b->columns[i];

		c->index = binding_column(b, i, &c->name);
		c->column = &b->table->columns[c->index];
		c->place = &b->places->columns[c->index];
		c->can_be_null = c->place->guards != 0 || c->place->depends;
		if (c->column->source == COLUMN_MEMBER)
			c->read = c->place->at.size > 0 ? BOUND_INTEGER : c->place->text > 0 ? BOUND_TEXT : BOUND_CELL;
	}
	return true;
}

/* --- a log --------------------------------------------------------------------------------------------------- */

/* Binds a table, or a view, to structs `s` of the log. False: out of memory. */
static bool
bind(struct bindings *b, struct binding *one, const struct catalog_struct *s)
{
	const bool is_view = one->table->kind == TABLE_VIEW;
	bool missing;

	one->printer = one->by_cells || is_view ? NULL : find_printer(s, one->table->name);
	one->places = is_view ? view_places_make(view_of(one->table), &b->sample, &missing)
			      : places_make(one->table, s, &missing);
	if (one->places == NULL)
		return missing;
	if (!bind_columns(one))
		return false;
	one->of = s;
	one->is_struct = one->table->kind != TABLE_PIDS && one->places->array.field == NULL;
	one->wide = overflow_is_possible(one->places);
	find_parts(one);
	for (size_t i = 0; i < CATALOG_BLOCKS_MAX && is_view; i++) {
		b->reads[i] = b->reads[i] || one->places->view->code->reads->blocks[i];
		b->once_parts[i] |= one->places->view->code->reads->once_parts[i];
	}
	return true;
}

bool
bindings_begin(struct bindings *b, const struct format_log *log)
{
	unbind(b);
	memset(b->reads, 0, sizeof b->reads);
	memset(b->once_parts, 0, sizeof b->once_parts);
	b->unread = NULL;
	if (b->has_views && !view_sample_begin(&b->sample, log->release, log->header))
		return false;
	if (!copy_text(&b->file, log->file, strlen(log->file)) || !copy_text(&b->host, log->host, log->host_size) ||
	    !copy_text(&b->digest, log->digest, log->digest != NULL ? strlen(log->digest) : 0))
		return false;
	b->log = (struct row_log){ .file = b->file,
		.digest = b->digest,
		.host = b->host,
		.host_size = b->host != NULL ? strlen(b->host) : 0,
		.release = log->nfits > 1 ? NULL : log->release->version };
	for (size_t i = 0; i < b->count; i++) {
		struct binding *one = &b->list[i];
		const char *role = one->table->role;
		const struct catalog_struct *s = role != NULL ? role_find(log->release, role, strlen(role)) : NULL;

		if (s != NULL && !bind(b, one, s))
			return false;
	}
	return true;
}

/* The block whose structs views read in names, and `s` are; CATALOG_BLOCKS_MAX: none. */
static size_t
find_read(const struct bindings *b, const struct catalog_struct *s)
{
	for (size_t i = 0; b->has_views && i < b->sample.release->nblocks; i++)
		if (b->reads[i] && b->sample.release->blocks[i].entry == s)
			return i;
	return CATALOG_BLOCKS_MAX;
}

uint64_t
bindings_need(const struct bindings *b, const struct catalog_struct *s)
{
	const size_t read = find_read(b, s);
	uint64_t parts = read < CATALOG_BLOCKS_MAX ? b->once_parts[read] : 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct binding *one = &b->list[i];

		if (one->of == s)
			parts |= one->asked;
	}
	return parts;
}

bool
bindings_show(const struct bindings *b, const struct catalog_struct *s)
{
	if (b->has_views && (s == b->sample.release->rawrecord || find_read(b, s) < CATALOG_BLOCKS_MAX))
		return true;
	for (size_t i = 0; i < b->count; i++) {
		const struct binding *one = &b->list[i];

		if (one->table->kind == TABLE_DAMAGE && b->limit == NULL)
			return true;
		if (one->of == s && row_limit_allows(b->limit, one->table->name))
			return true;
	}
	return false;
}

/* --- rows ---------------------------------------------------------------------------------------------------- */

/* The condition of the rows; NULL: there is none. */
static const struct where *
condition_of(const struct binding *b)
{
	return b->selected != NULL ? b->selected->where : NULL;
}

/* A table whose rows are elements of an array in a struct, or processes of a cgroup. */
struct passing {
	const struct bindings *all;
	struct binding *binding;
};

/* An element of an array, or a process of a cgroup. */
static void
pass_row(void *context, const struct table_row *row)
{
	const struct passing *p = context;
	const struct where *where = condition_of(p->binding);

	if (p->binding->wide)
		overflow_note(row, p->all->overflow);
	if (row->places->view != NULL && !view_rows_takes(row->places->view, row))
		return;
	if (where == NULL || where_row_holds(where, row, &p->all->log))
		p->all->found(p->all->context, p->binding, row);
}

/* Elements of an array in the struct, or processes of the cgroup that it describes. */
static void
pass_rows(const struct bindings *all, struct binding *b, const struct row *row)
{
	struct passing passing = { all, b };

	row_fill(row, b->asked | b->shown);
	table_rows_each(b->places, row, pass_row, &passing);
}

/* Whether the row `r` that a struct is is asked for. Its nulls are set, and what is shown of the struct is filled. */
static inline bool
takes_struct(const struct bindings *all, const struct binding *b, struct table_row *r)
{
	const struct where *where = condition_of(b);
	struct view_state *view = r->places->view;

	row_fill(r->row, b->asked);
	r->nulls = r->row->nulls;
	if (b->wide)
		overflow_note(r, all->overflow);
	if (view == NULL && where == NULL)
		return true;
	if ((view != NULL && !view_rows_takes(view, r)) || (where != NULL && !where_row_holds(where, r, &all->log)))
		return false;
	row_fill(r->row, b->shown);
	r->nulls = r->row->nulls;
	if (view != NULL)
		view_rows_set(view, r);
	return true;
}

/* Keeps what views can read of the sample besides their rows: most structs are nothing of that. */
static void
note_struct(struct bindings *b, const struct row *row)
{
	const size_t read = find_read(b, row->of);

	if (read < CATALOG_BLOCKS_MAX)
		row_fill(row, b->once_parts[read]);
	else if (row->of != b->sample.release->rawrecord)
		b->unread = row->of;
	if (row->of != b->unread)
		view_sample_note(&b->sample, row, b->reads);
}

void
bindings_each_row(struct bindings *b, const struct row *row)
{
	struct table_row *r = &b->row;
	struct binding *const end = b->list + b->count;

	if (b->has_views && row->of != b->unread)
		note_struct(b, row);
	r->row = row;
	r->host = row->host;
	for (struct binding *one = b->list; one < end; one++) {
		if (one->of != row->of)
			continue;
		r->places = one->places;
		if (!one->is_struct)
			pass_rows(b, one, row);
		else if (takes_struct(b, one, r))
			b->found(b->context, one, r);
	}
}

/* --- rows that are kept ------------------------------------------------------------------------------------------- */

bool
bindings_keep(struct bindings *b, struct binding *one, const struct table_row *row)
{
	struct writer *to;
	struct cell key;

	cells_get(row, &b->log, one->kept.key, &key);
	if (!kept_rows_want(&one->kept, &key))
		return true;
	to = kept_rows_begin(&one->kept, &key);
	if (to == NULL)
		return false;
	b->write_kept(b->context, one, row, to);
	return kept_rows_end(&one->kept, &key);
}

/* A table whose rows were kept. */
struct putting {
	struct bindings *all;
	struct binding *binding;
};

static void
put_one(void *context, const char *kept, size_t size)
{
	const struct putting *p = context;

	if (p->all->limit == NULL || row_limit_take(p->all->limit, p->binding->table->name))
		p->all->put_kept(p->all->context, p->binding, kept, size);
}

void
bindings_put_all_kept(struct bindings *b)
{
	for (size_t i = 0; i < b->count; i++) {
		struct putting putting = { b, &b->list[i] };

		if (binding_keeps(putting.binding))
			kept_rows_take(&putting.binding->kept, put_one, &putting);
	}
}

/* --- damage -------------------------------------------------------------------------------------------------- */

/* A row of damage that a condition is asked about. */
struct asked_damage {
	const struct bindings *all;
	const struct column_table *table;
	const struct rawlog_damage *damage;
};

static void
get_damage_cell(void *context, unsigned id, struct cell *cell)
{
	const struct asked_damage *asked = context;

	bindings_get_damage(asked->all, asked->damage, asked->table->columns[id].context, cell);
}

bool
binding_passes_damage(const struct binding *b, const struct bindings *all, const struct rawlog_damage *damage)
{
	struct asked_damage asked = { all, b->table, damage };
	const struct where *where = condition_of(b);

	return (where == NULL || where_holds(where, get_damage_cell, &asked)) &&
	    row_limit_take(all->limit, b->table->name);
}

void
bindings_get_damage(const struct bindings *b, const struct rawlog_damage *damage, enum column_context context,
    struct cell *cell)
{
	cells_get_damage(damage, &b->log, context, cell);
}

struct row_log
bindings_set_log(struct bindings *b, struct row_log log)
{
	const struct row_log old = b->log;

	b->log = log;
	return old;
}
