/*
 * emit_tell: the conditions by which logs of a release are distinguished from those of older ones with equal lengths, as
 * functions and a table of them.
 */
#include "emit/emit_internal.h"

#include <string.h>

#include "emit/c_names.h"

static void
emit_begins(struct out *o, const struct release *r)
{
	out_printf(o, "static bool\n%s_begins(const void *record)\n{\n", c_release(o->arena, r));
	o->indent++;
	out_printf(o, "const struct %s *rawrecord = record;\n\n", c_struct(o->arena, r->rawrecord));
	out_printf(o, "return %s;\n", emit_expr(o->arena, r->begins));
	o->indent--;
	out_printf(o, "}\n\n");
}

static void
emit_count(struct out *o, const struct release *r, size_t i)
{
	const struct resolved_count *c = &r->counts[i];
	const char *where = emit_expr(o->arena, c->where), *has = emit_expr(o->arena, c->has);
	const bool outside = strstr(where, "rawrecord->") != NULL || strstr(has, "rawrecord->") != NULL;

	out_printf(o, "static bool\n%s_counts_%zu(const void *record, const void *host, bool *has)\n{\n",
	    c_release(o->arena, r), i);
	o->indent++;
	if (outside)
		out_printf(o, "const struct %s *rawrecord = record;\n", c_struct(o->arena, r->rawrecord));
	if (c->of != NULL)
		out_printf(o, "const struct %s *v = host;\n", c_struct(o->arena, c->of->def));
	out_printf(o, "\n");
	if (!outside)
		out_printf(o, "(void)record;\n");
	if (c->of == NULL)
		out_printf(o, "(void)host;\n");
	out_printf(o, "*has = %s;\nreturn %s;\n", has, where);
	o->indent--;
	out_printf(o, "}\n\n");
}

void
emit_tell(struct out *o, const struct release *r)
{
	const char *symbol = c_release(o->arena, r);

	if (r->begins == NULL)
		return;
	emit_begins(o, r);
	for (size_t i = 0; i < r->ncounts; i++)
		emit_count(o, r, i);
	out_printf(o, "static const struct catalog_count %s_counts[] = {\n", symbol);
	o->indent++;
	for (size_t i = 0; i < r->ncounts; i++) {
		const struct resolved_count *c = &r->counts[i];

		out_printf(o, "{%s_counts_%zu, %td, %llu, %d, %d},\n", symbol, i,
		    c->of != NULL ? c->of - r->blocks : (ptrdiff_t)r->nblocks, (unsigned long long)c->least, c->own,
		    c->other);
	}
	o->indent--;
	out_printf(o,
	    "};\n\nstatic const struct catalog_tell %s_tell = {\n\t%s_begins, %s_counts,\n"
	    "\tsizeof %s_counts / sizeof %s_counts[0],\n};\n\n",
	    symbol, symbol, symbol, symbol, symbol);
}
