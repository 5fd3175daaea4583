/*
 * keys: reads mappings by their tables, and plain values. Every message names the key and shows the value that was found.
 */
#include "read/keys.h"

#include <string.h>

#include "expr/expr.h"

/* --- mappings ------------------------------------------------------------------------------------------ */

/* "name, type, dims", for a message. */
static const char *
join(struct reader *r, const char *const *names, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n && !diag_full(r->diag); i++)
		text = arena_printf(r->arena, "%s%s%s", text, i > 0 ? ", " : "", names[i]);
	return text;
}

static void
report_unknown(struct reader *r, const struct key_table *table, const struct node *key)
{
	const char **names = arena_alloc(r->arena, table->nkeys * sizeof(*names));

	for (size_t i = 0; i < table->nkeys; i++)
		names[i] = table->keys[i].name;
	diag_error(r->diag, key->at, "unknown key '%s' in %s%s (known: %s)", key->text, table->what,
	    diag_hint(r->diag, key->text, names, table->nkeys), join(r, names, table->nkeys));
}

static const struct key *
find_key(const struct key_table *table, const char *name)
{
	for (size_t i = 0; i < table->nkeys; i++)
		if (strcmp(table->keys[i].name, name) == 0)
			return &table->keys[i];
	return NULL;
}

/* Whether an unknown key of the mapping is similar to `name`. */
static bool
is_misspelt(const struct key_table *table, const struct node *mapping, const char *name)
{
	for (size_t i = 0; i < mapping->nitems; i++) {
		const char *text = mapping->keys[i].text;

		if (find_key(table, text) == NULL && diag_nearest(text, &name, 1) != NULL)
			return true;
	}
	return false;
}

static const struct node *
find_value(const struct node *mapping, const char *name)
{
	for (size_t i = 0; i < mapping->nitems; i++)
		if (strcmp(mapping->keys[i].text, name) == 0)
			return &mapping->items[i];
	return NULL;
}

bool
keys_read(struct reader *r, const struct key_table *table, const struct node *node, void *object)
{
	bool complete = true;

	if (node->kind != NODE_MAPPING) {
		diag_error(r->diag, node->at, "%s must be a mapping", table->what);
		return false;
	}
	for (size_t i = 0; i < node->nitems; i++)
		if (find_key(table, node->keys[i].text) == NULL)
			report_unknown(r, table, &node->keys[i]);
	for (size_t i = 0; i < table->nkeys; i++) {
		const struct key *key = &table->keys[i];
		const struct node *value = find_value(node, key->name);

		if (value != NULL) {
			key->read(r, key->name, value, (char *)object + key->offset);
		} else if (key->required) {
			if (!is_misspelt(table, node, key->name))
				diag_error(r->diag, node->at, "%s needs the key '%s'", table->what, key->name);
			complete = false;
		}
	}
	return complete;
}

bool
keys_expect(struct reader *r, const char *key, const struct node *node, enum node_kind kind)
{
	static const char *const kinds[] = { "a plain value", "a list", "a mapping" };

	if (node->kind != kind) {
		diag_error(r->diag, node->at, "'%s' must be %s", key, kinds[kind]);
		return false;
	}
	if (kind == NODE_SCALAR ? node->text[0] == '\0' : node->nitems == 0) {
		diag_error(r->diag, node->at, "'%s' is empty", key);
		return false;
	}
	return true;
}

/* --- plain values -------------------------------------------------------------------------------------- */

void
keys_word(struct reader *r, const char *key, const struct node *value, void *target)
{
	if (keys_expect(r, key, value, NODE_SCALAR))
		*(struct word *)target = (struct word){ .text = value->text, .at = value->at };
}

void
keys_words(struct reader *r, const char *key, const struct node *node, struct word **words, size_t *nwords)
{
	if (!keys_expect(r, key, node, NODE_SEQUENCE))
		return;
	*words = arena_alloc(r->arena, node->nitems * sizeof(**words));
	for (size_t i = 0; i < node->nitems; i++) {
		struct word *word = &(*words)[*nwords];

		keys_word(r, key, &node->items[i], word);
		if (word->text != NULL)
			++*nwords;
	}
}

bool
keys_parse_number(const char *text, size_t length, uint64_t *value)
{
	return expr_number(text, length, value);
}

bool
keys_number(struct reader *r, const char *key, const struct node *node, uint64_t *value)
{
	if (!keys_expect(r, key, node, NODE_SCALAR))
		return false;
	if (!node->quoted && keys_parse_number(node->text, strlen(node->text), value))
		return true;
	diag_error(r->diag, node->at, "'%s' must be a number of at most 64 bits, decimal or hex after 0x; found '%s'",
	    key, node->text);
	return false;
}

void
keys_uint64(struct reader *r, const char *key, const struct node *value, void *target)
{
	keys_number(r, key, value, target);
}

int
keys_choice(struct reader *r, const char *key, const struct node *node, const char *const *choices, size_t nchoices)
{
	if (!keys_expect(r, key, node, NODE_SCALAR))
		return -1;
	for (size_t i = 0; i < nchoices; i++)
		if (strcmp(choices[i], node->text) == 0)
			return (int)i;
	diag_error(r->diag, node->at, "unknown %s '%s'%s (known: %s)", key, node->text,
	    diag_hint(r->diag, node->text, choices, nchoices), join(r, choices, nchoices));
	return -1;
}

void
keys_bool(struct reader *r, const char *key, const struct node *value, void *target)
{
	if (!keys_expect(r, key, value, NODE_SCALAR))
		return;
	if (!value->quoted && strcmp(value->text, "true") == 0)
		*(bool *)target = true;
	else if (!value->quoted && strcmp(value->text, "false") == 0)
		*(bool *)target = false;
	else
		diag_error(r->diag, value->at, "'%s' must be true or false; found '%s'", key, value->text);
}
