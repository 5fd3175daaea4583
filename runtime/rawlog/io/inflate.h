/*
 * inflate: a whole zlib stream in one call, by libdeflate if it was available at build time (several times faster than
 * zlib). It answers "these are the bytes" or "ask zlib". zlib decides what is wrong with a stream and how many of its
 * bytes can be used, so broken streams are read alike with and without libdeflate.
 *
 * libdeflate checks the header, the checksum and both sizes, as zlib does. It accepts some Huffman codes that zlib
 * refuses and no encoder writes, such as incomplete ones. Of such a stream, if its checksum is right, the two builds
 * differ: this one returns its bytes, the one without libdeflate reports damage.
 */
#ifndef INFLATE_H
#define INFLATE_H

#include <stdbool.h>
#include <stddef.h>

struct libdeflate_decompressor;

struct inflate {
	struct libdeflate_decompressor *fast; /* allocated by the first call; NULL before, and without libdeflate */
};

void inflate_init(struct inflate *i);
void inflate_free(struct inflate *i);

/* Whether inflate_whole can succeed in this build. If not, callers need not read the stream as a whole. */
bool inflate_is_fast(void);

/*
 * Inflates the `in_size` bytes at `in` into `out`. Returns true only if they are exactly one zlib stream, its checksum
 * is right, and it inflates to `out_size` bytes. Otherwise the bytes at `out` are undefined.
 */
bool inflate_whole(struct inflate *i, const void *in, size_t in_size, void *out, size_t out_size);

/* The compression libraries and their versions: "libdeflate 1.14, zlib 1.2.13". A static string. */
const char *inflate_libraries(void);

/*
 * The name of library number `i`, and its version: of zlib that of the library which runs, of libdeflate, which does not say it, that of
 * the build. NULL: there are no more.
 */
const char *inflate_library(size_t i, const char **version);

#endif
