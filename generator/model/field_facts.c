/*
 * field_facts: how a field is shown, counted and laid out in a row. Reads the model, changes nothing.
 */
#include "model/field_facts.h"

enum show
field_show(const struct field *f)
{
	if (f->member->show != SHOW_DEFAULT || f->ctype == NULL || f->ctype->kind != TYPE_CHAR || f->ndims == 0)
		return f->member->show;
	return f->member->reserved ? SHOW_HEX : SHOW_TEXT;
}

size_t
field_walked_dims(const struct field *f)
{
	return field_is_text(f) ? 0 : f->ndims;
}

uint64_t
field_guards_from(const struct field *f, size_t base)
{
	return f->guards != 0 ? f->guards << base : 0;
}

uint64_t
field_text_size(const struct field *f)
{
	return f->dims[0];
}

bool
field_is_struct_array(const struct field *f)
{
	return f->def != NULL && f->ndims > 0;
}

bool
definition_has_struct_array(const struct definition *d)
{
	return d->struct_array != NULL;
}

static bool
has_count(const struct field *f)
{
	return f->member->count_rule == COUNT_MEMBER || f->member->count_rule == COUNT_CLAMP;
}

bool
field_count_can_be_negative(const struct definition *d, const struct field *f)
{
	return has_count(f) && definition_find(d, f->member->count.text)->ctype->kind == TYPE_SIGNED;
}

bool
field_count_can_exceed(const struct definition *d, const struct field *f)
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
definition_can_fault(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (field_count_can_exceed(d, f) || field_count_can_be_negative(d, f))
			return true;
		if (f->def != NULL && definition_can_fault(f->def))
			return true;
	}
	return false;
}
