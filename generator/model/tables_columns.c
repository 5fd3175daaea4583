/*
 * tables_columns: adds columns to a table, those of its context first.
 */
#include "model/tables_internal.h"

#include <stdint.h>
#include <string.h>

#include "model/name_index.h"

const char *const column_types[] = {
	[COLUMN_INTEGER] = "integer",
	[COLUMN_NUMBER] = "number",
	[COLUMN_DOUBLE] = "double",
	[COLUMN_BOOLEAN] = "boolean",
	[COLUMN_TEXT] = "text",
	[COLUMN_TIME] = "time",
};

/* --- names --------------------------------------------------------------------------------------------- */

bool
column_name_is_valid(const char *name)
{
	const size_t length = strlen(name);

	return name[0] >= 'a' && name[0] <= 'z' && length <= NAME_MAX &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

/* Names that PostgreSQL, or SQLite, gives to columns of its own in every table. */
static const char *const system_names[] = { "cmax", "cmin", "ctid", "oid", "rowid", "tableoid", "xmax", "xmin" };

static bool
is_system_name(const char *name)
{
	for (size_t i = 0; i < sizeof(system_names) / sizeof(system_names[0]); i++)
		if (strcmp(name, system_names[i]) == 0)
			return true;
	return false;
}

bool
check_column_name(struct builder *b, const char *what, const char *name, struct position at)
{
	if (is_system_name(name)) {
		diag_error(b->diag, at,
		    "%s '%s': databases have a column of their own with this name; the key 'column' gives another",
		    what, name);
		return false;
	}
	if (column_name_is_valid(name))
		return true;
	diag_error(b->diag, at,
	    "%s '%s': the name must be at most %d lower case letters, digits and underscores after a letter", what,
	    name, NAME_MAX);
	return false;
}

/* --- columns ------------------------------------------------------------------------------------------- */

static void
compare_aspect(struct builder *b, const struct column_table *t, const struct column *old, struct position at,
    const char *aspect, const char *before, const char *now)
{
	if (strcmp(before, now) != 0)
		diag_error(b->diag, at, "column '%s' of table '%s' has the %s '%s' here and '%s' in atop %s", old->name,
		    t->name, aspect, now, before, old->last->schema->version.text);
}

static const char *
unit_text(const struct column *c)
{
	return c->unit != NULL ? c->unit : "none";
}

static const char *
kind_text(const struct column *c)
{
	return c->delta ? "delta" : "gauge";
}

/* The release has the column too, which `c` describes as of this release. */
static void
renew_column(struct builder *b, const struct column_table *t, struct column *old, const struct column *c,
    struct position at)
{
	if (old->source != c->source || old->source == COLUMN_CONTEXT || old->last == b->release) {
		diag_error(b->diag, at, "two columns of table '%s' have the name '%s'; the key 'column' gives another",
		    t->name, c->name);
		return;
	}
	compare_aspect(b, t, old, at, "type", column_types[old->type], column_types[c->type]);
	compare_aspect(b, t, old, at, "unit", unit_text(old), unit_text(c));
	compare_aspect(b, t, old, at, "kind", kind_text(old), kind_text(c));
	old->last = b->release;
	old->doc = c->doc;
	old->path = c->path;
}

void
add_column(struct builder *b, struct column_table *t, const struct column *c, struct position at)
{
	const size_t found = name_index_find(b->tables->names, t->name, c->name);
	struct column *own;

	if (found != SIZE_MAX) {
		renew_column(b, t, &t->columns[found], c, at);
		return;
	}
	if (!check_column_name(b, "column", c->name, at))
		return;
	t->columns = arena_grow(b->arena, t->columns, t->ncolumns, sizeof(*t->columns));
	own = &t->columns[t->ncolumns];
	*own = *c;
	own->name = arena_printf(b->arena, "%s", c->name);
	own->since = c->first != NULL ? c->first->schema->version.text : "-";
	name_index_add(b->tables->names, t->name, own->name, t->ncolumns++);
}

/* --- the context --------------------------------------------------------------------------------------- */

struct context_column {
	const char *name; /* NULL: that of the chain's tail */
	const char *doc;
	enum column_context context;
	enum column_type type;
};

#define ROW(context, name, type, doc) { name, doc, CONTEXT_##context, COLUMN_##type },
#define COUNT(list)                   (sizeof(list) / sizeof((list)[0]))

static const struct context_column first_columns[] = { FIRST_COLUMNS(ROW) };
static const struct context_column array_columns[] = { ARRAY_COLUMNS(ROW) };
static const struct context_column task_columns[] = { TASK_COLUMNS(ROW) };
static const struct context_column chain_columns[] = { CHAIN_COLUMNS(ROW) };
static const struct context_column pids_columns[] = { PIDS_COLUMNS(ROW) };
static const struct context_column damage_columns[] = { DAMAGE_COLUMNS(ROW) };

/*
 * Adds `n` columns that `r` has first; `tail` is the name of the chain's tail, or empty. With `bytes`, each text is followed by
 * its exact bytes.
 */
static void
add_list(struct builder *b, struct column_table *t, const struct context_column *list, size_t n, const char *tail,
    bool bytes, const struct release *r)
{
	const struct position nowhere = { .source = NULL };

	for (size_t i = 0; i < n; i++) {
		const struct column c = {
			.name = list[i].name != NULL ? list[i].name : tail,
			.type = list[i].type,
			.source = COLUMN_CONTEXT,
			.context = list[i].context,
			.doc = list[i].doc,
			.first = r,
		};
		const struct column sibling = {
			.name = arena_printf(b->arena, "%s" BYTES_COLUMN, c.name),
			.type = COLUMN_TEXT,
			.source = COLUMN_BYTES,
			.doc = BYTES_DOC,
			.first = r,
		};

		add_column(b, t, &c, nowhere);
		if (bytes && c.type == COLUMN_TEXT)
			add_column(b, t, &sibling, nowhere);
	}
}

/* The first release with a list of processes that names structs of the role; NULL: there is none. */
static const struct release *
find_naming(const struct tables *t, const char *role)
{
	for (size_t i = 0; i < t->nreleases; i++)
		for (size_t k = 0; k < t->releases[i]->nblocks; k++) {
			const struct resolved_block *named = t->releases[i]->blocks[k].named;

			if (named != NULL && strcmp(named->role, role) == 0)
				return t->releases[i];
		}
	return NULL;
}

void
add_context_columns(struct builder *b, struct column_table *t, const struct resolved_block *block)
{
	const struct release *naming = t->kind == TABLE_STRUCT ? find_naming(b->tables, t->role) : NULL;
	const char *tail = block != NULL ? block->block->tail.text : NULL;

	add_list(b, t, first_columns, COUNT(first_columns), "", false, t->first);
	if (t->kind == TABLE_ARRAY)
		add_list(b, t, array_columns, COUNT(array_columns), "", false, t->first);
	if (naming != NULL)
		add_list(b, t, task_columns, COUNT(task_columns), "", true, naming);
	if (tail != NULL && (t->kind == TABLE_STRUCT || t->kind == TABLE_PIDS))
		add_list(b, t, chain_columns, COUNT(chain_columns), tail, true, t->first);
	if (t->kind == TABLE_PIDS)
		add_list(b, t, pids_columns, COUNT(pids_columns), "", true, t->first);
	if (t->kind == TABLE_DAMAGE)
		add_list(b, t, damage_columns, COUNT(damage_columns), "", false, NULL);
}
