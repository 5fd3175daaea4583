/*
 * resolve_guard: conditions outside a struct under which members of it are null. Each is a guard: a bit of the mask that
 * printers get. Bits are numbered within a struct, its own first, then those of the structs in it. So code that is shared
 * by releases, or that serves a struct in several blocks, tests the same bits.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"

/* --- the guards of a definition -------------------------------------------------------------------------------- */

struct outside {
	const struct release *release;
	const struct definition *def;
	bool own, others; /* a path of the expression leads outside */
};

static bool
has_block(const struct schema *s, const char *name, size_t length)
{
	for (size_t i = 0; i < s->nblocks; i++) {
		const struct block *b = &s->blocks[i];
		const char *role = b->role.text != NULL ? b->role.text : b->structure.text;

		if (strlen(role) == length && memcmp(role, name, length) == 0)
			return true;
	}
	return false;
}

/* The path begins with rawheader, rawrecord or a role of a block. Blocks are not resolved yet. */
static bool
leads_out(const struct release *r, const char *path, size_t length)
{
	const struct release *owner = r;

	if (path[length] != '.')
		return false;
	if (length == strlen("rawheader") &&
	    (memcmp(path, "rawheader", length) == 0 || memcmp(path, "rawrecord", length) == 0))
		return true;
	while (owner->schema->nblocks == 0 && owner->base != NULL)
		owner = owner->base;
	return has_block(owner->schema, path, length);
}

static void
find_outside(const struct expr *path, void *context)
{
	struct outside *o = context;
	const size_t length = strcspn(path->text, ".[");

	for (size_t i = 0; i < o->def->nfields; i++)
		if (strncmp(o->def->fields[i].member->name.text, path->text, length) == 0 &&
		    o->def->fields[i].member->name.text[length] == '\0') {
			o->own = true;
			return;
		}
	if (leads_out(o->release, path->text, length))
		o->others = true;
}

static struct outside
look_outside(const struct release *r, const struct definition *def, const struct expr *tree)
{
	struct outside o = { r, def, false, false };

	expr_each_path(tree, find_outside, &o);
	return o;
}

/* The bit of the guard. A new guard is added. */
static uint64_t
add_guard(struct resolver *rs, struct definition *d, const struct guard *guard)
{
	size_t i = 0;

	while (i < d->nguards && (d->guards[i].kind != guard->kind || strcmp(d->guards[i].key, guard->key) != 0))
		i++;
	if (i == d->nguards) {
		d->guards = arena_grow(rs->arena, d->guards, d->nguards, sizeof(*d->guards));
		d->guards[d->nguards++] = *guard;
	}
	return i < GUARDS_MAX ? UINT64_C(1) << i : 0;
}

static void
guard_conditions(struct resolver *rs, struct definition *d)
{
	for (size_t i = 0; i < d->nfields; i++) {
		struct field *f = &d->fields[i];
		const struct condition *when = &f->member->when;

		if (when->tree != NULL && look_outside(rs->release, d, when->tree).others)
			f->guards |= add_guard(rs, d, &(struct guard){ GUARD_WHEN, when->word.text, when });
	}
}

const char *
resolve_unfilled_key(struct arena *a, const struct member *m)
{
	const char *key = "";

	for (size_t i = 0; i < m->nunfilled; i++)
		key = arena_printf(a, "%s%s%s", key, i > 0 ? ", " : "", m->unfilled[i].text);
	return key;
}

/* Adds the guard of the members of `d` that the holding member lists as unfilled. */
static void
guard_unfilled(struct resolver *rs, struct definition *d, const struct member *m)
{
	const struct guard guard = { GUARD_UNFILLED, resolve_unfilled_key(rs->arena, m), NULL };

	for (size_t i = 0; i < m->nunfilled; i++) {
		const struct field *f = definition_find(d, m->unfilled[i].text);

		if (f != NULL)
			d->fields[f - d->fields].guards |= add_guard(rs, d, &guard);
		else
			diag_error(rs->diag, m->unfilled[i].at, "'%s' is not a member of '%s'%s", m->unfilled[i].text,
			    d->structure->name.text, definition_hint(rs->diag, d, m->unfilled[i].text));
	}
}

/* Adds the guards of the members that a known fault makes null, if they are in this struct. */
static void
guard_fault(struct resolver *rs, struct definition *d, const struct known_fault *fault)
{
	const struct guard guard = { GUARD_FAULT, fault->name.text, NULL };

	for (size_t i = 0; i < fault->nnulls; i++) {
		const char *path = arena_printf(rs->arena, "%s.%s", fault->structure.text, fault->nulls[i].text);
		const char *structure = "", *name = resolve_member_at(rs, path, &structure);
		const struct field *f = name != NULL ? definition_find(d, name) : NULL;

		if (f != NULL && strcmp(structure, d->structure->name.text) == 0)
			d->fields[f - d->fields].guards |= add_guard(rs, d, &guard);
	}
}

void
resolve_guards(struct resolver *rs, struct definition *d)
{
	guard_conditions(rs, d);
	for (size_t i = 0; i < rs->release->nfaults; i++)
		guard_fault(rs, d, &rs->release->faults[i]);
	for (size_t i = 0; i < rs->structs.n; i++)
		for (size_t k = 0; k < rs->structures[i]->nmembers; k++) {
			const struct member *m = &rs->structures[i]->members[k];

			if (m->nunfilled > 0 && strcmp(m->type.text, d->structure->name.text) == 0)
				guard_unfilled(rs, d, m);
		}
	d->nbits = d->nguards;
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i].def != NULL) {
			d->fields[i].base = d->nbits;
			d->nbits += d->fields[i].def->nbits;
		}
}

bool
resolve_guarded_alike(const struct definition *a, const struct definition *b)
{
	if (a->nguards != b->nguards || a->nfields != b->nfields)
		return false;
	for (size_t i = 0; i < a->nguards; i++)
		if (a->guards[i].kind != b->guards[i].kind || strcmp(a->guards[i].key, b->guards[i].key) != 0)
			return false;
	for (size_t i = 0; i < a->nfields; i++)
		if (a->fields[i].guards != b->fields[i].guards)
			return false;
	return true;
}

/* --- what they mean in a block ---------------------------------------------------------------------------------- */

/* The structs of a block, from the outermost inwards. */
struct walk {
	struct diag *diag;
	const struct release *release;
	struct resolved_block *block;
	struct scope_root roots[3];
};

/* Where a struct is in the outermost one. */
struct spot {
	const struct definition *def;
	const struct member *member; /* the member; NULL: the outermost struct itself */
	const char *access;          /* "v->net." */
	size_t base;                 /* its first bit */
	bool in_array;
};

static void
add_rule(struct walk *w, size_t bit, const struct typed *means, const char *text, const struct known_fault *fault)
{
	struct resolved_block *b = w->block;

	b->rules = arena_grow(w->diag->arena, b->rules, b->nrules, sizeof(*b->rules));
	b->rules[b->nrules++] = (struct null_rule){ bit, means, text, fault };
}

static void
rule_of_condition(struct walk *w, const struct spot *at, const struct condition *when, size_t bit)
{
	const struct scope s = {
		.diag = w->diag,
		.release = w->release,
		.own = at->def,
		.access = at->access,
		.what = at->def->structure->name.text,
		.roots = w->roots,
		.nroots = sizeof(w->roots) / sizeof(w->roots[0]),
	};
	const struct typed *t;

	if (at->in_array && look_outside(w->release, at->def, when->tree).own) {
		diag_error(w->diag, when->word.at,
		    "the condition of a member of an array's elements is either over their members or over what is outside");
		return;
	}
	t = scope_type_condition(&s, when);
	if (t != NULL)
		add_rule(w, bit, t, when->word.text, NULL);
}

/* A guard of a definition from an older release can belong to a fault that a younger release states again. */
static const struct known_fault *
find_fault(const struct release *r, const char *name)
{
	for (size_t i = 0; i < r->nfaults; i++)
		if (strcmp(r->faults[i].name.text, name) == 0)
			return &r->faults[i];
	return NULL;
}

/* The struct, whose access is "v->net.icmp.", is that of the fault, which is "sstat.net", or in it. */
static bool
is_within(const struct spot *at, const struct known_fault *fault)
{
	const char *dot = strchr(fault->structure.text, '.'), *access = at->access + strlen("v->");
	size_t length;

	if (dot == NULL)
		return true;
	length = strlen(dot + 1);
	return strncmp(access, dot + 1, length) == 0 && access[length] == '.';
}

static void
walk_spot(struct walk *w, const struct spot *at)
{
	struct arena *a = w->diag->arena;
	const char *key = at->member != NULL ? resolve_unfilled_key(a, at->member) : "";

	for (size_t i = 0; i < at->def->nguards; i++) {
		const struct guard *g = &at->def->guards[i];
		const struct known_fault *fault;

		if (g->kind == GUARD_WHEN)
			rule_of_condition(w, at, g->when, at->base + i);
		else if (g->kind == GUARD_UNFILLED && strcmp(key, g->key) == 0)
			add_rule(w, at->base + i, NULL, g->key, NULL);
		else if (g->kind == GUARD_FAULT && (fault = find_fault(w->release, g->key)) != NULL &&
		    is_within(at, fault))
			add_rule(w, at->base + i, NULL, g->key, fault);
	}
	for (size_t i = 0; i < at->def->nfields; i++) {
		const struct field *f = &at->def->fields[i];
		const struct spot inner = {
			.def = f->def,
			.member = f->member,
			.access = arena_printf(a, "%s%s.", at->access, f->key),
			.base = at->base + f->base,
			.in_array = at->in_array || f->ndims > 0,
		};

		if (f->def != NULL && f->def->nbits > 0)
			walk_spot(w, &inner);
	}
}

static void
rule_block(struct diag *d, const struct release *r, struct resolved_block *b)
{
	struct walk w = { .diag = d,
		.release = r,
		.block = b,
		.roots = {
		    { .name = "rawheader", .def = r->rawheader, .access = "rawheader->" },
		    { .name = "rawrecord", .def = r->rawrecord, .access = "rawrecord->" },
		    { .name = b->role, .def = b->def, .access = "v->" },
		} };
	const struct spot top = { .def = b->def, .access = "v->" };

	if (b->def->nbits > GUARDS_MAX)
		diag_error(d, b->block->structure.at, "the conditions of '%s' are %zu: there is room for %d", b->role,
		    b->def->nbits, GUARDS_MAX);
	else if (r->rawheader != NULL && r->rawrecord != NULL)
		walk_spot(&w, &top);
}

/* Header and record have no guards: they are printed before anything outside them is read. */
static void
check_unguarded(struct diag *d, const struct definition *def)
{
	for (size_t i = 0; def != NULL && i < def->nguards; i++)
		if (def->guards[i].kind == GUARD_WHEN)
			diag_error(d, def->guards[i].when->word.at, "a condition in '%s' is over its own members",
			    def->structure->name.text);
	for (size_t i = 0; def != NULL && i < def->nfields; i++)
		if (def->fields[i].def != NULL)
			check_unguarded(d, def->fields[i].def);
}

void
resolve_rules(struct diag *d, struct release *r)
{
	check_unguarded(d, r->rawheader);
	check_unguarded(d, r->rawrecord);
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].def->nbits > 0)
			rule_block(d, r, &r->blocks[i]);
}
