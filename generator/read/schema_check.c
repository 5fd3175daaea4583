/*
 * schema_check: the key `checks` of a release's file.
 */
#include "read/schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct key check_key_list[] = {
	{ "name", keys_word, offsetof(struct check, name), true },
	{ "of", keys_word, offsetof(struct check, of), true },
	{ "that", schema_read_condition, offsetof(struct check, that), false },
	{ "sum", schema_read_condition, offsetof(struct check, sum), false },
	{ "is", keys_word, offsetof(struct check, is), false },
	{ "doc", keys_word, offsetof(struct check, doc), false },
};

static const struct key_table check_keys = { "a check", check_key_list, COUNT(check_key_list) };

void
schema_read_checks(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	s->checks = arena_alloc(r->arena, value->nitems * sizeof(*s->checks));
	for (size_t i = 0; i < value->nitems; i++) {
		struct check *c = &s->checks[s->nchecks];

		c->at = value->items[i].at;
		if (keys_read(r, &check_keys, &value->items[i], c))
			s->nchecks++;
	}
}
