/*
 * resolve_label: finds the sections of each label, and goes through the lines of each release. A column of several releases is
 * one cell as long as its format and the text of its values are the same.
 */
#include "read/resolve_label.h"

#include <string.h>

#include "read/label_version.h"

struct resolving {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
	const struct label_common *common;
	struct label_model *labels;
};

/* A release whose lines are being made. */
struct printing {
	const struct release *release;
	struct scope_name *names;
	size_t nnames;
};

struct scope_name *
label_names_of(struct arena *a, const struct label_common *common, const struct release *r, size_t *n)
{
	struct scope_name *names = arena_alloc(a, (common->nnames + 1) * sizeof(*names));

	*n = 0;
	for (size_t i = 0; i < common->nnames; i++)
		if (label_range_has(&common->names[i].range, r))
			names[(*n)++] = (struct scope_name){
				.name = common->names[i].name,
				.value = common->names[i].value,
			};
	return names;
}

/* --- sections ----------------------------------------------------------------------------------------------------- */

static size_t
find_array(const struct label_model *l, const char *name)
{
	size_t i = 0;

	while (i < l->narrays && strcmp(l->arrays[i], name) != 0)
		i++;
	return i;
}

static void
list_arrays(struct resolving *rs)
{
	struct label_model *l = rs->labels;

	for (size_t i = 0; i < rs->common->narrays; i++) {
		const char *name = rs->common->arrays[i].name.text;

		if (find_array(l, name) < l->narrays)
			continue;
		l->arrays = arena_grow(rs->arena, l->arrays, l->narrays, sizeof(*l->arrays));
		l->arrays[l->narrays++] = name;
	}
}

/* The number of the section that the line is of, which may be new; SIZE_MAX after reporting an unknown array. */
static size_t
find_section(struct resolving *rs, const struct label *label, const struct label_line *line)
{
	struct label_model *l = rs->labels;
	const size_t array = line->each.text != NULL ? find_array(l, line->each.text) : SIZE_MAX;

	if (array == l->narrays) {
		diag_error(rs->diag, line->each.at, "unknown array '%s'%s", line->each.text,
		    diag_hint(rs->diag, line->each.text, l->arrays, l->narrays));
		return SIZE_MAX;
	}
	for (size_t i = 0; i < l->nsections; i++)
		if (l->sections[i].label == label && l->sections[i].number == array)
			return i;
	l->sections = arena_grow(rs->arena, l->sections, l->nsections, sizeof(*l->sections));
	l->sections[l->nsections] = (struct label_section){
		.label = label,
		.array = line->each.text,
		.number = array,
	};
	return l->nsections++;
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

/* The values of the variant of a column: those of `compat`, or the plain ones. */
static const struct condition *
values_of(const struct label_column *c, bool compat)
{
	return compat && c->compat.word.text != NULL ? &c->compat : c->values;
}

/* Format and values as a text; NULL: one of the values is no expression. */
static const char *
cell_text(const struct resolving *rs, const struct printing *p, const struct label_column *c, const char *format,
    const struct condition *values)
{
	const char *text = format;

	for (size_t i = 0; i < c->nvalues; i++) {
		if (values[i].tree == NULL)
			return NULL;
		text = arena_printf(rs->arena, "%s ; %s", text,
		    label_text(rs->arena, values[i].tree, p->names, p->nnames));
	}
	return text;
}

/* The number of the cell of a column's variant; SIZE_MAX: it is wrong. */
static size_t
find_cell(struct resolving *rs, const struct printing *p, struct label_section *s, const struct label_column *c,
    bool compat)
{
	const char *format = compat && c->compat_format.text != NULL ? c->compat_format.text : c->format.text;
	const struct condition *values = values_of(c, compat);
	const char *text = cell_text(rs, p, c, format, values);
	struct label_cell cell = { .column = c, .of = p->release, .compat = compat, .text = text, .values = values };
	size_t at;

	if (text == NULL || !label_format_parse(rs->arena, format, &cell.format, &at))
		return SIZE_MAX;
	for (size_t i = 0; i < s->ncells; i++)
		if (strcmp(s->cells[i].text, text) == 0)
			return i;
	s->cells = arena_grow(rs->arena, s->cells, s->ncells, sizeof(*s->cells));
	s->cells[s->ncells] = cell;
	return s->ncells++;
}

/* The number of a condition; SIZE_MAX: there is none. */
static size_t
find_condition(struct resolving *rs, const struct printing *p, struct label_section *s, const struct condition *c,
    bool of_element)
{
	struct label_condition made = { .condition = c, .of = p->release, .of_element = of_element };

	if (c->tree == NULL)
		return SIZE_MAX;
	made.text = label_text(rs->arena, c->tree, p->names, p->nnames);
	for (size_t i = 0; i < s->nconditions; i++)
		if (s->conditions[i].of_element == of_element && strcmp(s->conditions[i].text, made.text) == 0)
			return i;
	s->conditions = arena_grow(rs->arena, s->conditions, s->nconditions, sizeof(*s->conditions));
	s->conditions[s->nconditions] = made;
	return s->nconditions++;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static bool
has_column(const struct resolved_line *line, const char *name)
{
	for (size_t i = 0; i < line->ncolumns; i++)
		if (strcmp(line->columns[i].column->name.text, name) == 0)
			return true;
	return false;
}

static void
add_column(struct resolving *rs, const struct printing *p, struct resolved_line *line, const struct label_column *c)
{
	struct label_section *s = &rs->labels->sections[line->section];
	struct resolved_column column = { .column = c };

	if (has_column(line, c->name.text)) {
		diag_error(rs->diag, c->name.at, "%s has two columns '%s' in version '%s'", line->label->name.text,
		    c->name.text, p->release->schema->version.text);
		return;
	}
	for (size_t k = 0; k < 2; k++) {
		column.cell[k] = find_cell(rs, p, s, c, k == 1);
		if (column.cell[k] == SIZE_MAX)
			return;
	}
	line->columns[line->ncolumns++] = column;
}

static void
add_line(struct resolving *rs, const struct printing *p, struct release_labels *to, const struct label *label,
    const struct label_line *line)
{
	struct resolved_line made = { .label = label, .line = line, .section = find_section(rs, label, line) };
	struct label_section *s;

	if (made.section == SIZE_MAX)
		return;
	s = &rs->labels->sections[made.section];
	made.when = find_condition(rs, p, s, &line->when, false);
	made.only = find_condition(rs, p, s, &line->only, true);
	made.columns = arena_alloc(rs->arena, line->ncolumns * sizeof(*made.columns));
	for (size_t i = 0; i < line->ncolumns; i++)
		if (label_range_has(&line->columns[i].range, p->release))
			add_column(rs, p, &made, &line->columns[i]);
	if (made.ncolumns == 0)
		return;
	to->lines = arena_grow(rs->arena, to->lines, to->nlines, sizeof(*to->lines));
	to->lines[to->nlines++] = made;
}

static void
add_release(struct resolving *rs, const struct release *r, struct release_labels *to)
{
	struct printing p = { .release = r };

	to->release = r;
	p.names = label_names_of(rs->arena, rs->common, r, &p.nnames);
	for (size_t i = 0; i < rs->common->nframe; i++)
		if (label_range_has(&rs->common->frame[i].range, r))
			to->year_modulo = rs->common->frame[i].value;
	for (size_t i = 0; i < rs->labels->nlabels; i++)
		for (size_t k = 0; k < rs->labels->labels[i]->nlines; k++)
			if (label_range_has(&rs->labels->labels[i]->lines[k].range, r))
				add_line(rs, &p, to, rs->labels->labels[i], &rs->labels->labels[i]->lines[k]);
}

/* Copies the labels, sorted by their order. */
static void
sort_labels(struct resolving *rs, const struct loaded *loaded)
{
	struct label_model *l = rs->labels;
	size_t k;

	l->labels = arena_alloc(rs->arena, (loaded->nlabels + 1) * sizeof(*l->labels));
	for (size_t i = 0; i < loaded->nlabels; i++) {
		if (loaded->labels[i]->name.text == NULL)
			continue;
		for (k = l->nlabels++; k > 0 && l->labels[k - 1]->order > loaded->labels[i]->order; k--)
			l->labels[k] = l->labels[k - 1];
		l->labels[k] = loaded->labels[i];
	}
}

struct label_model *
resolve_labels(struct arena *a, struct diag *d, const struct model *m, const struct loaded *loaded)
{
	static const struct label_common none = { .narrays = 0 };
	struct resolving rs = {
		.arena = a,
		.diag = d,
		.model = m,
		.common = loaded->common != NULL ? loaded->common : &none,
		.labels = arena_alloc(a, sizeof(*rs.labels)),
	};

	sort_labels(&rs, loaded);
	list_arrays(&rs);
	rs.labels->releases = arena_alloc(a, (m->nreleases + 1) * sizeof(*rs.labels->releases));
	label_check_versions(a, d, m, loaded);
	for (size_t i = 0; i < m->nreleases && d->nerrors == 0; i++)
		if (loaded->named[i])
			add_release(&rs, m->releases[i], &rs.labels->releases[i]);
	for (size_t i = 0; i < m->nreleases && d->nerrors == 0; i++)
		if (loaded->named[i])
			label_type_release(a, d, m, rs.labels, i, rs.common);
	diag_context(d, NULL, NULL);
	return rs.labels;
}
