/*
 * inflate: a whole zlib stream at once, which libdeflate does several times as fast as zlib where it was there at build
 * time. It only ever says "these are the bytes" or "ask zlib": what is wrong with a stream, and how far it is right, is
 * zlib's to say, so that the result is the same without libdeflate.
 *
 * libdeflate checks header, checksum and sizes as zlib does, but is laxer with Huffman codes that no encoder writes: a code
 * of one symbol used for two, symbols that deflate reserves, lengths for more symbols than there are. A stream with such
 * codes, which somebody made by hand, is zlib's as well: `deflate` tells which it is.
 */
#ifndef INFLATE_H
#define INFLATE_H

#include <stdbool.h>
#include <stddef.h>

struct libdeflate_decompressor;

struct inflate {
	struct libdeflate_decompressor	*fast;		/* made when needed; NULL before, and without libdeflate */
};

void	inflate_init(struct inflate *i);
void	inflate_free(struct inflate *i);

/* Whether inflate_whole can ever succeed: if not, nothing need be prepared for it. */
bool	inflate_is_fast(void);

/*
 * Inflates `in_size` bytes into exactly `out_size`. True only if they are one zlib stream from the first byte to the
 * last, and it is of that size and intact.
 */
bool	inflate_whole(struct inflate *i, const void *in, size_t in_size, void *out, size_t out_size);

/* "zlib 1.2.13", and what else is in use. Static. */
const char	*inflate_libraries(void);

#endif
