/*
 * label_bind: looks the lines of one release up in the sources of another.
 */
#include "print/label/label_bind.h"

#include <stdlib.h>
#include <string.h>

#include "print/label/label_head.h"
#include "print/label/put_label.h"
#include "rawlog/catalog/parts.h"

/* The labels of a release of the catalog. */
static const struct label_release *
find_release(const struct catalog_release *release)
{
	size_t i = 0;

	while (label_releases[i]->release != release)
		i++;
	return label_releases[i];
}

/* The most bytes of the line's columns, of either variant. */
static size_t
count_room(const struct label_line *line, const struct label_source *source)
{
	size_t room = PUT_SLACK;

	for (size_t i = 0; i < line->ncolumns; i++) {
		const struct label_column *c = &line->columns[i];
		size_t most = PUT_SLACK;

		for (size_t k = 0; source != NULL && k < 2; k++)
			if (source->most[c->cell[k]] > most)
				most = source->most[c->cell[k]];
		room += LABEL_LEAD_MAX + most;
	}
	return room;
}

/* Whether the line is the first one of words of its section. */
static bool
is_first(const struct label_bound *b, const struct label_line *line)
{
	const struct label_line *first = b->how->lines;

	while (first->section != line->section || first->json)
		first++;
	return first == line;
}

static void
bind_line(const struct label_bound *b, struct bound_line *to, const struct label_line *line)
{
	const char *name = labels[line->label].name;
	const size_t name_size = strlen(name);

	*to = (struct bound_line){
		.line = line,
		.source = b->of->sources[line->section],
		.array = line->array != UINT16_MAX ? &b->of->arrays[line->array] : NULL,
		.name_size = (uint16_t)name_size,
	};
	if (name_size <= sizeof to->name)
		memcpy(to->name, name, name_size);
	to->room = name_size + LABEL_HEAD_MAX + count_room(line, to->source) + COPY_SIZE;
	to->own = b->of == b->how && !line->json && to->source != NULL && to->source->words != NULL &&
	    is_first(b, line);
	to->head = to->own && to->source->head != NULL;
	to->joins = to->source != NULL && to->source->joins && to->array != NULL && to->array->listed != NULL;
}

bool
label_bind(struct label_bound *b, const struct label_choice *choice, bool json, const struct catalog_release *release)
{
	struct label_bound bound = { .of = find_release(release) };

	bound.how = choice->as != NULL ? choice->as : bound.of;
	bound.lines = calloc(bound.how->nlines + 1, sizeof *bound.lines);
	bound.of_rows = calloc(bound.how->nlines + 1, sizeof *bound.of_rows);
	bound.active = calloc(bound.how->nlines + 1, sizeof *bound.active);
	if (bound.lines == NULL || bound.of_rows == NULL || bound.active == NULL) {
		label_unbind(&bound);
		return false;
	}
	for (size_t i = 0; i < bound.how->nlines; i++) {
		const struct label_line *line = &bound.how->lines[i];

		if (line->json == json && label_choice_has(choice, line->label))
			bind_line(&bound, &bound.lines[bound.count++], line);
	}
	for (size_t i = 0; i < bound.count; i++)
		if (label_takes_rows(&bound.lines[i]))
			bound.of_rows[bound.nof_rows++] = &bound.lines[i];
	*b = bound;
	return true;
}

void
label_unbind(struct label_bound *b)
{
	free(b->lines);
	free(b->of_rows);
	free(b->active);
	*b = (struct label_bound){ .lines = NULL };
}

/* Whether rows of `s` make the line: its elements, the struct that has them, or the struct of the sample. */
static bool
is_made_of(const struct label_bound *b, const struct bound_line *line, const struct catalog_struct *s)
{
	if (line->array == NULL)
		return s == b->of->sample;
	return line->array->of != NULL ? line->array->of == s : s == b->of->sample && line->line->list;
}

bool
label_bound_shows(const struct label_bound *b, const struct catalog_struct *s)
{
	for (size_t i = 0; i < b->count; i++)
		if (is_made_of(b, &b->lines[i], s))
			return true;
	return false;
}

/* The parts of `s`, which is of the root, that the cells of the source read. */
static uint64_t
parts_of(const struct label_source *source, enum label_root root, const struct catalog_struct *s)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < source->nparts; i++)
		if (source->parts[i].root == root)
			parts |= parts_whole(s->definition, source->parts[i].offset);
	return parts;
}

uint64_t
label_bound_needs(const struct label_bound *b, const struct catalog_struct *s)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct bound_line *line = &b->lines[i];

		if (line->array != NULL && line->array->of == s)
			parts |= parts_at(s->definition, line->array->part);
		if (line->source != NULL && s == b->of->sample)
			parts |= parts_of(line->source, LABEL_SAMPLE, s);
		if (line->source != NULL && label_takes_rows(line) && line->array->of == s)
			parts |= parts_of(line->source, LABEL_ELEMENT, s);
	}
	return parts;
}

bool
label_bound_joins(const struct label_bound *b, const struct catalog_struct *s)
{
	for (size_t i = 0; i < b->count; i++) {
		if (b->lines[i].joins && b->lines[i].array->of == s)
			return true;
	}
	return false;
}
