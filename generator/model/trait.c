/*
 * trait: answers about the model that several emitters need. Reads the model, changes nothing.
 */
#include "model/trait.h"

#include "model/symbol.h"

enum show
trait_show(const struct field *f)
{
	if (f->member->show != SHOW_DEFAULT || f->ctype == NULL || f->ctype->kind != TYPE_CHAR || f->ndims == 0)
		return f->member->show;
	return f->member->reserved ? SHOW_HEX : SHOW_TEXT;
}

size_t
trait_walked_dims(const struct field *f)
{
	return field_is_text(f) ? 0 : f->ndims;
}

uint64_t
trait_text_room(const struct field *f)
{
	return f->dims[0];
}

bool
trait_is_listing(const struct field *f)
{
	return f->def != NULL && f->ndims > 0;
}

bool
trait_has_listing(const struct definition *d)
{
	return d->listing != NULL;
}

static bool
has_count(const struct field *f)
{
	return f->member->count_rule == COUNT_MEMBER || f->member->count_rule == COUNT_CLAMP;
}

bool
trait_count_can_be_negative(const struct definition *d, const struct field *f)
{
	return has_count(f) && definition_find(d, f->member->count.text)->ctype->kind == TYPE_SIGNED;
}

bool
trait_count_can_exceed(const struct definition *d, const struct field *f)
{
	const struct ctype *t;
	unsigned bits;

	if (!has_count(f))
		return false;
	t = definition_find(d, f->member->count.text)->ctype;
	bits = abi_widest(d->origin->abi, t) * 8 - (t->kind == TYPE_SIGNED);
	return bits >= 64 || f->dims[0] + f->member->clamp < (UINT64_C(1) << bits) - 1;
}

bool
trait_can_fault(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (trait_count_can_exceed(d, f) || trait_count_can_be_negative(d, f))
			return true;
		if (f->def != NULL && trait_can_fault(f->def))
			return true;
	}
	return false;
}

const char *
trait_nulls_parameter(const struct definition *d)
{
	return d->nbits > 0 ? ", uint64_t nulls" : "";
}

const char *
trait_nulls_argument(struct arena *a, const struct field *f)
{
	if (f->def->nbits == 0)
		return "";
	return f->base == 0 ? ", nulls" : arena_printf(a, ", nulls >> %zu", f->base);
}

const char *
trait_null(struct arena *a, const struct definition *d, const struct field *f)
{
	const char *guards = f->guards != 0 ? symbol_mask(a, "nulls", f->guards) : NULL;
	const char *when = f->when != NULL ? arena_printf(a, "!(print & PRINT_RESERVED || %s(v))", symbol_means(a, d, f)) :
	    NULL;

	if (guards != NULL && when != NULL)
		return arena_printf(a, "%s || %s", guards, when);
	return guards != NULL ? guards : when;
}

/* Cells of one element of the field. */
static size_t
element_cells(const struct field *f, bool reserved)
{
	const enum show show = trait_show(f);

	if (f->def != NULL)
		return trait_cells(f->def, reserved);
	return show == SHOW_TEXT || show == SHOW_LETTER ? 2 : 1;
}

size_t
trait_field_cells(const struct field *f, bool reserved)
{
	size_t elements = 1;

	if (trait_is_listing(f) || (f->member->reserved && !reserved))
		return 0;
	for (size_t k = 0; k < trait_walked_dims(f); k++)
		elements *= (size_t)f->dims[k];
	return elements * element_cells(f, reserved);
}

size_t
trait_cells(const struct definition *d, bool reserved)
{
	size_t cells = 0;

	for (size_t i = 0; i < d->nfields; i++)
		cells += trait_field_cells(&d->fields[i], reserved);
	return cells;
}
