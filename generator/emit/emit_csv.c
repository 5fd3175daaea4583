/*
 * emit_csv: the function that prints a definition as cells of a CSV row, each behind a comma, one line a member.
 * Arrays of structs are no cells: emit_tables makes tables of them.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>

#include "emit/c_names.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

static const struct put_style csv_style = {"put_csv", "put_csv", "or_nothing", false};

/* The expression that puts a comma and the value `access` of a basic type at `w`; a text brings its hex cell. */
static const char *
cell(struct arena *a, const struct field *f, const char *access)
{
	return put_expr(a, f, &csv_style, "PUT(w, \",\")", access);
}

/* The elements of an array of a basic type from dimension `k` inwards; those that are not live are empty cells. */
static void
emit_array(struct out *o, const struct definition *d, const struct field *f, size_t k, const char *access)
{
	struct arena *a = o->arena;
	const char *i;

	if (k == f->ndims) {
		const char *put = cell(a, f, access);

		if (f->member->count_rule != COUNT_NONE)
			out_printf(o, "w = i < %s_%s_live(v) ? %s : PUT(w, \",\");\n", c_struct(a, d), f->key, put);
		else
			out_printf(o, "w = %s;\n", put);
		return;
	}
	i = c_index(k);
	out_printf(o, "for (size_t %s = 0; %s < %" PRIu64 "; %s++) {\n", i, i, f->dims[k], i);
	o->indent++;
	emit_array(o, d, f, k + 1, arena_printf(a, "%s[%s]", access, i));
	o->indent--;
	out_printf(o, "}\n");
}

static void
emit_value(struct out *o, const struct definition *d, const struct field *f)
{
	struct arena *a = o->arena;
	const char *access = arena_printf(a, "v->%s", f->key);

	if (f->def != NULL) {
		out_printf(o, "w = %s_csv(w, &%s, print%s);\n", c_struct(a, f->def), access,
		    c_nulls_argument(a, f));
	} else if (f->ndims > 0 && !field_is_text(f)) {
		emit_array(o, d, f, 0, access);
	} else {
		out_printf(o, "w = %s;\n", cell(a, f, access));
	}
}

/* As many empty cells as the field has. */
static void
emit_empty(struct out *o, const struct field *f)
{
	const size_t all = field_cells(f, true);
	const size_t some = field_cells(f, false);

	if (all == some)
		out_printf(o, "w = put_commas(w, %zu);\n", all);
	else
		out_printf(o, "w = put_commas(w, print & PRINT_RESERVED ? %zu : %zu);\n", all, some);
}

static void
emit_member(struct out *o, const struct definition *d, const struct field *f)
{
	const char *null = c_null(o->arena, d, f);
	const unsigned outer = o->indent;

	if (f->member->reserved) {
		out_printf(o, "if (print & PRINT_RESERVED) {\n");
		o->indent++;
	}
	if (null != NULL) {
		out_printf(o, "if (%s) {\n", null);
		o->indent++;
		emit_empty(o, f);
		o->indent--;
		out_printf(o, "} else {\n");
		o->indent++;
	}
	emit_value(o, d, f);
	while (o->indent > outer) {
		o->indent--;
		out_printf(o, "}\n");
	}
}

/* What is printed depends on what was asked for. */
static bool
uses_print(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const enum show show = field_show(f);

		if (!field_is_struct_array(f) &&
		    (f->member->reserved || f->def != NULL || f->when != NULL || show == SHOW_TEXT || show == SHOW_LETTER))
			return true;
	}
	return false;
}

static bool
uses_nulls(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (!field_is_struct_array(f) && (f->guards != 0 || (f->def != NULL && f->def->nbits > 0)))
			return true;
	}
	return false;
}

void
emit_csv(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);

	out_printf(o, "char *\n%s_csv(char *w, const struct %s *v, unsigned print%s)\n{\n", symbol, symbol,
	    c_nulls_parameter(d));
	o->indent++;
	if (!uses_print(d))
		out_printf(o, "(void)print;\n");
	if (d->nbits > 0 && !uses_nulls(d))
		out_printf(o, "(void)nulls;\n");
	for (size_t i = 0; i < d->nfields; i++)
		if (!field_is_struct_array(&d->fields[i]))
			emit_member(o, d, &d->fields[i]);
	out_printf(o, "return w;\n");
	o->indent--;
	out_printf(o, "}\n\n");
}
