/*
 * layout: the rules of C compilers. The offset of a member is the next multiple of its alignment. The alignment of a struct
 * is that of its most aligned member, and its size a multiple of that.
 */
#include "model/layout.h"

static uint64_t
align_up(uint64_t offset, unsigned align)
{
	return (offset + align - 1) / align * align;
}

static unsigned
element_align(const struct field *f, size_t model)
{
	return f->def != NULL ? f->def->align[model] : f->ctype->align[model];
}

uint64_t
layout_element_size(const struct field *f, size_t model)
{
	return f->def != NULL ? f->def->size[model] : f->ctype->size[model];
}

uint64_t
layout_field_size(const struct field *f, size_t model)
{
	return f->elements * layout_element_size(f, model);
}

/* Computes all offsets in one data model. Returns the member with which the struct becomes too large, or NULL. */
static const struct field *
layout_members(struct definition *d, size_t model)
{
	uint64_t end = 0;
	unsigned most = 1;

	for (size_t i = 0; i < d->nfields; i++) {
		struct field *f = &d->fields[i];
		const unsigned align = element_align(f, model);

		f->offset[model] = align_up(end, align);
		if (f->offset[model] > SIZE_MAX_STRUCT ||
		    f->elements > (SIZE_MAX_STRUCT - f->offset[model]) / layout_element_size(f, model))
			return f;
		end = f->offset[model] + layout_field_size(f, model);
		if (align > most)
			most = align;
	}
	d->align[model] = most;
	d->size[model] = align_up(end, most);
	return d->size[model] <= SIZE_MAX_STRUCT ? NULL : &d->fields[d->nfields - 1];
}

/* Lays out the structs in a definition, then the definition. False if any of them is too large. */
static bool
layout_definition(struct diag *d, const struct release *r, struct definition *def)
{
	if (def->laid_out)
		return true;
	for (size_t i = 0; i < def->nfields; i++) {
		const struct definition *inner = def->fields[i].def;

		if (inner != NULL && !layout_definition(d, r, release_find(r, inner->structure->name.text)))
			return false;
	}
	for (size_t m = 0; m < r->abi->nmodels; m++) {
		const struct field *f = layout_members(def, m);

		if (f != NULL) {
			diag_error(d, f->member->name.at,
			    "struct '%s' grows beyond %u bytes with member '%s' (data model %s)",
			    def->structure->name.text, SIZE_MAX_STRUCT, f->member->name.text,
			    r->abi->models[m].name.text);
			return false;
		}
	}
	def->laid_out = true;
	return true;
}

void
layout_model(struct diag *d, const struct model *m)
{
	for (size_t i = 0; i < m->nreleases; i++) {
		const struct release *r = m->releases[i];

		release_context(d, r);
		for (size_t k = 0; k < r->ndefinitions; k++)
			layout_definition(d, r, r->definitions[k]);
	}
	diag_context(d, NULL, NULL);
}
