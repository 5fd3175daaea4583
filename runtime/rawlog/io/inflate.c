/*
 * The one file that calls libdeflate, and the one that depends on whether it is available.
 */
#include <string.h>

#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "rawlog/io/inflate.h"

void
inflate_init(struct inflate *i)
{
	memset(i, 0, sizeof *i);
}

#ifdef HAVE_LIBDEFLATE

void
inflate_free(struct inflate *i)
{
	libdeflate_free_decompressor(i->fast);
	inflate_init(i);
}

bool
inflate_is_fast(void)
{
	return true;
}

bool
inflate_whole(struct inflate *i, const void *in, size_t in_size, void *out, size_t out_size)
{
	size_t taken;

	if (i->fast == NULL)
		i->fast = libdeflate_alloc_decompressor();
	return i->fast != NULL &&
	    libdeflate_zlib_decompress_ex(i->fast, in, in_size, out, out_size, &taken, NULL) == LIBDEFLATE_SUCCESS &&
	    taken == in_size;
}

const char *
inflate_libraries(void)
{
	return "libdeflate " LIBDEFLATE_VERSION_STRING ", zlib " ZLIB_VERSION;
}

const char *
inflate_library(size_t i, const char **version)
{
	*version = i == 0 ? zlibVersion() : LIBDEFLATE_VERSION_STRING;
	return i == 0 ? "zlib" : i == 1 ? "libdeflate" : NULL;
}

#else

void
inflate_free(struct inflate *i)
{
	(void)i;
}

bool
inflate_is_fast(void)
{
	return false;
}

bool
inflate_whole(struct inflate *i, const void *in, size_t in_size, void *out, size_t out_size)
{
	(void)i;
	(void)in;
	(void)in_size;
	(void)out;
	(void)out_size;
	return false;
}

const char *
inflate_libraries(void)
{
	return "zlib " ZLIB_VERSION;
}

const char *
inflate_library(size_t i, const char **version)
{
	*version = zlibVersion();
	return i == 0 ? "zlib" : NULL;
}

#endif
