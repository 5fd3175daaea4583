/*
 * stream: deflate streams made by hand, right or wrong: bits, codewords and headers of blocks are written as they are
 * given. Shared by tests; knows nothing of the code under test.
 */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STREAM_SYMBOLS_MAX 320
#define STREAM_LENGTHS     19 /* symbols of the code for lengths of codewords */

/* What is written goes into `bytes`; what there is no room for is lost. */
struct stream {
	unsigned char *bytes;
	size_t room; /* in bytes */
	size_t bits; /* written */
};

/* A code: `length` is given, the rest follows from it. */
struct stream_code {
	unsigned n; /* symbols */
	uint8_t length[STREAM_SYMBOLS_MAX];
	uint16_t word[STREAM_SYMBOLS_MAX];
};

/* Types of blocks. */
enum {
	STREAM_STORED,
	STREAM_FIXED,
	STREAM_DYNAMIC
};

/* An empty stream. */
void stream_begin(struct stream *s, unsigned char *bytes, size_t room);

/* The bytes written, the last one filled up with zeros. */
size_t stream_size(const struct stream *s);

/* `n` bits of a number, the lowest first. */
void stream_put(struct stream *s, unsigned value, unsigned n);

/* Zeros up to the next byte. */
void stream_align(struct stream *s);

/* The symbol's codeword; nothing if it has none. */
void stream_symbol(struct stream *s, const struct stream_code *c, unsigned symbol);

/* Sets the codewords of lengths from 0 to 15, complete or not. */
void stream_assign(struct stream_code *c);

/* A complete code of `n` symbols, at least two, in which the lengths of codewords differ by one at most. */
struct stream_code stream_even_code(unsigned n);

/* The codes of blocks of type STREAM_FIXED, with the symbols that are reserved. */
void stream_fixed_codes(struct stream_code *literals, struct stream_code *distances);

/* The first three bits of a block. */
void stream_block(struct stream *s, bool last, unsigned type);

/* What follows them in a block of type STREAM_STORED: the bytes, and how many. */
void stream_stored(struct stream *s, const void *bytes, unsigned size);

/*
 * What follows them in one of type STREAM_DYNAMIC: the numbers of symbols, and the code for lengths; behind it the
 * caller writes the lengths.
 */
void stream_codes(struct stream *s, unsigned literals, unsigned distances, const struct stream_code *lengths);

/* The same with the lengths, each written in four bits. */
void stream_plain_codes(struct stream *s, const struct stream_code *literals, const struct stream_code *distances);

/* How many extra bits there are behind a symbol that is a length, or a distance; of reserved ones as libdeflate has it. */
unsigned stream_length_extra(unsigned symbol);
unsigned stream_distance_extra(unsigned symbol);

/* The symbols of a length and of a distance, with extra bits of zero. */
void stream_match(struct stream *s, const struct stream_code *literals, unsigned length,
    const struct stream_code *distances, unsigned distance);

#endif
