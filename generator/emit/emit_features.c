/*
 * emit_features: release.c: the features of a release, and the function that says which of them a sample has.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"

/* The parameter as the struct that the conditions read. */
static void
emit_struct(struct out *o, const char *name, const struct definition *d, bool used)
{
	if (used)
		out_printf(o, "const struct %s *%s = %s_host;\n", c_struct(o->arena, d), name, name);
	else
		out_printf(o, "(void)%s_host;\n", name);
}

static bool
reads(const struct release *r, const char *access)
{
	for (size_t i = 0; i < r->nfeatures; i++)
		if (emit_reads(r->features[i].when, access))
			return true;
	return false;
}

static void
emit_function(struct out *o, const struct release *r)
{
	const bool header = reads(r, "rawheader->"), record = reads(r, "rawrecord->");

	out_printf(o, "static uint64_t\n%s_has(const void *rawheader_host, const void *rawrecord_host)\n{\n",
	    c_release(o->arena, r));
	o->indent++;
	if (header)
		emit_struct(o, "rawheader", r->rawheader, true);
	if (record)
		emit_struct(o, "rawrecord", r->rawrecord, true);
	out_printf(o, "uint64_t has = 0;\n\n");
	if (!header)
		emit_struct(o, "rawheader", r->rawheader, false);
	if (!record)
		emit_struct(o, "rawrecord", r->rawrecord, false);
	for (size_t i = 0; i < r->nfeatures; i++) {
		out_printf(o, "if (%s)\n", emit_expr(o->arena, r->features[i].when));
		out_printf(o, "\thas |= UINT64_C(1) << %zu;\n", i);
	}
	out_printf(o, "return has;\n");
	o->indent--;
	out_printf(o, "}\n\n");
}

void
emit_features(struct out *o, const struct release *r)
{
	if (r->nfeatures == 0)
		return;
	emit_function(o, r);
	out_printf(o, "static const struct catalog_feature %s_features[] = {\n", c_release(o->arena, r));
	o->indent++;
	for (size_t i = 0; i < r->nfeatures; i++) {
		const struct feature *f = r->features[i].feature;

		out_printf(o, "{\"%s\", \"", f->name.text);
		out_c_string(o, f->doc.text != NULL ? f->doc.text : "");
		out_printf(o, "\"},\n");
	}
	o->indent--;
	out_printf(o, "};\n\n");
}

void
emit_feature_row(struct out *o, const struct release *r)
{
	const char *symbol = c_release(o->arena, r);

	if (r->nfeatures > 0)
		out_printf(o, ".features = %s_features,\n.nfeatures = %zu,\n.has = %s_has,\n", symbol, r->nfeatures,
		    symbol);
}
