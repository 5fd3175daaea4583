/*
 * places: a walk over the dictionary of a struct. The name of a column is the column names of the members on the way to it,
 * joined by underscores.
 */
#include "print/query/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/query/view_rows.h"
#include "rawlog/catalog/array.h"
#include "rawlog/catalog/parts.h"

#define NAME_ROOM 256 /* bytes of a name in the making; the names of columns are shorter */

/* --- members ------------------------------------------------------------------------------------------------ */

bool
place_find_null(const struct place *place, const void *host)
{
	const unsigned char *bytes = host;

	for (size_t i = 0; i < place->nconditions; i++)
		if (!place->conditions[i].when(bytes + place->conditions[i].offset))
			return true;
	return place->is_counted && place->element >= place_used(place, host);
}

uint64_t
places_parts(const struct places *p, size_t column)
{
	if (p->view != NULL)
		return p->parts;
	return p->columns[column].field != NULL ? p->columns[column].parts : 0;
}

uint64_t
place_used(const struct place *place, const void *host)
{
	return array_used(place->field, (const unsigned char *)host + place->holder);
}

/* --- the walk ----------------------------------------------------------------------------------------------- */

/* A struct on the way: what a member of it inherits, and the name so far. */
struct way {
	struct place to; /* field: unused; offset: of the struct */
	uint32_t shift;
	char name[NAME_ROOM];
	size_t depth;
	const struct definition *top; /* the struct of the log; NULL in elements of an array in it, which is one part */
};

struct walk {
	struct places *places;
	size_t next; /* the column that is looked at first: members mostly stand in the order of columns */
};

/*
 * The parts that the member `f` of a struct of the log is in and depends on. A condition may read any other member of the
 * struct.
 */
static uint64_t
parts_of(const struct definition *top, const struct field *f)
{
	uint64_t parts = parts_of_member(top, (uint32_t)(f - top->fields));

	if (f->count_rule == FIELD_COUNTED)
		parts |= parts_at(top, f->count.offset);
	return f->when != 0 ? CATALOG_WHOLE : parts;
}

/* The member `f` of the struct that `way` leads to. */
static struct place
place_of(const struct way *way, const struct field *f)
{
	struct place p = way->to;

	p.field = f;
	p.holder = way->to.offset;
	p.offset = way->to.offset + f->offset;
	p.guards |= f->guards << way->shift;
	if (f->when != 0 && p.nconditions < PLACES_DEPTH_MAX)
		p.conditions[p.nconditions++] = (struct place_condition){ catalog_conditions[f->when], way->to.offset };
	if (way->top != NULL && way->depth == 0)
		p.parts |= parts_of(way->top, f);
	if (way->top != NULL && way->depth == 1)
		p.parts |= parts_at(way->top, p.offset);
	if (p.guards != 0)
		p.parts |= CATALOG_NULLS;
	p.is_counted = f->ndims > 0 && f->count_rule != FIELD_ALL;
	p.depends = p.nconditions > 0 || p.is_counted;
	return p;
}

/* The way into the struct `f`. */
static struct way
way_into(const struct way *way, const struct field *f)
{
	struct way inner = *way;
	size_t used;

	inner.to = place_of(way, f);
	inner.shift = way->shift + f->base;
	inner.depth++;
	used = strlen(inner.name);
	snprintf(inner.name + used, sizeof inner.name - used, "%s_", field_column(f));
	return inner;
}

/* Whether the cell of an integer is the member's value, whatever it is, and no more. */
static bool
is_plain(const struct column *column, const struct field *f)
{
	return column->type == COLUMN_INTEGER && (f->type == FIELD_SIGNED || f->type == FIELD_UNSIGNED) &&
	    (f->flags & FIELD_ABSENT) == 0 && f->show != FIELD_BITS;
}

/* How the value of the column can be read at its place at once. */
static void
set_access(struct place *p, const struct column *column)
{
	const struct field *f = p->field;

	if (is_plain(column, f))
		p->at = (struct field_place){ p->offset, (uint8_t)f->size, f->type == FIELD_SIGNED };
	if (column->type == COLUMN_TEXT)
		p->text = f->ndims > 0 && f->type == FIELD_CHAR ? f->dims[f->ndims - 1] : 1;
}

static void
set_column(struct walk *w, const char *name, const struct place *place)
{
	const struct column_table *table = w->places->table;

	for (size_t k = 0; k < table->ncolumns; k++) {
		const size_t i = (w->next + k) % table->ncolumns;

		if (table->columns[i].source != COLUMN_MEMBER || strcmp(column_name(&table->columns[i]), name) != 0)
			continue;
		w->places->columns[i] = *place;
		set_access(&w->places->columns[i], &table->columns[i]);
		w->next = i + 1;
		if (w->next < table->ncolumns && table->columns[w->next].source == COLUMN_BYTES)
			w->places->columns[w->next++] = *place;
		return;
	}
}

static size_t
elements(const struct field *f)
{
	size_t n = 1;

	for (uint32_t i = 0; i < array_dims(f); i++)
		n *= f->dims[i];
	return n;
}

/* Appends the index of the element in each dimension: "_0_3". */
static void
append_indices(char *name, size_t room, const struct field *f, size_t element)
{
	size_t rest = elements(f);

	for (uint32_t k = 0; k < array_dims(f); k++) {
		const size_t used = strlen(name);

		rest /= f->dims[k];
		snprintf(name + used, room - used, "_%zu", element / rest);
		element %= rest;
	}
}

/* A member that is a value, or an array of values, each of which has a column. */
static void
set_values(struct walk *w, const struct way *way, const struct field *f)
{
	const size_t size = array_stride(f, array_dims(f));
	struct place place = place_of(way, f);
	char name[2 * NAME_ROOM];

	for (size_t i = 0; i < elements(f); i++, place.offset += (uint32_t)size) {
		snprintf(name, sizeof name, "%s%s", way->name, field_column(f));
		append_indices(name, sizeof name, f, i);
		place.element = (uint32_t)(i * (f->ndims > 0 ? f->dims[0] : 1) / elements(f));
		set_column(w, name, &place);
	}
}

static void
set_members(struct walk *w, const struct definition *of, const struct way *way)
{
	for (uint32_t i = 0; i < of->nfields; i++) {
		const struct field *f = &of->fields[i];
		struct way inner;

		if ((f->flags & FIELD_RESERVED) != 0 || (f->of != 0 && f->ndims > 0))
			continue;
		if (f->of == 0) {
			set_values(w, way, f);
		} else if (way->depth < PLACES_DEPTH_MAX) {
			inner = way_into(way, f);
			set_members(w, field_of(f), &inner);
		}
	}
}

/* Finds the array of structs with the name `name` in `of`; names of structs lead to it. */
static bool
find_array(struct places *p, const struct definition *of, const struct way *way, const char *name)
{
	for (uint32_t i = 0; i < of->nfields; i++) {
		const struct field *f = &of->fields[i];
		struct way inner;

		if (f->of == 0 || way->depth == PLACES_DEPTH_MAX)
			continue;
		inner = way_into(way, f);
		if (f->ndims > 0 && strncmp(inner.name, name, strlen(name)) == 0 &&
		    strcmp(inner.name + strlen(name), "_") == 0) {
			p->array = inner.to;
			p->shift = inner.shift;
			return true;
		}
		if (f->ndims == 0 && find_array(p, field_of(f), &inner, name))
			return true;
	}
	return false;
}

struct places *
places_make(const struct column_table *table, const struct catalog_struct *s, bool *missing)
{
	struct way start = { .top = s->definition };
	struct places *p = calloc(1, sizeof *p);
	struct walk walk = { .places = p };

	*missing = false;
	if (p == NULL)
		return NULL;
	p->table = table;
	p->of = s;
	p->columns = calloc(table->ncolumns, sizeof *p->columns);
	if (p->columns == NULL) {
		places_free(p);
		return NULL;
	}
	if (table->kind == TABLE_ARRAY && !find_array(p, s->definition, &start, table->name + strlen(s->role) + 1)) {
		*missing = true;
		places_free(p);
		return NULL;
	}
	if (table->kind == TABLE_ARRAY)
		start = (struct way){ .to.parts = p->array.parts };
	if (table->kind == TABLE_ARRAY || table->kind == TABLE_STRUCT)
		set_members(&walk, table->kind == TABLE_ARRAY ? field_of(p->array.field) : s->definition, &start);
	return p;
}

bool
places_replace(struct places *p, const struct column_table *view, uint64_t parts)
{
	free(p->columns);
	p->columns = calloc(view->ncolumns, sizeof *p->columns);
	p->table = view;
	p->parts = parts;
	return p->columns != NULL;
}

void
places_free(struct places *p)
{
	if (p == NULL)
		return;
	view_state_free(p->view);
	free(p->columns);
	free(p);
}
