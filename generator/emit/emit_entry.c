/*
 * emit_entry: the catalog's entry for a struct that stands in a file by itself: its size in every data model, and
 * its functions with the host struct behind a plain pointer.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>

#include "emit/c_names.h"
#include "model/field_facts.h"

/* Decoding behind the one test that the bytes are there. */
static void
emit_decode_any(struct out *o, const struct abi *abi, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);

	out_printf(o, "bool\n%s_decode_any(void *host, const unsigned char *p, size_t size, unsigned m,\n", symbol);
	out_printf(o, "    enum byte_order o, struct fault *fault)\n{\n");
	o->indent++;
	out_printf(o, "const size_t need = %s;\n\n", c_at(o->arena, abi, d->size));
	out_printf(o, "if (size < need) {\n");
	out_printf(o, "\t*fault = (struct fault){NULL, (int64_t)size, need};\n\treturn false;\n}\n");
	if (definition_can_fault(d))
		out_printf(o, "return %s_decode(host, p, m, o, fault);\n", symbol);
	else
		out_printf(o, "%s_decode(host, p, m, o);\nreturn true;\n", symbol);
	o->indent--;
	out_printf(o, "}\n\n");
}

static void
emit_json_any(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	const char *nulls = d->nbits > 0 ? ", nulls" : "";

	out_printf(o, "void\n%s_json_any(struct writer *out, const void *host, unsigned print, uint64_t nulls)\n{\n", symbol);
	o->indent++;
	if (d->nbits == 0)
		out_printf(o, "(void)nulls;\n");
	if (definition_has_struct_array(d)) {
		out_printf(o, "%s_json(out, host, print%s);\n", symbol, nulls);
	} else {
		out_printf(o, "char *w = writer_room(out, %s_JSON_MAX + PUT_SLACK);\n\n", c_macro(o->arena, d));
		out_printf(o, "writer_commit(out, %s_json(w, host, print%s));\n", symbol, nulls);
	}
	o->indent--;
	out_printf(o, "}\n\n");
}

void
emit_entry(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const struct abi *abi = p->model->abi;
	const char *symbol = c_struct(o->arena, d);
	const char *own = c_own(o->arena, d);

	if (d->code == d) {
		emit_tables(o, p, d);
		emit_decode_any(o, abi, d);
		emit_json_any(o, d);
		out_printf(o, "const uint32_t %s_size[] = {", symbol);
		for (size_t m = 0; m < abi->nmodels; m++)
			out_printf(o, "%s%" PRIu64, m > 0 ? ", " : "", d->size[m]);
		out_printf(o, "};\n\n");
	}
	out_printf(o, "const struct catalog_struct %s_entry = {\n", own);
	o->indent++;
	out_printf(o, ".role = \"%s\",\n", plan_role(p, d));
	out_printf(o, ".size = %s_size,\n", symbol);
	out_printf(o, ".definition = &%s_definition,\n", own);
	out_printf(o, ".decode = %s_decode_any,\n", symbol);
	out_printf(o, ".json = %s_json_any,\n", symbol);
	out_printf(o, ".tables = %s_tables,\n", symbol);
	out_printf(o, ".ntables = %zu,\n", tables_count(d));
	o->indent--;
	out_printf(o, "};\n\n");
}
