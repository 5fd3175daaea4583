/*
 * inflate: see inflate.h. The one place that knows whether there is libdeflate.
 */
#include <string.h>

#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "rawlog/io/deflate.h"
#include "rawlog/io/inflate.h"

#define HEADER_SIZE	2	/* bytes of a zlib stream before the deflate stream */
#define CHECKSUM_SIZE	4	/* and behind it */

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
	const unsigned char *stream = in;
	size_t taken;

	if (i->fast == NULL)
		i->fast = libdeflate_alloc_decompressor();
	return i->fast != NULL &&
	    libdeflate_zlib_decompress_ex(i->fast, in, in_size, out, out_size, &taken, NULL) == LIBDEFLATE_SUCCESS &&
	    taken == in_size && deflate_is_strict(stream + HEADER_SIZE, in_size - HEADER_SIZE - CHECKSUM_SIZE);
}

const char *
inflate_libraries(void)
{
	return "libdeflate " LIBDEFLATE_VERSION_STRING ", zlib " ZLIB_VERSION;
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

#endif
