/*
 * tables_walk: the values of a struct as columns, with the names and paths of their members.
 */
#include "model/tables_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/field_facts.h"

const struct field *
walk_field(const struct walk *w)
{
	return w->path.fields[w->path.nfields - 1];
}

enum column_type
column_type_of(const struct field *f)
{
	switch (f->member->show) {
	case SHOW_FLAG: return COLUMN_BOOLEAN;
	case SHOW_LETTER: return COLUMN_TEXT;
	case SHOW_TIME: return COLUMN_TIME;
	default: break;
	}
	if (field_is_text(f))
		return COLUMN_TEXT;
	return f->ctype->kind == TYPE_FLOAT ? COLUMN_NUMBER : COLUMN_INTEGER;
}

/* Appends the index of the path's element in each dimension: "_0_3". */
static void
append_indices(struct walk *w, const struct field *f)
{
	uint64_t rest = f->elements, element = w->path.element;

	for (size_t k = 0; k < f->ndims; k++) {
		const size_t length = strlen(w->name);

		rest /= f->dims[k];
		snprintf(w->name + length, sizeof(w->name) - length, "_%" PRIu64, element / rest);
		element %= rest;
	}
}

/* The values of a member that is no struct: one, or those of its array. */
static void
walk_values(struct walk *w, const struct field *f)
{
	const size_t length = strlen(w->name);
	const bool is_array = field_walked_dims(f) > 0;

	for (uint64_t i = 0; i < (is_array ? f->elements : 1); i++) {
		w->path.element = i;
		if (is_array)
			append_indices(w, f);
		w->value(w);
		w->name[length] = '\0';
	}
}

void
walk_struct(struct walk *w, const struct definition *d)
{
	const size_t length = strlen(w->name);

	w->path.nfields++;
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (f->member->reserved)
			continue;
		w->path.fields[w->path.nfields - 1] = f;
		w->path.element = 0;
		snprintf(w->name + length, sizeof(w->name) - length, "%s%s", length > 0 ? "_" : "", f->column);
		if (f->def == NULL)
			walk_values(w, f);
		else if (f->ndims == 0)
			walk_struct(w, f->def);
		else if (w->array != NULL)
			w->array(w);
		w->name[length] = '\0';
	}
	w->path.nfields--;
}

const char *
member_path_text(struct arena *a, const struct member_path *path)
{
	const char *text = "";

	for (size_t i = 0; i < path->nfields; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? "." : "", path->fields[i]->key);
	if (path->nfields > 0) {
		const struct field *f = path->fields[path->nfields - 1];
		uint64_t rest = f->elements, element = path->element;

		for (size_t k = 0; f->def == NULL && k < field_walked_dims(f); k++) {
			rest /= f->dims[k];
			text = arena_printf(a, "%s[%" PRIu64 "]", text, element / rest);
			element %= rest;
		}
	}
	return text;
}
