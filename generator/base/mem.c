/*
 * mem: the arena: large chunks, from which zeroed memory is taken in order.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)
#define GROW_FIRST 8 /* capacity of an array's first allocation, a power of two */

struct arena_chunk {
	struct arena_chunk *next;
	size_t used;
	size_t size;
	max_align_t data[];
};

static _Noreturn void
die(const char *why)
{
	fprintf(stderr, "atopgen: %s\n", why);
	exit(EXIT_FAILURE);
}

static struct arena_chunk *
add_chunk(struct arena *a, size_t size)
{
	struct arena_chunk *chunk;

	if (size < CHUNK_SIZE)
		size = CHUNK_SIZE;
	chunk = calloc(1, sizeof(*chunk) + size);
	if (chunk == NULL)
		die("out of memory");
	chunk->size = size;
	chunk->next = a->chunks;
	a->chunks = chunk;
	return chunk;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	struct arena_chunk *chunk = a->chunks;
	unsigned char *place;

	if (size > SIZE_MAX / 2)
		die("out of memory");
	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (chunk == NULL || chunk->size - chunk->used < size)
		chunk = add_chunk(a, size);
	place = (unsigned char *)chunk->data + chunk->used;
	chunk->used += size;
	return place;
}

char *
arena_strndup(struct arena *a, const char *text, size_t length)
{
	char *copy = arena_alloc(a, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		die("text cannot be formatted");
	text = arena_alloc(a, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

void *
arena_grow(struct arena *a, void *array, size_t count, size_t size)
{
	const size_t capacity = count < GROW_FIRST ? GROW_FIRST : 2 * count;
	void *moved;

	if (count != 0 && (count < GROW_FIRST || (count & (count - 1)) != 0))
		return array;
	if (capacity > SIZE_MAX / 2 / size)
		die("out of memory");
	moved = arena_alloc(a, capacity * size);
	if (count != 0)
		memcpy(moved, array, count * size);
	return moved;
}

void
arena_free(struct arena *a)
{
	struct arena_chunk *chunk = a->chunks;

	while (chunk != NULL) {
		struct arena_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	a->chunks = NULL;
}
