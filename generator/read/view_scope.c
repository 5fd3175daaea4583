/*
 * view_scope: roots and names for expr_type.
 */
#include "read/view_scope.h"

#include <string.h>

/* The path that leads from a struct of the log to the rows: "sstat.cpu.cpu". */
static const char *
path_of_rows(struct arena *a, const struct release *r, const struct column_table *table)
{
	const struct member_path array = tables_array(r, table);
	const char *path = table->role;

	for (size_t i = 0; i < array.nfields; i++)
		path = arena_printf(a, "%s.%s", path, array.fields[i]->member->name.text);
	return path;
}

/* --- roots ----------------------------------------------------------------------------------------------------- */

static bool
has_root(const struct view_scopes *s, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s->roots[i].name, name) == 0)
			return true;
	return false;
}

/* `def`: NULL if only other releases have it. */
static void
add_root(struct view_scopes *s, size_t *n, const char *name, const char *role, const struct definition *def,
    const char *nulls)
{
	struct arena *a = s->diag->arena;

	if (*n == VIEW_ROOTS_MAX || has_root(s, *n, name))
		return;
	s->roots[(*n)++] = (struct scope_root){
		.name = name,
		.def = def,
		.access = arena_printf(a, "%s->", role),
		.path = role,
		.nulls = nulls,
	};
}

/* Adds the header and the record; returns how many roots those are. The structs of blocks follow. */
static size_t
add_roots(struct view_scopes *s, const struct release *r)
{
	size_t n = 0, always;

	add_root(s, &n, "rawheader", "rawheader", r->rawheader, "UINT64_C(0)");
	add_root(s, &n, "header", "rawheader", r->rawheader, "UINT64_C(0)");
	add_root(s, &n, "rawrecord", "rawrecord", r->rawrecord, "UINT64_C(0)");
	add_root(s, &n, "record", "rawrecord", r->rawrecord, "UINT64_C(0)");
	always = n;
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].count == NULL && r->blocks[i].of == NULL)
			add_root(s, &n, r->blocks[i].role, r->blocks[i].role, r->blocks[i].def,
			    arena_printf(s->diag->arena, "%s_nulls", r->blocks[i].role));
	for (size_t i = 0; i < s->tables->nreleases; i++)
		for (size_t k = 0; k < s->tables->releases[i]->nblocks; k++) {
			const struct resolved_block *b = &s->tables->releases[i]->blocks[k];

			if (b->count == NULL && b->of == NULL)
				add_root(s, &n, b->role, b->role, NULL, NULL);
		}
	s->once.nroots = n;
	return always;
}

bool
view_scope_is_single(const struct view_scopes *s, const char *path)
{
	const size_t length = strcspn(path, ".[");
	static const char *const always[] = { "rawheader", "header", "rawrecord", "record" };

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (strlen(always[i]) == length && memcmp(always[i], path, length) == 0)
			return true;
	for (size_t i = 0; i < s->tables->nreleases; i++) {
		const struct release *r = s->tables->releases[i];

		for (size_t k = 0; k < r->nblocks; k++)
			if (r->blocks[k].count == NULL && r->blocks[k].of == NULL &&
			    strlen(r->blocks[k].role) == length && memcmp(r->blocks[k].role, path, length) == 0)
				return true;
	}
	return false;
}

/* --- scopes ---------------------------------------------------------------------------------------------------- */

static void
add_names(struct view_scopes *s)
{
	const struct view *v = s->view->view;

	s->names = arena_alloc(s->diag->arena, (v->nnames + 1) * sizeof(*s->names));
	for (size_t i = 0; i < v->nnames; i++)
		s->names[i] = (struct scope_name){ .name = v->names[i].name, .value = v->names[i].value };
}

void
view_scope_enter(struct view_scopes *s, const struct resolved_view *rv, const struct view_release *vr)
{
	struct arena *a = s->diag->arena;
	size_t always;

	s->view = rv;
	s->roots = arena_alloc(a, VIEW_ROOTS_MAX * sizeof(*s->roots));
	add_names(s);
	s->once = (struct scope){
		.diag = s->diag,
		.release = vr->release,
		.dialect = DIALECT_VIEW,
		.roots = s->roots,
		.names = s->names,
		.nnames = rv->view->nnames,
		.releases = s->tables->releases,
		.nreleases = s->tables->nreleases,
		.lacks = &s->lacks,
		.partial = s->partial,
	};
	always = add_roots(s, vr->release);
	s->row = s->once;
	s->row.nroots = always;
	s->row.own = vr->row;
	s->row.access = "v->";
	s->row.what = vr->row->structure->name.text;
	s->row.path = path_of_rows(a, vr->release, rv->table);
	s->row.nulls = "nulls";
}

/* --- expressions ------------------------------------------------------------------------------------------------ */

/* Reports the first path of a row's expression that leads to a struct which only names can read. */
struct reading {
	const struct view_scopes *scopes;
	const struct condition *value;
	bool wrong;
};

static void
judge_path(const struct expr *path, void *context)
{
	struct reading *reading = context;
	const struct view_scopes *s = reading->scopes;
	const size_t length = strcspn(path->text, ".[");
	const char *first = arena_strndup(s->diag->arena, path->text, length);

	if (reading->wrong || !view_scope_is_single(s, first) || strstr(first, "record") != NULL ||
	    strstr(first, "header") != NULL || definition_find(s->row.own, first) != NULL)
		return;
	reading->wrong = true;
	diag_error(s->diag, diag_within(reading->value->word.at, reading->value->word.text, path->offset),
	    "a member of '%s' is computed once a sample: give it a name in 'names'", first);
}

static bool
check_paths(const struct view_scopes *s, const struct condition *value)
{
	struct reading reading = { s, value, false };

	expr_each_path(value->tree, judge_path, &reading);
	return !reading.wrong;
}

struct typed *
view_scope_type(const struct view_scopes *s, const struct condition *value)
{
	return check_paths(s, value) ? scope_type_value(&s->row, value) : NULL;
}

struct typed *
view_scope_type_where(const struct view_scopes *s, const struct condition *where)
{
	return check_paths(s, where) ? scope_type_condition(&s->row, where) : NULL;
}

struct typed *
view_scope_type_once(const struct view_scopes *s, size_t i)
{
	struct scope_name *name = &s->names[i];
	struct typed *t = scope_type_value(&s->once, &s->view->view->names[i].value);

	if (t == NULL)
		return NULL;
	name->typed = t;
	name->access = arena_printf(s->diag->arena, "names->%s", name->name.text);
	name->null = typed_is_null(t) ? "true" : arena_printf(s->diag->arena, "names->%s_null", name->name.text);
	return t;
}
