/*
 * inflating: the allocations that zlib and libdeflate make for atopdump. Their calls of malloc are bound
 * inside shared libraries, where a linker does not reach them; both take an allocator instead, and get the
 * wrapped one.
 */
#include <stdlib.h>

#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "fault.h"
#include "libraries.h"

int __real_inflateInit_(z_streamp z, const char *version, int size);
int __real_inflateInit2_(z_streamp z, int bits, const char *version, int size);

int __wrap_inflateInit_(z_streamp z, const char *version, int size);
int __wrap_inflateInit2_(z_streamp z, int bits, const char *version, int size);

static voidpf
allocate(voidpf opaque, uInt count, uInt size)
{
	(void)opaque;
	fault_count_foreign();
	return calloc(count, size);
}

static void
release(voidpf opaque, voidpf p)
{
	(void)opaque;
	free(p);
}

static void
set_allocator(z_streamp z)
{
	z->zalloc = allocate;
	z->zfree = release;
}

int
__wrap_inflateInit_(z_streamp z, const char *version, int size)
{
	set_allocator(z);
	return __real_inflateInit_(z, version, size);
}

int
__wrap_inflateInit2_(z_streamp z, int bits, const char *version, int size)
{
	set_allocator(z);
	return __real_inflateInit2_(z, bits, version, size);
}

#ifdef HAVE_LIBDEFLATE

static void *
allocate_plainly(size_t size)
{
	fault_count_foreign();
	return malloc(size);
}

void
libraries_take_over(void)
{
	libdeflate_set_memory_allocator(allocate_plainly, free);
}

#else

void
libraries_take_over(void)
{
}

#endif
