/*
 * emit_label_words: straight code for the lines of words that are printed most: those of tasks and cgroups, as the release that
 * recorded the log prints them. Lines of several labels begin with the same columns; these have a function of their own, so
 * that they are written once for each element.
 */
#include "emit/emit_label.h"

#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"

/* The first line of words of the section that the release prints itself; NULL: there is none. */
static const struct resolved_line *
own_line(const struct release_labels *r, size_t section)
{
	for (size_t i = 0; i < r->nlines; i++)
		if (r->lines[i].section == section && !r->lines[i].line->json)
			return &r->lines[i];
	return NULL;
}

/* Whether the elements of the section are structs of a block. */
static bool
is_of_block(const struct label_model *m, const struct release_labels *r, size_t section)
{
	const size_t array = m->sections[section].number;

	return array != SIZE_MAX && r->arrays[array].array != NULL && r->arrays[array].path == NULL;
}

/* The columns, `most` at most, with which both lines begin. */
static size_t
count_common(const struct label_model *m, const struct resolved_line *a, const struct resolved_line *b, size_t most)
{
	const struct label_cell *x = m->sections[a->section].cells, *y = m->sections[b->section].cells;
	size_t n = 0;

	while (n < most && n < a->ncolumns && n < b->ncolumns &&
	    strcmp(x[a->columns[n].cell[0]].text, y[b->columns[n].cell[0]].text) == 0 &&
	    strcmp(x[a->columns[n].cell[1]].text, y[b->columns[n].cell[1]].text) == 0)
		n++;
	return n;
}

/* The columns that all lines over the section's array begin with, at least one of which stays in each line; 0: it is alone. */
static size_t
count_shared(const struct label_model *m, const struct release_labels *r, const struct resolved_line *line)
{
	size_t most = line->ncolumns - 1;
	bool alone = true;

	for (size_t i = 0; i < m->nsections; i++) {
		const struct resolved_line *other = own_line(r, i);

		if (i == line->section || other == NULL || m->sections[i].number != m->sections[line->section].number)
			continue;
		alone = false;
		most = count_common(m, line, other, most);
	}
	return alone ? 0 : most;
}

static const char *
statement(const struct label_making *m, size_t cell)
{
	const struct label_section *s = &m->model->sections[m->section];

	return label_cell_statement(m->functions->arena, m->release->release->abi, &s->cells[cell],
	    &m->release->sections[m->section].cells[cell], "put_blank(w)");
}

/* The function that writes columns `first` to `end` of the line. */
static const char *
make(struct label_making *m, const struct resolved_line *line, size_t first, size_t end, const char *name,
    const char *comment)
{
	struct arena *a = m->functions->arena;
	struct out lines = { .arena = a, .indent = 1 }, o = { .arena = a, .indent = 1 };
	const struct label_function made = {
		.name = name,
		.origin = m->release->release,
		.comment = comment,
		.before = "char *",
		.behind = "(char *w, const struct label_row *row)",
	};
	struct label_function function = made;

	for (size_t i = first; i < end; i++) {
		const size_t *cell = line->columns[i].cell;

		if (cell[0] == cell[1])
			out_printf(&lines, "%s\n", statement(m, cell[0]));
		else
			out_printf(&lines, "if (compat)\n\t%s\nelse\n\t%s\n", statement(m, cell[1]),
			    statement(m, cell[0]));
	}
	label_emit_variables(&o, m->code, lines.text);
	if (!label_text_reads(lines.text, "row") && o.text == NULL)
		out_printf(&o, "(void)row;\n");
	out_printf(&o, "\n");
	o.indent = 0;
	out_printf(&o, "%s\treturn w;\n", lines.text);
	function.body = o.text;
	return label_function_add(m->functions, &function);
}

void
label_words_make(struct label_making *m, const char *stem)
{
	struct arena *a = m->functions->arena;
	const struct resolved_line *line = own_line(m->release, m->section);
	const char *label = m->model->sections[m->section].label->name.text;
	size_t shared;

	if (line == NULL || !is_of_block(m->model, m->release, m->section))
		return;
	shared = count_shared(m->model, m->release, line);
	if (shared > 0)
		m->code->head = make(m, line, 0, shared, arena_printf(a, "%s_head", stem),
		    "The columns with which lines of several labels begin");
	m->code->words = make(m, line, shared, line->ncolumns, arena_printf(a, "%s_words", stem),
	    arena_printf(a, "The line of words of %s%s", label, shared > 0 ? ", behind these" : ""));
}
