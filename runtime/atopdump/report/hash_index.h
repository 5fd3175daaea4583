/*
 * hash_index: numbers of items, found by the hash of their key. Several items can have equal hashes and equal keys: the caller
 * compares.
 */
#ifndef HASH_INDEX_H
#define HASH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_INDEX_END UINT32_MAX

/* All zeros: empty. */
struct hash_index {
	uint32_t *slots; /* 1 + the number of an item; 0: free */
	size_t nslots;   /* a power of two, or 0 */
	size_t used;
};

/* Goes over the items that may have a hash. */
struct hash_walk {
	const struct hash_index *index;
	size_t at;
};

/* Adds an item. `hash_of` returns the hash of an item that was added before. False: out of memory, nothing has changed. */
bool hash_index_add(struct hash_index *index, uint64_t hash, uint32_t item,
    uint64_t (*hash_of)(const void *context, uint32_t item), const void *context);
void hash_index_free(struct hash_index *index);

/* The first item that may have the hash, and the next one; HASH_INDEX_END: no more. Nothing may be added in between. */
uint32_t hash_index_first(struct hash_walk *walk, const struct hash_index *index, uint64_t hash);
uint32_t hash_index_next(struct hash_walk *walk);

/* The hash of `size` bytes, beginning with `seed`. */
uint64_t hash_of_bytes(uint64_t seed, const void *bytes, size_t size);

/* A hash of a hash and a number. */
static inline uint64_t
hash_mix(uint64_t hash, uint64_t number)
{
	hash = (hash ^ number) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

#endif
