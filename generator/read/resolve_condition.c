/*
 * resolve_condition: types the conditions of a release. Conditions of members are typed once, for the release that
 * introduced the definition.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"

/* --- whether two releases mean the same by it ------------------------------------------------------------------ */

struct comparison {
	const struct release *a, *b;
	bool same;
};

static bool
same_constant(const struct constant *a, const struct constant *b)
{
	return a == NULL || b == NULL ? a == b : a->value == b->value;
}

static const struct bit *
find_bit(const struct bit_table *table, const char *name)
{
	for (size_t i = 0; table != NULL && i < table->nbits; i++)
		if (strcmp(table->bits[i].name.text, name) == 0)
			return &table->bits[i];
	return NULL;
}

static void
compare_name(const struct expr *path, void *context)
{
	struct comparison *c = context;

	if (!same_constant(release_find_constant(c->a, path->text), release_find_constant(c->b, path->text)))
		c->same = false;
	for (size_t i = 0; i < c->a->nbit_tables; i++) {
		const struct bit_table *table = c->a->bit_tables[i];
		const struct bit *x = find_bit(table, path->text);
		const struct bit *y = find_bit(release_find_bits(c->b, table->name.text), path->text);

		if (x == NULL || y == NULL ? x != y : x->value != y->value)
			c->same = false;
	}
}

bool
resolve_means_same(const struct field *f, const struct release *a, const struct release *b)
{
	struct comparison c = { a, b, true };

	if (f->member->when.tree != NULL)
		expr_each_path(f->member->when.tree, compare_name, &c);
	if (f->member->live.tree != NULL)
		expr_each_path(f->member->live.tree, compare_name, &c);
	return c.same;
}

/* --- what they mean -------------------------------------------------------------------------------------------- */

/* A condition over something outside the struct is resolved for each block that the struct is in. */
static bool
is_guard(const struct definition *def, const struct condition *when)
{
	for (size_t i = 0; i < def->nguards; i++)
		if (def->guards[i].kind == GUARD_WHEN && strcmp(def->guards[i].key, when->word.text) == 0)
			return true;
	return false;
}

static void
resolve_when(const struct scope *s, const struct definition *def, struct field *f)
{
	if (f->member->when.tree != NULL && !is_guard(def, &f->member->when))
		f->when = scope_type_condition(s, &f->member->when);
}

/* A path without a role is one of the element. check reports `live` on anything but an array of structs. */
static void
resolve_live(const struct scope *s, struct field *f)
{
	struct scope element = *s;

	if (f->member->live.tree == NULL || f->def == NULL || f->ndims == 0)
		return;
	element.own = f->def;
	element.what = f->def->structure->name.text;
	element.index = "i";
	f->live = scope_type_condition(&element, &f->member->live);
}

/* The condition of the release, or the one that it inherits. */
static void
resolve_since_boot(struct diag *d, struct release *r)
{
	const struct scope_root root = { .name = "rawrecord", .def = r->rawrecord, .access = "v->" };
	const struct scope s = { .diag = d, .release = r, .what = "rawrecord", .roots = &root, .nroots = 1 };
	const struct release *owner = r;

	while (owner->schema->since_boot.word.text == NULL && owner->base != NULL)
		owner = owner->base;
	if (owner->schema->since_boot.word.text != NULL)
		r->counts_since_boot = &owner->schema->since_boot;
	if (r->rawrecord != NULL && owner->schema->since_boot.tree != NULL)
		r->since_boot = scope_type_condition(&s, &owner->schema->since_boot);
}

void
resolve_conditions(struct diag *d, struct release *r)
{
	for (size_t i = 0; i < r->ndefinitions; i++) {
		struct definition *def = r->definitions[i];
		const struct scope s = {
			.diag = d,
			.release = r,
			.own = def,
			.access = "v->",
			.what = def->structure->name.text,
		};

		if (def->origin != r)
			continue;
		for (size_t k = 0; k < def->nfields; k++) {
			resolve_when(&s, def, &def->fields[k]);
			resolve_live(&s, &def->fields[k]);
		}
	}
	resolve_since_boot(d, r);
}
