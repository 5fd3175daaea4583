/*
 * emit_check: check.c, the functions that compare structs with what atop writes: the schema's checks, and rules that follow
 * from reserved bytes, flags and texts. Releases share a function with the same body; the first of them owns it.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_parts.h"
#include "emit/emit_shared.h"
#include "model/field_facts.h"

/* A typed pointer, under the name that conditions use, to the host struct behind the void pointer `from`. */
static void
emit_view(struct out *o, const struct definition *d, const char *name, const char *from)
{
	out_printf(o, "const struct %s *%s = %s;\n", c_struct(o->arena, d), name, from);
}

/* --- bytes that are 0 ----------------------------------------------------------------------------------------- */

static uint64_t
end_of(const struct field *f, size_t m)
{
	return f->offset[m] + f->elements * (f->def != NULL ? f->def->size[m] : f->ctype->size[m]);
}

static void
emit_zero(struct out *o, const struct abi *abi, const uint64_t *at, const uint64_t *size, const char *what)
{
	bool any = false;

	for (size_t m = 0; m < abi->nmodels; m++)
		any = any || size[m] > 0;
	if (any)
		out_printf(o, "if (!is_zero(p + %s, %s))\n\treturn \"%s is not 0\";\n", c_at(o->arena, abi, at),
		    c_at(o->arena, abi, size), what);
}

/* Reserved members of a struct, and the padding before each member and at its end. */
static void
emit_zeros(struct out *o, const struct abi *abi, const struct definition *d)
{
	uint64_t at[MODELS_MAX] = { 0 }, size[MODELS_MAX];

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		for (size_t m = 0; m < abi->nmodels; m++)
			size[m] = f->offset[m] - at[m];
		emit_zero(o, abi, at, size, arena_printf(o->arena, "the padding before %s", f->key));
		for (size_t m = 0; m < abi->nmodels; m++) {
			at[m] = end_of(f, m);
			size[m] = at[m] - f->offset[m];
		}
		if (f->member->reserved)
			emit_zero(o, abi, f->offset, size, f->key);
	}
	for (size_t m = 0; m < abi->nmodels; m++)
		size[m] = d->size[m] - at[m];
	emit_zero(o, abi, at, size, "the padding at the end");
}

static const char *
zeros_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };

	emit_zeros(&o, r->abi, release_top(r, top));
	if (o.length == 0)
		return NULL;
	return arena_printf(a, "%s%s\treturn NULL;\n", strstr(o.text, "AT(m") == NULL ? "\t(void)m;\n" : "", o.text);
}

/* --- what members can hold ------------------------------------------------------------------------------------ */

static void
emit_own(struct out *o, const struct field *f, const char *path)
{
	const enum show show = field_show(f);
	uint64_t known = 0;

	if (f->bits != NULL) {
		for (size_t i = 0; i < f->bits->nbits; i++)
			known |= f->bits->bits[i].value;
		out_printf(o,
		    "if (((uint64_t)v->%s & ~UINT64_C(0x%" PRIx64 ")) != 0)\n"
		    "\treturn \"%s has flags that no atop sets\";\n",
		    path, known, path);
	} else if (field_is_text(f) && show == SHOW_TEXT && f->ndims == 1) {
		out_printf(o,
		    "if (memchr(v->%s, '\\0', sizeof v->%s) == NULL)\n"
		    "\treturn \"%s is a text without an end\";\n",
		    path, path, path);
	} else if (show == SHOW_FLAG && f->ndims == 0) {
		out_printf(o, "if ((uint64_t)v->%s > 1)\n\treturn \"%s is neither 0 nor 1\";\n", path, path);
	}
}

/* The members of a struct and of the structs in it, except reserved and conditional members and arrays of structs. */
static void
emit_members(struct out *o, const struct definition *d, const char *before)
{
	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const char *path = arena_printf(o->arena, "%s%s", before, f->key);

		if (f->member->reserved || f->member->when.word.text != NULL)
			continue;
		if (f->def == NULL)
			emit_own(o, f, path);
		else if (f->ndims == 0)
			emit_members(o, f->def, arena_printf(o->arena, "%s.", path));
	}
}

/* Returns the message of a check that fails. */
static void
emit_claim(struct out *o, const struct check *c)
{
	out_printf(o, "\treturn \"");
	out_c_string(o,
	    c->doc.text != NULL ? c->doc.text : arena_printf(o->arena, "'%s' does not hold", c->that.word.text));
	out_printf(o, "\";\n");
}

static const char *
flaw_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 }, all = { .arena = a, .indent = 1 };
	const struct definition *d = release_top(r, top);

	emit_members(&o, d, "");
	for (size_t i = 0; i < r->nchecks; i++)
		if (r->checks[i].top == top && r->checks[i].that != NULL) {
			out_printf(&o, "if (!(%s))\n", emit_expr(a, r->checks[i].that));
			emit_claim(&o, r->checks[i].check);
		}
	if (o.length == 0)
		return NULL;
	emit_view(&all, d, "v", "host");
	if (strstr(o.text, "rawrecord->") != NULL)
		emit_view(&all, r->rawrecord, "rawrecord", "record");
	else
		out_printf(&all, "\n(void)record;\n");
	return arena_printf(a, "%s\n%s\treturn NULL;\n", all.text, o.text);
}

/* --- sums over a block --------------------------------------------------------------------------------------- */

static size_t
count_sums(const struct release *r, size_t top)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		n += r->checks[i].top == top && r->checks[i].sum != NULL && r->checks[i].is != NULL;
	return n;
}

static const char *
sums_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };
	size_t n = 0;

	if (count_sums(r, top) == 0)
		return NULL;
	emit_view(&o, release_top(r, top), "v", "host");
	out_printf(&o, "\n");
	for (size_t i = 0; i < r->nchecks; i++)
		if (r->checks[i].top == top && r->checks[i].sum != NULL && r->checks[i].is != NULL)
			out_printf(&o, "sums[%zu] += (uint64_t)(%s);\n", n++, emit_expr(a, r->checks[i].sum));
	return o.text;
}

static const char *
stated_body(struct arena *a, const struct release *r, size_t top)
{
	struct out o = { .arena = a, .indent = 1 };
	size_t n = 0;

	if (count_sums(r, top) == 0)
		return NULL;
	emit_view(&o, r->rawrecord, "v", "record");
	out_printf(&o, "\n");
	for (size_t i = 0; i < r->nchecks; i++)
		if (r->checks[i].top == top && r->checks[i].sum != NULL && r->checks[i].is != NULL)
			out_printf(&o, "sums[%zu] = (uint64_t)v->%s;\n", n++,
			    c_member(a, r->rawrecord, r->checks[i].check->is.text));
	return o.text;
}

/* The parts of the struct that the sums are computed from. */
static uint64_t
sums_parts(struct arena *a, const struct release *r, size_t top)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		if (r->checks[i].top == top && r->checks[i].sum != NULL && r->checks[i].is != NULL)
			parts |= parts_read(a, release_top(r, top), r->checks[i].sum);
	return parts;
}

/* The members that state the sums, and what is summed up, in order. */
static void
emit_sum_names(struct out *o, const struct release *r, size_t top)
{
	struct out terms = { .arena = o->arena };

	out_printf(o, ".nsums = %zu,\n.sum_names = (const char *const[]){", count_sums(r, top));
	for (size_t i = 0, n = 0; i < r->nchecks; i++)
		if (r->checks[i].top == top && r->checks[i].sum != NULL && r->checks[i].is != NULL) {
			out_printf(o, "%s\"%s\"", n > 0 ? ", " : "", r->checks[i].check->is.text);
			out_printf(&terms, n++ > 0 ? ", \"" : "\"");
			out_c_string(&terms, r->checks[i].check->sum.word.text);
			out_printf(&terms, "\"");
		}
	out_printf(o, "},\n.sum_terms = (const char *const[]){%s},\n", terms.text);
}

/* --- the functions -------------------------------------------------------------------------------------------- */

/* A kind of function: the suffix of its name, its result, its parameters and its body. */
static const struct kind {
	const char *suffix;
	const char *result, *parameters;
	shared_body *body;
	size_t from, until; /* the range of structs that have it, by release_top */
} kinds[] = {
	{ "zeros", "const char *", "const unsigned char *p, unsigned m", zeros_body, 0, 2 },
	{ "flaw", "const char *", "const void *host, const void *record", flaw_body, 0, SIZE_MAX },
	{ "sums", "void", "const void *host, uint64_t *sums", sums_body, 2, SIZE_MAX },
	{ "stated", "void", "const void *record, uint64_t *sums", stated_body, 2, SIZE_MAX },
};

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

static const char *
function_name(struct arena *a, const struct release *owner, size_t top, const struct kind *k)
{
	return arena_printf(a, "%s_%s_%s", c_release(a, owner), release_top_role(owner, top), k->suffix);
}

/* Calls `each` for the functions of a release. */
static void
each_function(struct out *o, const struct emit_plan *p, const struct release *r,
    void (*each)(struct out *o, const struct release *r, size_t top, const struct kind *k, const char *body))
{
	for (size_t top = 0; top < 2 + r->nblocks; top++)
		for (size_t k = 0; k < NKINDS; k++)
			if (top >= kinds[k].from && top < kinds[k].until &&
			    shared_owner(o->arena, p, r, top, kinds[k].body) == r)
				each(o, r, top, &kinds[k], shared_text(o->arena, p, r, top, kinds[k].body));
}

static void
emit_function(struct out *o, const struct release *r, size_t top, const struct kind *k, const char *body)
{
	out_printf(o, "%s\n%s(%s)\n{\n%s}\n\n", k->result, function_name(o->arena, r, top, k), k->parameters, body);
}

static void
emit_prototype(struct out *o, const struct release *r, size_t top, const struct kind *k, const char *body)
{
	const char *space = k->result[strlen(k->result) - 1] == '*' ? "" : " ";

	(void)body;
	out_printf(o, "%s%s%s(%s);\n", k->result, space, function_name(o->arena, r, top, k), k->parameters);
}

bool
emit_has_checks(struct arena *a, const struct emit_plan *p, const struct release *r)
{
	struct out o = { .arena = a };

	each_function(&o, p, r, emit_prototype);
	return o.length > 0;
}

void
emit_checks(struct out *o, const struct emit_plan *p, const struct release *r)
{
	each_function(o, p, r, emit_function);
}

void
emit_check_prototypes(struct out *o, const struct emit_plan *p, const struct release *r)
{
	each_function(o, p, r, emit_prototype);
}

void
emit_check_row(struct out *o, const struct emit_plan *p, const struct release *r, size_t top, const char *before)
{
	for (size_t k = 0; k < NKINDS; k++) {
		const struct release *owner = top < kinds[k].from || top >= kinds[k].until
		    ? NULL
		    : shared_owner(o->arena, p, r, top, kinds[k].body);

		if (owner != NULL)
			out_printf(o, ".%s%s = %s,\n", before, kinds[k].suffix,
			    function_name(o->arena, owner, top, &kinds[k]));
	}
	if (top >= 2 && count_sums(r, top) > 0) {
		emit_sum_names(o, r, top);
		if (parts_of(o->arena, release_top(r, top)) != 0)
			out_printf(o, ".sums_parts = 0x%" PRIx64 ",\n", sums_parts(o->arena, r, top));
	}
}

bool
emit_check_uses(struct arena *a, const struct emit_plan *p, const struct release *r, const struct release *owner)
{
	for (size_t top = 0; top < 2 + r->nblocks; top++)
		for (size_t k = 0; k < NKINDS; k++)
			if (top >= kinds[k].from && top < kinds[k].until &&
			    shared_owner(a, p, r, top, kinds[k].body) == owner)
				return true;
	return false;
}
