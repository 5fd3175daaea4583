/*
 * emit_label: the files of labels: labels.c, and a labels.h and a labels.c for each release with the functions that it is the
 * first to have, and with where its structs are.
 */
#include "emit/emit_label.h"

#include <string.h>

#include "emit/c_names.h"
#include "emit/emit.h"
#include "emit/emit_internal.h"

static bool
has_use(const struct label_functions *f, const struct release *by, const struct release *of)
{
	for (size_t i = 0; i < f->nuses; i++)
		if (f->uses[i].by == by && f->uses[i].of == of)
			return true;
	return by == of;
}

static void
add_use(struct label_functions *f, const struct release *by, const struct release *of)
{
	if (has_use(f, by, of))
		return;
	f->uses = arena_grow(f->arena, f->uses, f->nuses, sizeof(*f->uses));
	f->uses[f->nuses++] = (struct label_use){ by, of };
}

const char *
label_function_add(struct label_functions *f, const struct label_function *made)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->list[i].body, made->body) == 0 && strcmp(f->list[i].behind, made->behind) == 0) {
			add_use(f, made->origin, f->list[i].origin);
			return f->list[i].name;
		}
	f->list = arena_grow(f->arena, f->list, f->count, sizeof(*f->list));
	f->list[f->count] = *made;
	return f->list[f->count++].name;
}

/* Everything of a release. */
struct emitted {
	const struct release_labels *of;
	struct label_array_code *arrays;
	struct label_code *sections;
	const char **sources; /* names of objects; NULL: the logs have nothing for the section */
};

static struct emitted
make(struct label_functions *f, const struct label_model *m, const struct release_labels *r)
{
	struct emitted e = {
		.of = r,
		.arrays = arena_alloc(f->arena, (m->narrays + 1) * sizeof(*e.arrays)),
		.sections = arena_alloc(f->arena, (m->nsections + 1) * sizeof(*e.sections)),
	};

	for (size_t i = 0; i < m->narrays; i++)
		e.arrays[i] = label_array_make(f, r, &r->arrays[i], m->arrays[i]);
	for (size_t i = 0; i < m->nsections; i++)
		e.sections[i] = label_code_make(f, m, r, i, e.arrays);
	return e;
}

/* --- labels.h of a release ---------------------------------------------------------------------------------------- */

static void
emit_prototypes(struct out *o, const struct label_functions *f, const struct release *r)
{
	const char *symbol = c_release(o->arena, r);

	out_printf(o, "#ifndef %s_LABELS_H\n#define %s_LABELS_H\n\n#include \"print/label/codegen.h\"\n\n", symbol,
	    symbol);
	out_printf(o, "extern const struct label_source *const %s_label_sources[];\n", symbol);
	out_printf(o, "extern const struct label_array %s_label_arrays[];\n", symbol);
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].origin == r)
			out_printf(o, "%s%s%s%s%s;\n", f->list[i].comment == NULL ? "extern " : "", f->list[i].before,
			    strchr(f->list[i].before, '*') != NULL ? "" : " ", f->list[i].name, f->list[i].behind);
	out_printf(o, "\n#endif\n");
}

/* --- labels.c of a release ---------------------------------------------------------------------------------------- */

static void
emit_functions(struct out *o, const struct label_functions *f, const struct release *r)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct label_function *one = &f->list[i];

		if (one->origin != r)
			continue;
		if (one->comment == NULL)
			out_printf(o, "%s %s = {\n%s};\n\n", one->before, one->name, one->body);
		else
			out_printf(o, "/* %s */\n%s\n%s%s\n{\n%s}\n\n", one->comment, one->before, one->name,
			    one->behind, one->body);
	}
}

static const char *const roots[] = {
	[ROOT_HEADER] = "LABEL_HEADER",
	[ROOT_RECORD] = "LABEL_RECORD",
	[ROOT_SAMPLE] = "LABEL_SAMPLE",
	[ROOT_ELEMENT] = "LABEL_ELEMENT",
	[ROOT_GROUP] = "LABEL_GROUP",
};

/* The struct that the members of a root are in. */
static const struct definition *
root_def(const struct label_model *m, const struct release_labels *r, size_t section, enum label_root_index root)
{
	switch (root) {
	case ROOT_HEADER: return r->release->rawheader;
	case ROOT_RECORD: return r->release->rawrecord;
	case ROOT_SAMPLE: return r->sample->def;
	case ROOT_GROUP: return r->groups->def;
	default: return r->arrays[m->sections[section].number].element;
	}
}

/* Where the parts are, as an initialiser. */
static const char *
parts_text(struct arena *a, const struct label_model *m, const struct emitted *e, size_t section)
{
	const struct label_code *c = &e->sections[section];
	const char *text = "";

	for (size_t i = 0; i < c->nparts; i++) {
		const struct label_part *part = &c->parts[i];

		text = part->field == NULL
		    ? arena_printf(a, "%s\t\t{%s, 0},\n", text, roots[part->root])
		    : arena_printf(a, "%s\t\t{%s, offsetof(struct %s, %s)},\n", text, roots[part->root],
			  c_struct(a, root_def(m, e->of, section, part->root)), part->field->key);
	}
	return text;
}

/* The most bytes of each cell, as an initialiser. */
static const char *
most_text(struct arena *a, const struct label_model *m, const struct emitted *e, size_t section)
{
	const size_t n = m->sections[section].ncells;
	struct out o = { .arena = a };

	out_printf(&o, "\t");
	for (size_t i = 0, width = 0; i < n; i++) {
		const char *text = e->sections[section].most[i];

		width += strlen(text) + 2;
		out_printf(&o, "%s,%s", text, i + 1 == n ? "\n" : width > 100 ? "\n\t" : " ");
		width = width > 100 ? 0 : width;
	}
	return o.text;
}

/* A section, as initialisers. Releases in which all of it is the same share it. */
static const char *
source_text(struct arena *a, const struct label_model *m, const struct emitted *e, size_t section)
{
	const struct label_code *c = &e->sections[section];
	struct out o = { .arena = a };

	out_printf(&o, "\t.cells = %s,\n", c->cells);
	if (c->holds != NULL)
		out_printf(&o, "\t.holds = %s,\n", c->holds);
	if (c->head != NULL)
		out_printf(&o, "\t.head = %s,\n", c->head);
	if (c->words != NULL)
		out_printf(&o, "\t.words = %s,\n", c->words);
	out_printf(&o, "\t.most = (const uint32_t[]){\n\t%s\t},\n", most_text(a, m, e, section));
	if (c->nparts > 0)
		out_printf(&o, "\t.parts = (const struct label_part[]){\n%s\t},\n\t.nparts = %zu,\n",
		    parts_text(a, m, e, section), c->nparts);
	if (c->joins)
		out_printf(&o, "\t.joins = true,\n");
	return o.text;
}

/* The name of the section's object, which is added to the functions unless there is an equal one. */
static const char *
make_source(struct label_functions *f, const struct label_model *m, const struct emitted *e, size_t section,
    const char *stem)
{
	const struct label_function made = {
		.name = arena_printf(f->arena, "%s_%s_source", c_release(f->arena, e->of->release), stem),
		.origin = e->of->release,
		.comment = NULL,
		.before = "const struct label_source",
		.behind = "",
		.body = source_text(f->arena, m, e, section),
	};

	return label_function_add(f, &made);
}

static const char *
stem_of(struct arena *a, const struct label_section *s)
{
	return arena_printf(a, "%s%s%s", s->label->name.text, s->array != NULL ? "_" : "",
	    s->array != NULL ? s->array : "");
}

/* Makes the objects of all sections. */
static void
make_sources(struct label_functions *f, const struct label_model *m, struct emitted *e)
{
	e->sources = arena_alloc(f->arena, (m->nsections + 1) * sizeof(*e->sources));
	for (size_t i = 0; i < m->nsections; i++)
		if (e->sections[i].cells != NULL)
			e->sources[i] = make_source(f, m, e, i, stem_of(f->arena, &m->sections[i]));
}

static void
emit_sources(struct out *o, const struct label_model *m, const struct emitted *e)
{
	out_printf(o, "const struct label_source *const %s_label_sources[] = {\n", c_release(o->arena, e->of->release));
	for (size_t i = 0; i < m->nsections; i++)
		if (e->sources[i] != NULL)
			out_printf(o, "\t&%s,\n", e->sources[i]);
		else
			out_printf(o, "\tNULL,\t/* %s */\n", stem_of(o->arena, &m->sections[i]));
	out_printf(o, "};\n\n");
}

static void
emit_array(struct out *o, const struct typed_array *t, const struct label_array_code *c)
{
	struct arena *a = o->arena;
	const char *top = c_struct(a, t->block->def);

	out_printf(o, "{\n");
	o->indent++;
	out_printf(o, ".of = &%s_entry,\n", c_own(a, t->block->def));
	if (t->part != NULL) {
		out_printf(o, ".part = offsetof(struct %s, %s),\n", top, t->part->key);
		out_printf(o, ".first = offsetof(struct %s, %s),\n", c_struct(a, t->part->def), t->path);
		out_printf(o, ".stride = sizeof(struct %s),\n", c_struct(a, t->element));
	} else if (t->listed_part != NULL) {
		out_printf(o, ".part = offsetof(struct %s, %s),\n", top, t->listed_part->key);
	}
	if (c->count != NULL)
		out_printf(o, ".count = %s,\n", c->count);
	if (c->shown != NULL)
		out_printf(o, ".shown = %s,\n", c->shown);
	if (c->listed != NULL)
		out_printf(o, ".listed = %s,\n", c->listed);
	o->indent--;
	out_printf(o, "},\n");
}

static void
emit_arrays(struct out *o, const struct label_model *m, const struct emitted *e)
{
	out_printf(o, "const struct label_array %s_label_arrays[] = {\n", c_release(o->arena, e->of->release));
	o->indent++;
	for (size_t i = 0; i < m->narrays; i++)
		if (e->of->arrays[i].array != NULL)
			emit_array(o, &e->of->arrays[i], &e->arrays[i]);
		else
			out_printf(o, "{.of = NULL},\t/* %s */\n", m->arrays[i]);
	if (m->narrays == 0)
		out_printf(o, "{.of = NULL},\n");
	o->indent--;
	out_printf(o, "};\n");
}

/* --- all files ---------------------------------------------------------------------------------------------------- */

static struct out *
begin(struct out_set *set, const char *name)
{
	struct out *o = out_file(set, name);

	out_printf(o,
	    "/* Generated by atopgen from the schemas of labels; do not edit: change them and run 'make regen'. */\n");
	return o;
}

static void
emit_release_file(struct out_set *set, const struct emit_plan *p, const struct label_model *m,
    const struct label_functions *f, const struct emitted *e)
{
	const struct release *r = e->of->release;
	const size_t count = 2 + r->nblocks;
	const struct definition **tops = arena_alloc(set->arena, count * sizeof(*tops));
	struct out *o;

	emit_prototypes(begin(set, c_file(set->arena, r, "labels.h")), f, r);
	o = begin(set, c_file(set->arena, r, "labels.c"));
	for (size_t i = 0; i < count; i++)
		tops[i] = release_top(r, i);
	for (size_t i = 0; i < p->model->nreleases; i++)
		if (has_use(f, r, p->model->releases[i]))
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->model->releases[i], "labels.h"));
	emit_includes(o, p, NULL, tops, count, "types.h", uses_top);
	out_printf(o, "\n");
	emit_functions(o, f, r);
	emit_sources(o, m, e);
	emit_arrays(o, m, e);
}

void
emit_labels(struct out_set *set, const struct model *m, const bool *named, const struct label_model *labels)
{
	const struct emit_plan p = plan_make(set->arena, m, named);
	struct label_functions f = { .arena = set->arena };
	struct emitted *emitted = arena_alloc(set->arena, (m->nreleases + 1) * sizeof(*emitted));
	struct out *o;

	for (size_t i = 0; i < m->nreleases; i++)
		if (named[i])
			emitted[i] = make(&f, labels, &labels->releases[i]);
	for (size_t i = 0; i < m->nreleases; i++)
		if (named[i])
			make_sources(&f, labels, &emitted[i]);
	for (size_t i = 0; i < m->nreleases; i++)
		if (named[i] && labels->nsections > 0)
			emit_release_file(set, &p, labels, &f, &emitted[i]);
	o = begin(set, "labels.c");
	out_printf(o, "#include \"print/label/codegen.h\"\n");
	emit_all_includes(o, &p, "release.h");
	if (labels->nsections > 0)
		emit_all_includes(o, &p, "labels.h");
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct release *r = m->releases[i];
		const struct definition *tops[] = {
			labels->releases[i].sample != NULL ? labels->releases[i].sample->def : r->rawrecord,
			labels->releases[i].groups != NULL ? labels->releases[i].groups->def : r->rawrecord,
		};

		if (named[i])
			emit_includes(o, &p, NULL, tops, 2, "types.h", uses_top);
	}
	out_printf(o, "\n");
	emit_label_lines(o, &p, labels);
}
