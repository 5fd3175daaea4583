/*
 * sqlite_bytes: two buffers, one for each direction. No byte is in both: what is written is no longer ahead, and what is read was
 * written before.
 */
#include "print/format/sqlite_bytes.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool
sqlite_bytes_fail(struct sqlite_bytes *b, int error)
{
	if (b->error == 0)
		b->error = error;
	return false;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

/* Writes the bytes that are not written yet if some of the `size` bytes at `offset` are among them. */
static bool
settle(struct sqlite_bytes *b, size_t size, int64_t offset)
{
	const bool overlap = offset < b->late_at + (int64_t)b->late_size && offset + (int64_t)size > b->late_at;

	return !overlap || sqlite_bytes_flush(b);
}

/* Bytes behind the end of the file are zeros. */
static bool
read_all(struct sqlite_bytes *b, char *to, size_t size, int64_t offset)
{
	if (!settle(b, size, offset))
		return false;
	while (size > 0) {
		const ssize_t n = pread(b->fd, to, size, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sqlite_bytes_fail(b, errno);
		if (n == 0) {
			memset(to, 0, size);
			return true;
		}
		to += n;
		size -= (size_t)n;
		offset += n;
	}
	return true;
}

static bool
is_ahead(const struct sqlite_bytes *b, size_t size, int64_t offset)
{
	return offset >= b->ahead_at && offset + (int64_t)size <= b->ahead_at + (int64_t)b->ahead_size;
}

bool
sqlite_bytes_read(struct sqlite_bytes *b, void *bytes, size_t size, int64_t offset, int64_t end)
{
	const bool in_order = offset == b->read_to;

	b->read_to = offset + (int64_t)size;
	if (in_order && !is_ahead(b, size, offset) && size <= SQLITE_BYTES_PIECE &&
	    end - offset >= SQLITE_BYTES_PIECE) {
		b->ahead_size = 0;
		if (!read_all(b, b->ahead, SQLITE_BYTES_PIECE, offset))
			return false;
		b->ahead_size = SQLITE_BYTES_PIECE;
		b->ahead_at = offset;
	}
	if (!is_ahead(b, size, offset))
		return read_all(b, bytes, size, offset);
	memcpy(bytes, b->ahead + (offset - b->ahead_at), size);
	return true;
}

/* --- writing ------------------------------------------------------------------------------------------------- */

/* After an error nothing is written again. */
bool
sqlite_bytes_flush(struct sqlite_bytes *b)
{
	const char *from = b->late;

	while (b->late_size > 0 && b->error == 0) {
		const ssize_t n = pwrite(b->fd, from, b->late_size, b->late_at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sqlite_bytes_fail(b, errno);
		from += n;
		b->late_size -= (size_t)n;
		b->late_at += n;
	}
	return b->error == 0;
}

/* Adds bytes behind those that are not written yet, as many as there is room for. Returns how many. */
static size_t
gather(struct sqlite_bytes *b, const void *bytes, size_t size)
{
	const size_t room = SQLITE_BYTES_PIECE - b->late_size, n = size < room ? size : room;

	memcpy(b->late + b->late_size, bytes, n);
	b->late_size += n;
	return n;
}

bool
sqlite_bytes_write(struct sqlite_bytes *b, const void *bytes, size_t size, int64_t offset)
{
	const char *from = bytes;

	if (offset < b->ahead_at + (int64_t)b->ahead_size && offset + (int64_t)size > b->ahead_at)
		b->ahead_size = 0;
	while (size > 0) {
		size_t n;

		if (b->late_size == SQLITE_BYTES_PIECE || offset != b->late_at + (int64_t)b->late_size) {
			if (!sqlite_bytes_flush(b))
				return false;
			b->late_at = offset;
		}
		n = gather(b, from, size);
		from += n;
		size -= n;
		offset += (int64_t)n;
	}
	return true;
}

bool
sqlite_bytes_truncate(struct sqlite_bytes *b, int64_t size)
{
	b->ahead_size = 0;
	return sqlite_bytes_flush(b) && (ftruncate(b->fd, size) == 0 || sqlite_bytes_fail(b, errno));
}
