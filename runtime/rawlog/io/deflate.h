/*
 * deflate: whether a deflate stream that somebody has inflated without complaint is one that zlib takes as well.
 * Decoders differ in what they make of Huffman codes that no encoder writes: codes with codewords to spare, symbols that
 * deflate reserves, more code lengths than there are symbols. This looks at the codes of a stream, not at what comes out
 * of it.
 */
#ifndef DEFLATE_H
#define DEFLATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Of the `size` bytes of a raw deflate stream that is known to inflate: true only if every code in it is complete and
 * without reserved symbols, so that it can be read in one way only. False says nothing but "ask zlib"; it says so of
 * some streams that zlib takes (a code of one symbol), and never of what zlib itself writes. Any bytes are safe to ask
 * about.
 */
bool	deflate_is_strict(const void *in, size_t size);

#endif
