/*
 * emit_printers: how printers are called: their prototypes, the most bytes that they write, and the table of them that stands
 * beside the catalog.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"
#include "emit/emit_rows.h"
#include "model/field_facts.h"

static void
emit_size(struct out *o, const struct definition *d, const char *size)
{
	const char *macro = c_macro(o->arena, d);

	out_printf(o, "/* The most bytes of it in the output%s. */\n",
	    definition_has_struct_array(d) ? ", less the arrays of structs in it" : "");
	out_printf(o, "#define %s_JSON_MAX \\\n\t(%s)\n\n", macro, size);
}

void
emit_print_prototypes(struct out *o, const struct emit_plan *p, const struct definition *d, const char *size)
{
	const char *symbol = c_struct(o->arena, d);
	const char *nulls = c_nulls_parameter(d);

	emit_size(o, d, size);
	if (definition_has_struct_array(d))
		out_printf(o, "void %s(struct writer *out, const struct %s *v, unsigned print%s);\n",
		    c_json(o->arena, d), symbol, nulls);
	else
		out_printf(o, "char *%s(char *w, const struct %s *v, unsigned print%s);\n", c_json(o->arena, d), symbol,
		    nulls);
	if (plan_role(p, d) != NULL)
		out_printf(o,
		    "void %s_json_any(struct writer *out, const void *host, unsigned print, uint64_t nulls);\n",
		    symbol);
	out_printf(o, "\n");
}

void
emit_json_entry(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	const char *nulls = d->nbits > 0 ? ", nulls" : "";

	out_printf(o, "void\n%s_json_any(struct writer *out, const void *host, unsigned print, uint64_t nulls)\n{\n",
	    symbol);
	o->indent++;
	if (d->nbits == 0)
		out_printf(o, "(void)nulls;\n");
	if (definition_has_struct_array(d)) {
		out_printf(o, "%s(out, host, print%s);\n", c_json(o->arena, d), nulls);
	} else {
		out_printf(o, "char *w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n\n", c_macro(o->arena, d));
		out_printf(o, "writer_commit(out, %s_json(w, host, print%s));\n", symbol, nulls);
	}
	o->indent--;
	out_printf(o, "}\n\n");
}

/* The functions that print the rows of an entry's tables. */
static void
emit_row_printers(struct out *o, const struct emit_plan *p, const struct row_functions *rows, size_t entry)
{
	out_printf(o, "static const struct row_printer %s_rows[] = {\n", c_own(o->arena, p->entries[entry]));
	for (size_t i = 0; i < rows->nof_entry[entry]; i++) {
		const struct row_function *f = &rows->list[rows->of_entry[entry][i]];

		out_printf(o, "\t{\"%s\", %s_row_csv, %s,\n\t %s_row_json, %s},\n", f->table->name, f->stem, f->csv_max,
		    f->stem, f->json_max);
	}
	out_printf(o, "};\n\n");
}

/* Includes the headers of the functions. */
static void
emit_row_headers(struct out *o, const struct emit_plan *p, const struct row_functions *rows)
{
	for (size_t i = 0; i < p->model->nreleases; i++)
		if (rows_has(rows, p->model->releases[i]))
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->model->releases[i], "rows.h"));
}

void
emit_printers(struct out *o, const struct emit_plan *p, const struct row_functions *rows)
{
	emit_includes(o, p, NULL, p->entries, p->nentries, "print.h", uses_code);
	emit_row_headers(o, p, rows);
	out_printf(o, "\n");
	for (size_t i = 0; i < p->nentries; i++)
		if (rows->nof_entry[i] > 0)
			emit_row_printers(o, p, rows, i);
	out_printf(o, "const struct printer catalog_printers[] = {\n");
	for (size_t i = 0; i < p->nentries; i++) {
		const char *rows_name = rows->nof_entry[i] > 0
		    ? arena_printf(o->arena, "%s_rows", c_own(o->arena, p->entries[i]))
		    : "NULL";

		out_printf(o, "\t{%s_json_any, %s, %zu},\t/* %s_entry */\n", c_struct(o->arena, p->entries[i]),
		    rows_name, rows->nof_entry[i], c_own(o->arena, p->entries[i]));
	}
	out_printf(o, "};\n");
}
