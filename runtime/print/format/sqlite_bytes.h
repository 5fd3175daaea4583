/*
 * sqlite_bytes: the bytes of a file that SQLite reads and writes by pages, mostly in order. Bytes are read ahead, and writes are
 * gathered, so that one call of the system reads or writes several pages.
 */
#ifndef SQLITE_BYTES_H
#define SQLITE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SQLITE_BYTES_PIECE 65536 /* bytes that are read or written at once */

struct sqlite_bytes {
	int fd;    /* of a regular file; the caller's */
	int error; /* the errno of the first call that failed; 0 */
	/* Bytes that were read ahead; and the offset behind what was read last. */
	char ahead[SQLITE_BYTES_PIECE];
	size_t ahead_size;
	int64_t ahead_at, read_to;
	/* Bytes that are not written yet. */
	char late[SQLITE_BYTES_PIECE];
	size_t late_size;
	int64_t late_at;
};

/*
 * Reads `size` bytes at `offset`, of which those behind the end of the file are zeros. If they follow what was read before, bytes
 * before `end` are read ahead. False: an error.
 */
bool sqlite_bytes_read(struct sqlite_bytes *b, void *bytes, size_t size, int64_t offset, int64_t end);

/* Writes bytes, at the latest when sqlite_bytes_flush is called. False: an error, which an earlier write may have had. */
bool sqlite_bytes_write(struct sqlite_bytes *b, const void *bytes, size_t size, int64_t offset);
bool sqlite_bytes_flush(struct sqlite_bytes *b);

/* Writes what is not written yet, and sets the length of the file. False: an error. */
bool sqlite_bytes_truncate(struct sqlite_bytes *b, int64_t size);

/* Notes an error unless there was one before. Returns false. */
bool sqlite_bytes_fail(struct sqlite_bytes *b, int error);

#endif
