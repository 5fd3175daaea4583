/*
 * large: what the machine is told of buffers that are larger than its caches. Hints only: without them, or where there
 * are none to be given, all is the same but the time.
 */
#ifndef LARGE_H
#define LARGE_H

#include <stddef.h>

#define LARGE_MIN	((size_t)4 << 20)	/* a buffer of so many bytes is no longer in a cache when it is full */

/* As malloc. A large buffer is asked to be of large pages, as few as there can be. */
void	*large_alloc(size_t size);

/* Has the processor fetch `size` bytes that will be read soon. */
static inline void
large_fetch(const unsigned char *p, size_t size)
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
