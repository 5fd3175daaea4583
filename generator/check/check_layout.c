/*
 * check_layout: rules on computed sizes. They must equal the lengths that real files state, and a header alone must
 * determine the layout of a log.
 */
#include "check/check.h"

#include <string.h>

/* --- stated lengths ------------------------------------------------------------------------------------ */

/* Index of the data model, or nmodels after reporting that there is none of that name. */
static size_t
find_model(struct diag *d, const struct abi *abi, const struct word *name)
{
	const char **names = arena_alloc(d->arena, abi->nmodels * sizeof(*names));

	for (size_t m = 0; m < abi->nmodels; m++) {
		if (strcmp(abi->models[m].name.text, name->text) == 0)
			return m;
		names[m] = abi->models[m].name.text;
	}
	diag_error(d, name->at, "unknown data model '%s'%s", name->text, diag_hint(d, name->text, names, abi->nmodels));
	return abi->nmodels;
}

static void
check_length(struct diag *d, const struct release *r, const struct stated_length *stated)
{
	const struct definition *def = release_find(r, stated->structure.text);
	const size_t m = find_model(d, r->abi, &stated->model);

	if (def == NULL)
		diag_error(d, stated->structure.at, "no struct '%s' to have a length", stated->structure.text);
	else if (m < r->abi->nmodels && def->size[m] != stated->bytes)
		diag_error(d, stated->at, "'%s' is stated to have %llu bytes in %s; the layout gives %llu",
		    stated->structure.text, (unsigned long long)stated->bytes, stated->model.text,
		    (unsigned long long)def->size[m]);
}

/* --- tuples -------------------------------------------------------------------------------------------- */

/* The length that headers of the release have in that member: the size of a block's struct; 0 if no block has it. */
static uint64_t
header_length(const struct release *r, size_t model, const char *member)
{
	for (size_t i = 0; i < r->nblocks; i++) {
		const struct field *length = r->blocks[i].header_length;

		if (length != NULL && strcmp(length->member->name.text, member) == 0)
			return r->blocks[i].def->size[model];
	}
	return 0;
}

/* Each length in headers of `a` equals the one in headers of `b`. */
static bool
covers_lengths(const struct release *a, size_t ma, const struct release *b, size_t mb)
{
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct field *length = a->blocks[i].header_length;

		if (length != NULL &&
		    header_length(a, ma, length->member->name.text) != header_length(b, mb, length->member->name.text))
			return false;
	}
	return true;
}

static bool
same_tuple(const struct release *a, size_t ma, const struct release *b, size_t mb)
{
	return a->schema->aversion == b->schema->aversion && a->rawheader->size[ma] == b->rawheader->size[mb] &&
	    a->rawrecord->size[ma] == b->rawrecord->size[mb] && covers_lengths(a, ma, b, mb) &&
	    covers_lengths(b, mb, a, ma);
}

static void
check_tuple(struct diag *d, const struct release *earlier, const struct release *r)
{
	const struct abi *abi = r->abi;

	for (size_t i = 0; i < abi->nmodels; i++)
		for (size_t k = 0; k < abi->nmodels; k++)
			if (same_tuple(earlier, i, r, k)) {
				diag_error(d, r->schema->aversion_at,
				    "atop %s (%s) and atop %s (%s) have the same aversion and lengths",
				    earlier->schema->version.text, abi->models[i].name.text, r->schema->version.text,
				    abi->models[k].name.text);
				return;
			}
}

/* A struct has the same offsets and sizes in two data models. */
static bool
same_bytes(const struct definition *def, size_t a, size_t b)
{
	for (size_t i = 0; i < def->nfields; i++) {
		const struct field *f = &def->fields[i];

		if (f->offset[a] != f->offset[b] || (f->ctype != NULL && f->ctype->size[a] != f->ctype->size[b]) ||
		    (f->def != NULL && !same_bytes(f->def, a, b)))
			return false;
	}
	return def->size[a] == def->size[b];
}

static bool
same_layout(const struct release *r, size_t a, size_t b)
{
	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (!same_bytes(release_top(r, i), a, b))
			return false;
	return true;
}

/* Data models of one release with the same lengths in the header must have the same layout. */
static void
check_models(struct diag *d, const struct release *r)
{
	const struct abi *abi = r->abi;

	for (size_t i = 0; i < abi->nmodels; i++)
		for (size_t k = i + 1; k < abi->nmodels; k++)
			if (same_tuple(r, i, r, k) && !same_layout(r, i, k))
				diag_error(d, r->schema->aversion_at,
				    "data models %s and %s have the same lengths, but not the same layout",
				    abi->models[i].name.text, abi->models[k].name.text);
}

/* --- all of them --------------------------------------------------------------------------------------- */

void
check_layouts(struct diag *d, const struct model *m)
{
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct release *r = m->releases[i];

		for (size_t k = 0; k < r->schema->nlengths; k++)
			check_length(d, r, &r->schema->lengths[k]);
		for (size_t k = 0; k < i; k++)
			check_tuple(d, m->releases[k], r);
		check_models(d, r);
	}
}

void
check_lengths(struct diag *d, const struct model *m, const bool *named)
{
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct schema *s = m->releases[i]->schema;

		if (!named[i] || s->nlengths > 0)
			continue;
		diag_context(d, s->source, arena_printf(d->arena, "atop %s", s->version.text));
		diag_warning(d, s->version.at,
		    "no 'lengths' to compare the sizes of structs with: add those that the header of a log of this "
		    "release states, as 'lengths: {%s: {rawheader: BYTES, ...}}'",
		    m->abi->models[0].name.text);
	}
}
