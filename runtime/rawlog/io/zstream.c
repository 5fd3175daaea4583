/*
 * The result codes of zlib are mapped here. zlib reports a wrong checksum and other corruption by the same code, so its
 * message tells them apart.
 */
#include <string.h>

#include "rawlog/io/zstream.h"

#define GZIP_WRAPPER       16  /* added to the window bits of inflateInit2 */
#define DEFLATE_BLOCK_ENDS 128 /* in z_stream.data_type */

bool
zstream_begin(struct zstream *s, enum zstream_format format)
{
	if (s->has_state) {
		inflateReset(&s->z);
		return true;
	}
	memset(&s->z, 0, sizeof s->z);
	s->has_state = inflateInit2(&s->z, format == ZSTREAM_GZIP ? MAX_WBITS + GZIP_WRAPPER : MAX_WBITS) == Z_OK;
	return s->has_state;
}

void
zstream_free(struct zstream *s)
{
	if (s->has_state)
		inflateEnd(&s->z);
	s->has_state = false;
}

static enum zstream_result
result_of(int code, const char *message)
{
	switch (code) {
	case Z_OK: return ZSTREAM_MORE;
	case Z_BUF_ERROR: return ZSTREAM_STUCK;
	case Z_STREAM_END: return ZSTREAM_END;
	case Z_MEM_ERROR: return ZSTREAM_NO_MEMORY;
	default:
		return message != NULL && strcmp(message, "incorrect data check") == 0 ? ZSTREAM_CHECKSUM
										       : ZSTREAM_CORRUPT;
	}
}

static enum zstream_result
step(struct zstream *s, struct zstream_io *io, int flush)
{
	int code;

	s->z.next_in = io->in;
	s->z.avail_in = (uInt)io->in_size;
	s->z.next_out = io->out;
	s->z.avail_out = (uInt)io->out_size;
	code = inflate(&s->z, flush);
	io->in = s->z.next_in;
	io->in_size = s->z.avail_in;
	io->out = s->z.next_out;
	io->out_size = s->z.avail_out;
	return result_of(code, code == Z_DATA_ERROR ? s->z.msg : NULL);
}

enum zstream_result
zstream_step(struct zstream *s, struct zstream_io *io)
{
	return step(s, io, Z_NO_FLUSH);
}

enum zstream_result
zstream_step_block(struct zstream *s, struct zstream_io *io, bool *block_ended)
{
	const enum zstream_result result = step(s, io, Z_BLOCK);

	*block_ended = (s->z.data_type & DEFLATE_BLOCK_ENDS) != 0;
	return result;
}
