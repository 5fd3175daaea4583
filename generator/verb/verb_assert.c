/*
 * verb_assert: the facts of a schema as C that compiles with upstream's headers only if they are true. One fact a line, so
 * each error of the compiler is a mismatch. Inner structs are named by the members that hold them, because some have no tag.
 *
 * A member that the schema lacks can fit into a hole, so that no offset shows it. Such facts are asserted by warnings: "B
 * follows A" initialises A, the next member, and B, and is true if the compiler warns that B is initialised twice; "A is the
 * last" is true if it warns about an excess initialiser.
 */
#include "verb/verbs.h"

#include "emit/c_names.h"
#include "emit/emit.h"
#include "model/layout.h"

/* A member, by the tag of the outermost struct and a path. */
struct member_at {
	const char *tag;  /* "sstat" */
	const char *path; /* "cpu.cpu[0]"; "" is the struct itself */
};

struct facts {
	struct out *out;
	const struct abi *abi;
};

/* --- one fact ------------------------------------------------------------------------------------------ */

/* "8", or "8/4/8/4/4" where the data models differ. */
static const char *
values_text(const struct facts *f, const uint64_t *values)
{
	const char *text = "";
	bool same = true;

	for (size_t m = 0; m < f->abi->nmodels; m++) {
		same = same && values[m] == values[0];
		text = arena_printf(f->out->arena, "%s%s%llu", text, m > 0 ? "/" : "", (unsigned long long)values[m]);
	}
	return same ? arena_printf(f->out->arena, "%llu", (unsigned long long)values[0]) : text;
}

/* Asserts the value of a constant expression in each data model. `what` names it in the message. */
static void
assert_values(const struct facts *f, const char *expression, const uint64_t *values, const char *what)
{
	out_printf(f->out, "_Static_assert(%s == %s, \"%s %s\");\n", expression, c_at(f->out->arena, f->abi, values),
	    what, values_text(f, values));
}

static void
assert_value(const struct facts *f, const char *expression, uint64_t value, const char *what)
{
	uint64_t values[MODELS_MAX] = { 0 };

	for (size_t m = 0; m < f->abi->nmodels; m++)
		values[m] = value;
	assert_values(f, expression, values, what);
}

/* --- structs ------------------------------------------------------------------------------------------- */

static const char *
object_text(struct arena *a, const struct member_at *p)
{
	return arena_printf(a, "((struct %s *)0)->%s", p->tag, p->path);
}

/* The path of a member in what lies at `outer`. */
static const char *
member_path(struct arena *a, const char *outer, const struct field *f)
{
	return arena_printf(a, "%s%s%s", outer, outer[0] != '\0' ? "." : "", f->member->name.text);
}

/* The path of the first or the last number in a field. */
static const char *
leaf_path(struct arena *a, const char *outer, const struct field *f, bool last)
{
	for (;;) {
		outer = member_path(a, outer, f);
		for (size_t i = 0; i < f->ndims; i++)
			outer = arena_printf(a, "%s[%llu]", outer, last ? (unsigned long long)f->dims[i] - 1 : 0);
		if (f->def == NULL)
			return outer;
		f = &f->def->fields[last ? f->def->nfields - 1 : 0];
	}
}

/* The offset of a member from that of the struct around it. */
static const char *
offset_text(struct arena *a, const struct member_at *p, const struct member_at *outer)
{
	const char *offset = arena_printf(a, "offsetof(struct %s, %s)", p->tag, p->path);

	if (outer->path[0] == '\0')
		return offset;
	return arena_printf(a, "%s - offsetof(struct %s, %s)", offset, outer->tag, outer->path);
}

/* Asserts the dimensions, outermost first. `p` becomes the first element. */
static void
assert_dims(const struct facts *f, struct member_at *p, const char *name, const struct field *field)
{
	struct arena *a = f->out->arena;

	for (size_t i = 0; i < field->ndims; i++) {
		const char *object = object_text(a, p);

		assert_value(f, arena_printf(a, "sizeof(%s) / sizeof(%s[0])", object, object), field->dims[i],
		    arena_printf(a, "%s: dimension %zu is", name, i + 1));
		p->path = arena_printf(a, "%s[0]", p->path);
	}
}

static void assert_members(const struct facts *f, const struct member_at *outer, const struct definition *def);

static void
assert_field(const struct facts *f, const struct member_at *outer, const struct field *field)
{
	struct arena *a = f->out->arena;
	struct member_at p = {
		.tag = outer->tag,
		.path = member_path(a, outer->path, field),
	};
	const char *name = arena_printf(a, "%s.%s", p.tag, p.path);
	uint64_t sizes[MODELS_MAX] = { 0 };

	for (size_t m = 0; m < f->abi->nmodels; m++)
		sizes[m] = layout_field_size(field, m);
	assert_values(f, offset_text(a, &p, outer), field->offset, arena_printf(a, "%s: offset", name));
	assert_values(f, arena_printf(a, "sizeof(%s)", object_text(a, &p)), sizes, arena_printf(a, "%s: size", name));
	assert_dims(f, &p, name, field);
	if (field->def != NULL)
		assert_members(f, &p, field->def);
	else
		out_printf(f->out, "_Static_assert(_Generic(%s, %s: 1, default: 0), \"%s: type %s\");\n",
		    object_text(a, &p), field->ctype->name.text, name, field->ctype->name.text);
}

static void
assert_order(const struct facts *f, const struct member_at *outer, const struct field *before,
    const struct field *after)
{
	struct arena *a = f->out->arena;

	out_printf(f->out, "_Static_assert(sizeof((struct %s){.%s = 0, 0, .%s = 0}) > 0, \"%s.%s: follows %s\");\n",
	    outer->tag, leaf_path(a, outer->path, before, true), leaf_path(a, outer->path, after, false), outer->tag,
	    member_path(a, outer->path, after), before->member->name.text);
}

static void
assert_members(const struct facts *f, const struct member_at *outer, const struct definition *def)
{
	for (size_t i = 0; i < def->nfields; i++) {
		if (i > 0)
			assert_order(f, outer, &def->fields[i - 1], &def->fields[i]);
		assert_field(f, outer, &def->fields[i]);
	}
}

static void
assert_last(const struct facts *f, const struct definition *def)
{
	const char *tag = def->structure->name.text;
	const struct field *last = &def->fields[def->nfields - 1];

	out_printf(f->out, "_Static_assert(sizeof((struct %s){.%s = 0, 0}) > 0, \"%s.%s: is the last\");\n", tag,
	    leaf_path(f->out->arena, "", last, true), tag, last->member->name.text);
}

/* Asserts a struct that has lines of its own. Upstream has a tag for each of these. */
static void
assert_struct(const struct facts *f, const struct definition *def)
{
	const char *tag = def->structure->name.text;
	const struct member_at p = { .tag = tag, .path = "" };

	out_printf(f->out, "\n/* %s */\n", tag);
	assert_values(f, arena_printf(f->out->arena, "sizeof(struct %s)", tag), def->size,
	    arena_printf(f->out->arena, "%s: size", tag));
	assert_members(f, &p, def);
}

/* The struct of a list is one integer; upstream has no struct for it. */
static void
assert_block(const struct facts *f, const struct resolved_block *b)
{
	struct arena *a = f->out->arena;
	const char *tag = b->def->structure->name.text;
	const char *tail = b->block->tail.text;

	if (b->of != NULL) {
		out_printf(f->out, "\n/* not checked: %s, which is a struct of the schema's own */\n", tag);
		return;
	}
	assert_struct(f, b->def);
	if (tail != NULL)
		assert_values(f, arena_printf(a, "offsetof(struct %s, %s)", tag, tail), b->def->size,
		    arena_printf(a, "%s.%s: offset", tag, tail));
	else
		assert_last(f, b->def);
}

/* --- the rest ------------------------------------------------------------------------------------------ */

/* The data models as an enum, the constant `m` with the one of the compiler, and AT. */
static void
define_at(struct out *o, const struct abi *abi)
{
	out_printf(o, "enum {");
	for (size_t i = 0; i < abi->nmodels; i++)
		out_printf(o, "%s %s", i > 0 ? "," : "", c_model(o->arena, &abi->models[i]));
	out_printf(o, " };\nenum { m = MODEL };\n\n");
	emit_at(o, abi);
}

/* Asserts size, alignment and signedness of a type. The signedness of char differs by machine and is not asserted. */
static void
assert_type(const struct facts *f, const struct ctype *t, size_t index)
{
	struct arena *a = f->out->arena;
	const char *name = t->name.text;
	uint64_t sizes[MODELS_MAX] = { 0 }, aligns[MODELS_MAX] = { 0 };

	for (size_t i = 0; i < f->abi->nmodels; i++) {
		sizes[i] = t->size[i];
		aligns[i] = t->align[i];
	}
	assert_values(f, arena_printf(a, "sizeof(%s)", name), sizes, arena_printf(a, "%s: size", name));
	out_printf(f->out, "struct align_%zu { char before; %s member; };\n", index, name);
	assert_values(f, arena_printf(a, "offsetof(struct align_%zu, member)", index), aligns,
	    arena_printf(a, "%s: alignment in a struct", name));
	if (t->kind == TYPE_SIGNED || t->kind == TYPE_UNSIGNED)
		assert_value(f, arena_printf(a, "((%s)-1 < 0)", name), t->kind == TYPE_SIGNED,
		    arena_printf(a, "%s: signed", name));
}

static void
assert_types(const struct facts *f)
{
	out_printf(f->out, "/* types */\n");
	for (size_t i = 0; i < f->abi->ntypes; i++)
		assert_type(f, &f->abi->types[i], i);
}

static void
assert_constants(const struct facts *f, const struct release *r)
{
	out_printf(f->out, "\n/* constants */\n");
	for (size_t i = 0; i < r->nconstants; i++) {
		const struct constant *c = r->constants[i];

		out_printf(f->out, "_Static_assert(%s == %s, \"%s: value %s\");\n", c->name.text, c->text, c->name.text,
		    c->text);
	}
}

/* A flag can be undefined: a schema covers several releases, and the last of them can have added it. */
static void
assert_bits(const struct facts *f, const struct bit_table *table)
{
	out_printf(f->out, "\n/* %s */\n", table->name.text);
	for (size_t i = 0; i < table->nbits; i++) {
		const char *name = table->bits[i].name.text;

		out_printf(f->out, "#ifdef %s\n", name);
		assert_value(f, name, table->bits[i].value, arena_printf(f->out->arena, "%s: value", name));
		out_printf(f->out, "#else\n_Static_assert(0, \"not defined: %s\");\n#endif\n", name);
	}
}

static void
include_headers(struct out *o, const struct schema *s)
{
	static const char *const first[] = {
		"sys/types.h",
		"sys/utsname.h",
		"stddef.h",
		"stdint.h",
		"stdio.h",
		"time.h",
	};

	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		out_printf(o, "#include <%s>\n", first[i]);
	out_printf(o, "\n");
	for (size_t i = 0; i < s->nfiles; i++)
		out_printf(o, "#include \"%s\"\n", s->files[i].text);
	out_printf(o, "\n");
}

void
verb_assert(struct out *o, const struct release *r)
{
	const struct facts f = { .out = o, .abi = r->abi };

	out_printf(o,
	    "/*\n"
	    " * atop %s: what its schema says, to be compiled with upstream's headers. Say the data model,\n"
	    " * as in -DMODEL=MODEL_LP64; with -DTYPES_ONLY nothing but that is checked.\n"
	    " */\n",
	    r->schema->version.text);
	include_headers(o, r->schema);
	define_at(o, r->abi);
	assert_types(&f);
	out_printf(o, "\n#ifndef TYPES_ONLY\n");
	assert_constants(&f, r);
	for (size_t i = 0; i < r->nbit_tables; i++)
		assert_bits(&f, r->bit_tables[i]);
	assert_struct(&f, r->rawheader);
	assert_last(&f, r->rawheader);
	assert_struct(&f, r->rawrecord);
	assert_last(&f, r->rawrecord);
	for (size_t i = 0; i < r->nblocks; i++)
		assert_block(&f, &r->blocks[i]);
	out_printf(o, "\n#endif\n");
}
