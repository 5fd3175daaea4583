/*
 * value: see value.h.
 */
#include "emit/value.h"

#include <string.h>

#include "model/symbol.h"
#include "model/trait.h"

/* What the primitive for a text needs besides: the key of the hex sibling, or what is asked for. */
static const char *
last_argument(struct arena *a, const struct field *f, const struct value_style *style)
{
	if (strcmp(style->text, "put_json") == 0)
		return arena_printf(a, "\",\\\"%s_hex\\\":\"", f->key);
	return "print";
}

/* An integer, a float or a char shown as a number. */
static const char *
number(struct arena *a, const struct field *f, const struct value_style *style, const char *w, const char *access)
{
	const char letter = f->ctype->kind == TYPE_SIGNED ? 'i' : 'u';

	if (f->ctype->kind == TYPE_FLOAT)
		return arena_printf(a, "%s_f%u(%s, %s)", style->number, f->ctype->size[0] * 8, w, access);
	if (f->ctype->kind == TYPE_CHAR)
		return arena_printf(a, "put_u64(%s, (unsigned char)%s)", w, access);
	if (f->member->has_absent)
		return arena_printf(a, "%s_%c64_%s(%s, %s, %s)", style->number, letter, style->absent, w, access,
		    symbol_integer(a, f->member->absent));
	return arena_printf(a, "put_%c64(%s, %s)", letter, w, access);
}

const char *
value_put(struct arena *a, const struct field *f, const struct value_style *style, const char *w, const char *access)
{
	const enum show show = trait_show(f);

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
