/*
 * put_expr: chooses the runtime's put function by type and by how the value is shown.
 */
#include "emit/put_expr.h"

#include "emit/c_names.h"
#include "model/field_facts.h"

/* The last argument of the function for a text: what stands before the hex sibling, or the options. */
static const char *
last_argument(struct arena *a, const struct field *f, const struct put_style *style)
{
	if (style->hex_is_keyed)
		return arena_printf(a, "\",\\\"%s_hex\\\":\"", f->key);
	return "print";
}

/* An integer, a float or a char shown as a number. */
static const char *
number(struct arena *a, const struct field *f, const struct put_style *style, const char *w, const char *access)
{
	const char letter = f->ctype->kind == TYPE_SIGNED ? 'i' : 'u';

	if (f->ctype->kind == TYPE_FLOAT)
		return arena_printf(a, "%s_f%u(%s, %s)", style->number, f->ctype->size[0] * 8, w, access);
	if (f->ctype->kind == TYPE_CHAR)
		return arena_printf(a, "put_u64(%s, (unsigned char)%s)", w, access);
	if (f->member->has_absent)
		return arena_printf(a, "%s_%c64_%s(%s, %s, %s)", style->number, letter, style->absent, w, access,
		    c_integer(a, f->member->absent));
	return arena_printf(a, "put_%c64(%s, %s)", letter, w, access);
}

const char *
put_expr(struct arena *a, const struct field *f, const struct put_style *style, const char *w, const char *access)
{
	const enum show show = field_show(f);

	if (show == SHOW_TEXT)
		return arena_printf(a, "%s_text(%s, %s, sizeof %s, %s)", style->text, w, access, access,
		    last_argument(a, f, style));
	if (show == SHOW_LETTER)
		return arena_printf(a, "%s_text(%s, (const char *)&%s, 1, %s)", style->text, w, access,
		    last_argument(a, f, style));
	if (show == SHOW_FLAG)
		return arena_printf(a, "put_flag(%s, %s)", w, access);
	if (show == SHOW_HEX && field_is_text(f))
		return arena_printf(a, "%s_hex(%s, %s, sizeof %s)", style->text, w, access, access);
	return number(a, f, style, w, access);
}
