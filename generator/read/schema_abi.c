/*
 * schema_abi: the keys of abi.yaml.
 */
#include "read/schema.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- models -------------------------------------------------------------------------------------------- */

static void
read_machines(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct data_model *m = target;

	keys_words(r, key, value, &m->machines, &m->nmachines);
}

static const struct key model_key_list[] = {
	{ "name", keys_word, offsetof(struct data_model, name), true },
	{ "machines", read_machines, 0, true },
	{ "wide_reals", keys_bool, offsetof(struct data_model, wide_reals), false },
	{ "doc", keys_word, offsetof(struct data_model, doc), true },
};

static const struct key_table model_keys = { "a data model", model_key_list, COUNT(model_key_list) };

static void
read_models(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct abi *abi = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	if (value->nitems > MODELS_MAX) {
		diag_error(r->diag, value->at, "more than %d data models", MODELS_MAX);
		return;
	}
	abi->models = arena_alloc(r->arena, value->nitems * sizeof(*abi->models));
	for (size_t i = 0; i < value->nitems; i++)
		keys_read(r, &model_keys, &value->items[i], &abi->models[abi->nmodels++]);
}

/* --- types --------------------------------------------------------------------------------------------- */

/* A type as its line says; the numbers of size and align wait for the count of models. */
struct type_line {
	struct ctype ctype;
	const struct node *size;
	const struct node *align;
};

static void
read_kind(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char *const kinds[] = { "char", "signed", "unsigned", "float" };
	const int kind = keys_choice(r, key, value, kinds, COUNT(kinds));

	if (kind >= 0)
		*(enum type_kind *)target = (enum type_kind)kind;
}

static void
read_later(struct reader *r, const char *key, const struct node *value, void *target)
{
	(void)r;
	(void)key;
	*(const struct node **)target = value;
}

static const struct key type_key_list[] = {
	{ "name", keys_word, offsetof(struct type_line, ctype.name), true },
	{ "kind", read_kind, offsetof(struct type_line, ctype.kind), true },
	{ "size", read_later, offsetof(struct type_line, size), true },
	{ "align", read_later, offsetof(struct type_line, align), true },
};

static const struct key_table type_keys = { "a type", type_key_list, COUNT(type_key_list) };

/* A size or alignment: 1, 2, 4 or 8. */
static void
read_bytes(struct reader *r, const char *key, const struct node *node, unsigned *target)
{
	uint64_t bytes;

	if (!keys_number(r, key, node, &bytes))
		return;
	if (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8)
		*target = (unsigned)bytes;
	else
		diag_error(r->diag, node->at, "'%s' must be 1, 2, 4 or 8", key);
}

/* One number for all models, or a list of one for each. */
static void
read_by_model(struct reader *r, const char *key, const struct node *node, size_t nmodels, unsigned *targets)
{
	if (node->kind == NODE_SEQUENCE && node->nitems != nmodels) {
		diag_error(r->diag, node->at, "'%s' has %zu numbers for %zu data models", key, node->nitems, nmodels);
		return;
	}
	for (size_t m = 0; m < nmodels; m++)
		read_bytes(r, key, node->kind == NODE_SEQUENCE ? &node->items[m] : node, &targets[m]);
}

static void
read_types(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct abi *abi = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	abi->types = arena_alloc(r->arena, value->nitems * sizeof(*abi->types));
	for (size_t i = 0; i < value->nitems; i++) {
		struct type_line line = { .size = NULL };

		if (!keys_read(r, &type_keys, &value->items[i], &line))
			continue;
		read_by_model(r, "size", line.size, abi->nmodels, line.ctype.size);
		read_by_model(r, "align", line.align, abi->nmodels, line.ctype.align);
		abi->types[abi->ntypes++] = line.ctype;
	}
}

/* --- the file ------------------------------------------------------------------------------------------ */

/* In this order: types have as many sizes as there are models. */
static const struct key abi_key_list[] = {
	{ "models", read_models, 0, true },
	{ "types", read_types, 0, true },
};

static const struct key_table abi_keys = { "abi.yaml", abi_key_list, COUNT(abi_key_list) };

struct abi *
schema_read_abi(struct arena *a, struct diag *d, const struct node *root)
{
	struct reader r = { .arena = a, .diag = d };
	struct abi *abi = arena_alloc(a, sizeof(*abi));

	abi->source = root->at.source;
	keys_read(&r, &abi_keys, root, abi);
	return abi;
}
