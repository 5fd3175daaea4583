/*
 * emit_printers: how printers are called: their prototypes, the most bytes that they write, and the table of them that stands
 * beside the catalog.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"
#include "model/field_facts.h"

static void
emit_sizes(struct out *o, const struct definition *d, const struct printer_sizes *sizes)
{
	const char *macro = c_macro(o->arena, d);

	out_printf(o, "/* The most bytes of it in the output%s. */\n",
	    definition_has_struct_array(d) ? ", less the arrays of structs in it" : "");
	out_printf(o, "#define %s_JSON_MAX \\\n\t(%s)\n", macro, sizes->json);
	out_printf(o, "#define %s_CSV_MAX \\\n\t(%s)\n\n", macro, sizes->csv);
}

void
emit_print_prototypes(struct out *o, const struct emit_plan *p, const struct definition *d,
    const struct printer_sizes *sizes)
{
	const char *symbol = c_struct(o->arena, d);
	const char *nulls = c_nulls_parameter(d);

	emit_sizes(o, d, sizes);
	if (definition_has_struct_array(d))
		out_printf(o, "void %s(struct writer *out, const struct %s *v, unsigned print%s);\n",
		    c_json(o->arena, d), symbol, nulls);
	else
		out_printf(o, "char *%s(char *w, const struct %s *v, unsigned print%s);\n", c_json(o->arena, d), symbol,
		    nulls);
	out_printf(o, "char *%s_csv(char *w, const struct %s *v, unsigned print%s);\n", symbol, symbol, nulls);
	if (plan_role(p, d) != NULL) {
		out_printf(o,
		    "void %s_json_any(struct writer *out, const void *host, unsigned print, uint64_t nulls);\n",
		    symbol);
		out_printf(o, "extern const struct table %s_tables[];\n", symbol);
	}
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

void
emit_printers(struct out *o, const struct emit_plan *p)
{
	emit_includes(o, p, NULL, p->entries, p->nentries, "print.h", uses_code);
	out_printf(o, "\nconst struct printer catalog_printers[] = {\n");
	for (size_t i = 0; i < p->nentries; i++) {
		const struct definition *d = p->entries[i];
		const char *symbol = c_struct(o->arena, d);

		out_printf(o, "\t{%s_json_any, %s_tables, %zu},\t/* %s_entry */\n", symbol, symbol, tables_count(d),
		    c_own(o->arena, d));
	}
	out_printf(o, "};\n");
}
