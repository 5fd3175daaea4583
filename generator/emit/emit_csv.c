/*
 * emit_csv: the function that prints a definition as cells of a CSV row, a comma before each, one line a member. Arrays of
 * structs are no cells: emit_tables makes tables of them.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

static const struct put_style csv_style = { "put_csv", "put_csv", "or_nothing", "PUT_CSV_TEXT_MAX", false };

/* The function being emitted. */
struct printer {
	struct out *out;
	const struct definition *def;
	struct output_size size;
};

/* Writes a comma and the value `access` of a basic type; after a text comes the cell of its hex form. */
static const char *
put_cell(struct printer *p, const struct field *f, const char *access)
{
	return put_value(&p->size, f, &csv_style, put_literal(&p->size, "w", ","), access);
}

/* The elements of an array of a basic type from dimension `k` inwards. One that is not live is an empty cell. */
static void
emit_array(struct printer *p, const struct field *f, size_t k, const char *access)
{
	const uint64_t times = p->size.times;
	const unsigned outer = p->out->indent;
	struct arena *a = p->out->arena;

	if (k == f->ndims) {
		const char *put = put_cell(p, f, access);

		if (f->member->count_rule != COUNT_NONE)
			put = arena_printf(a, "i < %s_%s_live(v) ? %s : PUT(w, \",\")", c_struct(a, p->def), f->key,
			    put);
		out_printf(p->out, "w = %s;\n", put);
		return;
	}
	emit_loop(p->out, f, k);
	p->size.times *= f->dims[k];
	emit_array(p, f, k + 1, arena_printf(a, "%s[%s]", access, c_index(k)));
	p->size.times = times;
	emit_close(p->out, outer);
}

static void
emit_value(struct printer *p, const struct field *f)
{
	struct arena *a = p->out->arena;
	const char *access = arena_printf(a, "v->%s", f->key);

	if (f->def != NULL) {
		out_printf(p->out, "w = %s_csv(w, &%s, print%s);\n", c_struct(a, f->def), access,
		    c_nulls_argument(a, f));
		output_size_add_text(&p->size, arena_printf(a, "%s_CSV_MAX", c_macro(a, f->def)));
	} else if (f->ndims > 0 && !field_is_text(f)) {
		emit_array(p, f, 0, access);
	} else {
		out_printf(p->out, "w = %s;\n", put_cell(p, f, access));
	}
}

/* As many empty cells as the field has. Its values, which are counted, take at least as many bytes. */
static void
emit_empty(struct printer *p, const struct field *f)
{
	const size_t all = field_cells(f, true);
	const size_t some = field_cells(f, false);

	if (all == some)
		out_printf(p->out, "w = put_commas(w, %zu);\n", all);
	else
		out_printf(p->out, "w = put_commas(w, print & PRINT_RESERVED ? %zu : %zu);\n", all, some);
}

static void
emit_member(struct printer *p, const struct field *f)
{
	const unsigned outer = p->out->indent;

	emit_reserved(p->out, f);
	if (emit_if_null(p->out, p->def, f)) {
		emit_empty(p, f);
		emit_else(p->out);
	}
	emit_value(p, f);
	emit_close(p->out, outer);
}

/* Whether the output depends on the print options. */
static bool
uses_print(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const enum show show = field_show(f);

		if (!field_is_struct_array(f) &&
		    (f->member->reserved || f->def != NULL || f->when != NULL || show == SHOW_TEXT ||
			show == SHOW_LETTER))
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

const char *
emit_csv(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	struct printer p = { .out = o, .def = d, .size = output_size(o->arena) };

	out_printf(o, "char *\n%s_csv(char *w, const struct %s *v, unsigned print%s)\n{\n", symbol, symbol,
	    c_nulls_parameter(d));
	o->indent++;
	if (!uses_print(d))
		out_printf(o, "(void)print;\n");
	if (d->nbits > 0 && !uses_nulls(d))
		out_printf(o, "(void)nulls;\n");
	for (size_t i = 0; i < d->nfields; i++)
		if (!field_is_struct_array(&d->fields[i]))
			emit_member(&p, &d->fields[i]);
	out_printf(o, "return w;\n");
	o->indent--;
	out_printf(o, "}\n\n");
	return output_size_text(&p.size);
}
