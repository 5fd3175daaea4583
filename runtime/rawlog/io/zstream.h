/*
 * zstream: the one place that calls zlib. Inflates a zlib or gzip stream step by step, from input to output that the
 * caller supplies, and says what a refusal of zlib means. Keeps no bytes of its own.
 */
#ifndef ZSTREAM_H
#define ZSTREAM_H

#include <stdbool.h>
#include <stddef.h>

#define ZLIB_CONST
#include <zlib.h>

enum zstream_format {
	ZSTREAM_ZLIB,
	ZSTREAM_GZIP
};

enum zstream_result {
	ZSTREAM_MORE,     /* progress was made, and the stream continues */
	ZSTREAM_STUCK,    /* no progress without more input, or more room for output */
	ZSTREAM_END,      /* the stream has ended, and its checksum is right */
	ZSTREAM_CHECKSUM, /* the stream has ended, and its checksum is wrong */
	ZSTREAM_CORRUPT,  /* the input is not compressed data */
	ZSTREAM_NO_MEMORY
};

/* All zeros: no stream yet. */
struct zstream {
	z_stream z;
	bool has_state; /* `z` holds memory of zlib's */
};

/* Input and output of one step; zstream_step moves the pointers on and reduces the sizes. */
struct zstream_io {
	const unsigned char *in;
	size_t in_size; /* at most UINT_MAX */
	unsigned char *out;
	size_t out_size; /* at most UINT_MAX */
};

/* Goes to the start of a new stream. `format` must be that of the first call. False: out of memory. */
bool zstream_begin(struct zstream *s, enum zstream_format format);

/* Frees what zlib has allocated; the object can begin again. */
void zstream_free(struct zstream *s);

/* Inflates as far as input and room for output allow. */
enum zstream_result zstream_step(struct zstream *s, struct zstream_io *io);

/* The same, but stops where a deflate block ends; `block_ended` says whether one has. */
enum zstream_result zstream_step_block(struct zstream *s, struct zstream_io *io, bool *block_ended);

#endif
