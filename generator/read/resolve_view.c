/*
 * resolve_view: views as written to what they mean in each release. Names that no member of the row is part of are computed
 * once a sample; only these can read other structs of the sample.
 */
#include "read/resolve_view.h"

#include <string.h>

#include "read/view_scope.h"

/* --- which names are computed once a sample ------------------------------------------------------------------- */

/* Whether all paths of an expression lead to structs that the sample has one of, or to names of that kind. */
struct reading {
	const struct view_scopes *scopes;
	const struct resolved_view *view;
	bool once;
};

static void
judge_path(const struct expr *path, void *context)
{
	struct reading *reading = context;
	const struct view *v = reading->view->view;

	for (size_t i = 0; i < v->nnames; i++)
		if (strcmp(v->names[i].name.text, path->text) == 0) {
			reading->once = reading->once && reading->view->once[i];
			return;
		}
	reading->once = reading->once && view_scope_is_single(reading->scopes, path->text);
}

/* A name can use the names before it. */
static void
find_once(const struct view_scopes *scopes, struct resolved_view *rv)
{
	for (size_t i = 0; i < rv->view->nnames; i++) {
		struct reading reading = { scopes, rv, true };

		if (rv->view->names[i].value.tree != NULL)
			expr_each_path(rv->view->names[i].value.tree, judge_path, &reading);
		rv->once[i] = reading.once;
	}
}

/* --- columns --------------------------------------------------------------------------------------------------- */

/* The column of that name that the table has beside its members; NULL: there is none. */
static const struct column *
find_context(const struct column_table *table, const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->columns[i].source == COLUMN_CONTEXT && strcmp(table->columns[i].name, name) == 0)
			return &table->columns[i];
	return NULL;
}

/* The member that a typed expression is and no more; NULL: it is more. */
static const struct field *
bare_member(const struct typed *t)
{
	const struct typed_leaf *leaf = leaf_of(t);

	return t->member ? leaf->fields[leaf->nfields - 1] : NULL;
}

static enum column_type
type_of(const struct view_column *c, const struct typed *t)
{
	const struct field *f = bare_member(t);

	if (c->type.text != NULL || (f != NULL && f->member->show == SHOW_TIME))
		return COLUMN_TIME;
	switch (t->type) {
	case TYPE_IS_REAL: return f != NULL ? COLUMN_NUMBER : COLUMN_DOUBLE;
	case TYPE_IS_TEXT: return COLUMN_TEXT;
	case TYPE_IS_BOOLEAN: return COLUMN_BOOLEAN;
	default: return COLUMN_INTEGER;
	}
}

/* Notes what the column is in a release, which is as in the others. */
static void
note_column(struct diag *d, const struct view_column *c, struct resolved_view_column *to, const struct release *r,
    const struct typed *t)
{
	const enum column_type type = type_of(c, t);
	const struct field *f = bare_member(t);

	if (c->type.text != NULL && t->type != TYPE_IS_INTEGER)
		diag_error(d, c->type.at, "a time is an integer, in seconds since 1970; this is not");
	if (to->last != NULL && to->type != type)
		diag_error(d, c->values[0].word.at, "column '%s' has the type '%s' in atop %s and '%s' in atop %s",
		    c->name.text, column_types[to->type], to->last->schema->version.text, column_types[type],
		    r->schema->version.text);
	if (c->bytes && (f == NULL || type != COLUMN_TEXT))
		diag_error(d, c->values[0].word.at, "column '%s' has no bytes: it is not the text of a member",
		    c->name.text);
	to->type = type;
	to->first = to->first != NULL ? to->first : r;
	to->last = r;
	to->unit = c->unit.text != NULL ? c->unit.text : type == COLUMN_TIME ? NULL : t->unit;
	to->delta = f != NULL && f->member->delta;
	to->doc = c->doc.text != NULL ? c->doc.text : f != NULL ? f->member->doc.text : NULL;
}

/* The column is `context`, one of the columns of the table that are no members. */
static void
note_context(struct diag *d, const struct view_column *c, struct resolved_view_column *to,
    const struct column_table *table, const struct column *context)
{
	const size_t next = (size_t)(context - table->columns) + 1;

	if (c->bytes && (next == table->ncolumns || table->columns[next].source != COLUMN_BYTES))
		diag_error(d, c->values[0].word.at, "column '%s' has no bytes: '%s' has none in table '%s'",
		    c->name.text, context->name, table->name);
	to->type = context->type;
	to->unit = context->unit;
	to->doc = c->doc.text != NULL ? c->doc.text : context->doc;
}

/* What the column is in a release: the first of its values that the release has. */
static void
resolve_cell(const struct view_scopes *s, const struct resolved_view *rv, size_t i, const struct view_release *vr)
{
	const struct view_column *c = &rv->view->columns[i];
	struct view_cell *cell = &vr->cells[i];

	if (c->is_bytes) {
		*cell = vr->cells[i - 1];
		rv->columns[i] = rv->columns[i - 1];
		rv->columns[i].doc = BYTES_DOC;
		return;
	}
	for (size_t k = 0; k < c->nvalues && cell->value == NULL && !cell->is_context; k++) {
		const struct condition *value = &c->values[k];
		const struct column *context = value->tree != NULL ? find_context(rv->table, value->word.text) : NULL;
		struct typed *t;

		if (context != NULL && release_has_context(vr->release, rv->table, context->context)) {
			*cell = (struct view_cell){ .is_context = true, .context = context->context };
			note_context(s->diag, c, &rv->columns[i], rv->table, context);
		}
		if (context != NULL || value->tree == NULL)
			continue;
		t = view_scope_type(s, value);
		if (t == NULL || typed_is_null(t))
			continue;
		cell->value = t;
		note_column(s->diag, c, &rv->columns[i], vr->release, t);
	}
}

/* --- a release -------------------------------------------------------------------------------------------------- */

static void
resolve_names(const struct view_scopes *s, const struct resolved_view *rv, const struct view_release *vr)
{
	for (size_t i = 0; i < rv->view->nnames; i++)
		if (rv->once[i] && rv->view->names[i].value.tree != NULL) {
			vr->names[i] = view_scope_type_once(s, i);
			if (vr->names[i] != NULL && !typed_is_null(vr->names[i]))
				rv->types[i] = vr->names[i]->type;
		}
}

/* Finds the structs that have the rows. False: the release has none. */
static bool
find_rows(const struct release *r, const struct column_table *table, struct view_release *vr)
{
	const struct member_path array = tables_array(r, table);

	for (size_t i = 0; i < 2 + r->nblocks && vr->top == NULL; i++)
		if (strcmp(release_top_role(r, i), table->role) == 0 && (i < 2 || r->blocks[i - 2].of == NULL)) {
			vr->top = release_top(r, i);
			vr->top_index = i;
		}
	vr->row = vr->top;
	if (table->kind == TABLE_ARRAY)
		vr->row = array.nfields > 0 ? array.fields[array.nfields - 1]->def : NULL;
	return vr->top != NULL && vr->row != NULL;
}

static void
resolve_release(struct view_scopes *s, struct resolved_view *rv, const struct release *r)
{
	struct arena *a = s->diag->arena;
	struct view_release vr = { .release = r };

	if (!find_rows(r, rv->table, &vr))
		return;
	vr.names = arena_alloc(a, (rv->view->nnames + 1) * sizeof(*vr.names));
	vr.cells = arena_alloc(a, (rv->view->ncolumns + 1) * sizeof(*vr.cells));
	view_scope_enter(s, rv, &vr);
	resolve_names(s, rv, &vr);
	for (size_t i = 0; i < rv->view->ncolumns; i++)
		resolve_cell(s, rv, i, &vr);
	if (rv->view->where.tree != NULL)
		vr.where = view_scope_type_where(s, &rv->view->where);
	rv->releases = arena_grow(a, rv->releases, rv->nreleases, sizeof(*rv->releases));
	rv->releases[rv->nreleases++] = vr;
}

/* --- a view ----------------------------------------------------------------------------------------------------- */

/* The table that the view names; NULL after reporting that there is none with rows of structs. */
static const struct column_table *
find_table(struct diag *d, const struct tables *t, const struct view *v, bool partial)
{
	const struct column_table *table = tables_find(t, v->table.text);
	const char **names = arena_alloc(d->arena, (t->count + 1) * sizeof(*names));

	if (table != NULL && (table->kind == TABLE_STRUCT || table->kind == TABLE_ARRAY))
		return table;
	for (size_t i = 0; i < t->count; i++)
		names[i] = t->list[i]->name;
	if (table != NULL)
		diag_error(d, v->table.at, "the rows of table '%s' are no structs, so it can have no view",
		    v->table.text);
	else if (!partial)
		diag_error(d, v->table.at, "there is no table '%s'%s", v->table.text,
		    diag_hint(d, v->table.text, names, t->count));
	return NULL;
}

static size_t
find_order(struct diag *d, const struct view *v)
{
	const char **names = arena_alloc(d->arena, (v->ncolumns + 1) * sizeof(*names));

	for (size_t i = 0; i < v->ncolumns; i++) {
		names[i] = v->columns[i].name.text;
		if (v->order.by.text != NULL && strcmp(names[i], v->order.by.text) == 0)
			return i;
	}
	if (v->order.by.text != NULL)
		diag_error(d, v->order.by.at, "view '%s' has no column '%s'%s", v->name.text, v->order.by.text,
		    diag_hint(d, v->order.by.text, names, v->ncolumns));
	return v->ncolumns;
}

static bool
resolve_one(struct view_scopes *s, struct resolved_view *rv, const struct view *v)
{
	struct arena *a = s->diag->arena;

	*rv = (struct resolved_view){
		.view = v,
		.table = find_table(s->diag, s->tables, v, s->partial),
		.once = arena_alloc(a, (v->nnames + 1) * sizeof(*rv->once)),
		.types = arena_alloc(a, (v->nnames + 1) * sizeof(*rv->types)),
		.columns = arena_alloc(a, (v->ncolumns + 1) * sizeof(*rv->columns)),
		.order = find_order(s->diag, v),
	};
	if (rv->table == NULL)
		return false;
	find_once(s, rv);
	for (size_t i = 0; i < s->tables->nreleases; i++)
		resolve_release(s, rv, s->tables->releases[i]);
	return true;
}

struct views *
resolve_views(struct diag *d, const struct model *m, const struct tables *t, bool partial)
{
	struct views *views = arena_alloc(d->arena, sizeof(*views));
	struct view_scopes s = { .diag = d, .tables = t, .partial = partial };

	views->list = arena_alloc(d->arena, (m->nviews + 1) * sizeof(*views->list));
	for (size_t i = 0; i < m->nviews; i++)
		if (resolve_one(&s, &views->list[views->count], m->views[i]))
			views->count++;
	return views;
}
