/*
 * emit_entry: the catalog's entry for a struct that has lines of its own: its size in every data model, and its decoder
 * behind a plain pointer.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "model/field_facts.h"

/* The decoder that tests once whether there are enough bytes. */
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

void
emit_decode_entry(struct out *o, const struct abi *abi, const struct definition *d)
{
	emit_decode_any(o, abi, d);
	out_printf(o, "const uint32_t %s_size[] = {", c_struct(o->arena, d));
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, "%s%" PRIu64, m > 0 ? ", " : "", d->size[m]);
	out_printf(o, "};\n\n");
}

void
emit_entry(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	const char *own = c_own(o->arena, d);

	out_printf(o, "const struct catalog_struct %s_entry = {\n", own);
	o->indent++;
	out_printf(o, ".role = \"%s\",\n", plan_role(p, d));
	out_printf(o, ".number = %zu,\n", plan_entry(p, d));
	out_printf(o, ".size = %s_size,\n", symbol);
	out_printf(o, ".definition = &%s_definition,\n", own);
	out_printf(o, ".decode = %s_decode_any,\n", symbol);
	if (parts_of(o->arena, d) != 0)
		out_printf(o, ".decode_parts = %s_decode_parts,\n.checked = 0x%" PRIx64 ",\n", symbol,
		    parts_checked(o->arena, d));
	o->indent--;
	out_printf(o, "};\n\n");
}
