/*
 * name_index: a hash table with open addressing, at most half full.
 */
#include "model/name_index.h"

#include <stdint.h>
#include <string.h>

#define FIRST_SIZE 1024 /* a power of two */

struct entry {
	const char *table; /* NULL: free */
	const char *column;
	size_t at;
};

struct name_index {
	struct arena *arena;
	struct entry *entries;
	size_t size; /* a power of two */
	size_t used;
};

/* FNV-1a, continued from `hash`. */
static uint64_t
hash_text(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

/* The entry with the names, or the free one where they belong. */
static struct entry *
find_entry(const struct name_index *n, const char *table, const char *column)
{
	size_t i = (size_t)hash_text(hash_text(UINT64_C(0xcbf29ce484222325), table), column);

	for (;; i++) {
		struct entry *e = &n->entries[i & (n->size - 1)];

		if (e->table == NULL || (strcmp(e->column, column) == 0 && strcmp(e->table, table) == 0))
			return e;
	}
}

struct name_index *
name_index_new(struct arena *a)
{
	struct name_index *n = arena_alloc(a, sizeof(*n));

	n->arena = a;
	n->size = FIRST_SIZE;
	n->entries = arena_alloc(a, n->size * sizeof(*n->entries));
	return n;
}

static void
double_size(struct name_index *n)
{
	const struct entry *old = n->entries;
	const size_t size = n->size;

	n->size *= 2;
	n->entries = arena_alloc(n->arena, n->size * sizeof(*n->entries));
	for (size_t i = 0; i < size; i++)
		if (old[i].table != NULL)
			*find_entry(n, old[i].table, old[i].column) = old[i];
}

void
name_index_add(struct name_index *n, const char *table, const char *column, size_t at)
{
	if (2 * n->used >= n->size)
		double_size(n);
	*find_entry(n, table, column) = (struct entry){ .table = table, .column = column, .at = at };
	n->used++;
}

size_t
name_index_find(const struct name_index *n, const char *table, const char *column)
{
	const struct entry *e = find_entry(n, table, column);

	return e->table != NULL ? e->at : SIZE_MAX;
}
