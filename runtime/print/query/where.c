/*
 * where: makes and frees compiled conditions.
 */
#include "print/query/where.h"

#include <stdlib.h>
#include <string.h>

#include "print/query/where_internal.h"

/* Memory is taken from chunks that are freed together. */
struct where_chunk {
	struct where_chunk *next;
	max_align_t bytes[];
};

void *
where_alloc(void *context, size_t size)
{
	struct where *w = context;
	struct where_chunk *chunk = malloc(sizeof *chunk + size);

	if (chunk == NULL)
		return NULL;
	chunk->next = w->chunks;
	w->chunks = chunk;
	return chunk->bytes;
}

void
where_free(struct where *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->npatterns; i++)
		regfree(&w->patterns[i]);
	for (struct where_chunk *chunk = w->chunks, *next; chunk != NULL; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(w);
}

static bool
compile(struct where *w, const char *text, const struct where_names *names, struct expr_error *error)
{
	const struct expr_memory memory = { where_alloc, w };
	const struct expr *e;
	const struct typed *t;

	if (strlen(text) > WHERE_TEXT_MAX) {
		expr_error_set(error, WHERE_TEXT_MAX, 0, "a condition has at most %d bytes", WHERE_TEXT_MAX);
		return false;
	}
	e = expr_parse(&memory, text, false, error);
	if (e == NULL)
		return false;
	w->steps = where_alloc(w, WHERE_STEPS_MAX * sizeof *w->steps);
	w->columns = where_alloc(w, EXPR_NODES_MAX * sizeof *w->columns);
	if (w->steps == NULL || w->columns == NULL) {
		expr_error_set(error, 0, 0, "out of memory");
		return false;
	}
	t = where_type(w, e, names, error);
	return t != NULL && where_make_steps(w, t, error);
}

struct where *
where_compile(const char *text, const struct where_names *names, struct expr_error *error)
{
	struct where *w = calloc(1, sizeof *w);

	if (w == NULL)
		expr_error_set(error, 0, 0, "out of memory");
	else if (!compile(w, text, names, error)) {
		where_free(w);
		w = NULL;
	}
	return w;
}

void
where_each_column(const struct where *w, void (*found)(void *context, unsigned id), void *context)
{
	for (size_t i = 0; i < w->ncolumns; i++)
		found(context, w->columns[i]);
}
