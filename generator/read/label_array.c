/*
 * label_array: arrays of labels in the logs of a release: a block, or an array in the struct of one.
 */
#include "read/resolve_label.h"

#include <string.h>

#include "read/label_value.h"

static const struct label_array *
find_array(const struct release *r, const char *name, const struct label_common *common)
{
	for (size_t i = 0; i < common->narrays; i++)
		if (strcmp(common->arrays[i].name.text, name) == 0 && label_range_has(&common->arrays[i].range, r))
			return &common->arrays[i];
	return NULL;
}

static const struct resolved_block *
find_block(const struct release *r, const char *path)
{
	const size_t length = strcspn(path, ".");

	for (size_t i = 0; i < r->nblocks; i++)
		if (strlen(r->blocks[i].role) == length && memcmp(r->blocks[i].role, path, length) == 0)
			return &r->blocks[i];
	return NULL;
}

/* Walks to the array at `path` in the block's struct. False: the release has no such array. */
static bool
walk(struct arena *a, struct typed_array *t, const char *path)
{
	const struct definition *d = t->block->def;
	const struct field *f = NULL;

	t->path = "";
	while (*path != '\0') {
		const size_t length = strcspn(++path, ".");
		const char *name = arena_strndup(a, path, length);

		f = d != NULL ? definition_find(d, name) : NULL;
		if (f == NULL || (f->ndims > 0 && path[length] != '\0'))
			return false;
		t->holder = d;
		t->holder_path = t->path;
		if (t->part == NULL)
			t->part = f;
		else
			t->path = arena_printf(a, "%s%s%s", t->path, t->path[0] != '\0' ? "." : "", f->key);
		d = f->def;
		path += length;
	}
	t->field = f;
	t->element = d;
	t->limit = f != NULL && f->ndims == 1 ? f->dims[0] : 0;
	return t->element != NULL && t->limit > 0 && t->path[0] != '\0';
}

static struct typed *
type(struct diag *d, const struct release *r, const struct condition *c, const struct scope_root *root, bool condition)
{
	const struct scope scope = {
		.diag = d,
		.release = r,
		.roots = root,
		.nroots = 1,
		.dialect = DIALECT_LABEL,
	};

	if (c->tree == NULL)
		return NULL;
	return condition ? scope_type_condition(&scope, c) : scope_type_value(&scope, c);
}

/* Types what says how many elements there are, and which of them are printed. */
static void
type_elements(struct diag *d, const struct release *r, struct typed_array *t)
{
	const struct scope_root sample = { .name = t->block->role,
		.def = t->block->def,
		.access = "sample->",
		.by_parts = true };
	const struct scope_root it = { .name = "it", .def = t->element, .access = "it->" };

	t->count = type(d, r, &t->array->count, arena_copy_root(d->arena, &sample), false);
	t->until = type(d, r, &t->array->until, arena_copy_root(d->arena, &it), true);
	t->only = type(d, r, &t->array->only, arena_copy_root(d->arena, &it), true);
	if (t->count != NULL)
		label_check_count(d, t);
}

/* Types by what cgroups list the elements, if the release has cgroups. */
static void
type_group(struct diag *d, const struct release *r, struct typed_array *t, const struct label_common *common)
{
	const struct label_group *g = &t->array->group;
	const struct scope_root it = { .name = "it", .def = t->element, .access = "it->", .by_parts = true };
	const struct label_array *groups = g->at.source != NULL ? find_array(r, g->of.text, common) : NULL;

	if (groups == NULL || find_block(r, groups->of.text) == NULL)
		return;
	t->by = type(d, r, &g->by, arena_copy_root(d->arena, &it), false);
	t->listed = type(d, r, &g->only, arena_copy_root(d->arena, &it), true);
	if (t->by != NULL && t->listed != NULL)
		label_check_group(d, t);
}

struct typed_array
label_type_array(struct arena *a, struct diag *d, const struct release *r, const char *name,
    const struct label_common *common)
{
	struct typed_array t = { .array = find_array(r, name, common) };
	const struct label_array *array = t.array;
	const char *path;

	if (array == NULL)
		return t;
	path = array->of.text;
	t.block = find_block(r, path);
	path += strcspn(path, ".");
	if (t.block == NULL || (*path != '\0' && !walk(a, &t, path)))
		return (struct typed_array){ .array = NULL };
	if (*path == '\0') {
		t.element = t.block->def;
		type_group(d, r, &t, common);
	} else {
		type_elements(d, r, &t);
	}
	return t;
}
