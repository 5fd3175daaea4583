/*
 * emit_fields: the field dictionary: a row for each member of a definition with name, type, place, unit and documentation.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "model/field_facts.h"

static const char *
field_type(const struct field *f)
{
	if (f->def != NULL)
		return "FIELD_STRUCT";
	switch (f->ctype->kind) {
	case TYPE_CHAR: return "FIELD_CHAR";
	case TYPE_SIGNED: return "FIELD_SIGNED";
	case TYPE_UNSIGNED: return "FIELD_UNSIGNED";
	case TYPE_FLOAT: return "FIELD_FLOAT";
	}
	return NULL;
}

static const char *
show_name(const struct field *f)
{
	switch (field_show(f)) {
	case SHOW_DEFAULT: return "FIELD_NUMBER";
	case SHOW_TEXT: return "FIELD_TEXT";
	case SHOW_HEX: return "FIELD_HEX";
	case SHOW_FLAG: return "FIELD_FLAG";
	case SHOW_LETTER: return "FIELD_LETTER";
	case SHOW_TIME: return "FIELD_TIME";
	case SHOW_BITS: return "FIELD_BITS";
	}
	return NULL;
}

static const char *
field_count(const struct field *f)
{
	switch (f->member->count_rule) {
	case COUNT_NONE: return "FIELD_ALL";
	case COUNT_MEMBER:
	case COUNT_CLAMP: return "FIELD_COUNTED";
	case COUNT_UNTIL: return "FIELD_UNTIL";
	}
	return NULL;
}

/* The flags as a C expression; NULL if there are none. */
static const char *
field_flags(struct arena *a, const struct definition *d, const struct field *f)
{
	const struct member *m = f->member;
	const char *flags = arena_printf(a, "%s%s%s%s", m->reserved ? " | FIELD_RESERVED" : "",
	    m->delta ? " | FIELD_DELTA" : "", m->has_absent ? " | FIELD_ABSENT" : "",
	    parts_is_text(a, d, f) ? " | FIELD_APART" : "");

	return flags[0] != '\0' ? flags + strlen(" | ") : NULL;
}

/* The initialiser `name` with a string literal, if there is a text. `name` begins with a comma. */
static void
emit_string(struct out *o, const char *name, const char *text)
{
	if (text == NULL)
		return;
	out_printf(o, "%s = \"", name);
	out_c_string(o, text);
	out_printf(o, "\"");
}

/* Where in the definition's host struct the integer `path` lies. */
static void
emit_int_ref(struct out *o, const char *name, const struct definition *d, const char *path)
{
	if (path != NULL)
		out_printf(o, ",\n  .%s = %s", name, c_int_ref(o->arena, d, path, definition_walk(d, path)));
}

/* The name of the function that evaluates a condition by void pointers. */
static const char *
adapter(struct arena *a, const struct definition *d, const struct field *f, const char *what)
{
	return arena_printf(a, "%s_%s_%s_any", c_own(a, d), f->key, what);
}

static void
emit_adapters(struct out *o, const struct definition *d, const struct field *f)
{
	struct arena *a = o->arena;

	if (f->when != NULL)
		out_printf(o, "static bool\n%s(const void *v)\n{\n\treturn %s(v);\n}\n\n", adapter(a, d, f, "means"),
		    c_means(a, d, f));
	if (f->live != NULL)
		out_printf(o, "static bool\n%s(const void *v, size_t i)\n{\n\treturn %s(v, i);\n}\n\n",
		    adapter(a, d, f, "shows"), c_shows(a, d, f));
}

/* The name of the table of a member's bits. */
static const char *
bits_table(struct arena *a, const struct definition *d, const struct field *f)
{
	return arena_printf(a, "%s_%s_bits", c_own(a, d), f->key);
}

static void
emit_bits(struct out *o, const struct definition *d, const struct field *f)
{
	if (f->bits == NULL)
		return;
	out_printf(o, "static const struct bit_name %s[] = {\n", bits_table(o->arena, d, f));
	for (size_t i = 0; i < f->bits->nbits; i++)
		out_printf(o, "\t{ \"%s\", 0x%" PRIx64 " },\n", f->bits->bits[i].name.text, f->bits->bits[i].value);
	out_printf(o, "\t{ NULL, 0 }\n};\n\n");
}

/* The dimensions and what limits them. */
static void
emit_array(struct out *o, const struct definition *d, const struct field *f)
{
	if (f->ndims == 0)
		return;
	out_printf(o, ", .ndims = %zu, .dims = {", f->ndims);
	for (size_t k = 0; k < f->ndims; k++)
		out_printf(o, "%s%" PRIu64, k > 0 ? ", " : "", f->dims[k]);
	out_printf(o, "}");
	if (f->member->count_rule != COUNT_NONE)
		out_printf(o, ",\n  .count_rule = %s", field_count(f));
	emit_int_ref(o, "count", f->member->count_rule == COUNT_UNTIL ? f->def : d, f->member->count.text);
	if (f->live != NULL)
		out_printf(o, ", .live = %s", adapter(o->arena, d, f, "shows"));
}

static void
emit_field(struct out *o, const struct abi *abi, const struct definition *d, const struct field *f)
{
	struct arena *a = o->arena;
	const struct member *m = f->member;
	const char *symbol = c_struct(a, d);
	const char *flags = field_flags(a, d, f);

	out_printf(o, "{ .name = \"%s\", .key = \"%s\", .column = \"%s\", .ctype = \"%s%s\",\n", m->name.text, f->key,
	    f->column, f->def != NULL ? "struct " : "", m->type.text);
	out_printf(o, "  .type = %s, .show = %s", field_type(f), show_name(f));
	if (flags != NULL)
		out_printf(o, ", .flags = %s", flags);
	if (m->has_absent)
		out_printf(o, ", .absent = %s", c_integer(a, m->absent));
	if (f->def != NULL)
		out_printf(o, ", .of = &%s_definition", c_own(a, f->def));
	out_printf(o, ",\n  .offset = offsetof(struct %s, %s), .size = sizeof(%s)", symbol, f->key,
	    c_host_type(a, abi, f));
	emit_array(o, d, f);
	if (f->guards != 0)
		out_printf(o, ", .guards = 0x%" PRIx64, f->guards);
	if (f->def != NULL && f->def->nbits > 0)
		out_printf(o, ", .base = %zu", f->base);
	if (f->bits != NULL)
		out_printf(o, ", .bits = %s", bits_table(a, d, f));
	if (f->when != NULL)
		out_printf(o, ", .when = %s", adapter(a, d, f, "means"));
	emit_string(o, ", .unit", m->unit.text);
	emit_string(o, ",\n  .doc", m->doc.text);
	out_printf(o, " },\n");
}

void
emit_fields(struct out *o, const struct abi *abi, const struct definition *d)
{
	const char *own = c_own(o->arena, d);

	for (size_t i = 0; i < d->nfields; i++) {
		emit_adapters(o, d, &d->fields[i]);
		emit_bits(o, d, &d->fields[i]);
	}
	out_printf(o, "static const struct field %s_fields[] = {\n", own);
	o->indent++;
	for (size_t i = 0; i < d->nfields; i++)
		emit_field(o, abi, d, &d->fields[i]);
	o->indent--;
	out_printf(o, "};\n\n");
	out_printf(o, "const struct definition %s_definition = {\n", own);
	out_printf(o, "\t\"%s\", sizeof(struct %s), %zu, %s_fields\n};\n\n", d->structure->name.text,
	    c_struct(o->arena, d), d->nfields, own);
}
