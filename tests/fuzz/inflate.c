/*
 * The target `inflate`: any bytes as a raw deflate stream. What zlib accepts, with header and checksum around it,
 * inflate_whole refuses or inflates to the same bytes; with another checksum it refuses. What zlib has packed it
 * accepts, if there is libdeflate.
 */
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "fuzz.h"
#include "rawlog/io/inflate.h"

#define ROOM          (1u << 20) /* bytes that a stream may inflate to */
#define RAW           (-15)      /* windowBits of a stream without header and checksum */
#define HEADER_SIZE   2
#define CHECKSUM_SIZE 4

/* How zlib packs an input. */
struct way {
	int level, strategy, memory, flush;
};

static const struct way ways[] = { { 6, Z_DEFAULT_STRATEGY, 9, Z_NO_FLUSH },
	{ 9, Z_DEFAULT_STRATEGY, 1, Z_PARTIAL_FLUSH }, { 1, Z_FILTERED, 1, Z_NO_FLUSH },
	{ 6, Z_HUFFMAN_ONLY, 9, Z_SYNC_FLUSH }, { 6, Z_RLE, 2, Z_FULL_FLUSH }, { 6, Z_FIXED, 1, Z_BLOCK },
	{ 0, Z_DEFAULT_STRATEGY, 1, Z_NO_FLUSH } };

#define NWAYS (sizeof ways / sizeof ways[0])

/* A raw deflate stream and the bytes that zlib makes of it. */
struct raw {
	const uint8_t *stream;
	size_t size;
	const uint8_t *content;
	size_t made;
};

/* Inflates the stream with header and checksum around it. Whether it was taken; then the bytes are those of zlib. */
static bool
inflate_wrapped(const struct raw *raw, uLong sum)
{
	const uint8_t checksum[CHECKSUM_SIZE] = { (uint8_t)(sum >> 24), (uint8_t)(sum >> 16), (uint8_t)(sum >> 8),
		(uint8_t)sum };
	const size_t size = HEADER_SIZE + raw->size + CHECKSUM_SIZE;
	uint8_t *packed = fuzz_alloc(size), *content = fuzz_alloc(raw->made);
	struct inflate whole;
	bool taken;

	memcpy(packed, "\x78\x9c", HEADER_SIZE);
	memcpy(packed + HEADER_SIZE, raw->stream, raw->size);
	memcpy(packed + HEADER_SIZE + raw->size, checksum, CHECKSUM_SIZE);
	inflate_init(&whole);
	taken = inflate_whole(&whole, packed, size, content, raw->made);
	fuzz_require(!taken || memcmp(content, raw->content, raw->made) == 0, "the same bytes come out as of zlib");
	inflate_free(&whole);
	free(packed);
	free(content);
	return taken;
}

/* Checks a stream that zlib accepts. Whether it is taken. */
static bool
check_same(const struct raw *raw)
{
	const uLong sum = adler32(adler32(0, NULL, 0), raw->content, (uInt)raw->made);

	fuzz_require(!inflate_wrapped(raw, sum ^ 1), "a wrong checksum is refused");
	return inflate_wrapped(raw, sum);
}

/* Packs the input, with a flush between its halves; the stream is taken. */
static void
check_packed(const struct way *way, const uint8_t *data, size_t size)
{
	z_stream z = { 0 };
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
	fuzz_require(check_same(&(struct raw){ packed, z.total_out, data, size }) == inflate_is_fast(),
	    "what zlib packs is taken");
	deflateEnd(&z);
	free(packed);
}

/* Checks the stream that the input begins with, if zlib accepts it. */
static void
check_stream(const uint8_t *data, size_t size)
{
	static uint8_t content[ROOM];
	z_stream z = { .next_in = data, .avail_in = (uInt)size, .next_out = content, .avail_out = sizeof content };

	fuzz_require(inflateInit2(&z, RAW) == Z_OK, "zlib has memory");
	if (inflate(&z, Z_FINISH) == Z_STREAM_END)
		check_same(&(struct raw){ data, size - z.avail_in, content, sizeof content - z.avail_out });
	inflateEnd(&z);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t way = fuzz_hash(data, size) % NWAYS;

	check_stream(data, size);
	for (size_t i = 0; i < NWAYS; i++)
		if (fuzz_all_ways || i == way)
			check_packed(&ways[i], data, size);
	return 0;
}
