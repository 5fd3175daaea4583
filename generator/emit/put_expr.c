/*
 * put_expr: chooses the runtime's put function by type and by how the value is shown, and counts what it writes.
 */
#include "emit/put_expr.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "model/field_facts.h"

const char *
put_literal(struct output_size *s, const char *w, const char *text)
{
	struct out literal = { .arena = s->rest.arena };

	out_printf(&literal, "PUT(%s, \"", w);
	out_c_string(&literal, text);
	out_printf(&literal, "\")");
	output_size_add(s, strlen(text));
	return literal.text;
}

const char *
put_separator(struct output_size *s, const char *w, const char *index)
{
	output_size_add(s, strlen(","));
	return arena_printf(s->rest.arena, "put_separator(%s, %s)", w, index);
}

/* A text of `size` bytes at `bytes`, with its hex form, which is written if the text is not the exact bytes. */
static const char *
put_text(struct output_size *s, const struct field *f, const char *w, const char *bytes, const char *size)
{
	struct arena *a = s->rest.arena;
	const uint64_t most = field_is_text(f) ? field_text_size(f) : 1;

	output_size_add(s, strlen(",\"_hex\":") + strlen(f->key));
	output_size_add_text(s, arena_printf(a, "PUT_JSON_TEXT_MAX(%" PRIu64 ")", most));
	return arena_printf(a, "put_json_text(%s, %s, %s, \",\\\"%s_hex\\\":\")", w, bytes, size, f->key);
}

/* An integer, a float or a char shown as a number. */
static const char *
put_number(struct output_size *s, const struct field *f, const char *w, const char *access)
{
	const char letter = f->ctype->kind == TYPE_SIGNED ? 'i' : 'u';
	struct arena *a = s->rest.arena;

	output_size_add_number(s, f);
	if (field_show(f) == SHOW_FLAG)
		return arena_printf(a, "put_flag(%s, %s)", w, access);
	if (f->ctype->kind == TYPE_FLOAT)
		return arena_printf(a, "put_f%u(%s, %s)", f->ctype->size[0] * 8, w, access);
	if (f->ctype->kind == TYPE_CHAR)
		return arena_printf(a, "put_u64(%s, (unsigned char)%s)", w, access);
	if (f->member->has_absent)
		return arena_printf(a, "put_%c64_or_null(%s, %s, %s)", letter, w, access,
		    c_integer(a, f->member->absent));
	return arena_printf(a, "put_%c64(%s, %s)", letter, w, access);
}

const char *
put_value(struct output_size *s, const struct field *f, const char *w, const char *access)
{
	const enum show show = field_show(f);
	struct arena *a = s->rest.arena;

	if (show == SHOW_TEXT)
		return put_text(s, f, w, access, arena_printf(a, "sizeof %s", access));
	if (show == SHOW_LETTER)
		return put_text(s, f, w, arena_printf(a, "(const char *)&%s", access), "1");
	if (show == SHOW_HEX && field_is_text(f)) {
		output_size_add_text(s, arena_printf(a, "PUT_HEX_MAX(%" PRIu64 ")", field_text_size(f)));
		return arena_printf(a, "put_json_hex(%s, %s, sizeof %s)", w, access, access);
	}
	return put_number(s, f, w, access);
}
