/*
 * emit_abi: abi.h, the data models as an enum and the loads of types whose size depends on the model.
 */
#include "emit/emit.h"
#include "emit/emit_internal.h"

#include "emit/c_names.h"

/* The version of the interface that the generated code is written for; catalog.h states the runtime's. */
#define CONTRACT 12

static void
emit_models(struct out *o, const struct abi *abi)
{
	out_printf(o, "/* The data models: how a machine's C compiler lays out its types. */\n");
	out_printf(o, "enum model {\n");
	o->indent++;
	for (size_t m = 0; m < abi->nmodels; m++) {
		const struct data_model *model = &abi->models[m];

		out_printf(o, "/* %s:", model->doc.text);
		for (size_t i = 0; i < model->nmachines; i++)
			out_printf(o, " %s", model->machines[i].text);
		out_printf(o, " */\n%s%s\n", c_model(o->arena, model), m + 1 < abi->nmodels ? "," : "");
	}
	o->indent--;
	out_printf(o, "};\n\n");
}

void
emit_at(struct out *o, const struct abi *abi)
{
	out_printf(o, "/* The value for the data model m; a constant m leaves a constant. */\n");
	out_printf(o, "#define AT(m");
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, ", v%zu", m);
	out_printf(o, ") \\\n");
	o->indent++;
	out_printf(o, "((size_t)(");
	o->indent++;
	for (size_t m = 0; m + 1 < abi->nmodels; m++)
		out_printf(o, "(m) == %s ? (v%zu) : \\\n", c_model(o->arena, &abi->models[m]), m);
	out_printf(o, "(v%zu)))\n\n", abi->nmodels - 1);
	o->indent -= 2;
}

static void
emit_varying_load(struct out *o, const struct abi *abi, const struct ctype *t)
{
	const char *host = c_host_ctype(o->arena, abi, t);
	const unsigned wide = abi_widest(abi, t), narrow = abi_narrowest(abi, t);
	const char letter = t->kind == TYPE_FLOAT ? 'f' : t->kind == TYPE_SIGNED ? 'i' : 'u';

	out_printf(o, "/* %s:", t->name.text);
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, "%s %u", m > 0 ? "," : "", t->size[m]);
	out_printf(o, " bytes in the models as listed */\n");
	out_printf(o, "static inline %s\n", host);
	out_printf(o, "%s(const unsigned char *p, unsigned m, enum byte_order o)\n{\n", c_varying_load(o->arena, t));
	o->indent++;
	out_printf(o, "return AT(m");
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, ", %u", t->size[m]);
	out_printf(o, ") == %u ? load_%c%u(p, o) : load_%c%u(p, o);\n", wide, letter, wide * 8, letter, narrow * 8);
	o->indent--;
	out_printf(o, "}\n\n");
}

void
emit_abi(struct out *o, const struct abi *abi)
{
	out_printf(o, "#ifndef ABI_H\n#define ABI_H\n\n#include \"rawlog/catalog/codegen.h\"\n\n");
	out_printf(o, "#if CATALOG_CONTRACT != %d\n", CONTRACT);
	out_printf(o, "#error \"this code was generated for another runtime: run 'make regen'\"\n#endif\n\n");
	emit_models(o, abi);
	emit_at(o, abi);
	for (size_t i = 0; i < abi->ntypes; i++)
		if (abi_size_varies(abi, &abi->types[i]))
			emit_varying_load(o, abi, &abi->types[i]);
	out_printf(o, "#endif\n");
}
