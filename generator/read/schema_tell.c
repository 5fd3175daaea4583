/*
 * schema_tell: the key 'tell' of a release's file: what tells its logs from those of older releases with equal lengths.
 */
#include "read/schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct key count_key_list[] = {
	{ "of", keys_word, offsetof(struct tell_count, of), true },
	{ "where", schema_read_condition, offsetof(struct tell_count, where), true },
	{ "has", schema_read_condition, offsetof(struct tell_count, has), true },
	{ "least", keys_uint64, offsetof(struct tell_count, least), true },
	{ "own", keys_word, offsetof(struct tell_count, own), false },
	{ "other", keys_word, offsetof(struct tell_count, other), false },
};

static const struct key_table count_keys = { "a count", count_key_list, COUNT(count_key_list) };

static void
read_counts(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct tell *t = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	t->counts = arena_alloc(r->arena, value->nitems * sizeof(*t->counts));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &count_keys, &value->items[i], &t->counts[t->ncounts]))
			t->ncounts++;
}

static const struct key tell_key_list[] = {
	{ "begins", schema_read_condition, offsetof(struct tell, begins), true },
	{ "counts", read_counts, 0, true },
};

static const struct key_table tell_keys = { "'tell'", tell_key_list, COUNT(tell_key_list) };

void
schema_read_tell(struct reader *r, const char *key, const struct node *value, void *target)
{
	(void)key;
	keys_read(r, &tell_keys, value, target);
}
