/*
 * chunks: a list of blocks of memory.
 */
#include "atopdump/report/chunks.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_MAX (UINT32_MAX - 1)

void *
chunks_add(struct chunks *c)
{
	char **list, *chunk;

	if (c->count == COUNT_MAX)
		return NULL;
	if (c->count == c->nchunks * CHUNK_ITEMS) {
		list = realloc(c->chunks, (c->nchunks + 1) * sizeof *list);
		if (list == NULL)
			return NULL;
		c->chunks = list;
		chunk = malloc(CHUNK_ITEMS * c->size);
		if (chunk == NULL)
			return NULL;
		list[c->nchunks++] = chunk;
	}
	return memset(chunks_at(c, c->count++), 0, c->size);
}

void
chunks_drop(struct chunks *c)
{
	c->count--;
}

void
chunks_free(struct chunks *c)
{
	for (size_t i = 0; i < c->nchunks; i++)
		free(c->chunks[i]);
	free(c->chunks);
	c->chunks = NULL;
	c->nchunks = 0;
	c->count = 0;
}
