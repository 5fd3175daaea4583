/*
 * schema: the keys of a release's file, members aside.
 */
#include "read/schema.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define AVERSION_MAX 0xffff

/* --- what release this is ------------------------------------------------------------------------------ */

/* Moves past a number without leading zeros; false if none stands there. */
static bool
skip_number(const char **p)
{
	const size_t length = strspn(*p, "0123456789");
	const bool ok = length > 0 && length < 6 && (**p != '0' || length == 1);

	*p += length;
	return ok;
}

bool
schema_is_version(const char *text)
{
	if (!skip_number(&text) || *text++ != '.' || !skip_number(&text))
		return false;
	if (*text == '-') {
		text++;
		return skip_number(&text) && *text == '\0';
	}
	return *text == '\0';
}

static void
read_version(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct word word = { .text = NULL };

	keys_word(r, key, value, &word);
	if (word.text == NULL)
		return;
	if (schema_is_version(word.text))
		*(struct word *)target = word;
	else
		diag_error(r->diag, value->at, "'%s' must be MAJOR.MINOR or MAJOR.MINOR-N; found '%s'", key, word.text);
}

static void
read_releases(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	keys_words(r, key, value, &s->releases, &s->nreleases);
}

static void
read_aversion(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;
	uint64_t aversion;

	s->aversion_at = value->at;
	if (!keys_number(r, key, value, &aversion))
		return;
	if (aversion <= AVERSION_MAX)
		s->aversion = aversion;
	else
		diag_error(r->diag, value->at, "'%s' must be at most 0x%x; found '%s'", key, AVERSION_MAX, value->text);
}

static void
read_files(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	keys_words(r, key, value, &s->files, &s->nfiles);
}

static const struct key source_key_list[] = {
	{ "tag", keys_word, offsetof(struct schema, tag), true },
	{ "files", read_files, 0, true },
};

static const struct key_table source_keys = { "'source'", source_key_list, COUNT(source_key_list) };

static void
read_source(struct reader *r, const char *key, const struct node *value, void *target)
{
	(void)key;
	keys_read(r, &source_keys, value, target);
}

static struct word
key_word(const struct node *key)
{
	return (struct word){ .text = key->text, .at = key->at };
}

static void
read_lengths(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_MAPPING))
		return;
	for (size_t m = 0; m < value->nitems; m++) {
		const struct node *model = &value->items[m];

		if (!keys_expect(r, value->keys[m].text, model, NODE_MAPPING))
			continue;
		for (size_t i = 0; i < model->nitems; i++) {
			struct stated_length length = {
				.model = key_word(&value->keys[m]),
				.structure = key_word(&model->keys[i]),
				.at = model->items[i].at,
			};

			if (!keys_number(r, length.structure.text, &model->items[i], &length.bytes))
				continue;
			s->lengths = arena_grow(r->arena, s->lengths, s->nlengths, sizeof(*s->lengths));
			s->lengths[s->nlengths++] = length;
		}
	}
}

/* --- constants and bits -------------------------------------------------------------------------------- */

static void
read_constants(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_MAPPING))
		return;
	s->constants = arena_alloc(r->arena, value->nitems * sizeof(*s->constants));
	for (size_t i = 0; i < value->nitems; i++) {
		struct constant *c = &s->constants[s->nconstants];

		*c = (struct constant){ .name = key_word(&value->keys[i]), .text = value->items[i].text };
		if (keys_number(r, c->name.text, &value->items[i], &c->value))
			s->nconstants++;
	}
}

static const struct key bit_key_list[] = {
	{ "name", keys_word, offsetof(struct bit, name), true },
	{ "value", keys_uint64, offsetof(struct bit, value), true },
	{ "doc", keys_word, offsetof(struct bit, doc), false },
};

static const struct key_table bit_keys = { "a bit", bit_key_list, COUNT(bit_key_list) };

static void
read_bits(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_MAPPING))
		return;
	s->bit_tables = arena_alloc(r->arena, value->nitems * sizeof(*s->bit_tables));
	for (size_t i = 0; i < value->nitems; i++) {
		const struct node *list = &value->items[i];
		struct bit_table *table = &s->bit_tables[s->nbit_tables];

		if (!keys_expect(r, value->keys[i].text, list, NODE_SEQUENCE))
			continue;
		table->name = key_word(&value->keys[i]);
		table->bits = arena_alloc(r->arena, list->nitems * sizeof(*table->bits));
		for (size_t k = 0; k < list->nitems; k++) {
			struct bit *bit = &table->bits[table->nbits];

			if (keys_read(r, &bit_keys, &list->items[k], bit) && bit->name.text != NULL)
				table->nbits++;
		}
		s->nbit_tables++;
	}
}

/* --- structs and blocks -------------------------------------------------------------------------------- */

static void
read_structs(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_MAPPING))
		return;
	s->structures = arena_alloc(r->arena, value->nitems * sizeof(*s->structures));
	for (size_t i = 0; i < value->nitems; i++) {
		const struct node *list = &value->items[i];
		struct structure *structure = &s->structures[s->nstructures];

		if (!keys_expect(r, value->keys[i].text, list, NODE_SEQUENCE))
			continue;
		structure->name = key_word(&value->keys[i]);
		structure->members = arena_alloc(r->arena, list->nitems * sizeof(*structure->members));
		for (size_t k = 0; k < list->nitems; k++)
			if (schema_read_member(r, &list->items[k], &structure->members[structure->nmembers]))
				structure->nmembers++;
		s->nstructures++;
	}
}

static const struct key block_key_list[] = {
	{ "struct", keys_word, offsetof(struct block, structure), true },
	{ "role", keys_word, offsetof(struct block, role), false },
	{ "length", keys_word, offsetof(struct block, length), true },
	{ "count", keys_word, offsetof(struct block, count), false },
	{ "size", keys_word, offsetof(struct block, size), false },
	{ "stride", keys_word, offsetof(struct block, stride), false },
	{ "parent", keys_word, offsetof(struct block, parent), false },
	{ "tail", keys_word, offsetof(struct block, tail), false },
	{ "of", keys_word, offsetof(struct block, of), false },
	{ "share", keys_word, offsetof(struct block, share), false },
	{ "names", keys_word, offsetof(struct block, names), false },
	{ "process", keys_word, offsetof(struct block, process), false },
	{ "inactive", keys_word, offsetof(struct block, inactive), false },
};

static const struct key_table block_keys = { "a block", block_key_list, COUNT(block_key_list) };

static void
read_blocks(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	s->blocks = arena_alloc(r->arena, value->nitems * sizeof(*s->blocks));
	for (size_t i = 0; i < value->nitems; i++) {
		struct block *block = &s->blocks[s->nblocks];

		block->at = value->items[i].at;
		if (keys_read(r, &block_keys, &value->items[i], block))
			s->nblocks++;
	}
}

/* --- the file ------------------------------------------------------------------------------------------ */

static const struct key schema_key_list[] = {
	{ "version", read_version, offsetof(struct schema, version), true },
	{ "extends", read_version, offsetof(struct schema, extends), false },
	{ "releases", read_releases, 0, true },
	{ "aversion", read_aversion, 0, true },
	{ "source", read_source, 0, true },
	{ "lengths", read_lengths, 0, false },
	{ "constants", read_constants, 0, false },
	{ "bits", read_bits, 0, false },
	{ "structs", read_structs, 0, false },
	{ "blocks", read_blocks, 0, false },
	{ "tell", schema_read_tell, offsetof(struct schema, tell), false },
	{ "faults", schema_read_faults, 0, false },
	{ "host", keys_word, offsetof(struct schema, host), false },
	{ "since_boot", schema_read_condition, offsetof(struct schema, since_boot), false },
	{ "checks", schema_read_checks, 0, false },
	{ "features", schema_read_features, 0, false },
};

static const struct key_table schema_keys = { "a schema", schema_key_list, COUNT(schema_key_list) };

struct schema *
schema_read(struct arena *a, struct diag *d, const struct node *root)
{
	struct reader r = { .arena = a, .diag = d };
	struct schema *s = arena_alloc(a, sizeof(*s));

	s->source = root->at.source;
	s->at = root->at;
	keys_read(&r, &schema_keys, root, s);
	return s;
}
