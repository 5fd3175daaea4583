/*
 * emit_decode: the function that turns a definition's bytes into its host struct, one line a member, with the
 * offsets of all data models on that line.
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

/*
 * One element: a load, a copy of text, or a call for a struct. `width` aligns the loads of a struct. `part`: the condition
 * under which a struct is decoded; NULL: always. Returns the line of the load, copy or call.
 */
static unsigned
emit_element(struct out *o, const struct abi *abi, const struct field *f, int width, const char *part)
{
	struct arena *a = o->arena;
	const char *target = arena_printf(a, "v->%s%s", f->key, indices(a, f));
	const char *from = address(a, abi, f);
	const char *gap = f->ndims > 0 ? "\n    " : " ";
	unsigned line = out_line(o);

	if (f->def != NULL && definition_can_fault(f->def)) {
		out_printf(o, "if (%s!%s_decode(&%s,%s%s, m, o, fault))\n\treturn false;\n",
		    part != NULL ? arena_printf(a, "(%s) && ", part) : "", c_struct(a, f->def), target, gap, from);
	} else if (f->def != NULL) {
		if (part != NULL)
			out_printf(o, "if (%s)\n\t", part);
		line = out_line(o);
		out_printf(o, "%s_decode(&%s,%s%s, m, o);\n", c_struct(a, f->def), target, gap, from);
	} else if (field_is_text(f)) {
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
emit_array(struct out *o, const struct abi *abi, const struct definition *d, const struct field *f)
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
	line = emit_element(o, abi, f, 0, NULL);
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

/* The parameter of a body that says which parts are decoded; what is passed for all of them. `parts`: there are any. */
static const char *
parts_parameter(uint64_t parts)
{
	return parts != 0 ? ", uint64_t parts" : "";
}

static const char *
all_parts(uint64_t parts)
{
	return parts != 0 ? ", UINT64_MAX" : "";
}

/* Returns the line at which the member is decoded. */
static unsigned
emit_member(struct out *o, const struct abi *abi, const struct definition *d, const struct field *f, uint64_t parts)
{
	const size_t i = (size_t)(f - d->fields);
	const uint64_t part = i < PARTS_MAX ? UINT64_C(1) << i : 0;

	if (f->ndims > 0 && !field_is_text(f))
		return emit_array(o, abi, d, f);
	return emit_element(o, abi, f, load_width(d), (parts & part) != 0 ? c_mask(o->arena, "parts", part) : NULL);
}

static void
emit_body(struct out *o, const struct abi *abi, const struct definition *d, uint64_t parts, unsigned *lines)
{
	const bool fault = definition_can_fault(d);
	const char *symbol = c_struct(o->arena, d);

	out_printf(o, "static ALWAYS_INLINE %s\n", fault ? "bool" : "void");
	out_printf(o, "%s_body(struct %s *v, const unsigned char *p%s, unsigned m, enum byte_order o%s)\n{\n", symbol,
	    symbol, parts_parameter(parts), fault ? ",\n    struct fault *fault" : "");
	o->indent++;
	if (!uses_model(abi, d))
		out_printf(o, "(void)m;\n");
	if (!uses_order(d))
		out_printf(o, "(void)o;\n");
	for (size_t i = 0; i < d->nfields; i++)
		lines[i] = emit_member(o, abi, d, &d->fields[i], parts);
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
emit_decode(struct out *o, const struct abi *abi, const struct definition *d, uint64_t parts, unsigned *lines)
{
	const bool fault = definition_can_fault(d);
	const char *symbol = c_struct(o->arena, d);

	emit_body(o, abi, d, parts, lines);
	out_printf(o, "%s\n%s_decode(struct %s *v, const unsigned char *p, unsigned m, enum byte_order o%s)\n{\n",
	    fault ? "bool" : "void", symbol, symbol, fault ? ",\n    struct fault *fault" : "");
	o->indent++;
	emit_calls(o, abi, d, "v", all_parts(parts));
	o->indent--;
	out_printf(o, "}\n\n");
}
