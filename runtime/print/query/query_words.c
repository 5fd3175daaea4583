/*
 * query_words: a walk over the catalog.
 */
#include "print/query/query_words.h"

bool
query_words_of_structs(struct word_set *words, bool (*add)(struct word_set *words, const struct catalog_struct *s))
{
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct catalog_release *r = catalog_releases[i];

		if (!add(words, r->rawheader) || !add(words, r->rawrecord))
			return false;
		for (size_t b = 0; b < r->nblocks; b++)
			if (r->blocks[b].kind != CATALOG_LIST && !add(words, r->blocks[b].entry))
				return false;
	}
	return true;
}

static bool
add_role(struct word_set *words, const struct catalog_struct *s)
{
	return word_set_add(words, s->role);
}

bool
query_words_of_roles(struct word_set *words)
{
	return query_words_of_structs(words, add_role);
}
