/*
 * model: looks up objects by name, and classifies fields.
 */
#include "model/model.h"

#include <string.h>

struct definition *
release_find(const struct release *r, const char *structure)
{
	for (size_t i = 0; i < r->ndefinitions; i++)
		if (strcmp(r->definitions[i]->structure->name.text, structure) == 0)
			return r->definitions[i];
	return NULL;
}

const struct constant *
release_find_constant(const struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nconstants; i++)
		if (strcmp(r->constants[i]->name.text, name) == 0)
			return r->constants[i];
	return NULL;
}

const struct bit_table *
release_find_bits(const struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nbit_tables; i++)
		if (strcmp(r->bit_tables[i]->name.text, name) == 0)
			return r->bit_tables[i];
	return NULL;
}

static const struct field *
find_member(const struct definition *d, const char *name, size_t length)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const char *candidate = d->fields[i].member->name.text;

		if (strlen(candidate) == length && memcmp(candidate, name, length) == 0)
			return &d->fields[i];
	}
	return NULL;
}

const struct field *
definition_find(const struct definition *d, const char *member)
{
	return find_member(d, member, strlen(member));
}

const struct field *
definition_walk(const struct definition *d, const char *path)
{
	for (;;) {
		const size_t length = strcspn(path, ".");
		const struct field *f = find_member(d, path, length);

		if (f == NULL || path[length] == '\0')
			return f;
		if (f->def == NULL || f->ndims > 0)
			return NULL;
		d = f->def;
		path += length + 1;
	}
}

const char *
definition_hint(struct diag *diag, const struct definition *d, const char *name)
{
	const char **names = arena_alloc(diag->arena, (d->nfields + 1) * sizeof(*names));

	for (size_t i = 0; i < d->nfields; i++)
		names[i] = d->fields[i].member->name.text;
	return diag_hint(diag, name, names, d->nfields);
}

bool
field_is_integer(const struct field *f)
{
	return field_is_number(f) && f->ctype->kind != TYPE_CHAR;
}

bool
field_is_number(const struct field *f)
{
	return f->ctype != NULL && f->ctype->kind != TYPE_FLOAT && f->ndims == 0;
}

bool
field_is_text(const struct field *f)
{
	return f->ctype != NULL && f->ctype->kind == TYPE_CHAR && f->ndims > 0;
}

void
release_context(struct diag *d, const struct release *r)
{
	diag_context(d, r->schema->source, arena_printf(d->arena, "atop %s", r->schema->version.text));
}

const struct definition *
release_top(const struct release *r, size_t i)
{
	if (i == 0)
		return r->rawheader;
	if (i == 1)
		return r->rawrecord;
	return r->blocks[i - 2].def;
}

const char *
release_top_role(const struct release *r, size_t i)
{
	if (i == 0)
		return "rawheader";
	if (i == 1)
		return "rawrecord";
	return r->blocks[i - 2].role;
}
