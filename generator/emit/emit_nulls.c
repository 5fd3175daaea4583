/*
 * emit_nulls: for a block's struct, the functions that detect known faults of recorders, move values that they stored in
 * other members, and compute the mask of null members. Releases share a function with the same body.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "emit/emit_shared.h"

typedef bool reads(const struct release *r, const struct resolved_block *b, const char *access);

static bool
faults_read(const struct release *r, const struct resolved_block *b, const char *access)
{
	for (size_t i = 0; i < r->nfaults; i++)
		if (r->resolved_faults[i].block == b && emit_reads(r->resolved_faults[i].when, access))
			return true;
	return false;
}

static bool
nulls_read(const struct release *r, const struct resolved_block *b, const char *access)
{
	(void)r;
	for (size_t i = 0; i < b->nrules; i++)
		if (b->rules[i].means != NULL && emit_reads(b->rules[i].means, access))
			return true;
	return false;
}

/* Typed pointers to the structs that conditions read. Parameters that are not read are marked as unused. */
static void
emit_structs(struct out *o, const struct release *r, const struct resolved_block *b, reads *read)
{
	const struct {
		const char *name, *from;
		const struct definition *def;
	} structs[] = {
		{ "rawheader", "header", r->rawheader },
		{ "rawrecord", "record", r->rawrecord },
		{ "v", "host", b->def },
	};

	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < sizeof structs / sizeof structs[0]; i++) {
			const bool is_read = read(r, b, arena_printf(o->arena, "%s->", structs[i].name));

			if (is_read && pass == 0)
				out_printf(o, "const struct %s *%s = %s;\n", c_struct(o->arena, structs[i].def),
				    structs[i].name, structs[i].from);
			else if (!is_read && pass == 1)
				out_printf(o, "(void)%s;\n", structs[i].from);
		}
}

static void
emit_comment(struct out *o, const char *text)
{
	out_printf(o, "/* ");
	out_c_comment(o, text, " * ");
	out_printf(o, " */\n");
}

static void
emit_faults(struct out *o, const struct release *r, const struct resolved_block *b)
{
	out_printf(o, "uint64_t faults = 0;\n");
	emit_structs(o, r, b, faults_read);
	for (size_t i = 0; i < r->nfaults; i++) {
		const struct resolved_fault *f = &r->resolved_faults[i];

		if (f->block != b)
			continue;
		emit_comment(o, arena_printf(o->arena, "%s: %s", f->known->name.text, f->known->when.word.text));
		out_printf(o, "if (%s)\n\tfaults |= UINT64_C(1) << %zu;\n", emit_expr(o->arena, f->when), i);
	}
	out_printf(o, "return faults;\n");
}

static void
emit_mend(struct out *o, const struct release *r, const struct resolved_block *b)
{
	out_printf(o, "struct %s *v = host;\n\n", c_struct(o->arena, b->def));
	for (size_t i = 0; i < r->nfaults; i++) {
		const struct resolved_fault *f = &r->resolved_faults[i];

		if (f->block != b || f->nmoved == 0)
			continue;
		out_printf(o, "if (faults & UINT64_C(1) << %zu) {\n", i);
		for (size_t k = 0; k < f->nmoved; k++)
			out_printf(o, "\t%s = %s;\n", f->moved[k].to, f->moved[k].from);
		out_printf(o, "}\n");
	}
}

static size_t
number_of(const struct release *r, const struct known_fault *fault)
{
	return (size_t)(fault - r->faults);
}

static void
emit_masks(struct out *o, const struct release *r, const struct resolved_block *b)
{
	uint64_t always = 0;
	bool faulty = false;

	for (size_t i = 0; i < b->nrules; i++) {
		faulty = faulty || b->rules[i].fault != NULL;
		if (b->rules[i].means == NULL && b->rules[i].fault == NULL)
			always |= UINT64_C(1) << b->rules[i].bit;
	}
	out_printf(o, "uint64_t nulls = 0x%" PRIx64 ";\n", always);
	emit_structs(o, r, b, nulls_read);
	if (!faulty)
		out_printf(o, "(void)faults;\n");
	for (size_t i = 0; i < b->nrules; i++) {
		const struct null_rule *rule = &b->rules[i];

		if (rule->means != NULL) {
			emit_comment(o, rule->text);
			out_printf(o, "if (!(%s))\n", emit_expr(o->arena, rule->means));
		} else if (rule->fault != NULL) {
			emit_comment(o, rule->text);
			out_printf(o, "if (faults & UINT64_C(1) << %zu)\n", number_of(r, rule->fault));
		} else {
			continue;
		}
		out_printf(o, "\tnulls |= UINT64_C(1) << %zu;\n", rule->bit);
	}
	out_printf(o, "return nulls;\n");
}

/* The block whose struct is release_top's `top`. */
static const struct resolved_block *
block_of(const struct release *r, size_t top)
{
	return &r->blocks[top - 2];
}

static const char *
faults_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };

	for (size_t i = 0; i < r->nfaults; i++)
		if (r->resolved_faults[i].block == block_of(r, top)) {
			emit_faults(&o, r, block_of(r, top));
			return o.text;
		}
	return NULL;
}

static const char *
mend_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };

	for (size_t i = 0; i < r->nfaults; i++)
		if (r->resolved_faults[i].block == block_of(r, top) && r->resolved_faults[i].nmoved > 0) {
			emit_mend(&o, r, block_of(r, top));
			return o.text;
		}
	return NULL;
}

static const char *
nulls_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };

	if (block_of(r, top)->nrules > 0)
		emit_masks(&o, r, block_of(r, top));
	return o.text;
}

/* The functions, by the member of catalog_block that each is. */
static const struct part {
	const char *name;
	const char *type, *parameters;
	shared_body *body;
} parts[] = {
	{ "faults", "uint64_t", "const void *header, const void *record, const void *host", faults_body },
	{ "mend", "void", "void *host, uint64_t faults", mend_body },
	{ "nulls", "uint64_t", "const void *header, const void *record, const void *host, uint64_t faults",
	    nulls_body },
};

#define NPARTS (sizeof parts / sizeof parts[0])

/* The parts of the struct that its mask of null members is computed from. */
static uint64_t
nulls_parts(struct arena *a, const struct resolved_block *b)
{
	uint64_t read = 0;

	for (size_t i = 0; i < b->nrules; i++)
		if (b->rules[i].means != NULL)
			read |= parts_read(a, b->def, b->rules[i].means);
	return read;
}

void
emit_judging(struct out *o, const struct emit_plan *p, const struct release *r, const struct resolved_block *b,
    enum judging what)
{
	const size_t top = 2 + (size_t)(b - r->blocks);

	for (size_t i = 0; i < NPARTS; i++) {
		const struct part *part = &parts[i];
		const struct release *of = shared_owner(o->arena, p, r, top, part->body);

		if (of == NULL)
			continue;
		if (what == JUDGING_MEMBERS)
			out_printf(o, ".%s = %s_%s_%s,\n", part->name, c_release(o->arena, of), b->role, part->name);
		else if (of == r)
			out_printf(o, "%s%s%s_%s_%s(%s)%s\n", part->type, what == JUDGING_PROTOTYPES ? " " : "\n",
			    c_release(o->arena, r), b->role, part->name, part->parameters,
			    what == JUDGING_PROTOTYPES ? ";" : "\n{");
		if (what == JUDGING_FUNCTIONS && of == r)
			out_printf(o, "%s}\n\n", shared_text(o->arena, p, r, top, part->body));
	}
	if (what == JUDGING_MEMBERS && b->nrules > 0 && parts_of(o->arena, b->def) != 0)
		out_printf(o, ".nulls_parts = 0x%" PRIx64 ",\n", nulls_parts(o->arena, b));
}

bool
emit_judging_uses(struct arena *a, const struct emit_plan *p, const struct release *r, const struct release *owner)
{
	for (size_t top = 2; top < 2 + r->nblocks; top++)
		for (size_t i = 0; i < NPARTS; i++)
			if (shared_owner(a, p, r, top, parts[i].body) == owner)
				return true;
	return false;
}

/* The faults that the release knows, for the catalog. */
void
emit_known_faults(struct out *o, const struct release *r)
{
	out_printf(o, "static const struct catalog_fault %s_faults[] = {\n", c_release(o->arena, r));
	o->indent++;
	for (size_t i = 0; i < r->nfaults; i++) {
		const struct known_fault *f = &r->faults[i];
		const char *members = "";

		for (size_t k = 0; k < f->nmoves; k++)
			members = arena_printf(o->arena, "%s\"%s - %s\", ", members, f->moves[k].from.text,
			    f->moves[k].to.text);
		for (size_t k = 0; k < f->nnulls; k++)
			members = arena_printf(o->arena, "%s\"%s\", ", members, f->nulls[k].text);
		out_printf(o, "{\"%s\", \"%s\",\n \"", f->name.text, f->structure.text);
		out_c_string(o, f->note.text);
		out_printf(o, "\",\n (const char *const[]){%sNULL}},\n", members);
	}
	o->indent--;
	out_printf(o, "};\n\n");
}
