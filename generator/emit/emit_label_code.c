/*
 * emit_label_code: the functions of a section in the logs of a release: a switch over its cells, one over its conditions.
 */
#include "emit/emit_label.h"

#include <ctype.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"

bool
label_text_reads(const char *text, const char *pointer)
{
	const size_t length = strlen(pointer);

	for (const char *p = text; (p = strstr(p, pointer)) != NULL; p += length) {
		const bool begins = p == text || (p[-1] != '_' && !isalnum((unsigned char)p[-1]));

		if (begins && p[length] != '_' && !isalnum((unsigned char)p[length]))
			return true;
	}
	return false;
}

/* --- what is read ------------------------------------------------------------------------------------------------- */

static enum label_root_index
root_index(const char *name)
{
	static const char *const names[] = {
		[ROOT_HEADER] = "header",
		[ROOT_RECORD] = "record",
		[ROOT_ELEMENT] = "it",
		[ROOT_GROUP] = "cg",
	};

	for (size_t i = 0; i < ROOTS; i++)
		if (i != ROOT_SAMPLE && i < sizeof names / sizeof names[0] && strcmp(names[i], name) == 0)
			return (enum label_root_index)i;
	return ROOT_SAMPLE;
}

/* The part of that name, which may be new. */
static void
need_part(struct label_making *m, enum label_root_index root, const struct field *field, const struct definition *def,
    const char *name)
{
	struct label_code *c = m->code;

	for (size_t i = 0; i < c->nparts; i++)
		if (strcmp(c->parts[i].name, name) == 0)
			return;
	if (c->nparts < LABEL_PARTS_MAX)
		c->parts[c->nparts++] = (struct label_part){ root, field, def, name };
}

/* An element of an array that can have fewer elements: 0 if it is not there, because its place has what was there before. */
static void
guard_elements(struct arena *a, struct typed_leaf *leaf)
{
	for (size_t i = 0; i < leaf->nfields; i++) {
		const struct field *f = leaf->fields[i];
		const char *index;

		if (f->member->count_rule == COUNT_NONE || f->ndims != 1)
			continue;
		index = strstr(leaf->access, arena_printf(a, "%s[", f->key));
		if (index == NULL)
			continue;
		index += strlen(f->key) + 1;
		leaf->access = arena_printf(a, "(%s_%s_live(%s) > %.*s ? %s : 0)", c_struct(a, leaf->holders[i].def),
		    f->key, leaf->holders[i].access, (int)strcspn(index, "]"), index, leaf->access);
		return;
	}
}

/* The parts of cgroups have names of their own, because tasks have members of the same names. */
static void
read_member(struct label_making *m, struct typed_leaf *leaf)
{
	static const char *const whole[] = { "header", "record", "sample", "it", "cg" };
	struct arena *a = m->functions->arena;
	const enum label_root_index root = root_index(leaf->root->name);
	const struct field *f = leaf->fields[0];

	if (!leaf->root->by_parts || f->def == NULL || f->ndims > 0) {
		need_part(m, root, NULL, leaf->root->def, whole[root]);
		return;
	}
	if (root == ROOT_GROUP)
		leaf->access = arena_printf(a, "cg_%s", leaf->access);
	need_part(m, root, f, f->def, root == ROOT_GROUP ? arena_printf(a, "cg_%s", f->key) : f->key);
	if (root == ROOT_SAMPLE)
		guard_elements(a, leaf);
}

/* --- sums --------------------------------------------------------------------------------------------------------- */

/* Makes the sum a call of a function of its own. */
static void
make_sum(struct label_making *m, struct typed *t)
{
	struct arena *a = m->functions->arena;
	const struct typed_array *array = leaf_of(t->args[0])->array->of;
	const size_t number = (size_t)(array - m->release->arrays);
	const char *type = t->type == TYPE_IS_REAL ? "double" : "int64_t", *name = m->model->arrays[number];
	struct label_function made = {
		.origin = m->release->release,
		.before = arena_printf(a, "COLD %s", type),
		.behind = "(const void *part)",
	};
	struct out o = { .arena = a, .indent = 1 };

	out_printf(&o, "const struct %s *%s = part;\n", c_struct(a, array->part->def), array->part->key);
	out_printf(&o, "const size_t n = %s(part);\n%s sum = 0;\n\n", m->arrays[number].count, type);
	out_printf(&o, "for (size_t i = 0; i < n; i++) {\n");
	out_printf(&o, "\tconst struct %s *it = &%s->%s[i];\n\n", c_struct(a, array->element), array->part->key,
	    array->path);
	out_printf(&o, "\t");
	if (m->arrays[number].shown != NULL)
		out_printf(&o, "if (%s(it))\n\t\t", m->arrays[number].shown);
	if (t->type == TYPE_IS_REAL)
		out_printf(&o, "sum += %s;\n", emit_expr(a, t->args[1]));
	else
		out_printf(&o, "sum = wrap_add(sum, %s);\n", emit_expr(a, t->args[1]));
	out_printf(&o, "}\nreturn sum;\n");
	made.body = o.text;
	made.comment = arena_printf(a, "A sum over %s.", name);
	made.name = arena_printf(a, "%s_%s_sum_%zu", c_release(a, m->release->release), name, m->functions->count);
	leaf_set_variable(a, t, arena_printf(a, "%s(%s)", label_function_add(m->functions, &made), array->part->key));
	need_part(m, ROOT_SAMPLE, array->part, array->part->def, array->part->key);
}

/* Finds the parts that an expression reads, and makes its sums. Within float(), which says where numbers are cut, all are double. */
static void
prepare_within(struct label_making *m, struct typed *t, bool cut)
{
	struct typed_leaf *leaf = leaf_of_member(t);

	if (t->kind == EXPR_CALL && strcmp(t->function->name, "sum") == 0) {
		make_sum(m, t);
		return;
	}
	if (leaf != NULL)
		read_member(m, leaf);
	if (leaf != NULL && leaf->ctype != NULL && leaf->ctype->kind == TYPE_FLOAT && cut)
		leaf->access = arena_printf(m->functions->arena, "(double)%s", leaf->access);
	if (leaf_of(t)->root != NULL && root_index(leaf_of(t)->root->name) == ROOT_GROUP)
		m->code->joins = true;
	cut = cut || (t->kind == EXPR_CALL && strcmp(t->function->name, "float") == 0);
	for (size_t i = 0; i < t->nargs; i++)
		prepare_within(m, t->args[i], cut);
}

static void
prepare(struct label_making *m, struct typed *t)
{
	prepare_within(m, t, false);
}

/* --- functions ---------------------------------------------------------------------------------------------------- */

void
label_emit_variables(struct out *o, const struct label_code *code, const char *statements)
{
	for (size_t i = 0; i < code->nparts; i++)
		if (label_text_reads(statements, code->parts[i].name))
			out_printf(o, "const struct %s *%s = row->part[%zu];\n", c_struct(o->arena, code->parts[i].def),
			    code->parts[i].name, i);
	if (label_text_reads(statements, "AT(m"))
		out_printf(o, "const unsigned m = row->model;\n");
	if (label_text_reads(statements, "compat"))
		out_printf(o, "const bool compat = row->style->compat;\n");
}

/* The cases of the cells that the release has something for. */
static const char *
emit_cases(struct label_making *m, const struct label_section *s, const struct typed_section *typed)
{
	struct arena *a = m->functions->arena;
	struct out o = { .arena = a, .indent = 2 };

	for (size_t i = 0; i < s->ncells; i++) {
		if (s->cells[i].column->nvalues > 0 && typed->cells[i].values[0] == NULL)
			continue;
		out_printf(&o, "case %zu: %s break;\n", i,
		    label_cell_statement(a, m->release->release->abi, &s->cells[i], &typed->cells[i], "w"));
	}
	return o.text != NULL ? o.text : "";
}

static void
make_cells(struct label_making *m, const struct label_section *s, const struct typed_section *typed, const char *stem)
{
	struct arena *a = m->functions->arena;
	const char *cases = emit_cases(m, s, typed);
	struct out o = { .arena = a, .indent = 1 };
	struct label_function made = {
		.name = stem,
		.origin = m->release->release,
		.comment = s->array == NULL ? s->label->name.text
					    : arena_printf(a, "%s, of each of %s", s->label->name.text, s->array),
		.before = "COLD char *",
		.behind = "(char *w, const struct label_row *row, const struct label_column *column, size_t n)",
	};

	label_emit_variables(&o, m->code, cases);
	out_printf(&o, "const bool compat = row->style->compat;\n\n");
	out_printf(&o, "for (; n > 0; n--, column++) {\n");
	out_printf(&o, "\tw = label_lead(w, column);\n");
	out_printf(&o, "\tswitch (column->cell[compat]) {\n");
	o.indent = 0;
	out_printf(&o, "%s", cases);
	o.indent = 1;
	out_printf(&o, "\tdefault: w = put_none(w, row); break;\n\t}\n}\nreturn w;\n");
	made.body = o.text;
	m->code->cells = label_function_add(m->functions, &made);
}

/* A condition on the header does not hold if it is not known. */
static const char *
condition(struct arena *a, const struct typed *t)
{
	const char *text = emit_expr(a, t);

	return label_text_reads(text, "header") ? arena_printf(a, "header != NULL && (%s)", text) : text;
}

static void
make_holds(struct label_making *m, const struct label_section *s, const struct typed_section *typed, const char *stem)
{
	struct arena *a = m->functions->arena;
	struct out cases = { .arena = a, .indent = 1 }, o = { .arena = a, .indent = 1 };
	struct label_function made = {
		.name = arena_printf(a, "%s_holds", stem),
		.origin = m->release->release,
		.comment = arena_printf(a, "Conditions of %s", s->label->name.text),
		.before = "COLD bool",
		.behind = "(const struct label_row *row, unsigned condition)",
	};

	if (s->nconditions == 0)
		return;
	for (size_t i = 0; i < s->nconditions; i++)
		if (typed->conditions[i] != NULL)
			out_printf(&cases, "case %zu: return %s;\n", i, condition(a, typed->conditions[i]));
		else if (s->conditions[i].of_element)
			out_printf(&cases, "case %zu: return true;\n", i);
	if (cases.text == NULL)
		return;
	label_emit_variables(&o, m->code, cases.text);
	if (o.text == NULL)
		out_printf(&o, "(void)row;\n");
	else
		out_printf(&o, "\n");
	out_printf(&o, "switch (condition) {\n");
	o.indent = 0;
	out_printf(&o, "%s", cases.text);
	o.indent = 1;
	out_printf(&o, "default: return false;\n}\n");
	made.body = o.text;
	m->code->holds = label_function_add(m->functions, &made);
}

struct label_code
label_code_make(struct label_functions *f, const struct label_model *model, const struct release_labels *r,
    size_t section, const struct label_array_code *arrays)
{
	const struct label_section *s = &model->sections[section];
	const struct typed_section *typed = &r->sections[section];
	struct label_code code = { .nparts = 0 };
	struct label_making m = { f, model, r, section, arrays, &code };
	const char *stem = arena_printf(f->arena, "%s_%s%s%s", c_release(f->arena, r->release), s->label->name.text,
	    s->array != NULL ? "_" : "", s->array != NULL ? s->array : "");

	if (typed->cells == NULL)
		return code;
	code.most = arena_alloc(f->arena, (s->ncells + 1) * sizeof(*code.most));
	for (size_t i = 0; i < s->ncells; i++) {
		const bool has = s->cells[i].column->nvalues == 0 || typed->cells[i].values[0] != NULL;

		for (size_t k = 0; has && k < s->cells[i].column->nvalues; k++)
			prepare(&m, typed->cells[i].values[k]);
		code.most[i] = has ? label_cell_most(f->arena, &s->cells[i], &typed->cells[i]) : "4";
	}
	for (size_t i = 0; i < s->nconditions; i++)
		if (typed->conditions[i] != NULL)
			prepare(&m, typed->conditions[i]);
	make_cells(&m, s, typed, stem);
	make_holds(&m, s, typed, stem);
	label_words_make(&m, stem);
	return code;
}
