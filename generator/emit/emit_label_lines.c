/*
 * emit_label_lines: the labels, and the lines of each release as lists of columns. Equal lists are emitted once.
 */
#include "emit/emit_label.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"

/* A list of columns. */
struct list {
	const char *name, *text;
};

struct lists {
	struct list *list;
	size_t count;
};

static void
emit_label_names(struct out *o, const struct label_model *m)
{
	out_printf(o, "const struct label labels[] = {\n");
	for (size_t i = 0; i < m->nlabels; i++) {
		out_printf(o, "\t{\"%s\", \"", m->labels[i]->name.text);
		out_c_string(o, m->labels[i]->doc.text);
		out_printf(o, "\"},\n");
	}
	if (m->nlabels == 0)
		out_printf(o, "\t{NULL, NULL},\n");
	out_printf(o, "};\nconst size_t labels_count = %zu;\n", m->nlabels);
	out_printf(o, "const size_t label_nsections = %zu, label_narrays = %zu;\n\n", m->nsections, m->narrays);
}

/* What stands before the value of a column. */
static const char *
lead(struct arena *a, const struct resolved_line *line, const struct label_column *c)
{
	return line->line->json
	    ? arena_printf(a, ", \"%s\"%s", c->name.text, c->separator.text != NULL ? c->separator.text : ": ")
	    : " ";
}

static const char *
columns_text(struct arena *a, const struct resolved_line *line)
{
	struct out o = { .arena = a };

	out_printf(&o, "{\n");
	for (size_t i = 0; i < line->ncolumns; i++) {
		const struct resolved_column *c = &line->columns[i];
		const char *text = lead(a, line, c->column);

		out_printf(&o, "\t{\"");
		out_c_string(&o, text);
		out_printf(&o, "\", %zu, {%zu, %zu}},", strlen(text), c->cell[0], c->cell[1]);
		if (line->line->json)
			out_printf(&o, "\n");
		else
			out_printf(&o, "\t/* %s */\n", c->column->name.text);
	}
	out_printf(&o, "}");
	return o.text;
}

/* The name of the list of the line's columns, which is emitted if it is new. */
static const char *
emit_columns_of(struct out *o, struct lists *lists, const struct resolved_line *line)
{
	struct arena *a = o->arena;
	struct list made = { .text = columns_text(a, line) };

	for (size_t i = 0; i < lists->count; i++)
		if (strcmp(lists->list[i].text, made.text) == 0)
			return lists->list[i].name;
	made.name = arena_printf(a, "%s_%s_%zu", line->label->name.text, line->line->json ? "json" : "words",
	    lists->count);
	lists->list = arena_grow(a, lists->list, lists->count, sizeof(*lists->list));
	lists->list[lists->count++] = made;
	out_printf(o, "static const struct label_column %s[] = %s;\n\n", made.name, made.text);
	return made.name;
}

static const char *
condition(struct arena *a, size_t number)
{
	return number == SIZE_MAX ? "LABEL_ALWAYS" : arena_printf(a, "%zu", number);
}

static size_t
number_of(const struct label_model *m, const struct label *l)
{
	size_t i = 0;

	while (m->labels[i] != l)
		i++;
	return i;
}

static void
emit_line(struct out *o, const struct label_model *m, const struct resolved_line *line, const char *columns)
{
	const struct label_section *s = &m->sections[line->section];
	const struct label_line *l = line->line;

	out_printf(o, "\t{%zu, %zu, %s, %s, %s, %s, %s, %zu, ", number_of(m, line->label), line->section,
	    s->array != NULL ? arena_printf(o->arena, "%zu", s->number) : "UINT16_MAX", l->json ? "true" : "false",
	    l->list ? "true" : "false", condition(o->arena, line->when), condition(o->arena, line->only),
	    line->ncolumns);
	if (l->json)
		out_printf(o, "\"%s\", ", l->key.text != NULL ? l->key.text : line->label->name.text);
	else
		out_printf(o, "NULL, ");
	out_printf(o, "%s},\n", columns);
}

static void
emit_release_lines(struct out *o, const struct label_model *m, struct lists *lists, const struct release_labels *r)
{
	const char **columns = arena_alloc(o->arena, (r->nlines + 1) * sizeof(*columns));
	const char *symbol = c_release(o->arena, r->release);

	for (size_t i = 0; i < r->nlines; i++)
		columns[i] = emit_columns_of(o, lists, &r->lines[i]);
	if (r->nlines == 0)
		return;
	out_printf(o,
	    "/* label, section, array, json, list, when, if, columns: their number, key, and they themselves */\n");
	out_printf(o, "static const struct label_line %s_lines[] = {\n", symbol);
	for (size_t i = 0; i < r->nlines; i++)
		emit_line(o, m, &r->lines[i], columns[i]);
	out_printf(o, "};\n\n");
}

static void
emit_row(struct out *o, const struct release_labels *r)
{
	struct arena *a = o->arena;
	const char *symbol = c_release(a, r->release);

	out_printf(o, "static const struct label_release %s_labels = {\n", symbol);
	o->indent++;
	out_printf(o, ".release = &%s_release,\n", symbol);
	if (r->nlines > 0)
		out_printf(o, ".lines = %s_lines,\n.nlines = %zu,\n", symbol, r->nlines);
	if (r->year_modulo > 0)
		out_printf(o, ".year_modulo = %" PRIu64 ",\n", r->year_modulo);
	if (r->sections != NULL)
		out_printf(o, ".sources = %s_label_sources,\n.arrays = %s_label_arrays,\n", symbol, symbol);
	if (r->sample != NULL)
		out_printf(o, ".sample = &%s_entry,\n", c_own(a, r->sample->def));
	if (r->groups != NULL)
		out_printf(o, ".group = &%s_entry,\n", c_own(a, r->groups->def));
	o->indent--;
	out_printf(o, "};\n\n");
}

void
emit_label_lines(struct out *o, const struct emit_plan *p, const struct label_model *m)
{
	struct lists lists = { .count = 0 };
	size_t n;
	const size_t *order = plan_order(o->arena, p, &n);

	emit_label_names(o, m);
	for (size_t i = 0; i < n; i++)
		emit_release_lines(o, m, &lists, &m->releases[order[i]]);
	for (size_t i = 0; i < n; i++)
		emit_row(o, &m->releases[order[i]]);
	out_printf(o, "const struct label_release *const label_releases[] = {\n");
	for (size_t i = 0; i < n; i++)
		out_printf(o, "\t&%s_labels,\n", c_release(o->arena, p->model->releases[order[i]]));
	out_printf(o, "};\n");
}
