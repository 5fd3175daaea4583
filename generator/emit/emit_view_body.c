/*
 * emit_view_body: the statements of a view's functions in a release.
 */
#include "emit/emit_view_body.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"
#include "emit/emit_parts.h"

#define ALL_PARTS  UINT64_MAX
#define NULLS_PART (UINT64_C(1) << PARTS_MAX)

/* A context by the name of its constant. */
#define CONTEXT_TEXT(context, name, type, doc) [CONTEXT_##context] = "CONTEXT_" #context,
const char *const view_context_names[] = { FIRST_COLUMNS(CONTEXT_TEXT) ARRAY_COLUMNS(CONTEXT_TEXT)
	    TASK_COLUMNS(CONTEXT_TEXT) CHAIN_COLUMNS(CONTEXT_TEXT) };

/* The name of a view as part of a C name. */
const char *
view_symbol(struct arena *a, const struct resolved_view *rv)
{
	char *symbol = arena_strndup(a, rv->view->name.text, strlen(rv->view->name.text));

	for (char *p = symbol; *p != '\0'; p++)
		*p = *p == '-' ? '_' : *p;
	return symbol;
}

void
view_add_parts(struct typed *t, void *context)
{
	struct view_parts *p = context;
	const struct typed_leaf *leaf = leaf_of_member(t);
	const char *root = leaf != NULL && leaf->root != NULL ? leaf->root->path : NULL;

	if (leaf == NULL || (p->root == NULL ? root != NULL : root == NULL || strcmp(root, p->root) != 0))
		return;
	p->reads = true;
	for (size_t i = 0; i < p->top->nfields; i++)
		if (&p->top->fields[i] == leaf->fields[0])
			p->mask |= parts_member(p->arena, p->top, i);
	if (leaf->fields[0]->when != NULL)
		p->mask = ALL_PARTS;
	for (size_t i = 0; i < leaf->nfields; i++)
		if (leaf->fields[i]->guards != 0)
			p->mask |= NULLS_PART;
}

/* --- values ---------------------------------------------------------------------------------------------------- */

static const char *
setter_of(enum column_type type)
{
	switch (type) {
	case COLUMN_NUMBER:
	case COLUMN_DOUBLE: return "cell_set_number";
	case COLUMN_BOOLEAN: return "cell_set_boolean";
	case COLUMN_TEXT: return "cell_set_text";
	case COLUMN_TIME: return "cell_set_time";
	default: return "cell_set_integer";
	}
}

/* The cell of a column that is the same column of the table in all releases; NULL: it is another one. */
const struct view_cell *
view_find_context(const struct resolved_view *rv, size_t column)
{
	const struct view_cell *cell = NULL;

	for (size_t i = 0; i < rv->nreleases; i++) {
		cell = &rv->releases[i].cells[column];
		if (!cell->is_context || cell->context != rv->releases[0].cells[column].context)
			return NULL;
	}
	return cell;
}

size_t
view_nshared(const struct resolved_view *rv)
{
	size_t n = 0;

	while (n < rv->view->ncolumns && view_find_context(rv, n) != NULL &&
	    view_find_context(rv, n)->context < CONTEXT_UNVERIFIED)
		n++;
	return n;
}

static void
emit_case(struct out *o, const struct resolved_view *rv, size_t column, const struct view_cell *cell)
{
	struct arena *a = o->arena;
	const char *null;

	if ((!cell->is_context && cell->value == NULL) || view_find_context(rv, column) != NULL ||
	    rv->view->columns[column].is_bytes)
		return;
	out_printf(o, "case %zu: /* %s */\n", column, rv->view->columns[column].name.text);
	o->indent++;
	if (cell->is_context) {
		out_printf(o, "return %s;\n", view_context_names[cell->context]);
		o->indent--;
		return;
	}
	null = emit_null(a, cell->value);
	if (null != NULL)
		out_printf(o, "if (!(%s))\n\t", null);
	out_printf(o, "%s(cell, %s);\n", setter_of(rv->columns[column].type), emit_expr(a, cell->value));
	out_printf(o, "break;\n");
	o->indent--;
}

/* --- the bodies of functions ----------------------------------------------------------------------------------- */

void
view_pointers(struct out *o, const struct resolved_view *rv, const struct view_release *vr, const char *text)
{
	struct arena *a = o->arena;
	const struct release *r = vr->release;

	if (strstr(text, "v->") != NULL || strstr(text, "(v)") != NULL)
		out_printf(o, "const struct %s *v = r->row;\n", c_struct(a, vr->row));
	if (strstr(text, "nulls &") != NULL)
		out_printf(o, "const uint64_t nulls = r->nulls;\n");
	if (strstr(text, "rawheader->") != NULL)
		out_printf(o, "const struct %s *rawheader = r->rawheader;\n", c_struct(a, r->rawheader));
	if (strstr(text, "rawrecord->") != NULL)
		out_printf(o, "const struct %s *rawrecord = r->rawrecord;\n", c_struct(a, r->rawrecord));
	if (strstr(text, "names->") != NULL)
		out_printf(o, "const struct %s_names *names = r->names;\n", view_symbol(a, rv));
	if (strstr(text, "(memory, ") != NULL)
		out_printf(o, "struct text_memory *memory = r->memory;\n");
}

const char *
view_get_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	struct out cases = { .arena = a, .indent = 1 }, all = { .arena = a, .indent = 1 };

	out_printf(&cases, "switch (column) {\n");
	for (size_t i = 0; i < rv->view->ncolumns; i++)
		emit_case(&cases, rv, i, &vr->cells[i]);
	out_printf(&cases, "default:\n\tbreak;\n}\nreturn VIEW_DONE;\n");
	view_pointers(&all, rv, vr, cases.text);
	if (strstr(cases.text, "cell_set") == NULL)
		out_printf(&all, "(void)cell;\n");
	if (all.length == 0 || strstr(all.text, "r->") == NULL)
		out_printf(&all, "(void)r;\n");
	return arena_printf(a, "%s%s%s", all.length > 0 ? all.text : "", all.length > 0 ? "\n" : "", cases.text);
}

const char *
view_holds_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	struct out all = { .arena = a, .indent = 1 };
	const char *text;

	if (vr->where == NULL)
		return NULL;
	text = emit_expr(a, vr->where);
	view_pointers(&all, rv, vr, text);
	if (all.length == 0)
		out_printf(&all, "(void)r;\n");
	return arena_printf(a, "%s\n\treturn %s;\n", all.text, text);
}

/* Declares the structs that names read, and reads each name only if the sample has its structs. */
static const char *
missing_of(struct out *pointers, const struct view_release *vr, const struct typed *t)
{
	struct arena *a = pointers->arena;
	const struct release *r = vr->release;
	const char *missing = NULL;

	for (size_t i = 0; i < 2 + r->nblocks; i++) {
		const char *role = release_top_role(r, i);
		struct view_parts parts = { .arena = a, .top = release_top(r, i), .root = role };
		const char *line;

		if (i >= 2 && (r->blocks[i - 2].count != NULL || r->blocks[i - 2].of != NULL))
			continue;
		typed_each((struct typed *)t, view_add_parts, &parts);
		if (!parts.reads)
			continue;
		missing = missing == NULL ? arena_printf(a, "%s == NULL", role)
					  : arena_printf(a, "%s || %s == NULL", missing, role);
		line = arena_printf(a, "const struct %s *%s = s->top[%zu];\n", c_struct(a, parts.top), role, i);
		if (pointers->length == 0 || strstr(pointers->text, line) == NULL)
			out_printf(pointers, "%s", line);
		line = arena_printf(a, "const uint64_t %s_nulls = s->nulls[%zu];\n", role, i);
		if (i >= 2 && (parts.mask & NULLS_PART) != 0 && strstr(pointers->text, line) == NULL)
			out_printf(pointers, "%s", line);
	}
	return missing;
}

static void
emit_name(struct out *o, struct out *pointers, const struct view_release *vr, const char *name, const struct typed *t)
{
	struct arena *a = o->arena;
	const char *missing = missing_of(pointers, vr, t), *null = emit_null(a, t);

	if (missing != NULL && null != NULL)
		missing = arena_printf(a, "%s || %s", missing, null);
	else if (missing == NULL)
		missing = null != NULL ? null : "false";
	out_printf(o, "names->%s_null = %s;\n", name, missing);
	out_printf(o, "if (!names->%s_null)\n\tnames->%s = %s;\n", name, name, emit_expr(a, t));
}

const char *
view_once_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	struct out names = { .arena = a, .indent = 1 }, pointers = { .arena = a, .indent = 1 };

	for (size_t i = 0; i < rv->view->nnames; i++)
		if (rv->once[i] && vr->names[i] != NULL && !typed_is_null(vr->names[i]))
			emit_name(&names, &pointers, vr, rv->view->names[i].name.text, vr->names[i]);
	if (names.length == 0)
		return NULL;
	return arena_printf(a, "\tstruct %s_names *names = to;\n%s\n%s%s", view_symbol(a, rv),
	    pointers.length > 0 ? pointers.text : "", pointers.length > 0 ? "" : "\t(void)s;\n", names.text);
}
