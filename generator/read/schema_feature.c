/*
 * schema_feature: the key `features` of a release's file.
 */
#include "read/schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct key feature_key_list[] = {
	{ "name", keys_word, offsetof(struct feature, name), true },
	{ "when", schema_read_condition, offsetof(struct feature, when), true },
	{ "doc", keys_word, offsetof(struct feature, doc), false },
};

static const struct key_table feature_keys = { "a feature", feature_key_list, COUNT(feature_key_list) };

void
schema_read_features(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	s->features = arena_alloc(r->arena, value->nitems * sizeof(*s->features));
	for (size_t i = 0; i < value->nitems; i++) {
		struct feature *f = &s->features[s->nfeatures];

		f->at = value->items[i].at;
		if (keys_read(r, &feature_keys, &value->items[i], f))
			s->nfeatures++;
	}
}
