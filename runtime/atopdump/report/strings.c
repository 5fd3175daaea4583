/*
 * strings: blocks of memory with one string behind the other, and an index of them.
 */
#include "atopdump/report/strings.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE (64u << 10)

void
strings_init(struct strings *s)
{
	*s = (struct strings){ .items = { .size = sizeof(char *) } };
	s->seed = hash_mix((uint64_t)(uintptr_t)s, (uint64_t)(uintptr_t)&strings_init);
}

void
strings_free(struct strings *s)
{
	for (char *block = s->block, *before; block != NULL; block = before) {
		memcpy(&before, block, sizeof before);
		free(block);
	}
	chunks_free(&s->items);
	hash_index_free(&s->index);
	s->block = NULL;
}

static const char *
get(const struct strings *s, uint32_t item, uint32_t *size)
{
	const char *stored;

	memcpy(&stored, chunks_at(&s->items, item), sizeof stored);
	memcpy(size, stored, sizeof *size);
	return stored + sizeof *size;
}

const char *
strings_get(const struct strings *s, uint32_t number, size_t *size)
{
	uint32_t stored;
	const char *bytes = get(s, number - 1, &stored);

	*size = stored;
	return bytes;
}

static uint64_t
hash_of_item(const void *context, uint32_t item)
{
	const struct strings *s = context;
	uint32_t size;
	const char *bytes = get(s, item, &size);

	return hash_of_bytes(s->seed, bytes, size);
}

/* Room for `size` bytes. NULL: out of memory. */
static char *
make_room(struct strings *s, size_t size)
{
	const size_t room = size > BLOCK_SIZE / 4 ? size + sizeof(char *) : BLOCK_SIZE;
	char *block;

	if (s->block == NULL || size > s->room - s->used) {
		block = malloc(room);
		if (block == NULL)
			return NULL;
		memcpy(block, &s->block, sizeof s->block);
		s->block = block;
		s->used = sizeof s->block;
		s->room = room;
	}
	s->used += size;
	return s->block + s->used - size;
}

/* Stores a new string. Its number; STRING_NONE: out of memory. */
static uint32_t
store(struct strings *s, uint64_t hash, const void *bytes, uint32_t size)
{
	char *stored = make_room(s, sizeof size + size);
	void *item = stored != NULL ? chunks_add(&s->items) : NULL;

	if (item == NULL)
		return STRING_NONE;
	memcpy(stored, &size, sizeof size);
	memcpy(stored + sizeof size, bytes, size);
	memcpy(item, &stored, sizeof stored);
	if (hash_index_add(&s->index, hash, s->items.count - 1, hash_of_item, s))
		return s->items.count;
	chunks_drop(&s->items);
	return STRING_NONE;
}

uint32_t
strings_add(struct strings *s, const void *bytes, size_t size)
{
	const uint64_t hash = hash_of_bytes(s->seed, bytes, size);
	struct hash_walk walk;
	uint32_t item, other;
	const char *known;

	for (item = hash_index_first(&walk, &s->index, hash); item != HASH_INDEX_END; item = hash_index_next(&walk)) {
		known = get(s, item, &other);
		if (other == size && memcmp(known, bytes, size) == 0)
			return item + 1;
	}
	return size < UINT32_MAX ? store(s, hash, bytes, (uint32_t)size) : STRING_NONE;
}

int
strings_compare(const struct strings *s, uint32_t a, uint32_t b)
{
	size_t sizes[2];
	const char *x, *y;
	int differs;

	if (a == b || a == STRING_NONE || b == STRING_NONE)
		return a == b ? 0 : (a != STRING_NONE) - (b != STRING_NONE);
	x = strings_get(s, a, &sizes[0]);
	y = strings_get(s, b, &sizes[1]);
	differs = memcmp(x, y, sizes[0] < sizes[1] ? sizes[0] : sizes[1]);
	return differs != 0 ? differs : (sizes[0] > sizes[1]) - (sizes[0] < sizes[1]);
}
