/*
 * chunks: an array that grows without moving its items.
 */
#ifndef CHUNKS_H
#define CHUNKS_H

#include <stddef.h>
#include <stdint.h>

#define CHUNK_ITEMS 1024

/* Only `size` is not zero: empty. */
struct chunks {
	size_t size;   /* bytes of an item */
	char **chunks; /* of CHUNK_ITEMS items each */
	size_t nchunks;
	uint32_t count; /* items */
};

/* Adds an item, all zeros, whose number is the `count` before. NULL: out of memory, or no number is left. */
void *chunks_add(struct chunks *c);

/* Takes back the item added last. */
void chunks_drop(struct chunks *c);
void chunks_free(struct chunks *c);

static inline void *
chunks_at(const struct chunks *c, uint32_t item)
{
	return c->chunks[item / CHUNK_ITEMS] + item % CHUNK_ITEMS * c->size;
}

#endif
