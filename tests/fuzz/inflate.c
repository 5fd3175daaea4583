/*
 * The target `inflate`: any bytes as a raw deflate stream that libdeflate is asked to inflate, and then zlib whether it
 * agrees; and any bytes as what zlib has packed, which must be strict. Without libdeflate there is only the latter.
 */
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "rawlog/io/deflate.h"
#include "fuzz.h"
#include "rawlog/io/inflate.h"

#define ROOM		(1u << 20)	/* bytes that a stream may inflate to */
#define RAW		(-15)		/* windowBits of a stream without header and checksum */

/* How zlib packs an input. */
struct way {
	int	level, strategy, memory, flush;
};

static const struct way ways[] = {
	{6, Z_DEFAULT_STRATEGY, 9, Z_NO_FLUSH}, {9, Z_DEFAULT_STRATEGY, 1, Z_PARTIAL_FLUSH},
	{1, Z_FILTERED, 1, Z_NO_FLUSH}, {6, Z_HUFFMAN_ONLY, 9, Z_SYNC_FLUSH}, {6, Z_RLE, 2, Z_FULL_FLUSH},
	{6, Z_FIXED, 1, Z_BLOCK}, {0, Z_DEFAULT_STRATEGY, 1, Z_NO_FLUSH}
};

#define NWAYS	(sizeof ways / sizeof ways[0])

/* --- what zlib makes -------------------------------------------------------------------------------------------- */

/* The input's halves, with a flush behind the first. */
static void
check_packed(const struct way *way, const uint8_t *data, size_t size)
{
	z_stream z = {0};
	uint8_t *packed;
	size_t room;

	fuzz_require(deflateInit2(&z, way->level, Z_DEFLATED, RAW, way->memory, way->strategy) == Z_OK,
	    "zlib has memory");
	room = deflateBound(&z, (uLong)size) + 64;
	packed = fuzz_alloc(room);
	z.next_out = packed;
	z.avail_out = (uInt)room;
	z.next_in = data;
	z.avail_in = (uInt)(size / 2);
	deflate(&z, way->flush);
	z.avail_in += (uInt)(size - size / 2);
	fuzz_require(deflate(&z, Z_FINISH) == Z_STREAM_END, "zlib packs everything");
	fuzz_require(deflate_is_strict(packed, z.total_out), "what zlib makes is strict");
	deflateEnd(&z);
	free(packed);
}

/* --- what libdeflate takes -------------------------------------------------------------------------------------- */

#ifdef HAVE_LIBDEFLATE

/* A stream that libdeflate takes, with what it makes of it. */
struct taken {
	const uint8_t	*stream;
	size_t		 size;
	const uint8_t	*content;
	size_t		 made;
};

/* False if it takes no stream that the input begins with. What it made of one is there until the next call. */
static bool
take(struct taken *t, const uint8_t *data, size_t size)
{
	static uint8_t content[ROOM];
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum libdeflate_result result;

	fuzz_require(d != NULL, "libdeflate has memory");
	t->stream = data;
	t->content = content;
	result = libdeflate_deflate_decompress_ex(d, data, size, content, sizeof content, &t->size, &t->made);
	libdeflate_free_decompressor(d);
	return result == LIBDEFLATE_SUCCESS;
}

/* zlib takes the stream, and all of it, and makes the same. */
static void
check_agreement(const struct taken *t)
{
	uint8_t *content = fuzz_alloc(t->made);
	z_stream z = {
		.next_in = t->stream, .avail_in = (uInt)t->size, .next_out = content, .avail_out = (uInt)t->made
	};

	fuzz_require(inflateInit2(&z, RAW) == Z_OK, "zlib has memory");
	fuzz_require(inflate(&z, Z_FINISH) == Z_STREAM_END, "zlib takes what is strict");
	fuzz_require(z.avail_in == 0 && z.avail_out == 0, "zlib takes and makes as much");
	fuzz_require(memcmp(content, t->content, t->made) == 0, "zlib makes the same");
	inflateEnd(&z);
	free(content);
}

/* With header and checksum it is taken at once if it is strict, and only then. */
static void
check_whole(const struct taken *t, bool strict)
{
	const uLong sum = adler32(adler32(0, NULL, 0), t->content, (uInt)t->made);
	const uint8_t checksum[4] = {(uint8_t)(sum >> 24), (uint8_t)(sum >> 16), (uint8_t)(sum >> 8), (uint8_t)sum};
	uint8_t *packed = fuzz_alloc(t->size + 6), *content = fuzz_alloc(t->made);
	struct inflate whole;

	memcpy(packed, "\x78\x9c", 2);
	memcpy(packed + 2, t->stream, t->size);
	memcpy(packed + 2 + t->size, checksum, 4);
	inflate_init(&whole);
	fuzz_require(inflate_whole(&whole, packed, t->size + 6, content, t->made) == strict,
	    "what is strict is taken at once, and nothing else");
	fuzz_require(!strict || memcmp(content, t->content, t->made) == 0, "and the same is made of it");
	inflate_free(&whole);
	free(packed);
	free(content);
}

static void
check_taken(const uint8_t *data, size_t size, bool strict)
{
	struct taken t;

	if (!take(&t, data, size))
		return;
	fuzz_require(deflate_is_strict(data, t.size) == strict, "what is behind a stream does not matter");
	if (strict)
		check_agreement(&t);
	check_whole(&t, strict);
}

#else

static void
check_taken(const uint8_t *data, size_t size, bool strict)
{
	(void)data;
	(void)size;
	(void)strict;
}

#endif

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t way = fuzz_hash(data, size) % NWAYS;

	check_taken(data, size, deflate_is_strict(data, size));
	for (size_t i = 0; i < NWAYS; i++)
		if (fuzz_all_ways || i == way)
			check_packed(&ways[i], data, size);
	return 0;
}
