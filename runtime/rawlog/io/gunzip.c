/*
 * A buffer of compressed bytes, and the walk from one gzip member to the next.
 */
#include <stdlib.h>

#include "rawlog/io/gunzip.h"
#include "rawlog/io/zstream.h"

#define INPUT_SIZE (64u << 10)

struct gunzip {
	struct zstream stream;
	struct zstream_io io;
	gunzip_read_raw *read_raw; /* of the read in progress */
	void *context;
	bool inside; /* a member whose end has not been reached */
	bool cut;    /* the last read found no more input there */
	bool failed; /* for want of memory */
	const char *flaw;
	unsigned char input[INPUT_SIZE];
};

struct gunzip *
gunzip_new(void)
{
	struct gunzip *g = calloc(1, sizeof *g);

	if (g == NULL)
		return NULL;
	g->inside = zstream_begin(&g->stream, ZSTREAM_GZIP);
	if (!g->inside) {
		free(g);
		return NULL;
	}
	return g;
}

void
gunzip_free(struct gunzip *g)
{
	if (g != NULL)
		zstream_free(&g->stream);
	free(g);
}

/* Reads compressed bytes if none are left. False: there are none to read. */
static bool
refill(struct gunzip *g)
{
	if (g->io.in_size > 0)
		return true;
	g->io.in = g->input;
	g->io.in_size = g->read_raw(g->context, g->input, sizeof g->input);
	return g->io.in_size > 0;
}

/* Skips zeros behind a member, which fill up some files. False: the compressed bytes end. */
static bool
skip_padding(struct gunzip *g)
{
	while (refill(g)) {
		if (*g->io.in != 0)
			return true;
		g->io.in++;
		g->io.in_size--;
	}
	return false;
}

/* Inflates once. False: nothing more comes out. */
static bool
step(struct gunzip *g)
{
	enum zstream_result result;

	if (g->inside ? !refill(g) : !skip_padding(g)) {
		g->cut = g->inside;
		return false;
	}
	if (!g->inside) { /* another member follows, as in `cat a.gz b.gz` */
		zstream_begin(&g->stream, ZSTREAM_GZIP);
		g->inside = true;
	}
	result = zstream_step(&g->stream, &g->io);
	if (result == ZSTREAM_END)
		g->inside = false;
	else if (result == ZSTREAM_NO_MEMORY)
		g->failed = true;
	else if (result != ZSTREAM_MORE && result != ZSTREAM_STUCK)
		g->flaw = "the gzip data is corrupt";
	return g->flaw == NULL && !g->failed;
}

size_t
gunzip_read(struct gunzip *g, void *buffer, size_t size, gunzip_read_raw *read_raw, void *context)
{
	g->read_raw = read_raw;
	g->context = context;
	g->cut = false;
	g->io.out = buffer;
	g->io.out_size = size;
	while (g->io.out_size == size && g->flaw == NULL && !g->failed)
		if (!step(g))
			break;
	return size - g->io.out_size;
}

bool
gunzip_start(const void *start, size_t size, void *buffer, size_t most, size_t *got)
{
	struct zstream_io io = { .in = start, .in_size = size, .out = buffer, .out_size = most };
	struct zstream stream = { .has_state = false };

	if (!zstream_begin(&stream, ZSTREAM_GZIP))
		return false;
	while (io.in_size > 0 && io.out_size > 0 && zstream_step(&stream, &io) == ZSTREAM_MORE)
		continue;
	zstream_free(&stream);
	*got = most - io.out_size;
	return true;
}

bool
gunzip_failed(const struct gunzip *g)
{
	return g->failed;
}

const char *
gunzip_flaw(const struct gunzip *g)
{
	return g->flaw;
}

bool
gunzip_is_cut(const struct gunzip *g)
{
	return g->cut;
}
