/*
 * hash_index: open addressing, one slot after the other.
 */
#include "atopdump/report/hash_index.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_MIN 64

static void
put(struct hash_index *index, uint64_t hash, uint32_t item)
{
	size_t at = (size_t)hash & (index->nslots - 1);

	while (index->slots[at] != 0)
		at = (at + 1) & (index->nslots - 1);
	index->slots[at] = item + 1;
	index->used++;
}

/* Doubles the slots. False: out of memory. */
static bool
grow(struct hash_index *index, uint64_t (*hash_of)(const void *context, uint32_t item), const void *context)
{
	struct hash_index grown = { .nslots = index->nslots > 0 ? 2 * index->nslots : SLOTS_MIN };

	grown.slots = calloc(grown.nslots, sizeof *grown.slots);
	if (grown.slots == NULL)
		return false;
	for (size_t i = 0; i < index->nslots; i++)
		if (index->slots[i] != 0)
			put(&grown, hash_of(context, index->slots[i] - 1), index->slots[i] - 1);
	free(index->slots);
	*index = grown;
	return true;
}

bool
hash_index_add(struct hash_index *index, uint64_t hash, uint32_t item,
    uint64_t (*hash_of)(const void *context, uint32_t item), const void *context)
{
	if (4 * (index->used + 1) > 3 * index->nslots && !grow(index, hash_of, context))
		return false;
	put(index, hash, item);
	return true;
}

void
hash_index_free(struct hash_index *index)
{
	free(index->slots);
	*index = (struct hash_index){ .slots = NULL };
}

static uint32_t
item_at(const struct hash_walk *walk)
{
	const uint32_t slot = walk->index->slots[walk->at];

	return slot != 0 ? slot - 1 : HASH_INDEX_END;
}

uint32_t
hash_index_first(struct hash_walk *walk, const struct hash_index *index, uint64_t hash)
{
	if (index->nslots == 0)
		return HASH_INDEX_END;
	*walk = (struct hash_walk){ index, (size_t)hash & (index->nslots - 1) };
	return item_at(walk);
}

uint32_t
hash_index_next(struct hash_walk *walk)
{
	walk->at = (walk->at + 1) & (walk->index->nslots - 1);
	return item_at(walk);
}

uint64_t
hash_of_bytes(uint64_t seed, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	uint64_t hash = hash_mix(seed, size), word;

	for (; size >= sizeof word; size -= sizeof word, p += sizeof word) {
		memcpy(&word, p, sizeof word);
		hash = hash_mix(hash, word);
	}
	word = 0;
	memcpy(&word, p, size);
	hash = hash_mix(hash, word);
	return hash ^ hash >> 32;
}
