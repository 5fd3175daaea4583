/*
 * resolve_fault: the known faults of recorders in one release: a condition over a block's struct, and for each member whose
 * value is stored elsewhere, where.
 */
#include "read/resolve_internal.h"

#include <string.h>

#include "model/scope.h"

#define LEAVES_MAX 1024 /* members of the struct of a fault, and of the structs in it */

void
resolve_faults(struct resolver *rs, const struct schema *s)
{
	struct release *r = rs->release;

	if (!s->states_faults) {
		r->faults = r->base != NULL ? r->base->faults : NULL;
		r->nfaults = r->base != NULL ? r->base->nfaults : 0;
	} else {
		r->faults = s->faults;
		r->nfaults = s->nfaults;
	}
}

/* The integers in a struct, in the order in which they lie in memory. */
struct leaves {
	struct arena *arena;
	const char *paths[LEAVES_MAX];
	const char *access[LEAVES_MAX];
	const struct ctype *types[LEAVES_MAX];
	size_t n;
};

static void
find_leaves(struct leaves *l, const struct definition *def, const char *path, const char *access)
{
	for (size_t i = 0; i < def->nfields && l->n < LEAVES_MAX; i++) {
		const struct field *f = &def->fields[i];
		const char *inner = arena_printf(l->arena, "%s%s", path, f->member->name.text);
		const char *reached = arena_printf(l->arena, "%s%s", access, f->key);

		if (f->def != NULL && f->ndims == 0) {
			find_leaves(l, f->def, arena_printf(l->arena, "%s.", inner),
			    arena_printf(l->arena, "%s.", reached));
		} else if (f->def == NULL) {
			l->paths[l->n] = inner;
			l->access[l->n] = reached;
			l->types[l->n++] = field_is_integer(f) ? f->ctype : NULL;
		}
	}
}

static size_t
find_leaf(struct diag *d, const struct leaves *l, const struct word *path)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->paths[i], path->text) == 0 && l->types[i] != NULL)
			return i;
	diag_error(d, path->at, "'%s' is not an integer of the struct of the fault%s", path->text,
	    diag_hint(d, path->text, l->paths, l->n));
	return l->n;
}

static void
add_moved(struct arena *a, struct resolved_fault *f, const char *to, const char *from)
{
	f->moved = arena_grow(a, f->moved, f->nmoved, sizeof(*f->moved));
	f->moved[f->nmoved++] = (struct moved){ to, from };
}

/* Values from further on are moved in order, others in reverse order, so that no moved value is read again. */
static void
resolve_move(struct diag *d, const struct leaves *l, const struct move *m, struct resolved_fault *f)
{
	const size_t first = find_leaf(d, l, &m->from), last = find_leaf(d, l, &m->to);

	if (first == l->n || last == l->n)
		return;
	if (first > last || (m->by < 0 ? first < (size_t)-m->by : last + (size_t)m->by >= l->n)) {
		diag_error(d, m->from.at, "no members from '%s' to '%s' can be moved by %d", m->from.text, m->to.text,
		    m->by);
		return;
	}
	for (size_t i = 0; i <= last - first; i++) {
		const size_t to = m->by > 0 ? first + i : last - i;
		const size_t from = (size_t)((long)to + m->by);

		if (l->types[to] != l->types[from])
			diag_error(d, m->from.at, "'%s' and '%s' are of different types", l->paths[to], l->paths[from]);
		add_moved(d->arena, f, l->access[to], l->access[from]);
	}
}

/* The block whose role the path begins with, and in it the struct that the rest of the path leads to. */
static struct resolved_block *
find_struct(struct release *r, const struct known_fault *known, const struct definition **def, const char **access,
    struct arena *a)
{
	const char *path = known->structure.text;
	const size_t length = strcspn(path, ".");

	for (size_t i = 0; i < r->nblocks; i++) {
		const struct field *f;

		if (strlen(r->blocks[i].role) != length || memcmp(r->blocks[i].role, path, length) != 0)
			continue;
		*def = r->blocks[i].def;
		*access = "v->";
		if (path[length] == '\0')
			return &r->blocks[i];
		f = definition_walk(*def, path + length + 1);
		if (f == NULL || f->def == NULL || f->ndims > 0)
			return NULL;
		*def = f->def;
		*access = arena_printf(a, "v->%s.", path + length + 1);
		return &r->blocks[i];
	}
	return NULL;
}

static void
resolve_known(struct diag *d, struct release *r, const struct known_fault *known, struct resolved_fault *f)
{
	struct leaves *l = arena_alloc(d->arena, sizeof(*l));
	const struct definition *def = NULL;
	const char *access = NULL;

	f->known = known;
	f->block = find_struct(r, known, &def, &access, d->arena);
	if (f->block == NULL) {
		diag_error(d, known->structure.at,
		    "'%s' is not the role of a block and the path of a struct in its struct", known->structure.text);
		return;
	}
	{
		const struct scope_root roots[] = {
			{ .name = "rawheader", .def = r->rawheader, .access = "rawheader->" },
			{ .name = "rawrecord", .def = r->rawrecord, .access = "rawrecord->" },
			{ .name = f->block->role, .def = f->block->def, .access = "v->" },
		};
		const struct scope s = {
			.diag = d,
			.release = r,
			.own = def,
			.access = access,
			.what = known->structure.text,
			.roots = roots,
			.nroots = 3,
		};

		if (known->when.tree != NULL)
			f->when = scope_type_condition(&s, &known->when);
	}
	l->arena = d->arena;
	find_leaves(l, def, "", access);
	for (size_t i = 0; i < known->nmoves; i++)
		resolve_move(d, l, &known->moves[i], f);
	for (size_t i = 0; i < known->nnulls; i++)
		if (definition_walk(def, known->nulls[i].text) == NULL)
			diag_error(d, known->nulls[i].at, "'%s' is not a member of '%s'%s", known->nulls[i].text,
			    known->structure.text, definition_hint(d, def, known->nulls[i].text));
	if (known->nnulls == 0 && known->nmoves == 0)
		diag_error(d, known->name.at, "fault '%s' needs 'null' or 'moved'", known->name.text);
}

void
resolve_known_faults(struct diag *d, struct release *r)
{
	r->resolved_faults = arena_alloc(d->arena, r->nfaults * sizeof(*r->resolved_faults));
	for (size_t i = 0; i < r->nfaults; i++)
		resolve_known(d, r, &r->faults[i], &r->resolved_faults[i]);
}

/* --- guards of the members that are null with a fault --------------------------------------------------------- */

static const struct structure *
find_structure(const struct resolver *rs, const char *name)
{
	for (size_t i = 0; i < rs->structs.n; i++)
		if (strcmp(rs->structs.list[i], name) == 0)
			return rs->structures[i];
	return NULL;
}

static const char *
struct_of_role(const struct release *r, const char *path, size_t length)
{
	while (r->schema->nblocks == 0 && r->base != NULL)
		r = r->base;
	for (size_t i = 0; i < r->schema->nblocks; i++) {
		const struct block *b = &r->schema->blocks[i];
		const char *role = b->role.text != NULL ? b->role.text : b->structure.text;

		if (strlen(role) == length && memcmp(role, path, length) == 0)
			return b->structure.text;
	}
	return NULL;
}

const char *
resolve_member_at(const struct resolver *rs, const char *path, const char **structure)
{
	size_t length = strcspn(path, ".");
	const char *name = struct_of_role(rs->release, path, length);

	while (name != NULL && path[length] == '.') {
		const struct structure *s = find_structure(rs, name);
		const char *next = NULL;

		path += length + 1;
		length = strcspn(path, ".");
		*structure = name;
		for (size_t i = 0; s != NULL && i < s->nmembers; i++)
			if (strlen(s->members[i].name.text) == length &&
			    memcmp(s->members[i].name.text, path, length) == 0)
				next = s->members[i].type.text;
		if (next != NULL && path[length] == '\0')
			return path;
		name = next;
	}
	return NULL;
}
