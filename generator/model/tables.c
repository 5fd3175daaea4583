/*
 * tables: makes a table of each struct at the top of a file, of each array of structs in it, of the processes of a chain,
 * and of damage; release by release, the oldest first.
 */
#include "model/tables.h"

#include <stdint.h>
#include <string.h>

#include "model/name_index.h"
#include "model/tables_internal.h"

/* --- tables -------------------------------------------------------------------------------------------- */

bool
tables_has_release(const struct tables *t, const char *version)
{
	for (size_t i = 0; i < t->nreleases; i++)
		if (strcmp(t->releases[i]->schema->version.text, version) == 0)
			return true;
	return false;
}

struct column_table *
tables_find(const struct tables *t, const char *table)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->list[i]->name, table) == 0)
			return t->list[i];
	return NULL;
}

struct column *
tables_find_column(const struct tables *t, const char *table, const char *column)
{
	struct column_table *found = tables_find(t, table);
	const size_t at = found != NULL ? name_index_find(t->names, found->name, column) : SIZE_MAX;

	return at != SIZE_MAX ? &found->columns[at] : NULL;
}

bool
release_has_context(const struct release *r, const struct column_table *table, enum column_context context)
{
	for (size_t i = 0; i < r->nblocks && context == CONTEXT_CGROUP; i++)
		if (r->blocks[i].named != NULL && strcmp(r->blocks[i].named->role, table->role) == 0)
			return true;
	return context != CONTEXT_CGROUP;
}

/* Two tables with one role stand side by side. */
static size_t
place_of(const struct tables *t, const char *role)
{
	size_t at = t->count;

	for (size_t i = 0; i < t->count && role != NULL; i++)
		if (t->list[i]->role != NULL && strcmp(t->list[i]->role, role) == 0)
			at = i + 1;
	return at;
}

/*
 * The table `t` describes, new or known from an older release; NULL after reporting that its name is not valid or another
 * table's. `block`: of the struct; NULL: none.
 */
static struct column_table *
add_table(struct builder *b, const struct column_table *t, const struct resolved_block *block, struct position at)
{
	struct tables *all = b->tables;
	struct column_table *found = tables_find(all, t->name);
	size_t place;

	if (found != NULL && (found->last == b->release || found->kind != t->kind)) {
		diag_error(b->diag, at, "two tables have the name '%s'", t->name);
		return NULL;
	}
	if (found == NULL) {
		if (!check_column_name(b, "table", t->name, at))
			return NULL;
		place = place_of(all, t->role);
		all->list = arena_grow(b->arena, all->list, all->count, sizeof(*all->list));
		memmove(&all->list[place + 1], &all->list[place], (all->count++ - place) * sizeof(*all->list));
		found = all->list[place] = arena_alloc(b->arena, sizeof(*found));
		*found = *t;
		found->first = b->release;
		add_context_columns(b, found, block);
	}
	found->last = b->release;
	found->array = t->array;
	found->doc = t->doc;
	return found;
}

/* --- members ------------------------------------------------------------------------------------------- */

/* What a walk adds to. */
struct target {
	struct builder *builder;
	struct column_table *table;
};

static void
add_value(struct walk *w)
{
	const struct target *to = w->state;
	struct builder *b = to->builder;
	const struct field *f = walk_field(w);
	const struct column c = {
		.name = w->name,
		.type = column_type_of(f),
		.source = COLUMN_MEMBER,
		.unit = f->member->unit.text,
		.delta = f->member->delta,
		.doc = f->member->doc.text,
		.first = b->release,
		.last = b->release,
		.path = w->path,
	};
	const struct column sibling = {
		.name = arena_printf(b->arena, "%s" BYTES_COLUMN, w->name),
		.type = COLUMN_TEXT,
		.source = COLUMN_BYTES,
		.doc = BYTES_DOC,
		.first = b->release,
		.last = b->release,
	};

	add_column(b, to->table, &c, f->member->name.at);
	if (c.type == COLUMN_TEXT)
		add_column(b, to->table, &sibling, f->member->name.at);
}

static void
add_array(struct walk *w)
{
	const struct target *to = w->state;
	struct builder *b = to->builder;
	const struct field *f = walk_field(w);
	const struct column_table t = {
		.name = arena_printf(b->arena, "%s_%s", to->table->role, w->name),
		.kind = TABLE_ARRAY,
		.role = to->table->role,
		.doc = f->member->doc.text,
		.array = w->path,
	};
	struct target elements = { b, add_table(b, &t, NULL, f->member->name.at) };
	struct walk *inner = arena_alloc(b->arena, sizeof(*inner));

	inner->value = add_value;
	inner->state = &elements;
	if (elements.table != NULL)
		walk_struct(inner, f->def);
}

static const char *
struct_doc(const struct release *r, size_t top)
{
	if (top == 0)
		return "a log";
	if (top > 1 && r->blocks[top - 2].count != NULL)
		return "a struct of a sample";
	return "a sample";
}

/* The table of the struct at the top of a file, and those of the arrays in it. */
static void
add_top(struct builder *b, size_t top)
{
	const struct resolved_block *block = top >= 2 ? &b->release->blocks[top - 2] : NULL;
	const struct definition *d = release_top(b->release, top);
	const char *role = release_top_role(b->release, top);
	const struct column_table t = {
		.name = role,
		.kind = TABLE_STRUCT,
		.role = role,
		.doc = struct_doc(b->release, top),
	};
	const struct position at = block == NULL ? d->structure->name.at
	    : block->block->role.text != NULL    ? block->block->role.at
						 : block->block->structure.at;
	struct target to = { b, add_table(b, &t, block, at) };
	struct walk w = { .value = add_value, .array = add_array, .state = &to };

	if (to.table != NULL)
		walk_struct(&w, d);
}

/* The table of the processes of a chain. */
static void
add_pids(struct builder *b, const struct resolved_block *list)
{
	const struct column_table t = {
		.name = arena_printf(b->arena, "%s" PIDS_TABLE, list->of->role),
		.kind = TABLE_PIDS,
		.role = list->of->role,
		.doc = "a process of a struct of a sample",
	};

	add_table(b, &t, list->of, list->block->of.at);
}

static void
add_release(struct builder *b, const struct release *r)
{
	release_context(b->diag, r);
	b->release = r;
	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (i < 2 || r->blocks[i - 2].of == NULL)
			add_top(b, i);
		else
			add_pids(b, &r->blocks[i - 2]);
}

/* --- all of them --------------------------------------------------------------------------------------- */

/* The releases, oldest first: a base can be younger than what extends it. Those of one aversion stay in order. */
static void
sort_releases(struct arena *a, struct tables *t, const struct model *m)
{
	t->releases = arena_alloc(a, m->nreleases * sizeof(*t->releases));
	for (size_t i = 0, k; i < m->nreleases; i++) {
		for (k = t->nreleases++; k > 0; k--) {
			if (t->releases[k - 1]->schema->aversion <= m->releases[i]->schema->aversion)
				break;
			t->releases[k] = t->releases[k - 1];
		}
		t->releases[k] = m->releases[i];
	}
}

struct tables *
tables_build(struct diag *d, const struct model *m)
{
	const struct column_table damage = { .name = DAMAGE_TABLE,
		.kind = TABLE_DAMAGE,
		.doc = "a damaged place of a log" };
	struct tables *t = arena_alloc(d->arena, sizeof(*t));
	struct builder b = { .arena = d->arena, .diag = d, .tables = t };
	const struct position nowhere = { .source = NULL };

	t->names = name_index_new(d->arena);
	sort_releases(d->arena, t, m);
	for (size_t i = 0; i < t->nreleases; i++)
		add_release(&b, t->releases[i]);
	b.release = NULL;
	add_table(&b, &damage, NULL, nowhere);
	diag_context(d, NULL, NULL);
	return t;
}

/* --- one release ---------------------------------------------------------------------------------------- */

/* Where the members of a walk are noted. */
struct places {
	const struct tables *tables;
	const struct column_table *table;
	struct member_path *list;
};

static void
note_place(struct walk *w)
{
	const struct places *p = w->state;
	const size_t at = name_index_find(p->tables->names, p->table->name, w->name);

	if (at != SIZE_MAX)
		p->list[at] = w->path;
}

/* Walks the elements of an array if it is the table's. */
static void
note_array(struct walk *w)
{
	const struct places *p = w->state;
	struct walk inner = { .value = note_place, .state = w->state };

	if (strcmp(w->name, p->table->name + strlen(p->table->role) + 1) == 0)
		walk_struct(&inner, walk_field(w)->def);
}

static void
ignore_value(struct walk *w)
{
	(void)w;
}

struct member_path *
tables_places(struct arena *a, const struct tables *t, const struct release *r, const struct column_table *table)
{
	struct places p = { t, table, arena_alloc(a, table->ncolumns * sizeof(*p.list)) };
	const bool is_array = table->kind == TABLE_ARRAY;
	struct walk w = {
		.value = is_array ? ignore_value : note_place,
		.array = is_array ? note_array : NULL,
		.state = &p,
	};

	if (table->kind != TABLE_STRUCT && !is_array)
		return p.list;
	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (strcmp(release_top_role(r, i), table->role) == 0)
			walk_struct(&w, release_top(r, i));
	return p.list;
}

/* The array of a table, and where its path is noted. */
struct array_search {
	const struct column_table *table;
	struct member_path *found;
};

static void
note_way(struct walk *w)
{
	const struct array_search *s = w->state;

	if (strcmp(w->name, s->table->name + strlen(s->table->role) + 1) == 0)
		*s->found = w->path;
}

struct member_path
tables_array(const struct release *r, const struct column_table *table)
{
	struct member_path found = { .nfields = 0 };
	struct array_search search = { table, &found };
	struct walk w = { .value = ignore_value, .array = note_way, .state = &search };

	for (size_t i = 0; i < 2 + r->nblocks && table->kind == TABLE_ARRAY; i++)
		if (strcmp(release_top_role(r, i), table->role) == 0)
			walk_struct(&w, release_top(r, i));
	return found;
}
