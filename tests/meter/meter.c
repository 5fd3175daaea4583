/*
 * meter: see meter.h. The names below are the linker's: __wrap_X is called for X, __real_X is X.
 */
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

#include <zlib.h>

#include "meter.h"

static atomic_uint_fast64_t work, live, peak;
static uint64_t before; /* bytes that were allocated when counting began */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *p);
int __real_inflate(z_stream *z, int flush);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *p);
int __wrap_inflate(z_stream *z, int flush);

void
meter_begin(void)
{
	before = live;
	work = 0;
	peak = live;
}

uint64_t
meter_work(void)
{
	return work;
}

uint64_t
meter_memory(void)
{
	return peak > before ? peak - before : 0;
}

static void *
take(void *p)
{
	uint64_t now, most = peak;

	if (p == NULL)
		return NULL;
	now = atomic_fetch_add(&live, malloc_usable_size(p)) + malloc_usable_size(p);
	while (now > most && !atomic_compare_exchange_weak(&peak, &most, now))
		continue;
	return p;
}

static void
give(void *p)
{
	const uint64_t size = p != NULL ? malloc_usable_size(p) : 0;

	live -= size < live ? size : live; /* some may be from before the first call that was seen */
}

void *
__wrap_malloc(size_t size)
{
	return take(__real_malloc(size));
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return take(__real_calloc(n, size));
}

void *
__wrap_realloc(void *p, size_t size)
{
	const size_t old = p != NULL ? malloc_usable_size(p) : 0;
	void *larger = __real_realloc(p, size);

	if (larger == NULL)
		return NULL;
	live -= old < live ? old : live;
	return take(larger);
}

void *
__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return take(__real_aligned_alloc(alignment, size));
}

void
__wrap_free(void *p)
{
	give(p);
	__real_free(p);
}

int
__wrap_inflate(z_stream *z, int flush)
{
	const uInt in = z->avail_in, out = z->avail_out;
	const int result = __real_inflate(z, flush);

	work += (in - z->avail_in) + (out - z->avail_out) + METER_CALL;
	return result;
}

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>

enum libdeflate_result __real_libdeflate_zlib_decompress_ex(struct libdeflate_decompressor *d, const void *in,
    size_t in_size, void *out, size_t out_size, size_t *taken, size_t *made);
enum libdeflate_result __wrap_libdeflate_zlib_decompress_ex(struct libdeflate_decompressor *d, const void *in,
    size_t in_size, void *out, size_t out_size, size_t *taken, size_t *made);

enum libdeflate_result
__wrap_libdeflate_zlib_decompress_ex(struct libdeflate_decompressor *d, const void *in, size_t in_size, void *out,
    size_t out_size, size_t *taken, size_t *made)
{
	work += in_size + out_size + METER_CALL;
	return __real_libdeflate_zlib_decompress_ex(d, in, in_size, out, out_size, taken, made);
}
#endif
