/*
 * emit_types: the header of a release, one definition at a time: the host struct, how many elements of its arrays
 * are live, and the prototypes of its functions.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "model/field_facts.h"

static void
emit_member_comment(struct out *o, const struct field *f)
{
	const struct member *m = f->member;
	const char *text = m->doc.text != NULL ? m->doc.text : "reserved";

	if (m->unit.text != NULL)
		text = arena_printf(o->arena, "%s [%s%s]", text, m->unit.text, m->delta ? ", delta" : "");
	else if (m->delta)
		text = arena_printf(o->arena, "%s [delta]", text);
	out_printf(o, "/* ");
	out_c_comment(o, text, " * ");
	out_printf(o, " */\n");
}

static void
emit_host_struct(struct out *o, const struct abi *abi, const struct definition *d)
{
	out_printf(o, "/* struct %s: ", d->structure->name.text);
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, "%s%" PRIu64 " bytes %s", m > 0 ? ", " : "", d->size[m], abi->models[m].name.text);
	out_printf(o, " */\n");
	out_printf(o, "struct %s {\n", c_struct(o->arena, d));
	o->indent++;
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		emit_member_comment(o, f);
		out_printf(o, "%s %s%s;\n", c_host_type(o->arena, abi, f), f->key, c_dims(o->arena, f));
	}
	o->indent--;
	out_printf(o, "};\n\n");
}

/* The function that returns the number of live elements of a counted array. */
static void
emit_live(struct out *o, const struct definition *d, const struct field *f)
{
	const char *symbol = c_struct(o->arena, d);
	const struct definition *holder = f->member->count_rule == COUNT_UNTIL ? f->def : d;
	const char *count = c_member(o->arena, holder, f->member->count.text);

	out_printf(o, "/* Live elements of %s. */\n", f->key);
	out_printf(o, "static inline size_t\n%s_%s_live(const struct %s *v)\n{\n", symbol, f->key, symbol);
	o->indent++;
	switch (f->member->count_rule) {
	case COUNT_NONE: break;
	case COUNT_MEMBER: out_printf(o, "return (size_t)v->%s;\n", count); break;
	case COUNT_CLAMP:
		out_printf(o, "return v->%s < %" PRIu64 " ? (size_t)v->%s : %" PRIu64 ";\n", count, f->dims[0], count,
		    f->dims[0]);
		break;
	case COUNT_UNTIL:
		out_printf(o, "size_t n = 0;\n\n");
		out_printf(o, "while (n < %" PRIu64 " && v->%s[n].%s[0] != '\\0')\n", f->dims[0], f->key, count);
		out_printf(o, "\tn++;\nreturn n;\n");
		break;
	}
	o->indent--;
	out_printf(o, "}\n\n");
}

/* The function that decides whether a member has a meaning, or an element is shown. */
static void
emit_condition_of(struct out *o, const char *comment, const struct condition *c, const char *name,
    const char *parameters, const struct typed *t, bool indexed)
{
	out_printf(o, "/* ");
	out_c_comment(o, arena_printf(o->arena, "%s: %s", comment, c->word.text), " * ");
	out_printf(o, " */\nstatic inline bool\n%s(%s)\n{\n", name, parameters);
	o->indent++;
	if (!emit_uses(t, FROM_MEMBER))
		out_printf(o, "(void)v;\n");
	if (indexed && !emit_uses(t, FROM_INDEX))
		out_printf(o, "(void)i;\n");
	out_printf(o, "return %s;\n", emit_expr(o->arena, t));
	o->indent--;
	out_printf(o, "}\n\n");
}

static void
emit_conditions(struct out *o, const struct definition *d, const struct field *f)
{
	struct arena *a = o->arena;

	if (f->when != NULL)
		emit_condition_of(o, arena_printf(a, "Whether %s means anything", f->key), &f->member->when,
		    c_means(a, d, f), arena_printf(a, "const struct %s *v", c_struct(a, d)), f->when, false);
	if (f->live != NULL)
		emit_condition_of(o, arena_printf(a, "Whether element i of %s is shown", f->key), &f->member->live,
		    c_shows(a, d, f), arena_printf(a, "const struct %s *v, size_t i", c_struct(a, f->def)), f->live,
		    true);
}

static void
emit_prototypes(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);
	const bool fault = definition_can_fault(d);

	out_printf(o, "%s %s_decode(struct %s *v, const unsigned char *p%s, unsigned m, enum byte_order o%s);\n",
	    fault ? "bool" : "void", symbol, symbol, plan_splits(p, d) ? ", uint64_t parts" : "",
	    fault ? ",\n    struct fault *fault" : "");
	out_printf(o, "\n");
}

/* Names for definitions of later releases that share the code. */
static void
emit_entry_prototypes(struct out *o, const struct definition *d)
{
	const char *symbol = c_struct(o->arena, d);

	out_printf(o,
	    "bool %s_decode_any(void *host, const unsigned char *p, size_t size, unsigned m, enum byte_order o,\n"
	    "    struct fault *fault);\n",
	    symbol);
	if (parts_of(o->arena, d) != 0)
		out_printf(o,
		    "bool %s_decode_parts(void *host, const unsigned char *p, uint64_t parts, unsigned m,\n"
		    "    enum byte_order o, struct fault *fault);\n",
		    symbol);
	out_printf(o, "extern const uint32_t %s_size[];\n\n", symbol);
}

static void
emit_code(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	emit_host_struct(o, p->model->abi, d);
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].member->count_rule != COUNT_NONE)
			emit_live(o, d, &d->fields[i]);
	for (size_t i = 0; i < d->nfields; i++)
		emit_conditions(o, d, &d->fields[i]);
	emit_prototypes(o, p, d);
	if (plan_role(p, d) != NULL)
		emit_entry_prototypes(o, d);
}

void
emit_types(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const char *own = c_own(o->arena, d);

	if (d->code == d)
		emit_code(o, p, d);
	else
		out_printf(o, "/* struct %s: laid out and printed like %s */\n", d->structure->name.text,
		    c_struct(o->arena, d));
	out_printf(o, "extern const struct definition %s_definition;\n", own);
	if (plan_role(p, d) != NULL)
		out_printf(o, "extern const struct catalog_struct %s_entry;\n", own);
	out_printf(o, "\n");
}
