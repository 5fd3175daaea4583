/*
 * resolve: schemas to releases. Every name is looked up in the release that is being resolved, also names in inherited
 * text, so the same text can mean different definitions in two releases.
 */
#include "read/resolve.h"

#include <string.h>

#include "read/resolve_internal.h"

/* --- names --------------------------------------------------------------------------------------------- */

/* The index of the name; for an unknown name, the number of names. */
static size_t
find_name(const struct names *names, const char *name)
{
	size_t i = 0;

	while (i < names->n && strcmp(names->list[i], name) != 0)
		i++;
	return i;
}

static size_t
intern(struct resolver *rs, struct names *names, const char *name)
{
	const size_t i = find_name(names, name);

	if (i == names->n) {
		names->list = arena_grow(rs->arena, names->list, names->n, sizeof(*names->list));
		names->list[names->n++] = name;
	}
	return i;
}

void
resolve_report_unknown(struct resolver *rs, struct position at, const char *what, const char *name,
    const struct names *known)
{
	diag_error(rs->diag, at, "unknown %s '%s'%s", what, name, diag_hint(rs->diag, name, known->list, known->n));
}

/* Limits names with the inherited ones. Those of one file are limited by the length of its lists. */
static void
refuse_many(struct resolver *rs, const struct names *names, const struct word *last, const char *what)
{
	if (names->n > NAMES_MAX)
		diag_error(rs->diag, last->at, "more than %d %s in one release", NAMES_MAX, what);
}

/* --- inheritance: an object with the name of an inherited one replaces it ---------------------------- */

static void
resolve_constants(struct resolver *rs, const struct schema *s)
{
	struct release *r = rs->release;
	const size_t ninherited = r->base != NULL ? r->base->nconstants : 0;

	r->constants = arena_alloc(rs->arena, (ninherited + s->nconstants) * sizeof(*r->constants));
	for (size_t i = 0; i < ninherited; i++) {
		const struct constant *c = r->base->constants[i];

		r->constants[intern(rs, &rs->constants, c->name.text)] = c;
	}
	for (size_t i = 0; i < s->nconstants; i++)
		r->constants[intern(rs, &rs->constants, s->constants[i].name.text)] = &s->constants[i];
	r->nconstants = rs->constants.n;
	if (s->nconstants > 0)
		refuse_many(rs, &rs->constants, &s->constants[s->nconstants - 1].name, "constants");
}

static void
resolve_bit_tables(struct resolver *rs, const struct schema *s)
{
	struct release *r = rs->release;
	const size_t ninherited = r->base != NULL ? r->base->nbit_tables : 0;

	r->bit_tables = arena_alloc(rs->arena, (ninherited + s->nbit_tables) * sizeof(*r->bit_tables));
	for (size_t i = 0; i < ninherited; i++) {
		const struct bit_table *table = r->base->bit_tables[i];

		r->bit_tables[intern(rs, &rs->bit_tables, table->name.text)] = table;
	}
	for (size_t i = 0; i < s->nbit_tables; i++)
		r->bit_tables[intern(rs, &rs->bit_tables, s->bit_tables[i].name.text)] = &s->bit_tables[i];
	r->nbit_tables = rs->bit_tables.n;
	if (s->nbit_tables > 0)
		refuse_many(rs, &rs->bit_tables, &s->bit_tables[s->nbit_tables - 1].name, "tables of bits");
}

/* The structs of the release, each with a definition that has no fields yet. */
static void
resolve_structures(struct resolver *rs, struct model *m, const struct schema *s)
{
	struct release *r = rs->release;
	const size_t ninherited = r->base != NULL ? r->base->ndefinitions : 0;

	rs->structures = arena_alloc(rs->arena, (ninherited + s->nstructures) * sizeof(*rs->structures));
	for (size_t i = 0; i < ninherited; i++) {
		const struct structure *structure = r->base->definitions[i]->structure;

		rs->structures[intern(rs, &rs->structs, structure->name.text)] = structure;
	}
	for (size_t i = 0; i < s->nstructures; i++)
		rs->structures[intern(rs, &rs->structs, s->structures[i].name.text)] = &s->structures[i];
	if (s->nstructures > 0)
		refuse_many(rs, &rs->structs, &s->structures[s->nstructures - 1].name, "structs");

	r->ndefinitions = rs->structs.n;
	r->definitions = arena_alloc(rs->arena, r->ndefinitions * sizeof(*r->definitions));
	rs->progress = arena_alloc(rs->arena, r->ndefinitions * sizeof(*rs->progress));
	for (size_t i = 0; i < r->ndefinitions; i++) {
		r->definitions[i] = arena_alloc(rs->arena, sizeof(*r->definitions[i]));
		r->definitions[i]->number = m->ndefinitions++;
		r->definitions[i]->structure = rs->structures[i];
		r->definitions[i]->origin = r;
	}
}

/* --- numbers ------------------------------------------------------------------------------------------- */

static bool
resolve_term(struct resolver *rs, const struct term *term, uint64_t *value)
{
	const struct constant *c;

	*value = term->value;
	if (term->name == NULL)
		return true;
	c = release_find_constant(rs->release, term->name);
	if (c == NULL) {
		resolve_report_unknown(rs, term->at, "constant", term->name, &rs->constants);
		return false;
	}
	*value = c->value;
	return true;
}

static bool
resolve_dim(struct resolver *rs, const struct dim *dim, uint64_t *value)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < dim->nterms; i++) {
		uint64_t term;

		if (!resolve_term(rs, &dim->terms[i], &term))
			return false;
		if (term > UINT64_MAX - sum) {
			diag_error(rs->diag, dim->text.at, "dimension '%s' does not fit in 64 bits", dim->text.text);
			return false;
		}
		sum += term;
	}
	if (sum == 0)
		diag_error(rs->diag, dim->text.at, "dimension '%s' is 0", dim->text.text);
	*value = sum;
	return sum != 0;
}

static bool
resolve_dims(struct resolver *rs, const struct member *m, struct field *f)
{
	f->elements = 1;
	for (f->ndims = 0; f->ndims < m->ndims; f->ndims++) {
		uint64_t *dim = &f->dims[f->ndims];

		if (!resolve_dim(rs, &m->dims[f->ndims], dim))
			return false;
		if (*dim > UINT64_MAX / f->elements) {
			diag_error(rs->diag, m->dims[f->ndims].text.at,
			    "the number of elements of '%s' does not fit in 64 bits", m->name.text);
			return false;
		}
		f->elements *= *dim;
	}
	return true;
}

/* --- members ------------------------------------------------------------------------------------------- */

static const struct definition *define(struct resolver *rs, size_t i);

/* A type can be a basic type or a struct. */
static void
report_unknown_type(struct resolver *rs, const struct word *type)
{
	const struct abi *abi = rs->release->abi;
	struct names known = { .list = NULL };

	for (size_t i = 0; i < abi->ntypes; i++)
		intern(rs, &known, abi->types[i].name.text);
	for (size_t i = 0; i < rs->structs.n; i++)
		intern(rs, &known, rs->structs.list[i]);
	resolve_report_unknown(rs, type->at, "type", type->text, &known);
}

/* The definition of struct `i` as the type of a member; NULL after reporting that structs are nested too deeply. */
static const struct definition *
define_within(struct resolver *rs, size_t i, const struct word *type)
{
	const struct definition *def = NULL;

	if (rs->progress[i] == DONE || rs->nopen < NESTING_MAX)
		def = define(rs, i);
	if (def != NULL && def->nesting < NESTING_MAX)
		return def;
	diag_error(rs->diag, type->at, "with struct '%s' structs are nested more than %d deep", type->text,
	    NESTING_MAX);
	return NULL;
}

static bool
resolve_type(struct resolver *rs, const struct member *m, struct field *f)
{
	size_t i;

	f->ctype = abi_find_type(rs->release->abi, m->type.text);
	if (f->ctype != NULL)
		return true;
	i = find_name(&rs->structs, m->type.text);
	if (i == rs->structs.n) {
		report_unknown_type(rs, &m->type);
		return false;
	}
	if (rs->progress[i] == OPEN) {
		diag_error(rs->diag, m->type.at, "struct '%s' contains itself", m->type.text);
		return false;
	}
	f->def = define_within(rs, i, &m->type);
	return f->def != NULL;
}

static bool
resolve_bits(struct resolver *rs, const struct member *m, struct field *f)
{
	if (m->bits.text == NULL)
		return true;
	f->bits = release_find_bits(rs->release, m->bits.text);
	if (f->bits == NULL)
		resolve_report_unknown(rs, m->bits.at, "table of bits", m->bits.text, &rs->bit_tables);
	return f->bits != NULL;
}

/* The name in the output: without leading underscores, unless it consists of underscores. */
static const char *
output_key(const char *name)
{
	const char *key = name + strspn(name, "_");

	return *key != '\0' ? key : name;
}

static bool
resolve_member(struct resolver *rs, const struct member *m, struct field *f)
{
	bool ok;

	*f = (struct field){ .member = m, .key = output_key(m->name.text) };
	ok = resolve_type(rs, m, f);
	ok = resolve_dims(rs, m, f) && ok;
	return resolve_bits(rs, m, f) && ok;
}

/* --- definitions --------------------------------------------------------------------------------------- */

/* The same, of two fields that the same code reads, which have the same C type and dimensions. */
static bool
same_field(const struct field *a, const struct field *b)
{
	return a->def == b->def && a->bits == b->bits;
}

/* The definition equals the one of the base, whose code it has, so the release shares that one. */
static bool
same_definition(const struct definition *a, const struct definition *b)
{
	if (a->structure != b->structure || a->nfields != b->nfields)
		return false;
	for (size_t i = 0; i < a->nfields; i++)
		if (!same_field(&a->fields[i], &b->fields[i]))
			return false;
	return true;
}

/* The same code reads and prints both fields: they differ at most in unit, kind, table of bits and doc. */
static bool
same_code(const struct field *a, const struct field *b)
{
	if (strcmp(a->key, b->key) != 0 || a->ctype != b->ctype || (a->def == NULL) != (b->def == NULL) ||
	    (a->def != NULL && b->def != NULL && a->def->code != b->def->code) || a->ndims != b->ndims)
		return false;
	for (size_t i = 0; i < a->ndims; i++)
		if (a->dims[i] != b->dims[i])
			return false;
	return strcmp(a->member->rest, b->member->rest) == 0;
}

/* The definition whose code serves `d`, which replaces `base`. */
static struct definition *
find_code(struct definition *d, const struct definition *base)
{
	if (d->nfields != base->nfields || !resolve_guarded_alike(d, base))
		return d;
	for (size_t i = 0; i < d->nfields; i++)
		if (!same_code(&d->fields[i], &base->fields[i]) ||
		    !resolve_means_same(&d->fields[i], d->origin, base->origin))
			return d;
	return base->code;
}

/* Updates nesting, struct_array and values of a definition by its field `f`. False if there are too many values. */
static bool
take_in(struct resolver *rs, struct definition *d, const struct field *f)
{
	const uint64_t values = f->def != NULL ? f->def->values : field_is_text(f) ? 1 : f->elements;

	if (f->def != NULL && f->def->nesting >= d->nesting)
		d->nesting = f->def->nesting + 1;
	if (d->struct_array == NULL && f->def != NULL)
		d->struct_array = f->ndims > 0 ? f : f->def->struct_array;
	if (values <= VALUES_MAX - d->values) {
		d->values += values;
		return true;
	}
	diag_error(rs->diag, f->member->name.at, "struct '%s' grows beyond %d values with member '%s'",
	    d->structure->name.text, VALUES_MAX, f->member->name.text);
	return false;
}

static void
resolve_fields(struct resolver *rs, struct definition *d, size_t i)
{
	bool fits = true;

	d->nesting = 1;
	d->fields = arena_alloc(rs->arena, d->structure->nmembers * sizeof(*d->fields));
	for (size_t k = 0; k < d->structure->nmembers; k++) {
		struct field *f = &d->fields[d->nfields];

		if (!resolve_member(rs, &d->structure->members[k], f))
			continue;
		f->column = resolve_column(rs, i, f);
		d->nfields++;
		fits = fits && take_in(rs, d, f);
	}
	resolve_guards(rs, d);
	if (!fits)
		d->values = 0; /* the error is reported here, not again for each struct that holds this one */
}

/* The definition of struct i with its fields; the base's if both are equal. */
static const struct definition *
define(struct resolver *rs, size_t i)
{
	struct release *r = rs->release;
	struct definition *d = r->definitions[i];

	if (rs->progress[i] == DONE)
		return d;
	rs->progress[i] = OPEN;
	rs->nopen++;
	resolve_fields(rs, d, i);
	rs->nopen--;
	rs->progress[i] = DONE;
	d->code = d;
	if (r->base == NULL || i >= r->base->ndefinitions)
		return d;
	d->code = find_code(d, r->base->definitions[i]);
	if (d->code != d && same_definition(d, r->base->definitions[i]))
		r->definitions[i] = r->base->definitions[i];
	return r->definitions[i];
}

/* --- releases ------------------------------------------------------------------------------------------ */

static const struct release *
find_release(const struct model *m, const char *version)
{
	for (size_t i = 0; i < m->nreleases; i++)
		if (strcmp(m->releases[i]->schema->version.text, version) == 0)
			return m->releases[i];
	return NULL;
}

static struct release *
resolve_release(struct arena *a, struct diag *d, struct model *m, const struct schema *s)
{
	struct release *r = arena_alloc(a, sizeof(*r));
	struct resolver rs = { .arena = a, .diag = d, .release = r };

	r->schema = s;
	r->abi = m->abi;
	if (s->extends.text != NULL)
		r->base = find_release(m, s->extends.text);
	release_context(d, r);
	resolve_constants(&rs, s);
	resolve_bit_tables(&rs, s);
	resolve_structures(&rs, m, s);
	resolve_faults(&rs, s);
	for (size_t i = 0; i < r->ndefinitions; i++)
		define(&rs, i);
	r->rawheader = release_find(r, "rawheader");
	r->rawrecord = release_find(r, "rawrecord");
	r->host = s->host.text != NULL ? &s->host : r->base != NULL ? r->base->host : NULL;
	resolve_blocks(&rs, s);
	resolve_conditions(d, r);
	resolve_rules(d, r);
	resolve_known_faults(d, r);
	resolve_tell(a, d, r);
	resolve_checks(d, r);
	resolve_features(d, r);
	return r;
}

struct model *
resolve(struct arena *a, struct diag *d, const struct loaded *loaded)
{
	struct model *m = arena_alloc(a, sizeof(*m));

	m->abi = loaded->abi;
	m->releases = arena_alloc(a, loaded->nschemas * sizeof(*m->releases));
	for (size_t i = 0; i < loaded->nschemas; i++) {
		struct release *r = resolve_release(a, d, m, loaded->schemas[i]);

		m->releases[m->nreleases++] = r;
	}
	diag_context(d, NULL, NULL);
	return m;
}
