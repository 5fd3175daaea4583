/*
 * hugebuf: huge-page and prefetch hints for large buffers. They affect speed only, and the memory that is used: a buffer may
 * take a whole huge page of 2 MiB.
 */
#ifndef HUGEBUF_H
#define HUGEBUF_H

#include <stddef.h>

#define HUGEBUF_MIN      ((size_t)4 << 20)   /* bytes from which a buffer no longer fits into the caches */
#define HUGEBUF_PAGE_MIN ((size_t)512 << 10) /* bytes from which a buffer is worth a huge page of its own */

/* As malloc; a buffer of HUGEBUF_PAGE_MIN bytes or more may get huge pages. free() frees it. */
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
