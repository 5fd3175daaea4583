/*
 * emit_view: the functions of views in each release. Releases share functions with the same text; the first of them owns
 * these. At the top, views.c has the tables of all views, view_printers.c the functions that write rows.
 */
#include "emit/emit_view.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"
#include "emit/emit_view_body.h"
#include "emit/emit_view_row.h"
#include "model/view.h"

/* --- the functions --------------------------------------------------------------------------------------------- */

/* What a function is for: those that print have files of their own. */
enum use {
	USE_COMPUTES,
	USE_PRINTS
};

/* The files of functions in the folder of a release, and what they include. */
static const struct files {
	const char *code, *header, *guard;
	const char *includes;
} files[] = {
	[USE_COMPUTES] = { "views.c", "views.h", "VIEWS_H", "#include \"view_names.h\"\n" },
	[USE_PRINTS] = { "view_rows.c", "view_rows.h", "VIEW_ROWS_H",
	    "#include \"print/format/view_printer.h\"\n#include \"print/text/codegen.h\"\n#include \"view_names.h\"\n" },
};

/* The kinds of functions. */
enum {
	ONCE,
	HOLDS,
	GET,
	CSV,
	NKINDS
};

/* A kind: the suffix of the functions' names, their result, their parameters and their bodies. */
static const struct kind {
	const char *suffix;
	enum use use;
	const char *result, *parameters;
	const char *(*body)(struct arena *a, const struct resolved_view *rv, const struct view_release *vr);
} kinds[] = {
	[ONCE] = { "once", USE_COMPUTES, "void", "void *to, const struct view_structs *s", view_once_body },
	[HOLDS] = { "holds", USE_COMPUTES, "bool", "const struct view_row *r", view_holds_body },
	[GET] = { "get", USE_COMPUTES, "int", "const struct view_row *r, size_t column, struct cell *cell",
	    view_get_body },
	[CSV] = { "csv", USE_PRINTS, "char *", "char *w, const struct view_row *r, const struct view_printing *p",
	    view_csv_body },
};

struct function {
	const struct resolved_view *view;
	const struct view_release *owner;
	const char *name, *body;
};

static const struct kind *
kind_of(const struct function *f)
{
	size_t i = 0;

	while (strcmp(strrchr(f->name, '_') + 1, kinds[i].suffix) != 0)
		i++;
	return &kinds[i];
}

/* What is emitted for a run: the functions, and by view, release and kind the function; NULL: none. */
struct plan {
	const struct emit_plan *emit;
	const struct views *views;
	struct function **functions;
	size_t nfunctions;
	const struct function *(**of)[NKINDS]; /* by view and by release of the model */
};

static size_t
index_of(const struct model *m, const struct release *r)
{
	size_t i = 0;

	while (m->releases[i] != r)
		i++;
	return i;
}

/* The function with that body, which an older release may own; NULL: there is none. */
static const struct function *
find_function(struct arena *a, struct plan *p, const struct resolved_view *rv, const struct view_release *vr,
    const struct kind *k)
{
	const char *body = k->body(a, rv, vr);
	struct function *f;

	if (body == NULL)
		return NULL;
	for (size_t i = 0; i < p->nfunctions; i++)
		if (p->functions[i]->view == rv && strcmp(p->functions[i]->body, body) == 0)
			return p->functions[i];
	f = arena_alloc(a, sizeof(*f));
	*f = (struct function){ rv, vr,
		arena_printf(a, "%s_view_%s_%s", c_release(a, vr->release), view_symbol(a, rv), k->suffix), body };
	p->functions = arena_grow(a, p->functions, p->nfunctions, sizeof(*p->functions));
	p->functions[p->nfunctions++] = f;
	return f;
}

static struct plan
make_plan(struct arena *a, const struct emit_plan *emit, const struct views *views)
{
	struct plan p = { .emit = emit, .views = views };
	const struct model *m = emit->model;

	p.of = arena_alloc(a, (views->count + 1) * sizeof(*p.of));
	for (size_t i = 0; i < views->count; i++) {
		const struct resolved_view *rv = &views->list[i];

		p.of[i] = arena_alloc(a, m->nreleases * sizeof(*p.of[i]));
		for (size_t k = 0; k < rv->nreleases; k++) {
			const size_t r = index_of(m, rv->releases[k].release);

			for (size_t kind = 0; kind < NKINDS && emit->named[r]; kind++)
				p.of[i][r][kind] = find_function(a, &p, rv, &rv->releases[k], &kinds[kind]);
		}
	}
	return p;
}

/* --- files of releases ----------------------------------------------------------------------------------------- */

static bool
owns(const struct plan *p, const struct release *r, enum use use)
{
	for (size_t i = 0; i < p->nfunctions; i++)
		if (p->functions[i]->owner->release == r && kind_of(p->functions[i])->use == use)
			return true;
	return false;
}

/* The structs of the release that functions can read. */
static void
emit_type_includes(struct out *o, const struct plan *p, const struct release *r)
{
	const struct definition **list = arena_alloc(o->arena, (2 + r->nblocks) * sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (release_top(r, i) != NULL)
			list[n++] = release_top(r, i);
	emit_includes(o, p->emit, NULL, list, n, "types.h", uses_code);
}

static void
emit_release_files(struct out *code, struct out *header, const struct plan *p, const struct release *r, enum use use)
{
	const char *symbol = c_release(code->arena, r), *guard = files[use].guard;

	out_printf(header, "#ifndef %s_%s\n#define %s_%s\n\n%s\n", symbol, guard, symbol, guard, files[use].includes);
	out_printf(code, "#include \"%s\"\n", c_file(code->arena, r, files[use].header));
	emit_type_includes(code, p, r);
	out_printf(code, "\n/* v: the host struct of a row. */\n");
	for (size_t i = 0; i < p->nfunctions; i++) {
		const struct function *f = p->functions[i];
		const struct kind *k = kind_of(f);

		if (f->owner->release != r || k->use != use)
			continue;
		out_printf(header, "%s%s%s(%s);\n", k->result, strchr(k->result, '*') != NULL ? "" : " ", f->name,
		    k->parameters);
		out_printf(code, "\n%s\n%s(%s)\n{\n%s}\n", k->result, f->name, k->parameters, f->body);
	}
	out_printf(header, "\n#endif\n");
}

/* --- files of all ---------------------------------------------------------------------------------------------- */

static const char *
c_type(enum expr_type type)
{
	return type == TYPE_IS_TEXT ? "struct text " : type == TYPE_IS_REAL ? "double " : "int64_t ";
}

static bool
has_names(const struct resolved_view *rv)
{
	for (size_t i = 0; i < rv->view->nnames; i++)
		if (rv->once[i])
			return true;
	return false;
}

/* view_names.h: the names of each view that are computed once a sample. */
static void
emit_header(struct out *o, const struct views *views)
{
	out_printf(o, "#ifndef VIEW_NAMES_H\n#define VIEW_NAMES_H\n\n#include \"print/query/view_codegen.h\"\n");
	for (size_t i = 0; i < views->count; i++) {
		const struct resolved_view *rv = &views->list[i];

		if (!has_names(rv))
			continue;
		out_printf(o, "\nstruct %s_names {\n", view_symbol(o->arena, rv));
		for (size_t k = 0; k < rv->view->nnames; k++)
			if (rv->once[k])
				out_printf(o, "\t%s%s;\n\tbool %s_null;\n", c_type(rv->types[k]),
				    rv->view->names[k].name.text, rv->view->names[k].name.text);
		out_printf(o, "};\n");
	}
	out_printf(o, "\n#endif\n");
}

static const char *const type_constants[] = {
	[COLUMN_INTEGER] = "COLUMN_INTEGER",
	[COLUMN_NUMBER] = "COLUMN_NUMBER",
	[COLUMN_DOUBLE] = "COLUMN_DOUBLE",
	[COLUMN_BOOLEAN] = "COLUMN_BOOLEAN",
	[COLUMN_TEXT] = "COLUMN_TEXT",
	[COLUMN_TIME] = "COLUMN_TIME",
};

/* A string literal, or NULL. */
static void
emit_text(struct out *o, const char *text)
{
	if (text == NULL) {
		out_printf(o, "NULL");
		return;
	}
	out_printf(o, "\"");
	out_c_string(o, text);
	out_printf(o, "\"");
}

static void
emit_column(struct out *o, const struct resolved_view *rv, size_t i)
{
	const struct resolved_view_column *c = &rv->columns[i];
	const struct view_cell *cell = view_find_context(rv, i);

	out_printf(o, "{ ");
	emit_column_texts(o, rv->view->columns[i].name.text,
	    &(struct column_texts){ .unit = c->unit,
		.first = c->first != NULL ? c->first->schema->version.text : NULL,
		.last = c->last != NULL ? c->last->schema->version.text : NULL,
		.doc = c->doc });
	out_printf(o, ",\n  0, %s, %s, %s, %s, false },\n", type_constants[c->type],
	    rv->view->columns[i].is_bytes ? "COLUMN_BYTES"
		: cell != NULL            ? "COLUMN_CONTEXT"
					  : "COLUMN_COMPUTED",
	    cell != NULL ? view_context_names[cell->context] : "0", c->delta ? "true" : "false");
}

/* The parts that the view reads of the struct with its rows, and of those of which a sample has one. */
static void
emit_masks(struct out *o, const struct resolved_view *rv, const struct view_release *vr)
{
	struct view_parts chosen_by = { .arena = o->arena, .top = vr->top }, row = chosen_by;

	for (size_t i = 0; i < rv->view->ncolumns && vr->row == vr->top; i++)
		if (vr->cells[i].value != NULL)
			typed_each((struct typed *)vr->cells[i].value, view_add_parts, &row);
	if (vr->where != NULL && vr->row == vr->top)
		typed_each((struct typed *)vr->where, view_add_parts, &chosen_by);
	out_printf(o, ".reads = &(const struct view_reads){\n\t.parts = UINT64_C(0x%" PRIx64 "),\n",
	    row.mask | chosen_by.mask);
	if (chosen_by.mask != 0)
		out_printf(o, "\t.chosen_by = UINT64_C(0x%" PRIx64 "),\n", chosen_by.mask);
	for (size_t b = 0; b < vr->release->nblocks; b++) {
		struct view_parts once = { .arena = o->arena,
			.top = release_top(vr->release, 2 + b),
			.root = vr->release->blocks[b].role };

		for (size_t i = 0; i < rv->view->nnames; i++)
			if (rv->once[i] && vr->names[i] != NULL)
				typed_each((struct typed *)vr->names[i], view_add_parts, &once);
		if (once.reads)
			out_printf(o, "\t.blocks[%zu] = true,\n\t.once_parts[%zu] = UINT64_C(0x%" PRIx64 "),\n", b, b,
			    once.mask);
	}
	out_printf(o, "},\n");
}

static void
emit_releases_of(struct out *o, const struct plan *p, size_t view)
{
	const struct model *m = p->emit->model;
	const struct resolved_view *rv = &p->views->list[view];

	out_printf(o, "static const struct view_code %s_code[] = {\n", view_symbol(o->arena, rv));
	o->indent++;
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct view_release *vr = NULL;

		if (!p->emit->named[i])
			continue;
		for (size_t k = 0; k < rv->nreleases; k++)
			if (rv->releases[k].release == m->releases[i])
				vr = &rv->releases[k];
		if (vr == NULL)
			continue;
		out_printf(o, "{\n");
		o->indent++;
		out_printf(o, ".release = &%s_release,\n", c_release(o->arena, m->releases[i]));
		for (size_t k = 0; k < NKINDS; k++)
			if (kinds[k].use == USE_COMPUTES && p->of[view][i][k] != NULL)
				out_printf(o, ".%s = %s,\n", kinds[k].suffix, p->of[view][i][k]->name);
		emit_masks(o, rv, vr);
		o->indent--;
		out_printf(o, "},\n");
	}
	out_printf(o, "{ .release = NULL },\n");
	o->indent--;
	out_printf(o, "};\n\n");
}

/* The members that each column is computed of. */
static void
emit_uses_of(struct out *o, const struct resolved_view *rv)
{
	out_printf(o, "static const char *const %s_uses[] = {\n", view_symbol(o->arena, rv));
	o->indent++;
	for (size_t i = 0; i < rv->view->ncolumns; i++)
		out_printf(o, "\"%s\",\n", view_uses(o->arena, rv, i));
	o->indent--;
	out_printf(o, "};\n\n");
}

static void
emit_view(struct out *o, const struct plan *p, size_t i)
{
	const struct resolved_view *rv = &p->views->list[i];
	const char *name = view_symbol(o->arena, rv);

	out_printf(o, "{ { \"%s\", TABLE_VIEW, \"%s\", NULL, %s_columns, sizeof %s_columns / sizeof %s_columns[0], ",
	    rv->view->name.text, rv->table->role, name, name, name);
	emit_text(o, rv->view->doc.text);
	out_printf(o, " },\n  \"%s\", ", rv->table->name);
	if (has_names(rv))
		out_printf(o, "sizeof(struct %s_names)", name);
	else
		out_printf(o, "0");
	out_printf(o, ", %zu, %zu, %s, %s_code,\n  %s_uses, \"%s\" },\n", view_nshared(rv), rv->order,
	    rv->view->order.descending ? "true" : "false", name, name, view_uses(o->arena, rv, VIEW_ROWS));
}

/* views.c: the tables of columns, and what computes them in each release. */
static void
emit_tables(struct out *o, const struct plan *p)
{
	for (size_t i = 0; i < p->emit->model->nreleases; i++)
		if (owns(p, p->emit->model->releases[i], USE_COMPUTES))
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->emit->model->releases[i], "views.h"));
	emit_all_includes(o, p->emit, "release.h");
	out_printf(o, "#include \"print/query/view.h\"\n\n");
	emit_columns_comment(o);
	for (size_t i = 0; i < p->views->count; i++) {
		out_printf(o, "static const struct column %s_columns[] = {\n",
		    view_symbol(o->arena, &p->views->list[i]));
		o->indent++;
		for (size_t k = 0; k < p->views->list[i].view->ncolumns; k++)
			emit_column(o, &p->views->list[i], k);
		o->indent--;
		out_printf(o, "};\n\n");
		emit_uses_of(o, &p->views->list[i]);
		emit_releases_of(o, p, i);
	}
	out_printf(o, "const struct view catalog_views[] = {\n");
	o->indent++;
	for (size_t i = 0; i < p->views->count; i++)
		emit_view(o, p, i);
	out_printf(o, "{ .of = NULL },\n");
	o->indent--;
	out_printf(o, "};\nconst size_t catalog_nviews = %zu;\n", p->views->count);
}

/* The functions of a view that write its rows, in all releases. */
static void
emit_printers_of(struct out *o, const struct plan *p, size_t view)
{
	const struct resolved_view *rv = &p->views->list[view];

	for (size_t i = 0; i < p->emit->model->nreleases; i++) {
		const struct function *f = p->of[view][i][CSV];

		if (f != NULL)
			out_printf(o, "{ &%s_release, \"%s\", %s,\n\t%s },\n",
			    c_release(o->arena, p->emit->model->releases[i]), rv->view->name.text, f->name,
			    view_csv_max(o->arena, f->view, f->owner));
	}
}

/* view_printers.c: the functions that write rows. */
static void
emit_view_printers(struct out *o, const struct plan *p)
{
	for (size_t i = 0; i < p->emit->model->nreleases; i++)
		if (owns(p, p->emit->model->releases[i], USE_PRINTS))
			out_printf(o, "#include \"%s\"\n",
			    c_file(o->arena, p->emit->model->releases[i], files[USE_PRINTS].header));
	emit_all_includes(o, p->emit, "release.h");
	out_printf(o, "#include \"print/format/view_printer.h\"\n#include \"print/text/codegen.h\"\n\n");
	out_printf(o, "const struct view_printer catalog_view_printers[] = {\n");
	o->indent++;
	for (size_t i = 0; i < p->views->count; i++)
		emit_printers_of(o, p, i);
	out_printf(o, "{ .release = NULL },\n");
	o->indent--;
	out_printf(o, "};\n");
}

static struct out *
begin(struct out_set *set, const char *name, const char *from)
{
	struct out *o = out_file(set, name);

	out_printf(o, "/* Generated by atopgen from %s; do not edit: change the views and run 'make regen'. */\n",
	    from);
	return o;
}

void
emit_views(struct out_set *set, const struct model *m, const bool *named, const struct views *views)
{
	const struct emit_plan emit = plan_make(set->arena, m, named);
	const struct plan p = make_plan(set->arena, &emit, views);

	emit_header(begin(set, "view_names.h", "views"), views);
	for (size_t i = 0; i < m->nreleases; i++)
		for (enum use use = USE_COMPUTES; use <= USE_PRINTS; use++)
			if (owns(&p, m->releases[i], use))
				emit_release_files(
				    begin(set, c_file(set->arena, m->releases[i], files[use].code), "views"),
				    begin(set, c_file(set->arena, m->releases[i], files[use].header), "views"), &p,
				    m->releases[i], use);
	emit_tables(begin(set, "views.c", "views"), &p);
	emit_view_printers(begin(set, "view_printers.c", "views"), &p);
}
