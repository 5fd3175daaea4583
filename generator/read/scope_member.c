/*
 * scope_member: walks from a struct to the member that a path names. Beside it, the same path is walked in other releases: they
 * tell the member of this release that is in the same column, and whether a name is wrong or only not of this release.
 */
#include "read/scope_member.h"

#include <string.h>

#include "model/integer_bits.h"

/* The walk through a path, one name a step. */
struct walk {
	const struct scope_context *c;
	const struct expr *e;
	const struct bit_table *bits;        /* whose flags the path could name; NULL: none */
	const struct scope_root *root;       /* NULL: the scope's own struct */
	const char *path;                    /* what is left of it */
	const char *what;                    /* the struct that the next name is a member of */
	const struct definition *def;        /* NULL: this release lacks it */
	const struct definition **elsewhere; /* the same in other releases; NULL: one lacks it */
	const struct field **fields;
	struct typed_holder *holders;
	size_t nfields;
	const char *access;
	bool lacking; /* this release lacks a member of the path */
	bool alone;   /* the name could also be that of a constant, a flag or a root */
};

/* --- messages ------------------------------------------------------------------------------------------------- */

struct candidates {
	const char **names;
	size_t n;
};

static void
add_name(struct arena *a, struct candidates *c, const char *name)
{
	c->names = arena_grow(a, c->names, c->n, sizeof(*c->names));
	c->names[c->n++] = name;
}

static void
add_members(struct arena *a, struct candidates *c, const struct definition *def)
{
	for (size_t i = 0; def != NULL && i < def->nfields; i++)
		add_name(a, c, def->fields[i].member->name.text);
}

/* "; did you mean 'curtime'?" among the members of the struct, or among all names of the scope. */
static const char *
hint(const struct walk *w, const char *name)
{
	const struct scope *s = w->c->scope;
	const struct bit_table *bits = w->alone ? w->bits : NULL;
	struct arena *a = s->diag->arena;
	struct candidates c = { .names = NULL };

	add_members(a, &c, w->def);
	for (size_t i = 0; i < s->nreleases; i++)
		if (w->elsewhere[i] != w->def)
			add_members(a, &c, w->elsewhere[i]);
	for (size_t i = 0; w->alone && i < s->nroots; i++)
		add_name(a, &c, s->roots[i].name);
	for (size_t i = 0; w->alone && i < s->nnames; i++)
		add_name(a, &c, s->names[i].name.text);
	for (size_t i = 0; bits != NULL && i < bits->nbits; i++)
		add_name(a, &c, bits->bits[i].name.text);
	for (size_t i = 0; w->alone && i < s->release->nconstants; i++)
		add_name(a, &c, s->release->constants[i]->name.text);
	return diag_hint(s->diag, name, c.names, c.n);
}

static const struct field *
report_unknown(const struct walk *w, const char *name)
{
	struct diag *d = w->c->scope->diag;

	if (w->c->scope->partial) {
		*w->c->scope->lacks = true;
		return NULL;
	}
	if (w->alone && w->what == NULL)
		diag_error(d, scope_place(w->c, w->e), "unknown name '%s'%s", name, hint(w, name));
	else if (w->alone && w->bits != NULL)
		diag_error(d, scope_place(w->c, w->e),
		    "'%s' is neither a flag of '%s', nor a constant, nor a member of '%s'%s", name, w->bits->name.text,
		    w->what, hint(w, name));
	else if (w->alone)
		diag_error(d, scope_place(w->c, w->e), "'%s' is neither a member of '%s' nor a constant%s", name,
		    w->what, hint(w, name));
	else
		diag_error(d, scope_place(w->c, w->e), "'%s' is not a member of '%s'%s", name, w->what, hint(w, name));
	return NULL;
}

/* --- other releases ------------------------------------------------------------------------------------------- */

/* The struct with the role and at the members in `path`: "sstat.cpu.cpu". NULL: the release has none. */
static const struct definition *
definition_at(const struct release *r, const char *path)
{
	const size_t role = strcspn(path, ".");
	const struct definition *d = NULL;

	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (strlen(release_top_role(r, i)) == role && memcmp(release_top_role(r, i), path, role) == 0)
			d = release_top(r, i);
	for (path += role; d != NULL && *path != '\0';) {
		const size_t length = strcspn(++path, ".");
		char name[NAME_MAX + 1] = "";
		const struct field *f;

		memcpy(name, path, length < NAME_MAX ? length : NAME_MAX);
		f = definition_find(d, name);
		d = f != NULL ? f->def : NULL;
		path += length;
	}
	return d;
}

static const struct definition *
counterpart(const struct walk *w, const struct release *r)
{
	const struct scope *s = w->c->scope;
	const char *path = w->root != NULL ? w->root->path : s->path;

	if (path == NULL || (s->written_for != NULL && r != s->written_for))
		return NULL;
	return definition_at(r, path);
}

static const struct field *
find_by_column(const struct definition *d, const char *column)
{
	for (size_t i = 0; d != NULL && i < d->nfields; i++)
		if (strcmp(d->fields[i].column, column) == 0)
			return &d->fields[i];
	return NULL;
}

/* The member of the name, or the one that an older release called so. */
static const struct field *
find_by_name(const struct definition *d, const char *name)
{
	const struct field *f = definition_find(d, name);

	for (size_t i = 0; i < d->nfields && f == NULL; i++)
		if (d->fields[i].member->was.text != NULL && strcmp(d->fields[i].member->was.text, name) == 0)
			f = &d->fields[i];
	return f;
}

/*
 * The member of the name in this release, or the one in the column of the member that has it elsewhere. `*known`: one of them
 * there is. Moves the structs of the other releases on to those that the member is.
 */
static const struct field *
find_field(struct walk *w, const char *name, const struct field **known)
{
	const struct scope *s = w->c->scope;
	const struct field *f = w->def != NULL ? find_by_name(w->def, name) : NULL;

	*known = s->written_for == NULL ? f : NULL;
	for (size_t i = 0; *known == NULL && i < s->nreleases; i++)
		if (w->elsewhere[i] != NULL)
			*known = find_by_name(w->elsewhere[i], name);
	if (*known == NULL)
		return NULL;
	if (*known != f)
		f = find_by_column(w->def, (*known)->column);
	for (size_t i = 0; i < s->nreleases; i++) {
		const struct field *other = w->elsewhere[i] != NULL ? find_by_name(w->elsewhere[i], name) : NULL;

		if (other == NULL)
			other = find_by_column(w->elsewhere[i], (*known)->column);
		w->elsewhere[i] = other != NULL ? other->def : NULL;
	}
	return f;
}

/* --- the walk ------------------------------------------------------------------------------------------------- */

static bool
is_counted(const struct field *f)
{
	return f->member->count_rule != COUNT_NONE || f->member->live.word.text != NULL;
}

/* Moves behind the indices of the member `f`. Returns them in C; NULL: they do not fit. */
static const char *
walk_indices(struct walk *w, const struct field *f)
{
	struct diag *d = w->c->scope->diag;
	const size_t dims = f->ndims - (field_is_text(f) ? 1 : 0);
	const char *indices = "";
	size_t k = 0;

	for (; *w->path == '['; k++) {
		const size_t length = strcspn(w->path, "]") + 1;
		uint64_t index = 0;

		for (const char *digit = w->path + 1; *digit >= '0' && *digit <= '9' && index <= SIZE_MAX_STRUCT;
		     digit++)
			index = index * 10 + (uint64_t)(*digit - '0');
		if (k >= dims || index >= f->dims[k]) {
			diag_error(d, scope_place(w->c, w->e), "'%s' has no element %s", f->member->name.text,
			    arena_strndup(d->arena, w->path, length));
			return NULL;
		}
		indices = arena_printf(d->arena, "%s[%llu]", indices, (unsigned long long)index);
		w->path += length;
	}
	if (k < dims)
		diag_error(d, scope_place(w->c, w->e), "'%s' is an array: an element of it needs an index",
		    f->member->name.text);
	else if (k > 0 && is_counted(f) && !w->c->scope->counted_elements)
		diag_error(d, scope_place(w->c, w->e), "'%s' is an array that may have fewer elements",
		    f->member->name.text);
	else
		return indices;
	return NULL;
}

/* The member `f` in C, as far as it has been walked to. */
static const char *
access_of(const struct walk *w, const struct field *f, const char *indices)
{
	struct arena *a = w->c->scope->diag->arena;
	const bool part = w->root != NULL && w->root->by_parts && w->nfields == 0 && f->def != NULL && f->ndims == 0;
	const char *behind = *w->path == '\0' ? "" : part ? "->" : ".";

	return arena_printf(a, "%s%s%s%s", part ? "" : w->access, f->key, indices, behind);
}

/* What has been walked to so far, which the next name is a member of. */
static struct typed_holder
holder_of(const struct walk *w)
{
	struct arena *a = w->c->scope->diag->arena;
	const size_t length = strlen(w->access);

	if (length > 0 && w->access[length - 1] == '.')
		return (struct typed_holder){ w->def, arena_printf(a, "&%.*s", (int)length - 1, w->access) };
	return (struct typed_holder){ w->def, arena_strndup(a, w->access, length > 2 ? length - 2 : 0) };
}

/* Moves on by a name and its indices. Returns the member, of this or else of another release; NULL: there is none. */
static const struct field *
walk_step(struct walk *w)
{
	struct diag *d = w->c->scope->diag;
	const size_t length = strcspn(w->path, ".[");
	const char *name = arena_strndup(d->arena, w->path, length), *indices;
	const struct field *known, *f = find_field(w, name, &known);

	w->alone = w->alone && w->path[length] == '\0';
	if (known == NULL)
		return report_unknown(w, name);
	w->path += length;
	indices = walk_indices(w, f != NULL ? f : known);
	if (indices == NULL)
		return NULL;
	if (*w->path == '.' && known->def == NULL) {
		diag_error(d, scope_place(w->c, w->e), "'%s' has no members", name);
		return NULL;
	}
	w->holders = arena_grow(d->arena, w->holders, w->nfields, sizeof(*w->holders));
	w->holders[w->nfields] = holder_of(w);
	w->lacking = w->lacking || f == NULL;
	if (f != NULL)
		w->access = access_of(w, f, indices);
	w->def = f != NULL ? f->def : NULL;
	w->what = known->def != NULL ? known->def->structure->name.text : name;
	w->fields = arena_grow(d->arena, w->fields, w->nfields, sizeof(*w->fields));
	w->fields[w->nfields++] = f;
	w->path += *w->path == '.' ? 1 : 0;
	w->alone = false;
	return f != NULL ? f : known;
}

/* A member that is a single char is a text of one letter in views, and an integer elsewhere. */
static bool
is_letter(const struct scope_context *c, const struct field *f)
{
	return f->ctype->kind == TYPE_CHAR && f->ndims == 0 && f->member->show == SHOW_LETTER &&
	    scope_dialect(c->scope) == DIALECT_VIEW;
}

static bool
is_flag(const struct scope_context *c, const struct field *f)
{
	return f->member->show == SHOW_FLAG && scope_dialect(c->scope) == DIALECT_VIEW;
}

static enum expr_type
type_of(const struct scope_context *c, const struct field *f)
{
	if (field_is_text(f) || is_letter(c, f))
		return TYPE_IS_TEXT;
	if (f->ctype->kind == TYPE_FLOAT)
		return TYPE_IS_REAL;
	return is_flag(c, f) ? TYPE_IS_BOOLEAN : TYPE_IS_INTEGER;
}

/* Carved records may have no header, which is then all zeros; the magic of one is not. */
static const char *
unknown_of(const struct scope_context *c, const struct scope_root *root)
{
	const bool is_header = root != NULL && root->path != NULL && strcmp(root->path, "rawheader") == 0;

	return is_header ? arena_printf(c->scope->diag->arena, "%smagic == 0", root->access) : NULL;
}

/*
 * Whether an unknown struct, guards, a condition of a member on the path, a value that stands for "not available", or one that
 * integers do not have can make it null.
 */
static bool
can_be_null(const struct typed *t)
{
	const struct typed_leaf *leaf = leaf_of(t);
	bool nullable = t->type == TYPE_IS_REAL || leaf->unknown != NULL ||
	    leaf->fields[leaf->nfields - 1]->member->has_absent;

	nullable = nullable || integer_can_outgrow(t);
	for (size_t i = 0; i < leaf->nfields; i++)
		nullable = nullable || leaf->fields[i]->guards != 0 || leaf->fields[i]->when != NULL;
	return nullable && leaf->nulls != NULL;
}

/* A member that only other releases have. */
static struct typed *
type_lacking(const struct walk *w, struct typed *t)
{
	if (scope_dialect(w->c->scope) == DIALECT_VIEW) {
		t->kind = EXPR_NULL;
		t->nullable = true;
		t->leaf = NULL;
		return t;
	}
	*w->c->scope->lacks = true;
	return NULL;
}

struct typed *
scope_type_member(const struct scope_context *c, const struct expr *e, const struct scope_root *root, const char *path,
    const struct bit_table *bits)
{
	const struct scope *s = c->scope;
	struct walk w = {
		.c = c,
		.e = e,
		.bits = bits,
		.root = root,
		.path = path,
		.what = root != NULL ? root->name : s->what,
		.def = root != NULL ? root->def : s->own,
		.elsewhere = arena_alloc(s->diag->arena, (s->nreleases + 1) * sizeof(*w.elsewhere)),
		.access = root != NULL ? root->access : s->access,
		.alone = root == NULL,
	};
	const struct field *f = NULL;
	struct typed *t;

	for (size_t i = 0; i < s->nreleases; i++)
		w.elsewhere[i] = counterpart(&w, s->releases[i]);
	do {
		f = walk_step(&w);
		if (f == NULL)
			return NULL;
	} while (*w.path != '\0');
	if (f->def != NULL) {
		diag_error(s->diag, scope_place(c, e), "'%s' is a struct, and has no value", e->text);
		return NULL;
	}
	t = scope_make(c, e, type_of(c, f),
	    (struct typed_leaf){
		.source = FROM_MEMBER,
		.access = w.access,
		.ctype = f->ctype,
		.root = root,
		.fields = w.fields,
		.holders = w.holders,
		.nfields = w.nfields,
		.unknown = unknown_of(c, root),
		.nulls = root != NULL ? root->nulls : s->nulls,
	    });
	t->unit = f->member->unit.text;
	if (w.lacking)
		return type_lacking(&w, t);
	t->room = field_is_text(f) ? f->dims[f->ndims - 1] : is_letter(c, f) ? 1 : 0;
	t->member = true;
	t->nullable = can_be_null(t);
	return t;
}
