/*
 * gunzip: undoes gzip while bytes are read in sequence. Members that follow one another, and zeros behind a member, are
 * accepted. Knows nothing of where the bytes come from.
 */
#ifndef GUNZIP_H
#define GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

struct gunzip;

/* Where compressed bytes come from: reads up to `size` bytes into `buffer`. 0: there are no more, or none now. */
typedef size_t gunzip_read_raw(void *context, void *buffer, size_t size);

/* NULL: out of memory. */
struct gunzip *gunzip_new(void);

void gunzip_free(struct gunzip *g);

/*
 * Reads up to `size` inflated bytes; compressed ones come from `read_raw`, called with `context`. 0 at the end, and where
 * the data cannot be read further; then gunzip_flaw or gunzip_failed says why, or the source of the compressed bytes does.
 */
size_t gunzip_read(struct gunzip *g, void *buffer, size_t size, gunzip_read_raw *read_raw, void *context);

/*
 * Inflates what the `size` bytes that begin a gzip file hold, up to `most` bytes, into `buffer`; `got` is their number. False: out
 * of memory.
 */
bool gunzip_start(const void *start, size_t size, void *buffer, size_t most, size_t *got);

/* Whether reading ended because memory ran out. */
bool gunzip_failed(const struct gunzip *g);

/* A static sentence on what is wrong with the compressed data; NULL: nothing so far. */
const char *gunzip_flaw(const struct gunzip *g);

/* Whether the last read ended inside a member because the compressed bytes did. */
bool gunzip_is_cut(const struct gunzip *g);

/* Whether the two bytes at `p` begin a gzip file. */
static inline bool
gunzip_is_header(const unsigned char *p)
{
	return p[0] == 0x1f && p[1] == 0x8b;
}

#endif
