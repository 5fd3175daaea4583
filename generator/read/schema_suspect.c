/*
 * schema_suspect: the keys of the file of hints.
 */
#include "read/schema.h"

#include <string.h>

#include "model/suspect.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct key hint_key_list[] = {
	{ "name", keys_word, offsetof(struct suspect_hint, name), true },
	{ "when", schema_read_condition, offsetof(struct suspect_hint, when), true },
	{ "doc", keys_word, offsetof(struct suspect_hint, doc), true },
};

static const struct key_table hint_keys = { "a hint", hint_key_list, COUNT(hint_key_list) };

static void
read_hints(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct suspects *s = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	s->list = arena_alloc(r->arena, value->nitems * sizeof(*s->list));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &hint_keys, &value->items[i], &s->list[s->count]))
			s->count++;
}

static const struct key suspect_key_list[] = {
	{ "hints", read_hints, 0, true },
};

static const struct key_table suspect_keys = { "a file of hints", suspect_key_list, COUNT(suspect_key_list) };

bool
schema_is_suspect(const struct node *root)
{
	return root->kind == NODE_MAPPING && root->nitems > 0 && strcmp(root->keys[0].text, "hints") == 0;
}

void
schema_read_suspect(struct arena *a, struct diag *d, const struct node *root, struct suspects *s)
{
	struct reader r = { .arena = a, .diag = d };

	keys_read(&r, &suspect_keys, root, s);
}
