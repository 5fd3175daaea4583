/*
 * inflating: the allocations that zlib, libdeflate and SQLite make for atopdump. Their calls of malloc are bound
 * inside shared libraries, where a linker does not reach them; all take an allocator instead, and get the
 * wrapped one.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#ifdef HAVE_SQLITE
#include <sqlite3.h>
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

#endif

#ifdef HAVE_SQLITE

/* SQLite asks for the size of what it has: it stands before each allocation, which is aligned to as many bytes. */
#define HEAD 16

static void *
with_size(char *p, int size)
{
	if (p == NULL)
		return NULL;
	memcpy(p, &size, sizeof size);
	return p + HEAD;
}

static void *
sqlite_allocate(int size)
{
	fault_count_foreign();
	return with_size(malloc((size_t)size + HEAD), size);
}

static void
sqlite_release(void *p)
{
	free((char *)p - HEAD);
}

static void *
sqlite_reallocate(void *old, int size)
{
	fault_count_foreign();
	return with_size(realloc((char *)old - HEAD, (size_t)size + HEAD), size);
}

static int
sqlite_size(void *p)
{
	int size;

	memcpy(&size, (char *)p - HEAD, sizeof size);
	return size;
}

static int
sqlite_round(int size)
{
	return (size + 7) & ~7;
}

static int
sqlite_begin(void *state)
{
	(void)state;
	return SQLITE_OK;
}

static void
sqlite_end(void *state)
{
	(void)state;
}

static const sqlite3_mem_methods sqlite_allocator = { sqlite_allocate, sqlite_release, sqlite_reallocate, sqlite_size,
	sqlite_round, sqlite_begin, sqlite_end, NULL };

#endif

void
libraries_take_over(void)
{
#ifdef HAVE_LIBDEFLATE
	libdeflate_set_memory_allocator(allocate_plainly, free);
#endif
#ifdef HAVE_SQLITE
	sqlite3_config(SQLITE_CONFIG_MALLOC, &sqlite_allocator);
#endif
}
