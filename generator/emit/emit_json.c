/*
 * emit_json: the function that prints a definition as a JSON object, one line a member. A definition without arrays of
 * structs prints at a pointer, into a buffer of its caller. One with such arrays reserves space in the writer itself, for
 * each element separately.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

/* The function being emitted. */
struct printer {
	struct out *out;
	const struct definition *def;
	struct output_size size;
};

/* The comma of a member: before it, after it, or none. */
struct comma {
	const char *before; /* "," or "" */
	bool after;
};

/* Writes the key and `value`, an opening bracket or the whole value. */
static const char *
put_key(struct printer *p, const struct field *f, const struct comma *comma, const char *value)
{
	return put_literal(&p->size, "w", arena_printf(p->out->arena, "%s\"%s\":%s", comma->before, f->key, value));
}

static void
put_line(struct printer *p, const char *expression)
{
	out_printf(p->out, "w = %s;\n", expression);
}

/* An array of a basic type, from dimension `k` inwards. The code in a loop counts as often as there are elements. */
static void
emit_array(struct printer *p, const struct field *f, size_t k, const char *access)
{
	const uint64_t times = p->size.times;
	const unsigned outer = p->out->indent;
	const char *separator;

	if (k == 0)
		emit_live_loop(p->out, p->def, f, "v");
	else
		emit_loop(p->out, f, k);
	p->size.times *= f->dims[k];
	access = arena_printf(p->out->arena, "%s[%s]", access, c_index(k));
	separator = put_separator(&p->size, "w", c_index(k));
	if (k + 1 == f->ndims) {
		put_line(p, put_value(&p->size, f, separator, access));
	} else {
		put_line(p, put_literal(&p->size, separator, "["));
		emit_array(p, f, k + 1, access);
		put_line(p, put_literal(&p->size, "w", "]"));
	}
	p->size.times = times;
	emit_close(p->out, outer);
}

/* The elements of an array of structs, each in a buffer of its own. */
static void
emit_struct_array(struct printer *p, const struct field *f, const char *access)
{
	struct out *o = p->out;
	const unsigned outer = o->indent;
	const bool live = f->live != NULL;

	if (live)
		out_printf(o, "shown = 0;\n");
	emit_live_loop(o, p->def, f, "v");
	if (live)
		out_printf(o, "if (!(print & PRINT_RESERVED || %s(&%s[i], i)))\n\tcontinue;\n",
		    c_shows(o->arena, p->def, f), access);
	out_printf(o, "w = writer_room(out, 1 + %s_JSON_MAX + PUT_SLACK);\n", c_macro(o->arena, f->def));
	out_printf(o, "w = %s(put_separator(w, %s), &%s[i], print%s);\n", c_json(o->arena, f->def),
	    live ? "shown++" : "i", access, c_nulls_argument(o->arena, f));
	out_printf(o, "writer_commit(out, w);\n");
	emit_close(o, outer);
}

/* Asks for the buffer again after something else used the writer. */
static void
emit_retake(struct printer *p)
{
	out_printf(p->out, "w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n", c_macro(p->out->arena, p->def));
}

static void
emit_struct(struct printer *p, const struct field *f, const struct comma *comma, const char *access)
{
	struct arena *a = p->out->arena;
	const char *function = c_json(a, f->def), *nulls = c_nulls_argument(a, f);
	const char *key = put_key(p, f, comma, "");

	if (definition_has_struct_array(f->def)) {
		out_printf(p->out, "writer_commit(out, %s);\n", key);
		out_printf(p->out, "%s(out, &%s, print%s);\n", function, access, nulls);
		emit_retake(p);
	} else {
		out_printf(p->out, "w = %s(%s, &%s, print%s);\n", function, key, access, nulls);
		output_size_add_text(&p->size, arena_printf(a, "%s_JSON_MAX", c_macro(a, f->def)));
	}
}

static void
emit_value(struct printer *p, const struct field *f, const struct comma *comma)
{
	const char *access = arena_printf(p->out->arena, "v->%s", f->key);

	if (field_is_struct_array(f)) {
		out_printf(p->out, "writer_commit(out, %s);\n", put_key(p, f, comma, "["));
		emit_struct_array(p, f, access);
		emit_retake(p);
		put_line(p, put_literal(&p->size, "w", "]"));
	} else if (f->def != NULL) {
		emit_struct(p, f, comma, access);
	} else if (f->ndims > 0 && !field_is_text(f)) {
		put_line(p, put_key(p, f, comma, "["));
		emit_array(p, f, 0, access);
		put_line(p, put_literal(&p->size, "w", "]"));
	} else {
		put_line(p, put_value(&p->size, f, put_key(p, f, comma, ""), access));
	}
}

static void
emit_member(struct printer *p, const struct field *f, const struct comma *comma)
{
	const unsigned outer = p->out->indent;
	unsigned inner;

	emit_reserved(p->out, f);
	inner = p->out->indent;
	if (emit_if_null(p->out, p->def, f)) {
		put_line(p, put_key(p, f, comma, "null"));
		emit_else(p->out);
	}
	emit_value(p, f, comma);
	emit_close(p->out, inner);
	if (comma->after)
		put_line(p, put_literal(&p->size, "w", ","));
	emit_close(p->out, outer);
}

/*
 * A comma stands before each member but the first. Where the first ones are reserved, and so can be missing, their comma
 * stands after them instead.
 */
static void
emit_members(struct printer *p)
{
	const struct definition *d = p->def;
	size_t first = 0;

	while (first < d->nfields && d->fields[first].member->reserved)
		first++;
	if (first == d->nfields)
		first = 0;
	for (size_t i = 0; i < d->nfields; i++) {
		const struct comma comma = { i > first ? "," : "", i < first };

		emit_member(p, &d->fields[i], &comma);
	}
}

static bool
skips_elements(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].live != NULL)
			return true;
	return false;
}

/* Whether the output depends on the print options. */
static bool
uses_print(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].member->reserved || d->fields[i].def != NULL || d->fields[i].when != NULL)
			return true;
	return false;
}

/* The function's head, and its buffer if it asks for one itself. */
static void
emit_begin(struct printer *p, bool own_buffer)
{
	struct out *o = p->out;
	const char *symbol = c_struct(o->arena, p->def);

	out_printf(o, "%s\n%s(%s, const struct %s *v, unsigned print%s)\n{\n", own_buffer ? "void" : "char *",
	    c_json(o->arena, p->def), own_buffer ? "struct writer *out" : "char *w", symbol, c_nulls_parameter(p->def));
	o->indent++;
	if (own_buffer) {
		out_printf(o, "char *w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n", c_macro(o->arena, p->def));
		if (skips_elements(p->def))
			out_printf(o, "size_t shown;\n");
		out_printf(o, "\n");
	}
	if (!uses_print(p->def))
		out_printf(o, "(void)print;\n");
}

const char *
emit_json(struct out *o, const struct definition *d)
{
	const bool own_buffer = definition_has_struct_array(d);
	struct printer p = { .out = o, .def = d, .size = output_size(o->arena) };

	emit_begin(&p, own_buffer);
	put_line(&p, put_literal(&p.size, "w", "{"));
	emit_members(&p);
	if (own_buffer)
		out_printf(o, "writer_commit(out, %s);\n", put_literal(&p.size, "w", "}"));
	else
		out_printf(o, "return %s;\n", put_literal(&p.size, "w", "}"));
	o->indent--;
	out_printf(o, "}\n\n");
	return output_size_text(&p.size);
}
