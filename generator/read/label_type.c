/*
 * label_type: what a section's expressions read in the logs of a release: the rawheader, the rawrecord, the struct that a
 * sample has one of, the element, and its cgroup. In logs of the releases that print a cell every name must be there; in others
 * a cell whose names are not all there has no value.
 */
#include "read/resolve_label.h"

#include <string.h>

#include "read/label_value.h"

#define SAMPLE_ACCESS "sample->"

struct typing {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
	const struct label_common *common;
	struct label_model *labels;
	struct release_labels *of; /* whose logs */
	struct scope_array *arrays;
	size_t narrays;
};

/* --- what is read ------------------------------------------------------------------------------------------------- */

/* The block that every sample has one struct of. */
static const struct resolved_block *
find_sample(const struct release *r)
{
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].count == NULL && r->blocks[i].of == NULL)
			return &r->blocks[i];
	return NULL;
}

static const struct resolved_block *
find_groups(const struct release *r)
{
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].size != NULL)
			return &r->blocks[i];
	return NULL;
}

/* The role of the block in the releases that have it. */
static const char *
role_in_model(const struct model *m, const struct resolved_block *(*find)(const struct release *r))
{
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct resolved_block *b = find(m->releases[i]);

		if (b != NULL)
			return b->role;
	}
	return NULL;
}

static bool
has_groups(const struct typing *t, const char *array)
{
	for (size_t i = 0; i < t->common->narrays; i++)
		if (t->common->arrays[i].group.at.source != NULL && strcmp(t->common->arrays[i].name.text, array) == 0)
			return true;
	return false;
}

/* The elements of the section; and the cgroup that each is in. */
static void
add_element_roots(const struct typing *t, const struct label_section *s, struct typed_section *to)
{
	const struct typed_array *array = &t->of->arrays[s->number];
	const bool is_block = array->path == NULL;

	to->of_rows = is_block;
	to->roots[to->nroots++] = (struct scope_root){
		.name = "it",
		.def = array->element,
		.access = "it->",
		.path = array->array != NULL ? array->array->of.text : NULL,
		.pointer = is_block && array->block->size != NULL ? "row" : NULL,
		.by_parts = is_block,
	};
	if (!has_groups(t, s->array))
		return;
	to->roots[to->nroots++] = (struct scope_root){
		.name = "cg",
		.def = array->by != NULL ? t->of->groups->def : NULL,
		.access = "cg->",
		.path = role_in_model(t->model, find_groups),
		.present = "row->grouped",
		.pointer = "row",
		.by_parts = true,
	};
}

static void
make_roots(const struct typing *t, const struct label_section *s, struct typed_section *to)
{
	const struct release *r = t->of->release;
	const char *sample = role_in_model(t->model, find_sample);

	to->roots = arena_alloc(t->arena, ROOTS * sizeof(*to->roots));
	to->roots[to->nroots++] = (struct scope_root){
		.name = "header",
		.def = r->rawheader,
		.access = "header->",
		.path = "rawheader",
	};
	to->roots[to->nroots++] = (struct scope_root){
		.name = "record",
		.def = r->rawrecord,
		.access = "record->",
		.path = "rawrecord",
	};
	if (sample == NULL)
		return;
	to->roots[to->nroots++] = (struct scope_root){
		.name = sample,
		.def = t->of->sample != NULL ? t->of->sample->def : NULL,
		.access = SAMPLE_ACCESS,
		.path = sample,
		.by_parts = true,
	};
	if (s->array != NULL)
		add_element_roots(t, s, to);
}

/* --- expressions -------------------------------------------------------------------------------------------------- */

/* What a typed expression reads. */
struct finding {
	bool lacks;                       /* a cgroup that the release has not */
	bool reads_sample;                /* the struct of the sample */
	const struct scope_root *element; /* inside a sum: what it may read; NULL: not inside one */
	bool reads_beside;                /* a sum reads something else */
};

static void find_read(struct typed *node, void *context);

/* The expression beside the array of a sum. */
static void
find_in_sum(const struct typed *sum, struct finding *f)
{
	struct finding inner = { .element = leaf_of(sum->args[0])->array->element };

	typed_each(sum->args[1], find_read, &inner);
	f->reads_beside = f->reads_beside || inner.reads_beside;
	f->reads_sample = true;
}

static void
find_read(struct typed *node, void *context)
{
	struct finding *f = context;
	const struct typed_leaf *leaf = leaf_of(node);
	const bool is_member = leaf->source == FROM_MEMBER && leaf->root != NULL;

	if (node->kind == EXPR_CALL && node->nargs == 2 && node->args[0]->type == TYPE_IS_ARRAY)
		find_in_sum(node, f);
	if (leaf->source == FROM_ROOT && leaf->root != NULL && leaf->root->def == NULL)
		f->lacks = true;
	if (is_member && strcmp(leaf->root->access, SAMPLE_ACCESS) == 0)
		f->reads_sample = true;
	if (f->element != NULL && is_member && strcmp(leaf->root->name, f->element->name) != 0)
		f->reads_beside = true;
}

/* Reports what the functions that print a section cannot read. */
static void
check_read(struct diag *d, const struct typed_section *s, const struct condition *c, const struct finding *found)
{
	if (found->reads_sample && s->of_rows)
		diag_error(d, c->word.at,
		    "the structs of a block are printed one by one: the struct of the sample cannot be "
		    "read beside them");
	if (found->reads_beside)
		diag_error(d, c->word.at, "a sum reads its elements, and nothing else");
}

/* Types a value or a condition that `by` prints, or that the log's own release does. NULL: it lacks something, or is wrong. */
static struct typed *
type_in(const struct typing *t, const struct typed_section *s, const struct condition *c, const struct release *by,
    bool is_condition)
{
	const struct release *r = t->of->release;
	struct finding found = { .lacks = false };
	struct scope scope = {
		.diag = t->diag,
		.release = r,
		.roots = s->roots,
		.nroots = s->nroots,
		.index = "row->index",
		.dialect = DIALECT_LABEL,
		.arrays = t->arrays,
		.narrays = t->narrays,
		.counted_elements = true,
		.lacks = &found.lacks,
	};
	struct typed *typed;

	scope.names = label_names_of(t->arena, t->common, by, &scope.nnames);
	if (by != r) {
		scope.written_for = by;
		scope.releases = &by;
		scope.nreleases = 1;
	}
	typed = is_condition ? scope_type_condition(&scope, c) : scope_type_value(&scope, c);
	if (typed == NULL || found.lacks)
		return NULL;
	typed_each(typed, find_read, &found);
	if (by == r)
		check_read(t->diag, s, c, &found);
	return found.lacks ? NULL : typed;
}

/* Whether the release prints the cell in its own logs. */
static bool
is_own(const struct typing *t, size_t section, size_t cell)
{
	for (size_t i = 0; i < t->of->nlines; i++) {
		const struct resolved_line *line = &t->of->lines[i];

		for (size_t k = 0; line->section == section && k < line->ncolumns; k++)
			if (line->columns[k].cell[0] == cell || line->columns[k].cell[1] == cell)
				return true;
	}
	return false;
}

static bool
is_own_condition(const struct typing *t, size_t section, size_t condition)
{
	for (size_t i = 0; i < t->of->nlines; i++)
		if (t->of->lines[i].section == section &&
		    (t->of->lines[i].when == condition || t->of->lines[i].only == condition))
			return true;
	return false;
}

static void
type_cell(const struct typing *t, const struct typed_section *s, const struct label_cell *cell, bool own,
    struct typed_cell *to)
{
	const struct release *by = own ? t->of->release : cell->of;
	bool whole = true;

	for (size_t i = 0; i < cell->column->nvalues; i++) {
		to->values[i] = type_in(t, s, &cell->values[i], by, false);
		whole = whole && to->values[i] != NULL;
	}
	if (whole && own)
		label_check_values(t->diag, cell, to);
	if (!whole)
		to->values[0] = NULL;
}

/* The structs that a section reads. */
struct parts {
	const struct typed_section *of;
	const struct scope_root *roots[LABEL_PARTS_MAX + 1];
	const struct field *fields[LABEL_PARTS_MAX + 1];
	size_t n;
};

static void
note_part(struct typed *node, void *context)
{
	struct parts *p = context;
	const struct typed_leaf *leaf = leaf_of_member(node);
	const struct field *f;

	if (leaf == NULL || leaf->root < p->of->roots || leaf->root >= p->of->roots + p->of->nroots)
		return; /* also of an element in a sum, which is read elsewhere */
	f = leaf->root->by_parts && leaf->fields[0]->def != NULL && leaf->fields[0]->ndims == 0 ? leaf->fields[0]
												: NULL;
	for (size_t i = 0; i < p->n; i++)
		if (p->roots[i] == leaf->root && p->fields[i] == f)
			return;
	if (p->n > LABEL_PARTS_MAX)
		return;
	p->roots[p->n] = leaf->root;
	p->fields[p->n++] = f;
}

static void
check_parts(const struct typing *t, const struct label_section *s, const struct typed_section *typed)
{
	struct parts parts = { .of = typed };

	for (size_t i = 0; i < s->ncells; i++)
		for (size_t k = 0; typed->cells[i].values[0] != NULL && k < s->cells[i].column->nvalues; k++)
			typed_each(typed->cells[i].values[k], note_part, &parts);
	for (size_t i = 0; i < s->nconditions; i++)
		if (typed->conditions[i] != NULL)
			typed_each(typed->conditions[i], note_part, &parts);
	if (parts.n > LABEL_PARTS_MAX)
		diag_error(t->diag, s->label->name.at, "the lines of %s read members of more than %d structs",
		    s->label->name.text, LABEL_PARTS_MAX);
}

static void
type_section(const struct typing *t, size_t number)
{
	struct label_section *s = &t->labels->sections[number];
	struct typed_section *to = &t->of->sections[number];

	if (s->array != NULL && t->of->arrays[s->number].array == NULL)
		return;
	make_roots(t, s, to);
	to->cells = arena_alloc(t->arena, (s->ncells + 1) * sizeof(*to->cells));
	to->conditions = arena_alloc(t->arena, (s->nconditions + 1) * sizeof(struct typed *));
	for (size_t i = 0; i < s->ncells; i++)
		type_cell(t, to, &s->cells[i], is_own(t, number, i), &to->cells[i]);
	for (size_t i = 0; i < s->nconditions; i++)
		to->conditions[i] = type_in(t, to, s->conditions[i].condition,
		    is_own_condition(t, number, i) ? t->of->release : s->conditions[i].of, true);
	check_parts(t, s, to);
}

/* --- the release -------------------------------------------------------------------------------------------------- */

/* The arrays that functions can go through. */
static void
list_arrays(struct typing *t)
{
	for (size_t i = 0; i < t->labels->narrays; i++) {
		const struct typed_array *array = &t->of->arrays[i];
		struct scope_root *element = arena_alloc(t->arena, sizeof(*element));

		if (array->array == NULL || array->path == NULL)
			continue;
		*element = (struct scope_root){
			.name = "it",
			.def = array->element,
			.access = "it->",
			.path = array->array->of.text,
		};
		t->arrays = arena_grow(t->arena, t->arrays, t->narrays, sizeof(*t->arrays));
		t->arrays[t->narrays++] = (struct scope_array){
			.name = array->array->name.text,
			.element = element,
			.index = "i",
			.of = array,
		};
	}
}

void
label_type_release(struct arena *a, struct diag *d, const struct model *m, struct label_model *labels, size_t i,
    const struct label_common *common)
{
	const struct release *r = m->releases[i];
	struct typing t = {
		.arena = a,
		.diag = d,
		.model = m,
		.common = common,
		.labels = labels,
		.of = &labels->releases[i],
	};

	release_context(d, r);
	t.of->sample = find_sample(r);
	t.of->groups = find_groups(r);
	t.of->arrays = arena_alloc(a, (labels->narrays + 1) * sizeof(*t.of->arrays));
	if (labels->nsections > 0)
		t.of->sections = arena_alloc(a, labels->nsections * sizeof(*t.of->sections));
	for (size_t k = 0; k < labels->narrays; k++)
		t.of->arrays[k] = label_type_array(a, d, r, labels->arrays[k], common);
	list_arrays(&t);
	for (size_t k = 0; k < labels->nsections; k++)
		type_section(&t, k);
}
