/*
 * emit_fields: the field dictionary: a row for each member of a definition with name, type, place, unit and documentation.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_dictionary.h"
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

/* The initialiser `name` with a text, if there is one. `name` begins with a comma. */
static void
emit_text(struct out *o, struct dictionary *dict, const char *name, const char *text)
{
	if (text != NULL)
		out_printf(o, "%s = %s", name, dictionary_text(dict, text));
}

/* Where in the definition's host struct the integer `path` lies. */
static void
emit_int_ref(struct out *o, const char *name, const struct definition *d, const char *path)
{
	if (path != NULL)
		out_printf(o, ",\n  .%s = %s", name, c_int_ref(o->arena, d, path, definition_walk(d, path)));
}

/* The dimensions and what limits them. */
static void
emit_array(struct out *o, struct dictionary *dict, const struct definition *d, const struct field *f)
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
		out_printf(o, ", .live = %s", dictionary_live(dict, d, f));
}

static void
emit_names(struct out *o, struct dictionary *dict, const struct field *f)
{
	const char *type = f->member->type.text;

	out_printf(o, "{ .name = %s", dictionary_text(dict, f->member->name.text));
	emit_text(o, dict, ", .key", f->key);
	emit_text(o, dict, ", .column", f->column);
	emit_text(o, dict, ",\n  .ctype", f->def != NULL ? arena_printf(o->arena, "struct %s", type) : type);
}

static void
emit_field(struct out *o, const struct emit_plan *p, const struct definition *d, const struct field *f)
{
	struct arena *a = o->arena;
	const struct member *m = f->member;
	const char *flags = field_flags(a, d, f);

	emit_names(o, p->dictionary, f);
	out_printf(o, ", .type = %s, .show = %s", field_type(f), show_name(f));
	if (flags != NULL)
		out_printf(o, ", .flags = %s", flags);
	if (m->has_absent)
		out_printf(o, ", .absent = %s", c_integer(a, m->absent));
	if (f->def != NULL)
		out_printf(o, ", .of = %s", dictionary_definition(p->dictionary, f->def));
	out_printf(o, ",\n  .offset = offsetof(struct %s, %s), .size = sizeof(%s)", c_struct(a, d), f->key,
	    c_host_type(a, p->model->abi, f));
	emit_array(o, p->dictionary, d, f);
	if (f->guards != 0)
		out_printf(o, ", .guards = 0x%" PRIx64, f->guards);
	if (f->def != NULL && f->def->nbits > 0)
		out_printf(o, ", .base = %zu", f->base);
	if (f->bits != NULL)
		out_printf(o, ", .bits = %s", dictionary_bits(p->dictionary, d, f));
	if (f->when != NULL)
		out_printf(o, ", .when = %s", dictionary_when(p->dictionary, d, f));
	emit_text(o, p->dictionary, ", .unit", m->unit.text);
	emit_text(o, p->dictionary, ",\n  .doc", m->doc.text);
	out_printf(o, " },\n");
}

void
emit_fields(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	const char *own = c_own(o->arena, d);

	out_printf(o, "static const struct field %s_fields[] = {\n", own);
	o->indent++;
	for (size_t i = 0; i < d->nfields; i++)
		emit_field(o, p, d, &d->fields[i]);
	o->indent--;
	out_printf(o, "};\n\n");
	out_printf(o, "const struct definition %s_definition = {\n", own);
	out_printf(o, "\t\"%s\", sizeof(struct %s), %zu, %s_fields\n};\n\n", d->structure->name.text,
	    c_struct(o->arena, d), d->nfields, own);
}
