/*
 * resolve_tell: types the conditions of the key 'tell' in its release, and checks its shares.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"
#include "read/keys.h"

#define NEVER       -1
#define PERCENT_MAX 100

/* A share that is stated in percent, or NEVER. */
static int
read_share(struct diag *d, const char *key, const struct word *w)
{
	uint64_t value;

	if (w->text == NULL)
		return NEVER;
	if (keys_parse_number(w->text, strlen(w->text), &value) && value <= PERCENT_MAX)
		return (int)value;
	diag_error(d, w->at, "'%s' is a share in percent, 0 to %d; found '%s'", key, PERCENT_MAX, w->text);
	return NEVER;
}

/* The counted block with the role; NULL after reporting that there is none. */
static const struct resolved_block *
find_block(struct diag *d, const struct release *r, const struct word *role)
{
	for (size_t i = 0; i < r->nblocks; i++)
		if (strcmp(r->blocks[i].role, role->text) == 0 && r->blocks[i].size == NULL && r->blocks[i].of == NULL)
			return &r->blocks[i];
	diag_error(d, role->at, "'%s' is neither rawrecord nor the role of a block of structs", role->text);
	return NULL;
}

static void
resolve_count(struct diag *d, struct release *r, const struct tell_count *count)
{
	struct resolved_count *c = &r->counts[r->ncounts];
	const struct scope_root record = { .name = "rawrecord", .def = r->rawrecord, .access = "rawrecord->" };
	struct scope s = {
		.diag = d,
		.release = r,
		.own = r->rawrecord,
		.access = "rawrecord->",
		.what = "rawrecord",
		.roots = &record,
		.nroots = 1,
	};

	if (count->of.text == NULL || count->where.tree == NULL || count->has.tree == NULL)
		return;
	if (strcmp(count->of.text, "rawrecord") != 0) {
		c->of = find_block(d, r, &count->of);
		if (c->of == NULL || c->of->def == NULL)
			return;
		s.own = c->of->def;
		s.access = "v->";
		s.what = c->of->role;
	}
	c->where = scope_type_condition(&s, &count->where);
	c->has = scope_type_condition(&s, &count->has);
	c->least = count->least;
	c->own = read_share(d, "own", &count->own);
	c->other = read_share(d, "other", &count->other);
	if (count->own.text == NULL && count->other.text == NULL)
		diag_error(d, count->of.at, "a count needs the key 'own' or the key 'other'");
	if (c->own != NEVER && c->other >= c->own)
		diag_error(d, count->other.at, "'other' must be less than 'own'");
	if (c->where != NULL && c->has != NULL)
		r->ncounts++;
}

void
resolve_tell(struct arena *a, struct diag *d, struct release *r)
{
	const struct tell *t = &r->schema->tell;
	const struct scope s = {
		.diag = d,
		.release = r,
		.own = r->rawrecord,
		.access = "rawrecord->",
		.what = "rawrecord",
	};

	if (t->begins.tree == NULL || r->rawrecord == NULL)
		return;
	r->begins = scope_type_condition(&s, &t->begins);
	r->counts = arena_alloc(a, (t->ncounts + 1) * sizeof(*r->counts));
	for (size_t i = 0; i < t->ncounts; i++)
		resolve_count(d, r, &t->counts[i]);
}
