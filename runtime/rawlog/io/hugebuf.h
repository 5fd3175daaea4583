/*
 * hugebuf: huge-page and prefetch hints for buffers that are larger than the caches. They affect speed only.
 */
#ifndef HUGEBUF_H
#define HUGEBUF_H

#include <stddef.h>

#define HUGEBUF_MIN ((size_t)4 << 20) /* bytes from which a buffer no longer fits into the caches */

/* As malloc; a buffer of HUGEBUF_MIN bytes or more is advised to use huge pages. */
void *hugebuf_alloc(size_t size);

/* Prefetches `size` bytes that will be read soon. */
static inline void
hugebuf_prefetch(const unsigned char *p, size_t size)
{
#if defined(__GNUC__)
	for (size_t i = 0; i < size; i += 64)
		__builtin_prefetch(p + i);
#else
	(void)p;
	(void)size;
#endif
}

#endif
