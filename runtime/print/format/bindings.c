/*
 * bindings: looks up the columns of each table in the structs of the log's release.
 */
#include "print/format/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "print/text/put.h"

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

	if ((query->tables->count > 0 && !word_set_has(query->tables, table->name)) ||
	    (query->selection != NULL && selected == NULL))
		return;
	b->list[b->count++] = (struct binding){ .table = table,
		.selected = selected,
		.by_cells = by_cells,
		.members_at = by_cells ? table->ncolumns : first_member(table) };
}

bool
bindings_open(struct bindings *b, const struct query *query)
{
	bool done;

	*b = (struct bindings){ .list = calloc(catalog_ntables, sizeof *b->list),
		.limit = query->limit,
		.tops = query->top > 0 };
	for (size_t i = 0; i < catalog_ntables && b->list != NULL; i++)
		add(b, query, &catalog_tables[i]);
	done = b->list != NULL;
	for (size_t i = 0; i < b->count && b->tops && done; i++)
		done = top_init(&b->list[i].top, query->top);
	if (!done)
		bindings_close(b);
	return done;
}

static void
unbind(struct bindings *b)
{
	for (size_t i = 0; i < b->count; i++) {
		places_free(b->list[i].places);
		b->list[i].places = NULL;
		b->list[i].printer = NULL;
	}
}

void
bindings_close(struct bindings *b)
{
	unbind(b);
	for (size_t i = 0; i < b->count; i++)
		top_free(&b->list[i].top);
	free(b->list);
	free(b->file);
	free(b->digest);
	free(b->host);
}

size_t
binding_ncolumns(const struct binding *b)
{
	return b->selected != NULL && b->selected->columns != NULL ? b->selected->ncolumns : b->table->ncolumns;
}

size_t
binding_column(const struct binding *b, size_t i, const char **name)
{
	const bool chosen = b->selected != NULL && b->selected->columns != NULL;
	const size_t column = chosen ? b->selected->columns[i].column : i;

	*name = chosen ? b->selected->columns[i].name : b->table->columns[i].name;
	return column;
}

/* --- a log --------------------------------------------------------------------------------------------------- */

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

bool
bindings_begin(struct bindings *b, const struct format_log *log)
{
	unbind(b);
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
		const struct catalog_struct *s = one->table->role != NULL ? find_struct(log->release, one->table->role)
									  : NULL;
		bool missing;

		if (s == NULL)
			continue;
		one->printer = one->by_cells ? NULL : find_printer(s, one->table->name);
		one->places = places_make(one->table, s, &missing);
		if (one->places == NULL && !missing)
			return false;
		one->wide = one->places != NULL && overflow_is_possible(one->places);
	}
	return true;
}

bool
bindings_show(const struct bindings *b, const struct catalog_struct *s)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct binding *one = &b->list[i];

		if (one->table->kind == TABLE_DAMAGE && b->limit == NULL)
			return true;
		if (one->places != NULL && one->places->of == s && row_limit_allows(b->limit, one->table->name))
			return true;
	}
	return false;
}

/* --- rows ---------------------------------------------------------------------------------------------------- */

/* A row that a condition is asked about; `damage` or `row` is set. */
struct asked {
	const struct bindings *all;
	const struct column_table *table;
	const struct table_row *row;
	const struct rawlog_damage *damage;
};

static void
get_cell(void *context, unsigned id, struct cell *cell)
{
	const struct asked *asked = context;

	if (asked->damage != NULL)
		bindings_get_damage(asked->all, asked->damage, asked->table->columns[id].context, cell);
	else
		cells_get(asked->row, &asked->all->log, id, cell);
}

bool
binding_passes(const struct binding *b, const struct bindings *all, const struct table_row *row)
{
	struct asked asked = { all, b->table, row, NULL };

	return b->selected == NULL || b->selected->where == NULL || where_holds(b->selected->where, get_cell, &asked);
}

bool
binding_passes_damage(const struct binding *b, const struct bindings *all, const struct rawlog_damage *damage)
{
	struct asked asked = { all, b->table, NULL, damage };

	if (b->selected != NULL && b->selected->where != NULL && !where_holds(b->selected->where, get_cell, &asked))
		return false;
	return row_limit_take(all->limit, b->table->name);
}

static void
set_text(struct cell *cell, const char *text)
{
	cell->kind = text != NULL ? CELL_TEXT : CELL_NULL;
	cell->text = text;
	cell->size = text != NULL ? strlen(text) : 0;
}

void
bindings_get_damage(const struct bindings *b, const struct rawlog_damage *damage, enum column_context context,
    struct cell *cell)
{
	uint64_t number;

	cell->kind = CELL_NULL;
	switch (context) {
	case CONTEXT_FILE: set_text(cell, b->log.file); return;
	case CONTEXT_LOG: set_text(cell, b->log.digest); return;
	case CONTEXT_HOST: set_text(cell, b->log.host); return;
	case CONTEXT_RELEASE: set_text(cell, b->log.release); return;
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
