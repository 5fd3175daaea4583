/*
 * The one call of madvise(2).
 */
#define _DEFAULT_SOURCE /* madvise */

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "rawlog/io/hugebuf.h"

#define HUGE_PAGE ((size_t)2 << 20)

#ifdef MADV_HUGEPAGE

/* A buffer that is one huge page: one page fault instead of hundreds. */
static void *
alloc_page(size_t size)
{
	void *buffer = aligned_alloc(HUGE_PAGE, HUGE_PAGE);

	if (buffer == NULL)
		return malloc(size);
	madvise(buffer, HUGE_PAGE, MADV_HUGEPAGE);
	return buffer;
}

/* Advises to use huge pages for those that lie in the buffer as a whole. */
static void
advise(void *buffer, size_t size)
{
	const uintptr_t from = ((uintptr_t)buffer + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
	const uintptr_t to = ((uintptr_t)buffer + size) / HUGE_PAGE * HUGE_PAGE;

	madvise((void *)from, to - from, MADV_HUGEPAGE);
}

void *
hugebuf_alloc(size_t size)
{
	void *buffer;

	if (size >= HUGEBUF_PAGE_MIN && size <= HUGE_PAGE)
		return alloc_page(size);
	buffer = malloc(size);
	if (buffer != NULL && size >= HUGEBUF_MIN)
		advise(buffer, size);
	return buffer;
}

#else

void *
hugebuf_alloc(size_t size)
{
	return malloc(size);
}

#endif
