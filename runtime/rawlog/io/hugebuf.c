/*
 * The one call of madvise(2).
 */
#define _DEFAULT_SOURCE /* madvise */

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "rawlog/io/hugebuf.h"

#define HUGE_PAGE ((uintptr_t)2 << 20)

void *
hugebuf_alloc(size_t size)
{
	void *buffer = malloc(size);

#ifdef MADV_HUGEPAGE
	if (buffer != NULL && size >= HUGEBUF_MIN) {
		const uintptr_t from = ((uintptr_t)buffer + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
		const uintptr_t to = ((uintptr_t)buffer + size) / HUGE_PAGE * HUGE_PAGE;

		madvise((void *)from, to - from, MADV_HUGEPAGE);
	}
#endif
	return buffer;
}
