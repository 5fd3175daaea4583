/*
 * deflate: the one file that compresses: blocks, by libdeflate if the build has it, else by zlib. The bytes depend on the library and its
 * version; what they inflate to does not.
 */
#ifndef DEFLATE_H
#define DEFLATE_H

#include <stddef.h>
#include <stdint.h>

struct deflate;

/* NULL: out of memory. */
struct deflate *deflate_new(void);
void deflate_delete(struct deflate *d);

/* The most bytes that `size` bytes are compressed to. */
size_t deflate_most(struct deflate *d, size_t size);

/*
 * Compresses `size` bytes at `in` to `out`, which has room for deflate_most(size), without any header (RFC 1951). Returns the
 * number of bytes; 0: it failed.
 */
size_t deflate_block(struct deflate *d, const void *in, size_t size, void *out);

/* The CRC-32 of bytes whose CRC-32 is `sum` (of no bytes: 0) and the `size` bytes after them. */
uint32_t deflate_crc32(uint32_t sum, const void *bytes, size_t size);

#endif
