/*
 * check: rules on data models, on the names of one file, and on what a reader of logs needs of a release.
 */
#include "check/check.h"

#include <string.h>
#include <strings.h>

#include "check/check_internal.h"

/* --- abi.yaml ------------------------------------------------------------------------------------------ */

static void
check_data_model(struct diag *d, const struct abi *abi, const struct data_model *m)
{
	const char *name = m->name.text;

	for (const struct data_model *other = abi->models; other < m; other++)
		if (strcmp(other->name.text, name) == 0)
			diag_error(d, m->name.at, "duplicate data model '%s'", name);
	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		diag_error(d, m->name.at, "data model '%s' has characters other than a-z, 0-9 and -", name);
	check_name_length(d, "data model", &m->name);
	for (size_t i = 0; i < m->nmachines; i++)
		check_comment(d, &m->machines[i]);
	check_comment(d, &m->doc);
}

static void
check_basic_type(struct diag *d, const struct abi *abi, const struct ctype *t)
{
	const char *name = t->name.text;

	for (const struct ctype *other = abi->types; other < t; other++)
		if (strcmp(other->name.text, name) == 0)
			diag_error(d, t->name.at, "duplicate type '%s'", name);
	if (name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ ")] != '\0')
		diag_error(d, t->name.at, "type '%s' is not made of C identifiers", name);
	check_name_length(d, "type", &t->name);
	for (size_t m = 0; m < abi->nmodels; m++) {
		if (t->align[m] > t->size[m])
			diag_error(d, t->name.at, "type '%s' is aligned to more than its size", name);
		if ((t->kind == TYPE_CHAR && t->size[m] != 1) || (t->kind == TYPE_FLOAT && t->size[m] < 4))
			diag_error(d, t->name.at, "type '%s' has a size that its kind cannot have", name);
	}
}

/* --- one file ------------------------------------------------------------------------------------------ */

static void
check_provenance(struct diag *d, const struct schema *s)
{
	check_comment(d, &s->tag);
	for (size_t i = 0; i < s->nreleases; i++)
		check_comment(d, &s->releases[i]);
	for (size_t i = 0; i < s->nfiles; i++)
		check_comment(d, &s->files[i]);
}

static void
check_bit_table(struct diag *d, const struct bit_table *table)
{
	check_name(d, "table of bits", &table->name);
	for (size_t i = 0; i < table->nbits; i++) {
		const struct bit *bit = &table->bits[i];

		check_name(d, "bit", &bit->name);
		check_comment(d, &bit->doc);
		if (bit->value == 0)
			diag_error(d, bit->name.at, "bit '%s' is 0", bit->name.text);
		for (size_t k = 0; k < i; k++)
			if (strcmp(table->bits[k].name.text, bit->name.text) == 0)
				diag_error(d, bit->name.at, "duplicate bit '%s': line %u has it already",
				    bit->name.text, table->bits[k].name.at.line);
	}
}

static void
check_struct_name(struct diag *d, const struct abi *abi, const struct structure *s)
{
	check_name(d, "struct", &s->name);
	if (abi_find_type(abi, s->name.text) != NULL)
		diag_error(d, s->name.at, "struct '%s' has the name of a basic type", s->name.text);
}

/* Macros are named after structs in capitals, so names must differ in more than case. */
static void
check_struct_case(struct diag *d, const struct release *r, const struct structure *s)
{
	for (size_t i = 0; i < r->ndefinitions; i++) {
		const char *other = r->definitions[i]->structure->name.text;

		if (strcmp(other, s->name.text) == 0)
			return;
		if (strcasecmp(other, s->name.text) == 0)
			diag_error(d, s->name.at, "struct '%s' differs from '%s' in case alone", s->name.text, other);
	}
}

static void
check_file(struct diag *d, const struct release *r)
{
	const struct schema *s = r->schema;

	check_provenance(d, s);
	for (size_t i = 0; i < s->nconstants; i++)
		check_name(d, "constant", &s->constants[i].name);
	for (size_t i = 0; i < s->nbit_tables; i++)
		check_bit_table(d, &s->bit_tables[i]);
	for (size_t i = 0; i < s->nstructures; i++) {
		check_struct_name(d, r->abi, &s->structures[i]);
		check_struct_case(d, r, &s->structures[i]);
	}
}

/* --- what frames a log --------------------------------------------------------------------------------- */

/* A 32-bit number with its bytes reversed. */
static uint64_t
swapped(uint64_t number)
{
	return (number & 0xff) << 24 | (number & 0xff00) << 8 | (number >> 8 & 0xff00) | (number >> 24 & 0xff);
}

/* The byte order of a log is detected by its magic, so no magic may be another one with its bytes reversed. */
static void
check_magic(struct diag *d, const struct model *m, const struct release *r)
{
	const struct constant *magic = release_find_constant(r, "MYMAGIC"), *other;

	if (magic == NULL) {
		diag_error(d, r->schema->at, "a schema needs the constant 'MYMAGIC'");
		return;
	}
	if (magic->value > UINT32_MAX || magic->value == swapped(magic->value))
		diag_error(d, magic->name.at, "'MYMAGIC' is %s, from which no byte order can be told", magic->text);
	for (size_t i = 0; i < m->nreleases && m->releases[i] != r; i++) {
		other = release_find_constant(m->releases[i], "MYMAGIC");
		if (other != NULL && other->value != magic->value && other->value == swapped(magic->value))
			diag_error(d, magic->name.at, "'MYMAGIC' is that of atop %s in the other byte order",
			    m->releases[i]->schema->version.text);
	}
}

/* A struct that every release has, with integer members that the reader needs. */
static void
check_frame(struct diag *d, const struct release *r, const char *structure, const char *const *members, size_t n)
{
	const struct definition *def = release_find(r, structure);

	if (def == NULL) {
		diag_error(d, r->schema->at, "a schema needs the struct '%s'", structure);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct field *f = definition_find(def, members[i]);

		if (f == NULL || !field_is_integer(f))
			diag_error(d, def->structure->name.at, "'%s' needs the integer member '%s'", structure,
			    members[i]);
	}
}

static void
check_frames(struct diag *d, const struct release *r)
{
	static const char *const header[] = { "magic", "aversion", "rawheadlen", "rawreclen" };
	static const char *const record[] = { "curtime" };

	check_frame(d, r, "rawheader", header, sizeof(header) / sizeof(header[0]));
	check_frame(d, r, "rawrecord", record, sizeof(record) / sizeof(record[0]));
}

/* The member that names the host is a text. */
static void
check_host(struct diag *d, const struct release *r)
{
	const struct field *f = r->host == NULL || r->rawheader == NULL ? NULL
									: definition_walk(r->rawheader, r->host->text);

	if (r->host != NULL && r->rawheader != NULL && (f == NULL || !field_is_text(f)))
		diag_error(d, r->host->at, "'%s' is not a text member of 'rawheader'", r->host->text);
}

/* --- blocks -------------------------------------------------------------------------------------------- */

static void
check_record_member(struct diag *d, const struct word *name, const struct field *f)
{
	if (name->text != NULL && (f == NULL || !field_is_integer(f)))
		diag_error(d, name->at, "'%s' is not an integer member of 'rawrecord'", name->text);
}

static void
check_block(struct diag *d, const struct release *r, const struct resolved_block *b)
{
	const char *structure = b->block->structure.text;

	if (b->def == r->rawheader || b->def == r->rawrecord)
		diag_error(d, b->block->structure.at, "'%s' cannot be a block", structure);
	if (r->rawrecord != NULL) {
		check_record_member(d, &b->block->length, b->length);
		check_record_member(d, &b->block->count, b->count);
	}
	if (b->block->of.text != NULL)
		return;
	if (r->rawheader != NULL && (b->header_length == NULL || !field_is_integer(b->header_length)))
		diag_error(d, b->block->structure.at, "'rawheader' needs the integer member '%slen' for this block",
		    structure);
}

static bool
is_integer(const struct field *f)
{
	return f != NULL && field_is_integer(f);
}

/* How many of the words are given. */
static size_t
given(const struct word *const *words, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += words[i]->text != NULL;
	return count;
}

/* A chain needs a length, the members that link its instances to the next and to the parent, and a name behind each. */
static void
check_chain(struct diag *d, const struct resolved_block *b)
{
	const struct block *block = b->block;
	const struct word *const words[] = { &block->size, &block->stride, &block->parent, &block->tail };
	const size_t n = given(words, sizeof(words) / sizeof(words[0]));

	if (n == 0)
		return;
	if (n < sizeof(words) / sizeof(words[0]) || block->count.text == NULL) {
		diag_error(d, block->at, "a chain needs the keys 'count', 'size', 'stride', 'parent' and 'tail'");
		return;
	}
	check_record_member(d, &block->size, b->size);
	if (!is_integer(b->stride))
		diag_error(d, block->stride.at, "'%s' is not an integer member of '%s'", block->stride.text,
		    block->structure.text);
	if (!is_integer(b->parent))
		diag_error(d, block->parent.at, "'%s' is not an integer member of '%s'", block->parent.text,
		    block->structure.text);
	check_name(d, "tail", &block->tail);
}

/* A list holds integers that belong to the instances of an earlier chain and refer to structs of an earlier block. */
static void
check_list(struct diag *d, const struct resolved_block *b)
{
	const struct block *block = b->block;
	const struct word *const words[] = { &block->of, &block->share, &block->names };
	const size_t n = given(words, sizeof(words) / sizeof(words[0]));

	if (n == 0)
		return;
	if (n < sizeof(words) / sizeof(words[0]) || block->count.text == NULL || block->size.text != NULL) {
		diag_error(d, block->at,
		    "a list needs the keys 'count', 'of', 'share' and 'names', and cannot be a chain");
		return;
	}
	if (b->of == NULL || b->of->block->size.text == NULL)
		diag_error(d, block->of.at, "'%s' is not the role of a chain before this block", block->of.text);
	else if (!is_integer(b->share))
		diag_error(d, block->share.at, "'%s' is not an integer member of '%s'", block->share.text,
		    b->of->block->structure.text);
	if (!is_integer(b->named_field) || b->named->block->count.text == NULL || b->named->block->size.text != NULL)
		diag_error(d, block->names.at,
		    "'%s' is not the role of a counted block before this one and an integer member of its struct",
		    block->names.text);
	if (b->def->nfields != 1 || !field_is_integer(&b->def->fields[0]))
		diag_error(d, block->structure.at, "the struct of a list must be one integer, and '%s' is not",
		    block->structure.text);
}

/* A member that says something of a task is a single integer or char. */
static void
check_task_member(struct diag *d, const struct block *block, const struct word *name, const struct field *f)
{
	if (name->text != NULL && (f == NULL || !field_is_number(f)))
		diag_error(d, name->at, "'%s' is not a single integer or char of '%s'", name->text,
		    block->structure.text);
}

static void
check_blocks(struct diag *d, const struct release *r)
{
	if (r->nblocks == 0)
		diag_error(d, r->schema->at, "a schema needs the key 'blocks', its own or inherited");
	if (r->nblocks > BLOCKS_MAX)
		diag_error(d, r->blocks[BLOCKS_MAX].block->structure.at, "more than %d blocks after a record",
		    BLOCKS_MAX);
	for (size_t i = 0; i < r->nblocks; i++) {
		check_block(d, r, &r->blocks[i]);
		check_chain(d, &r->blocks[i]);
		check_list(d, &r->blocks[i]);
		check_task_member(d, r->blocks[i].block, &r->blocks[i].block->process, r->blocks[i].process);
		check_task_member(d, r->blocks[i].block, &r->blocks[i].block->inactive, r->blocks[i].inactive);
		check_role(d, r, &r->blocks[i]);
		check_chain_keys(d, &r->blocks[i]);
	}
}

/* --- all of them --------------------------------------------------------------------------------------- */

static void
check_release(struct diag *d, const struct model *m, const struct release *r)
{
	release_context(d, r);
	check_file(d, r);
	for (size_t i = 0; i < r->ndefinitions; i++)
		if (r->definitions[i]->origin == r)
			check_members(d, r, r->definitions[i]);
	check_magic(d, m, r);
	check_frames(d, r);
	check_host(d, r);
	check_blocks(d, r);
	check_checks(d, r);
	check_features(d, r);
	check_unused(d, r);
}

void
check_model(struct diag *d, const struct model *m)
{
	for (size_t i = 0; i < m->abi->nmodels; i++)
		check_data_model(d, m->abi, &m->abi->models[i]);
	for (size_t i = 0; i < m->abi->ntypes; i++)
		check_basic_type(d, m->abi, &m->abi->types[i]);
	for (size_t i = 0; i < m->nreleases; i++)
		check_release(d, m, m->releases[i]);
	diag_context(d, NULL, NULL);
}
