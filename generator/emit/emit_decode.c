/*
 * emit_decode: the function that turns a definition's bytes into its host struct, one line a member, with the
 * offsets of all data models on that line. Its pointers are restrict: the lines of neighbours become one copy where the
 * machine has the order and the widths of the log.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "model/field_facts.h"
#include "model/layout.h"

/* "p + 248": the address of the field, or of an element of an array by its index. */
static const char *
address(struct arena *a, const struct abi *abi, const struct field *f)
{
	const char *text = arena_printf(a, "p + %s", c_at(a, abi, f->offset));
	const char *index = c_index(0);
	uint64_t size[MODELS_MAX] = { 0 };

	if (f->ndims == 0 || field_is_text(f))
		return text;
	for (size_t m = 0; m < abi->nmodels; m++)
		size[m] = layout_element_size(f, m);
	for (size_t k = 1; k < f->ndims; k++)
		index = arena_printf(a, "(%s * %" PRIu64 " + %s)", index, f->dims[k], c_index(k));
	return arena_printf(a, "%s + %s * %s", text, index, c_at(a, abi, size));
}

static const char *
indices(struct arena *a, const struct field *f)
{
	const char *text = "";

	for (size_t k = 0; k < field_walked_dims(f); k++)
		text = arena_printf(a, "%s[%s]", text, c_index(k));
	return text;
}

/* A condition under which something is decoded, and the parts that are passed on to the decoder of a struct. */
struct chosen {
	const char *condition; /* NULL: always */
	const char *parts;
};

static const struct chosen always = { NULL, "UINT64_MAX" };

/*
 * One element: a load, a copy of text, or a call for a struct. `width` aligns the loads of a struct. Returns the line of the
 * load, copy or call.
 */
static unsigned
emit_element(struct out *o, const struct emit_plan *p, const struct field *f, int width, const struct chosen *chosen)
{
	struct arena *a = o->arena;
	const struct abi *abi = p->model->abi;
	const char *part = chosen->condition;
	const char *target = arena_printf(a, "v->%s%s", f->key, indices(a, f));
	const char *from = address(a, abi, f);
	const char *gap = f->ndims > 0 ? "\n    " : " ";
	const char *parts = f->def != NULL && plan_splits(p, f->def) ? arena_printf(a, ", %s", chosen->parts) : "";
	unsigned line = out_line(o);

	if (f->def != NULL && definition_can_fault(f->def)) {
		out_printf(o, "if (%s!%s_decode(&%s,%s%s, m, o, fault))\n\treturn false;\n",
		    part != NULL ? arena_printf(a, "(%s) && ", part) : "", c_struct(a, f->def), target, gap, from);
	} else if (f->def != NULL) {
		if (part != NULL)
			out_printf(o, "if (%s)\n\t", part);
		line = out_line(o);
		out_printf(o, "%s_decode(&%s,%s%s%s, m, o);\n", c_struct(a, f->def), target, gap, from, parts);
	} else if (field_is_text(f)) {
		if (part != NULL)
			out_printf(o, "if (%s)\n\t", part);
		line = out_line(o);
		out_printf(o, "memcpy(%s, %s, sizeof %s);\n", target, from, target);
	} else {
		out_printf(o, "%-*s = %s;\n", width + 3, target, c_load(a, abi, f->ctype, from));
	}
	return line;
}

/* Reports damage if the count is negative or more than the array holds. */
static void
emit_count_test(struct out *o, const struct definition *d, const struct field *f)
{
	const char *count = c_member(o->arena, d, f->member->count.text);
	const bool negative = field_count_can_be_negative(d, f);
	const bool exceed = field_count_can_exceed(d, f);
	const uint64_t limit = f->dims[0] + f->member->clamp;

	if (!negative && !exceed)
		return;
	out_printf(o, "if (");
	if (negative)
		out_printf(o, "v->%s < 0", count);
	if (negative && exceed)
		out_printf(o, " || ");
	if (exceed)
		out_printf(o, "v->%s > %" PRIu64, count, limit);
	out_printf(o, ") {\n");
	o->indent++;
	out_printf(o, "*fault = (struct fault){\"%s.%s\", (int64_t)v->%s, %" PRIu64 "};\n", d->structure->name.text,
	    f->member->count.text, count, limit);
	out_printf(o, "return false;\n");
	o->indent--;
	out_printf(o, "}\n");
}

/* All elements. Returns the line at which one is decoded. */
static unsigned
emit_array(struct out *o, const struct emit_plan *p, const struct definition *d, const struct field *f)
{
	const enum count_rule rule = f->member->count_rule;
	const bool counted = rule == COUNT_MEMBER || rule == COUNT_CLAMP;
	const unsigned outer = o->indent;
	unsigned line;

	if (counted) {
		emit_count_test(o, d, f);
		emit_live_loop(o, d, f, "v");
	} else {
		emit_loop(o, f, 0);
	}
	for (size_t k = 1; k < f->ndims; k++)
		emit_loop(o, f, k);
	line = emit_element(o, p, f, 0, &always);
	if (rule == COUNT_UNTIL) {
		out_printf(o, "if (v->%s[i].%s[0] == '\\0')\n", f->key,
		    c_member(o->arena, f->def, f->member->count.text));
		out_printf(o, "\tbreak;\n");
	}
	emit_close(o, outer);
	return line;
}

/* The longest name among members that are loaded in one line, to align them. */
static int
load_width(const struct definition *d)
{
	size_t width = 0;

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (f->def == NULL && f->ndims == 0 && strlen(f->key) > width)
			width = strlen(f->key);
	}
	return (int)width;
}

/* Whether the code that decodes the members depends on the data model. */
static bool
uses_model(const struct abi *abi, const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (f->def != NULL || abi_size_varies(abi, f->ctype))
			return true;
		for (size_t m = 1; m < abi->nmodels; m++)
			if (f->offset[m] != f->offset[0])
				return true;
	}
	return false;
}

/* Whether it depends on the byte order: texts do not. */
static bool
uses_order(const struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++)
		if (!field_is_text(&d->fields[i]))
			return true;
	return false;
}

/* The body being emitted. */
struct body {
	struct out *out;
	const struct emit_plan *plan;
	const struct definition *def;
	uint64_t parts;  /* of a struct with a role: its parts */
	bool split;      /* or it is a part of one, and has parts of its own */
	unsigned *lines; /* by field */
};

static struct body
begin_body(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	return (struct body){ .out = o,
		.plan = p,
		.def = d,
		.parts = plan_role(p, d) != NULL ? parts_of(o->arena, d) : 0,
		.split = plan_splits(p, d),
		.lines = p->lines[d->number] };
}

static void
emit_member(struct body *b, size_t i, const struct chosen *chosen)
{
	const struct field *f = &b->def->fields[i];

	if (f->ndims > 0 && !field_is_text(f))
		b->lines[i] = emit_array(b->out, b->plan, b->def, f);
	else
		b->lines[i] = emit_element(b->out, b->plan, f, load_width(b->def), chosen);
}

/* The members of a struct with a role, or of one without parts. */
static void
emit_members(struct body *b)
{
	struct arena *a = b->out->arena;

	for (size_t i = 0; i < b->def->nfields; i++) {
		const uint64_t parts = b->parts & parts_member(a, b->def, i);
		const unsigned bit = parts_member_bit(a, b->def, i);
		const struct chosen chosen = { c_mask(a, "parts", parts),
			bit > 0 ? arena_printf(a, "parts >> %u", bit) : "parts" };

		emit_member(b, i, parts != 0 ? &chosen : &always);
	}
}

/* The members of a struct that is a part: the first part is all but its texts, which follow. */
static void
emit_split_members(struct body *b)
{
	struct arena *a = b->out->arena;
	const struct definition *d = b->def;
	uint64_t part = 1;

	out_printf(b->out, "if (%s) {\n", c_mask(a, "parts", part));
	b->out->indent++;
	for (size_t i = 0; i < d->nfields; i++)
		if (!parts_is_text(a, d, &d->fields[i]))
			emit_member(b, i, &always);
	b->out->indent--;
	out_printf(b->out, "}\n");
	for (size_t i = 0; i < d->nfields; i++)
		if (parts_is_text(a, d, &d->fields[i])) {
			part <<= 1;
			emit_member(b, i, &(struct chosen){ c_mask(a, "parts", part), "" });
		}
}

static void
emit_body(struct body *b)
{
	struct out *o = b->out;
	const bool fault = definition_can_fault(b->def);
	const char *symbol = c_struct(o->arena, b->def);

	out_printf(o, "static ALWAYS_INLINE %s\n", fault ? "bool" : "void");
	out_printf(o,
	    "%s_body(struct %s *restrict v, const unsigned char *restrict p%s, unsigned m, enum byte_order o%s)\n{\n",
	    symbol, symbol, b->parts != 0 || b->split ? ", uint64_t parts" : "",
	    fault ? ",\n    struct fault *fault" : "");
	o->indent++;
	if (!uses_model(b->plan->model->abi, b->def))
		out_printf(o, "(void)m;\n");
	if (!uses_order(b->def))
		out_printf(o, "(void)o;\n");
	if (b->split)
		emit_split_members(b);
	else
		emit_members(b);
	if (fault)
		out_printf(o, "return true;\n");
	o->indent--;
	out_printf(o, "}\n\n");
}

/* Calls the body, which is compiled for the most common model and for any. `parts`: the argument for its parts. */
static void
emit_calls(struct out *o, const struct abi *abi, const struct definition *d, const char *host, const char *parts)
{
	const bool fault = definition_can_fault(d);
	const char *symbol = c_struct(o->arena, d);
	const char *more = fault ? ", fault" : "";
	const char *common = c_model(o->arena, &abi->models[0]);

	out_printf(o, "if (m == %s && o == ORDER_LITTLE)\n", common);
	out_printf(o, "\t%s%s_body(%s, p%s, %s, ORDER_LITTLE%s);\n", fault ? "return " : "", symbol, host, parts,
	    common, more);
	if (!fault)
		out_printf(o, "else\n\t");
	out_printf(o, "%s%s_body(%s, p%s, m, o%s);\n", fault ? "return " : "", symbol, host, parts, more);
}

void
emit_decode_parts(struct out *o, const struct abi *abi, const struct definition *d)
{
	out_printf(o, "bool\n%s_decode_parts(void *host, const unsigned char *p, uint64_t parts, unsigned m,\n",
	    c_struct(o->arena, d));
	out_printf(o, "    enum byte_order o, struct fault *fault)\n{\n");
	o->indent++;
	if (!definition_can_fault(d))
		out_printf(o, "(void)fault;\n");
	emit_calls(o, abi, d, "host", ", parts");
	if (!definition_can_fault(d))
		out_printf(o, "return true;\n");
	o->indent--;
	out_printf(o, "}\n\n");
}

void
emit_decode(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const bool fault = definition_can_fault(d);
	const char *symbol = c_struct(o->arena, d);
	struct body b = begin_body(o, p, d);

	emit_body(&b);
	out_printf(o,
	    "%s\n%s_decode(struct %s *restrict v, const unsigned char *restrict p%s, unsigned m, enum byte_order o%s)\n{\n",
	    fault ? "bool" : "void", symbol, symbol, b.split ? ", uint64_t parts" : "",
	    fault ? ",\n    struct fault *fault" : "");
	o->indent++;
	emit_calls(o, p->model->abi, d, "v", b.split ? ", parts" : b.parts != 0 ? ", UINT64_MAX" : "");
	o->indent--;
	out_printf(o, "}\n\n");
}
