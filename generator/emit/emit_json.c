/*
 * emit_json: the function that prints a definition as a JSON object, one line a member. A definition without arrays
 * of structs prints through a plain pointer into room that its caller made; one with them asks the writer for room
 * as it goes.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>

#include "emit/c_names.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

static const struct put_style json_style = {"put_json", "put", "or_null", true};

/* What stands around a member: a comma before it or after it, the value of an element of it. */
struct comma {
	const char	*before;
	bool		 comma_after;
};

/* `w` after the key and what may follow it, an opening bracket or all of the value. */
static const char *
key(struct arena *a, const struct field *f, const struct comma *at, const char *after)
{
	return arena_printf(a, "PUT(w, \"%s\\\"%s\\\":%s\")", at->before, f->key, after);
}

/* Opens the loop over dimension `k`; a counted array's first one ends with the live elements. */
static void
open_loop(struct out *o, const struct definition *d, const struct field *f, size_t k)
{
	if (k == 0 && f->member->count_rule != COUNT_NONE)
		out_printf(o, "for (size_t i = 0, n = %s_%s_live(v); i < n; i++) {\n", c_struct(o->arena, d),
		    f->key);
	else
		out_printf(o, "for (size_t %s = 0; %s < %" PRIu64 "; %s++) {\n", c_index(k), c_index(k), f->dims[k],
		    c_index(k));
	o->indent++;
}

static void
close_loop(struct out *o)
{
	o->indent--;
	out_printf(o, "}\n");
}

/* An array of a basic type, from dimension `k` inwards. */
static void
emit_array(struct out *o, const struct definition *d, const struct field *f, size_t k, const char *access)
{
	struct arena *a = o->arena;

	open_loop(o, d, f, k);
	access = arena_printf(a, "%s[%s]", access, c_index(k));
	if (k + 1 == f->ndims) {
		const char *w = arena_printf(a, "put_separator(w, %s)", c_index(k));

		out_printf(o, "w = %s;\n", put_expr(a, f, &json_style, w, access));
	} else {
		out_printf(o, "w = PUT(put_separator(w, %s), \"[\");\n", c_index(k));
		emit_array(o, d, f, k + 1, access);
		out_printf(o, "w = PUT(w, \"]\");\n");
	}
	close_loop(o);
}

/* The elements of an array of structs, each in room of its own. */
static void
emit_listing(struct out *o, const struct definition *d, const struct field *f, const char *access)
{
	const bool live = f->live != NULL;

	if (live)
		out_printf(o, "shown = 0;\n");
	open_loop(o, d, f, 0);
	if (live)
		out_printf(o, "if (!(print & PRINT_RESERVED || %s(&%s[i], i)))\n\tcontinue;\n", c_shows(o->arena, d, f), access);
	out_printf(o, "w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n", c_macro(o->arena, f->def));
	out_printf(o, "w = %s_json(put_separator(w, %s), &%s[i], print%s);\n", c_struct(o->arena, f->def),
	    live ? "shown++" : "i", access, c_nulls_argument(o->arena, f));
	out_printf(o, "writer_commit(out, w);\n");
	close_loop(o);
}

/* Takes room again after something else used the writer. */
static void
emit_retake(struct out *o, const struct definition *d)
{
	out_printf(o, "w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n", c_macro(o->arena, d));
}

static void
emit_value(struct out *o, const struct definition *d, const struct field *f, const struct comma *at)
{
	struct arena *a = o->arena;
	const char *access = arena_printf(a, "v->%s", f->key);

	if (field_is_struct_array(f)) {
		out_printf(o, "writer_commit(out, %s);\n", key(a, f, at, "["));
		emit_listing(o, d, f, access);
		emit_retake(o, d);
		out_printf(o, "w = PUT(w, \"]\");\n");
	} else if (f->def != NULL && definition_has_struct_array(f->def)) {
		out_printf(o, "writer_commit(out, %s);\n", key(a, f, at, ""));
		out_printf(o, "%s_json(out, &%s, print%s);\n", c_struct(a, f->def), access,
		    c_nulls_argument(a, f));
		emit_retake(o, d);
	} else if (f->def != NULL) {
		out_printf(o, "w = %s_json(%s, &%s, print%s);\n", c_struct(a, f->def), key(a, f, at, ""), access,
		    c_nulls_argument(a, f));
	} else if (f->ndims > 0 && !field_is_text(f)) {
		out_printf(o, "w = %s;\n", key(a, f, at, "["));
		emit_array(o, d, f, 0, access);
		out_printf(o, "w = PUT(w, \"]\");\n");
	} else {
		out_printf(o, "w = %s;\n", put_expr(a, f, &json_style, key(a, f, at, ""), access));
	}
}

static void
emit_member(struct out *o, const struct definition *d, const struct field *f, const struct comma *at)
{
	const char *null = c_null(o->arena, d, f);
	const unsigned outer = o->indent;

	if (f->member->reserved) {
		out_printf(o, "if (print & PRINT_RESERVED) {\n");
		o->indent++;
	}
	if (null != NULL) {
		out_printf(o, "if (%s) {\n", null);
		out_printf(o, "\tw = %s;\n", key(o->arena, f, at, "null"));
		out_printf(o, "} else {\n");
		o->indent++;
	}
	emit_value(o, d, f, at);
	if (null != NULL) {
		o->indent--;
		out_printf(o, "}\n");
	}
	if (at->comma_after)
		out_printf(o, "w = PUT(w, \",\");\n");
	if (o->indent > outer) {
		o->indent--;
		out_printf(o, "}\n");
	}
}

/*
 * Members are told apart by a comma before each but the first. Where the first ones are reserved, and so may be
 * missing, their comma stands after them instead.
 */
static void
emit_members(struct out *o, const struct definition *d)
{
	size_t first = 0;

	while (first < d->nfields && d->fields[first].member->reserved)
		first++;
	if (first == d->nfields)
		first = 0;
	for (size_t i = 0; i < d->nfields; i++) {
		const struct comma at = {i > first ? "," : "", i < first};

		emit_member(o, d, &d->fields[i], &at);
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

/* What is printed depends on what was asked for. */
static bool
uses_print(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].member->reserved || d->fields[i].def != NULL || d->fields[i].when != NULL)
			return true;
	return false;
}

void
emit_json(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	const bool listing = definition_has_struct_array(d);

	if (listing)
		out_printf(o, "void\n%s_json(struct writer *out, const struct %s *v, unsigned print%s)\n{\n", symbol, symbol,
		    c_nulls_parameter(d));
	else
		out_printf(o, "char *\n%s_json(char *w, const struct %s *v, unsigned print%s)\n{\n", symbol, symbol,
		    c_nulls_parameter(d));
	o->indent++;
	if (listing) {
		out_printf(o, "char *w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n", c_macro(o->arena, d));
		if (skips_elements(d))
			out_printf(o, "size_t shown;\n");
		out_printf(o, "\n");
	}
	if (!uses_print(d))
		out_printf(o, "(void)print;\n");
	out_printf(o, "w = PUT(w, \"{\");\n");
	emit_members(o, d);
	if (listing)
		out_printf(o, "writer_commit(out, PUT(w, \"}\"));\n");
	else
		out_printf(o, "return PUT(w, \"}\");\n");
	o->indent--;
	out_printf(o, "}\n\n");
}
