/*
 * check_unused: warnings about structs, constants and tables of bits that nothing in the release uses.
 */
#include "check/check_internal.h"

#include <string.h>

#include "model/scope.h"

/* Marks the struct and all structs in it, by their index in the release. */
static void
mark_used(const struct release *r, const struct definition *def, bool *used)
{
	size_t i = 0;

	while (i < r->ndefinitions && r->definitions[i] != def)
		i++;
	if (i == r->ndefinitions || used[i])
		return;
	used[i] = true;
	for (size_t k = 0; k < def->nfields; k++)
		if (def->fields[k].def != NULL)
			mark_used(r, def->fields[k].def, used);
}

static void
warn_unused_structs(struct diag *d, const struct release *r)
{
	bool *used = arena_alloc(d->arena, (r->ndefinitions + 1) * sizeof(*used));

	for (size_t i = 0; i < 2 + r->nblocks; i++)
		if (release_top(r, i) != NULL)
			mark_used(r, release_top(r, i), used);
	for (size_t i = 0; i < r->ndefinitions; i++) {
		const struct word *name = &r->definitions[i]->structure->name;

		if (!used[i] && name->at.source == r->schema->source)
			diag_warning(d, name->at, "struct '%s' is not used", name->text);
	}
}

struct search {
	const char *name;
	bool found;
};

static void
compare_name(const struct expr *path, void *context)
{
	struct search *s = context;

	s->found = s->found || strcmp(path->text, s->name) == 0;
}

static bool
names_in_condition(const struct condition *c, const char *name)
{
	struct search s = { name, false };

	if (c->tree != NULL)
		expr_each_path(c->tree, compare_name, &s);
	return s.found;
}

static bool
uses_constant(const struct member *m, const char *constant)
{
	if (names_in_condition(&m->when, constant) || names_in_condition(&m->live, constant))
		return true;
	for (size_t i = 0; i < m->ndims; i++)
		for (size_t k = 0; k < m->dims[i].nterms; k++) {
			const char *name = m->dims[i].terms[k].name;

			if (name != NULL && strcmp(name, constant) == 0)
				return true;
		}
	return false;
}

static bool
names_bits(const struct member *m, const char *table)
{
	return m->bits.text != NULL && strcmp(m->bits.text, table) == 0;
}

/* Whether `uses` is true of any member of the release. */
static bool
any_member(const struct release *r, bool (*uses)(const struct member *m, const char *name), const char *name)
{
	for (size_t i = 0; i < r->ndefinitions; i++) {
		const struct structure *s = r->definitions[i]->structure;

		for (size_t k = 0; k < s->nmembers; k++)
			if (uses(&s->members[k], name))
				return true;
	}
	return false;
}

/* A condition of the release outside its structs uses the constant. */
static bool
any_condition(const struct release *r, const char *constant)
{
	const struct tell *tell = &r->schema->tell;
	bool found = names_in_condition(&tell->begins, constant);

	if (r->counts_since_boot != NULL)
		found = found || names_in_condition(r->counts_since_boot, constant);
	for (size_t i = 0; i < tell->ncounts; i++)
		found = found || names_in_condition(&tell->counts[i].where, constant) ||
		    names_in_condition(&tell->counts[i].has, constant);
	for (size_t i = 0; i < r->nfaults; i++)
		found = found || names_in_condition(&r->faults[i].when, constant);
	for (size_t i = 0; i < r->nchecks; i++)
		found = found || names_in_condition(&r->checks[i].check->that, constant) ||
		    names_in_condition(&r->checks[i].check->sum, constant);
	for (size_t i = 0; i < r->nfeatures; i++)
		found = found || names_in_condition(&r->features[i].feature->when, constant);
	return found;
}

/* Warns about names that this file defines and its release does not use. Inherited names are exempt. */
void
check_unused(struct diag *d, const struct release *r)
{
	const struct schema *s = r->schema;

	warn_unused_structs(d, r);
	for (size_t i = 0; i < s->nconstants; i++)
		if (strcmp(s->constants[i].name.text, "MYMAGIC") != 0 &&
		    !any_member(r, uses_constant, s->constants[i].name.text) &&
		    !any_condition(r, s->constants[i].name.text))
			diag_warning(d, s->constants[i].name.at, "constant '%s' is not used",
			    s->constants[i].name.text);
	for (size_t i = 0; i < s->nbit_tables; i++)
		if (!any_member(r, names_bits, s->bit_tables[i].name.text))
			diag_warning(d, s->bit_tables[i].name.at, "table of bits '%s' is not used",
			    s->bit_tables[i].name.text);
}
