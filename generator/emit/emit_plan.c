/*
 * emit_plan: marks the definitions that the named releases need, and orders them.
 */
#include "emit/emit_plan.h"

#include "emit/emit_dictionary.h"
#include "emit/emit_parts.h"
#include "emit/emit_shared.h"

/* Marks a definition, the one whose code serves it, and all structs in it. */
static void
need(struct emit_plan *p, const struct definition *d)
{
	if (p->needed[d->number])
		return;
	p->needed[d->number] = true;
	need(p, d->code);
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].def != NULL)
			need(p, d->fields[i].def);
}

/* Marks the structs that are parts of the definition, which has a role, and have parts of their own. */
static void
split_members(struct arena *a, struct emit_plan *p, const struct definition *d)
{
	if (parts_of(a, d) == 0)
		return;
	for (size_t i = 0; i < d->nfields; i++)
		if (parts_member(a, d, i) != 0 && parts_texts(a, d->fields[i].def) > 0)
			p->split[d->fields[i].def->code->number] = true;
}

/* The first role wins: a struct can be in two blocks. */
static void
need_as(struct arena *a, struct emit_plan *p, const struct definition *d, const char *role)
{
	split_members(a, p, d);
	if (p->roles[d->number] == NULL)
		p->roles[d->number] = role;
	if (p->roles[d->code->number] == NULL)
		p->roles[d->code->number] = role;
	need(p, d);
}

const char *
plan_role(const struct emit_plan *p, const struct definition *d)
{
	return p->roles[d->number];
}

bool
plan_splits(const struct emit_plan *p, const struct definition *d)
{
	return p->split[d->code->number];
}

/* The list being built. */
struct order {
	const struct release *release;
	const struct definition **list;
	size_t count;
};

static void
add_in_order(struct arena *a, const struct emit_plan *p, struct order *order, const struct definition *d)
{
	if (!p->needed[d->number] || d->origin != order->release)
		return;
	for (size_t i = 0; i < order->count; i++)
		if (order->list[i] == d)
			return;
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].def != NULL)
			add_in_order(a, p, order, d->fields[i].def);
	order->list = arena_grow(a, order->list, order->count, sizeof(*order->list));
	order->list[order->count++] = d;
}

const struct definition **
plan_definitions(struct arena *a, const struct emit_plan *p, const struct release *r, size_t *count)
{
	struct order order = { .release = r };

	for (size_t i = 0; i < r->ndefinitions; i++)
		add_in_order(a, p, &order, r->definitions[i]);
	*count = order.count;
	return order.list;
}

/* Lists the definitions with a role. */
static void
list_entries(struct arena *a, struct emit_plan *p)
{
	for (size_t i = 0; i < p->model->nreleases; i++) {
		size_t count;
		const struct definition **list = plan_definitions(a, p, p->model->releases[i], &count);

		for (size_t k = 0; k < count; k++) {
			if (plan_role(p, list[k]) == NULL)
				continue;
			p->entries = arena_grow(a, p->entries, p->nentries, sizeof(*p->entries));
			p->entries[p->nentries++] = list[k];
		}
	}
}

size_t
plan_entry(const struct emit_plan *p, const struct definition *d)
{
	size_t i = 0;

	while (p->entries[i] != d)
		i++;
	return i;
}

struct emit_plan
plan_make(struct arena *a, const struct model *m, const bool *named)
{
	struct emit_plan p = {
		.model = m,
		.named = named,
		.needed = arena_alloc(a, m->ndefinitions * sizeof(*p.needed)),
		.roles = arena_alloc(a, m->ndefinitions * sizeof(*p.roles)),
		.lines = arena_alloc(a, m->ndefinitions * sizeof(*p.lines)),
		.split = arena_alloc(a, m->ndefinitions * sizeof(*p.split)),
		.bodies = shared_bodies_make(a, m),
		.dictionary = dictionary_make(a),
	};

	for (size_t i = 0; i < m->nreleases; i++) {
		const struct release *r = m->releases[i];

		for (size_t k = 0; named[i] && k < 2 + r->nblocks; k++)
			need_as(a, &p, release_top(r, k), release_top_role(r, k));
	}
	list_entries(a, &p);
	return p;
}

/* Those of one aversion stay in order. */
const size_t *
plan_order(struct arena *a, const struct emit_plan *p, size_t *n)
{
	struct release *const *r = p->model->releases;
	size_t *order = arena_alloc(a, (p->model->nreleases + 1) * sizeof(*order));
	size_t k;

	*n = 0;
	for (size_t i = 0; i < p->model->nreleases; i++) {
		if (!p->named[i])
			continue;
		for (k = (*n)++; k > 0 && r[order[k - 1]]->schema->aversion > r[i]->schema->aversion; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return order;
}
