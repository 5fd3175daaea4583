/*
 * json_fields: the steps are found once for each log, by a walk over the dictionary of the struct.
 */
#include "print/format/json_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put_text.h"
#include "rawlog/catalog/role.h"

#define KEY_MAX 96 /* bytes of a key */

enum step_kind {
	STEP_OPEN,  /* a struct that has some of the members */
	STEP_CLOSE, /* its end */
	STEP_VALUE
};

struct json_step {
	enum step_kind kind;
	bool comma;        /* before it */
	char key[KEY_MAX]; /* of a struct or a value */
	size_t column;     /* of a value */
};

static struct json_step *
add_step(struct json_fields *f, enum step_kind kind, const char *key)
{
	struct json_step *grown = realloc(f->steps, (f->nsteps + 1) * sizeof *grown);

	if (grown == NULL) {
		f->failed = true;
		return NULL;
	}
	f->steps = grown;
	grown += f->nsteps++;
	*grown = (struct json_step){ .kind = kind };
	grown->comma = kind != STEP_CLOSE && f->nsteps > 1 && f->steps[f->nsteps - 2].kind != STEP_OPEN;
	snprintf(grown->key, sizeof grown->key, "%s", key);
	return grown;
}

/* Whether the column is asked for under its own name. */
static bool
is_asked(const struct selected_table *selected, size_t column)
{
	for (size_t i = 0; i < selected->ncolumns; i++)
		if (selected->columns[i].column == column &&
		    strcmp(selected->columns[i].name, column_name(&selected->table->columns[column])) == 0)
			return true;
	return false;
}

/* Adds the values of the field at `offset`: one, or some of an array. */
static void
add_values(struct json_fields *f, const struct selected_table *selected, const struct field *field, uint32_t holder)
{
	char key[KEY_MAX];

	for (size_t i = 0; i < selected->table->ncolumns; i++) {
		const struct place *place = &f->places->columns[i];
		const struct column *column = &selected->table->columns[i];
		struct json_step *step;

		if (column->source != COLUMN_MEMBER || place->field != field || place->holder != holder ||
		    !is_asked(selected, i))
			continue;
		if (field->ndims > (field->type == FIELD_CHAR))
			snprintf(key, sizeof key, "%s[%u]", field_key(field), (unsigned)place->element);
		else
			snprintf(key, sizeof key, "%s", field_key(field));
		step = add_step(f, STEP_VALUE, key);
		if (step != NULL)
			step->column = i;
	}
}

/* Adds the members of a struct at `holder`; a struct in it without members that are asked for leaves no trace. */
static void
add_members(struct json_fields *f, const struct selected_table *selected, const struct definition *of, uint32_t holder)
{
	for (uint32_t i = 0; i < of->nfields; i++) {
		const struct field *field = &of->fields[i];
		const size_t before = f->nsteps;

		if (field->of == 0) {
			add_values(f, selected, field, holder);
		} else if (field->ndims == 0) {
			add_step(f, STEP_OPEN, field_key(field));
			add_members(f, selected, field_of(field), holder + field->offset);
			if (f->nsteps == before + 1)
				f->nsteps = before;
			else
				add_step(f, STEP_CLOSE, "");
		}
	}
}

/* Adds the members that are asked for under another name, and the columns that are not members. */
static void
add_renamed(struct json_fields *f, const struct selected_table *selected)
{
	for (size_t i = 0; i < selected->ncolumns; i++) {
		const struct selected_column *c = &selected->columns[i];
		struct json_step *step;

		if (selected->table->columns[c->column].source == COLUMN_BYTES ||
		    (selected->table->columns[c->column].source == COLUMN_MEMBER &&
			strcmp(c->name, column_name(&selected->table->columns[c->column])) == 0))
			continue;
		step = add_step(f, STEP_VALUE, c->name);
		if (step != NULL)
			step->column = c->column;
	}
}

bool
json_fields_make(struct json_fields *f, const struct selected_table *selected, const struct places *places)
{
	*f = (struct json_fields){ .places = places };
	add_members(f, selected, places->of->definition, 0);
	add_renamed(f, selected);
	if (f->failed)
		json_fields_free(f);
	return !f->failed;
}

void
json_fields_free(struct json_fields *f)
{
	free(f->steps);
	f->steps = NULL;
	f->nsteps = 0;
}

/* --- checking ------------------------------------------------------------------------------------------------ */

/* Whether the step writes the key; a text may write a second one, of its bytes. */
static bool
writes_key(const struct json_fields *f, const struct json_step *step, const char *key)
{
	const size_t length = strlen(step->key);

	if (step->kind == STEP_CLOSE || strncmp(step->key, key, length) != 0)
		return false;
	return key[length] == '\0' ||
	    (step->kind == STEP_VALUE && f->places->table->columns[step->column].type == COLUMN_TEXT &&
		strcmp(key + length, "_hex") == 0);
}

/* The steps that write keys of the object itself, not of structs in it; the caller frees them. NULL: no memory. */
static const struct json_step **
outer_steps(const struct json_fields *f, size_t *count)
{
	const struct json_step **list = malloc((f->nsteps + 1) * sizeof *list);
	size_t depth = 0;

	*count = 0;
	for (size_t i = 0; i < f->nsteps && list != NULL; i++) {
		const struct json_step *step = &f->steps[i];

		depth -= step->kind == STEP_CLOSE;
		if (depth == 0 && step->kind != STEP_CLOSE)
			list[(*count)++] = step;
		depth += step->kind == STEP_OPEN;
	}
	return list;
}

/* The first key that the object has twice; NULL: none. */
static const char *
find_twice(const struct json_fields *f, const struct json_step **outer, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if (k != i && writes_key(f, outer[k], outer[i]->key))
				return outer[i]->key;
	return NULL;
}

/* Checks what the fields make of the structs of a release, and says which key is twice. */
static bool
check_fields(const struct json_fields *f, const char *role, char *why)
{
	size_t count;
	const struct json_step **outer = outer_steps(f, &count);
	const char *twice = outer != NULL ? find_twice(f, outer, count) : NULL;

	if (outer == NULL)
		snprintf(why, SELECTION_WHY_MAX, "out of memory");
	else if (twice != NULL)
		snprintf(why, SELECTION_WHY_MAX,
		    "--fields: JSON of %s would have the key '%s' twice; give one of the two another name", role,
		    twice);
	free(outer);
	return outer != NULL && twice == NULL;
}

static bool
check_struct(const struct selected_table *selected, const struct catalog_struct *s, char *why)
{
	bool missing, ok = false;
	struct places *places = places_make(selected->table, s, &missing);
	struct json_fields f;

	if (places != NULL && json_fields_make(&f, selected, places)) {
		ok = check_fields(&f, s->role, why);
		json_fields_free(&f);
	} else {
		snprintf(why, SELECTION_WHY_MAX, "out of memory");
	}
	places_free(places);
	return ok;
}

bool
json_fields_check(const struct selection *selection, char *why)
{
	bool ok = true;

	for (size_t i = 0; i < selection->ntables && ok; i++)
		for (size_t r = 0; r < catalog_nreleases && ok; r++) {
			const struct selected_table *t = &selection->tables[i];
			const char *role = t->table->role;
			const struct catalog_struct *of = role_find(catalog_releases[r], role, strlen(role));

			ok = of == NULL || t->table->kind == TABLE_VIEW || check_struct(t, of, why);
		}
	return ok;
}

/* --- writing ------------------------------------------------------------------------------------------------- */

static char *
put_key(char *w, const char *key)
{
	w = put_json_text(w, key, strlen(key), NULL);
	return PUT(w, ":");
}

static void
put_value(const struct json_step *step, struct writer *out, const struct cell *cell, bool member, unsigned print)
{
	char hex_key[2 * KEY_MAX];
	char *w = writer_room(out,
	    4 + 2 * PUT_JSON_TEXT_MAX(KEY_MAX) + PUT_FLOAT_MAX +
		(cell->kind == CELL_TEXT ? PUT_JSON_TEXT_MAX(cell->size) : 0) + PUT_SLACK);

	w = put_key(step->comma ? PUT(w, ",") : w, step->key);
	switch (cell->kind) {
	case CELL_NULL: w = PUT(w, "null"); break;
	case CELL_INTEGER: w = put_i64(w, cell->integer); break;
	case CELL_TIME: w = member ? put_i64(w, cell->integer) : put_json_time(w, cell->integer, print); break;
	case CELL_NUMBER: w = put_f32(w, (float)cell->number); break;
	case CELL_BOOLEAN: w = put_flag(w, cell->integer != 0); break;
	case CELL_TEXT:
		snprintf(hex_key, sizeof hex_key, ",\"%s_hex\":", step->key);
		w = put_json_text(w, cell->text, cell->size, hex_key);
		break;
	}
	writer_commit(out, w);
}

void
json_fields_put(const struct json_fields *f, struct writer *out, const struct row *row, const struct row_log *log,
    unsigned print)
{
	const struct table_row of = { .places = f->places, .row = row, .host = row->host, .nulls = row->nulls };
	struct cell cell;
	char *w;

	writer_put(out, "{", 1);
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct json_step *step = &f->steps[i];

		if (step->kind == STEP_VALUE) {
			cells_get(&of, log, step->column, &cell);
			put_value(step, out, &cell, f->places->table->columns[step->column].source == COLUMN_MEMBER,
			    print);
			continue;
		}
		w = writer_room(out, 2 + PUT_JSON_TEXT_MAX(KEY_MAX) + PUT_SLACK);
		if (step->kind == STEP_OPEN)
			w = PUT(put_key(step->comma ? PUT(w, ",") : w, step->key), "{");
		else
			w = PUT(w, "}");
		writer_commit(out, w);
	}
	writer_put(out, "}", 1);
}
