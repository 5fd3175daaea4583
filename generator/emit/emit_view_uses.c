/*
 * emit_view_uses: the members that each column of a view is computed of, and those that choose its rows, by their paths in the
 * output: "tstat.cpu.utime", "sstat.cpu.cpu[].stime". The paths of all releases are in one list.
 */
#include <string.h>

#include "emit/emit_view_body.h"

/* The paths found so far, a blank before each. */
struct uses {
	struct arena *arena;
	const struct resolved_view *view;
	const struct view_release *release;
	const char *rows; /* the path of the struct of a row */
	const char *text;
};

static const char *
append_field(struct arena *a, const char *path, const struct field *f)
{
	const bool is_array = f->ndims > (field_is_text(f) ? 1 : 0);

	return arena_printf(a, "%s.%s%s", path, f->key, is_array ? "[]" : "");
}

static const char *
path_of_rows(struct arena *a, const struct release *r, const struct column_table *table)
{
	const struct member_path array = tables_array(r, table);
	const char *path = table->role;

	for (size_t i = 0; i < array.nfields; i++)
		path = append_field(a, path, array.fields[i]);
	return path;
}

static void
add_path(struct uses *u, const char *path)
{
	const size_t length = strlen(path);

	for (const char *p = u->text; (p = strstr(p, path)) != NULL; p += length)
		if (p[-1] == ' ' && (p[length] == ' ' || p[length] == '\0'))
			return;
	u->text = arena_printf(u->arena, "%s %s", u->text, path);
}

static void add_leaf(struct typed *t, void *context);

/* A name that is computed once a sample: the members that it is computed of. */
static void
add_name(struct uses *u, const char *access)
{
	const struct view *v = u->view->view;

	for (size_t i = 0; i < v->nnames; i++)
		if (u->release->names[i] != NULL &&
		    strcmp(access, arena_printf(u->arena, "names->%s", v->names[i].name.text)) == 0)
			typed_each((struct typed *)u->release->names[i], add_leaf, u);
}

static void
add_leaf(struct typed *t, void *context)
{
	const struct typed_leaf *leaf = leaf_of(t);
	struct uses *u = context;
	const char *path;

	if (leaf->source == FROM_VARIABLE)
		add_name(u, leaf->access);
	if (leaf_of_member(t) == NULL)
		return;
	path = leaf->root != NULL ? leaf->root->path : u->rows;
	for (size_t i = 0; i < leaf->nfields; i++)
		path = append_field(u->arena, path, leaf->fields[i]);
	add_path(u, path);
}

const char *
view_uses(struct arena *a, const struct resolved_view *rv, size_t column)
{
	struct uses u = { .arena = a, .view = rv, .text = "" };

	for (size_t i = rv->nreleases; i-- > 0;) {
		const struct view_release *vr = &rv->releases[i];
		const struct typed *t = column == VIEW_ROWS ? vr->where : vr->cells[column].value;

		u.release = vr;
		u.rows = path_of_rows(a, vr->release, rv->table);
		if (t != NULL)
			typed_each((struct typed *)t, add_leaf, &u);
	}
	return u.text;
}
