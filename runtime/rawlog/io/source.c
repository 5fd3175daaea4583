/*
 * The loops around open(2), read(2), pread(2) and poll(2). Of the bytes read only gzip's magic number is examined.
 */
#define _GNU_SOURCE /* O_NOATIME */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rawlog/io/gunzip.h"
#include "rawlog/io/source.h"

#define GZIP_MAGIC_SIZE 2
#define READ_MAX        (1u << 30) /* what one read(2) is asked for at most */

#ifndef O_NOATIME
#define O_NOATIME 0
#endif

static size_t
read_memory(const struct source *s, void *buffer, size_t size, uint64_t offset)
{
	if (offset < s->part || offset - s->part >= s->size)
		return 0;
	offset -= s->part;
	if (size > s->size - offset)
		size = s->size - (size_t)offset;
	memcpy(buffer, s->bytes + offset, size);
	return size;
}

static size_t
read_regular(struct source *s, void *buffer, size_t size, uint64_t offset)
{
	ssize_t n;

	if (offset > INT64_MAX - s->start)
		return 0;
	size = (size_t)watch_size(&s->watch, s->start + offset, size);
	do
		n = pread(s->fd, buffer, size, (off_t)(s->start + offset));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		s->error = errno;
	return n > 0 ? (size_t)n : 0;
}

/* Whether a read would give something at once: bytes, the end, or an error. */
static bool
is_ready(int fd, int timeout)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int n;

	do
		n = poll(&p, 1, timeout);
	while (n < 0 && errno == EINTR);
	return n != 0;
}

/* Calls `waits` before a read that would wait. False: there are no bytes yet, and reads must not wait. */
static bool
await(struct source *s)
{
	if ((!s->hasty && s->waits == NULL) || is_ready(s->fd, 0))
		return true;
	if (!s->hasty)
		s->waits(s->context);
	s->dry = s->hasty;
	return !s->hasty;
}

/* Handles a read that failed with `error`. True: read again. */
static bool
try_again(struct source *s, int error)
{
	if (error == EINTR)
		return true;
	if (error != EAGAIN && error != EWOULDBLOCK) {
		s->error = error;
		return false;
	}
	s->dry = s->hasty; /* the descriptor is non-blocking */
	return !s->hasty && is_ready(s->fd, -1);
}

/* Returns bytes that were peeked at. */
static size_t
take_peeked(struct source *s, void *buffer, size_t size)
{
	if (size > s->npeeked)
		size = s->npeeked;
	memcpy(buffer, s->peeked, size);
	s->npeeked -= size;
	memmove(s->peeked, s->peeked + size, s->npeeked);
	return size;
}

static size_t
read_stream(struct source *s, void *buffer, size_t size)
{
	ssize_t n;

	if (s->npeeked > 0)
		return take_peeked(s, buffer, size);
	if (!await(s))
		return 0;
	do
		n = read(s->fd, buffer, size);
	while (n < 0 && try_again(s, errno));
	if (n > 0)
		tap_bytes(&s->watch.tap, buffer, (size_t)n);
	return n > 0 ? (size_t)n : 0;
}

static size_t
read_feed(struct source *s, void *buffer, size_t size)
{
	const size_t peeked = s->npeeked > 0 ? take_peeked(s, buffer, size) : 0;
	size_t n;

	if (peeked > 0)
		return peeked;
	n = s->feed.read(s->feed.context, buffer, size);
	if (n == 0) {
		s->error = s->feed.error(s->feed.context);
		s->flaw = s->error == 0 ? s->feed.flaw(s->feed.context) : NULL;
	}
	return n;
}

/* Reads bytes of the descriptor, as they are in the file. */
static size_t
read_descriptor(struct source *s, void *buffer, size_t size, uint64_t offset)
{
	const size_t n = s->kind == SOURCE_REGULAR ? read_regular(s, buffer, size, offset)
						   : read_stream(s, buffer, size);

	if (s->watch.at != NULL)
		s->watch.at(s->watch.context, offset + n);
	return n;
}

/* Reads bytes as they are in the file. */
static size_t
read_raw(struct source *s, void *buffer, size_t size, uint64_t offset)
{
	if (s->error != 0)
		return 0;
	if (size > READ_MAX)
		size = READ_MAX;
	switch (s->kind) {
	case SOURCE_REGULAR:
	case SOURCE_STREAM: return read_descriptor(s, buffer, size, offset);
	case SOURCE_FEED: return read_feed(s, buffer, size);
	default: return read_memory(s, buffer, size, offset);
	}
}

/* Whether the raw bytes begin as a gzip file; of a stream they are kept for the first read. */
static bool
begins_with_gzip(struct source *s)
{
	const bool streams = s->kind == SOURCE_STREAM || s->kind == SOURCE_FEED;
	unsigned char start[GZIP_MAGIC_SIZE];
	size_t have = 0, n;

	if (s->npeeked >= sizeof start)
		return gunzip_is_header(s->peeked);
	do {
		n = read_raw(s, start + have, sizeof start - have, have);
		have += n;
	} while (n > 0 && have < sizeof start);
	if (streams) {
		memcpy(s->peeked, start, have);
		s->npeeked = have;
	}
	return have == sizeof start && gunzip_is_header(start);
}

/* Reads the compressed bytes of a gzip file, in sequence. */
static size_t
read_compressed(void *context, void *buffer, size_t size)
{
	struct source *s = context;
	const size_t n = read_raw(s, buffer, size, s->taken);

	s->taken += n;
	return n;
}

/* Finds out what kind of file `fd` is, and where in it the log begins. */
static int
look_at(struct source *s)
{
	struct stat st;
	off_t at;

	if (fstat(s->fd, &st) < 0)
		return errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	s->kind = SOURCE_STREAM;
	if (!S_ISREG(st.st_mode))
		return 0;
	at = lseek(s->fd, 0, SEEK_CUR);
	if (at < 0)
		return errno;
	s->kind = SOURCE_REGULAR;
	s->start = (uint64_t)at;
	s->opened = (uint64_t)st.st_size;
	return 0;
}

/* Recognises gzip. 0, or an errno. */
static int
begin(struct source *s)
{
	const bool gzip = begins_with_gzip(s);

	if (s->error != 0)
		return s->error;
	if (gzip && (s->gunzip = gunzip_new()) == NULL)
		return ENOMEM;
	return 0;
}

/* If permitted, makes reads of an inherited descriptor of a regular file leave its access time unchanged. */
static void
keep_access_time(int fd)
{
	const int flags = fcntl(fd, F_GETFL);
	struct stat st;

	if (flags >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		fcntl(fd, F_SETFL, flags | O_NOATIME);
}

int
source_descriptor(const char *path, int flags)
{
	int fd;

	if (strcmp(path, "-") == 0) {
		keep_access_time(STDIN_FILENO);
		return STDIN_FILENO;
	}
	flags |= O_RDONLY | O_CLOEXEC | O_NOCTTY;
	fd = open(path, flags | O_NOATIME);
	if (fd < 0 && errno == EPERM) /* another user owns the file */
		fd = open(path, flags);
	return fd < 0 ? -errno : fd;
}

int
source_open_fd(struct source *s, int fd)
{
	const struct watch nobody = { .at = NULL };

	return source_open_begun(s, fd, "", 0, &nobody);
}

int
source_open_begun(struct source *s, int fd, const void *start, size_t size, const struct watch *watch)
{
	int error;

	memset(s, 0, sizeof *s);
	s->owns_fd = fd != STDIN_FILENO;
	s->fd = fd;
	if (fd < 0)
		return -fd;
	memcpy(s->peeked, start, size);
	s->npeeked = size;
	s->watch = *watch;
	error = look_at(s);
	if (error == 0)
		error = begin(s);
	if (error != 0)
		source_close(s);
	return error;
}

int
source_open_feed(struct source *s, const struct feed *feed)
{
	memset(s, 0, sizeof *s);
	s->kind = SOURCE_FEED;
	s->fd = -1;
	s->feed = *feed;
	return begin(s);
}

int
source_open_memory(struct source *s, const void *bytes, size_t size)
{
	memset(s, 0, sizeof *s);
	s->kind = SOURCE_MEMORY;
	s->fd = -1;
	s->bytes = bytes;
	s->size = size;
	return begin(s);
}

void
source_open_part(struct source *s, const void *bytes, size_t size, uint64_t offset)
{
	memset(s, 0, sizeof *s);
	s->kind = SOURCE_MEMORY;
	s->fd = -1;
	s->bytes = bytes;
	s->size = size;
	s->part = offset;
}

int
source_open_again(struct source *s, const struct source *of)
{
	*s = (struct source){ .kind = of->kind,
		.fd = of->fd,
		.start = of->start,
		.opened = of->opened,
		.part = of->part,
		.bytes = of->bytes,
		.size = of->size,
		.watch = { .ends = of->watch.ends, .end = of->watch.end } };
	if (of->kind == SOURCE_FEED) {
		const int error = of->feed.again(of->feed.context, &s->feed);

		return error != 0 ? error : begin(s);
	}
	return of->kind == SOURCE_STREAM ? ESPIPE : begin(s);
}

void
source_close(struct source *s)
{
	gunzip_free(s->gunzip);
	s->gunzip = NULL;
	if (s->owns_fd && s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

bool
source_is_live(const struct source *s)
{
	return s->kind == SOURCE_STREAM;
}

bool
source_is_seekable(const struct source *s)
{
	return s->kind != SOURCE_STREAM && s->kind != SOURCE_FEED && s->gunzip == NULL;
}

/* Reads the log's bytes, gzip undone, in sequence. */
static size_t
read_gunzip(struct source *s, void *buffer, size_t size)
{
	const size_t n = gunzip_read(s->gunzip, buffer, size < READ_MAX ? size : READ_MAX, read_compressed, s);

	s->flaw = gunzip_flaw(s->gunzip);
	if (gunzip_failed(s->gunzip))
		s->error = ENOMEM;
	if (s->flaw == NULL && gunzip_is_cut(s->gunzip) && s->error == 0 && !s->dry)
		s->flaw = "the gzip data ends early";
	return n;
}

size_t
source_read(struct source *s, void *buffer, size_t size, uint64_t offset)
{
	s->dry = false;
	if (s->flaw != NULL || size == 0)
		return 0;
	return s->gunzip != NULL ? read_gunzip(s, buffer, size) : read_raw(s, buffer, size, offset);
}

bool
source_size(const struct source *s, uint64_t *size)
{
	struct stat st;

	if (!source_is_seekable(s))
		return false;
	if (s->kind == SOURCE_MEMORY) {
		*size = s->part + s->size;
		return true;
	}
	if (fstat(s->fd, &st) < 0 || (uint64_t)st.st_size < s->start)
		return false;
	*size = watch_size(&s->watch, s->start, (uint64_t)st.st_size - s->start);
	return true;
}

uint64_t
source_lost(const struct source *s)
{
	struct stat st;

	if (s->kind != SOURCE_REGULAR || fstat(s->fd, &st) < 0 || (uint64_t)st.st_size >= s->opened)
		return 0;
	return s->opened - (uint64_t)st.st_size;
}
