/*
 * writer: see writer.h. Owns its buffer and the loop around write(2); knows nothing of what is written.
 */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "writer.h"

int
writer_open(struct writer *w, int fd)
{
	memset(w, 0, sizeof *w);
	w->fd = fd;
	w->buffer = malloc(WRITER_ROOM_MAX);
	if (w->buffer == NULL)
		return ENOMEM;
	w->next = w->buffer;
	w->end = w->buffer + WRITER_ROOM_MAX;
	return 0;
}

/* Waits until a descriptor that does not block takes bytes again. 0, or an errno. */
static int
wait_writable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	return poll(&p, 1, -1) < 0 && errno != EINTR ? errno : 0;
}

/* Hands all of `bytes` to `fd`. 0, or an errno. */
static int
write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		int error = 0;

		if (n >= 0) {
			bytes += n;
			size -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			error = wait_writable(fd);
		} else if (errno != EINTR) {
			error = errno;
		}
		if (error != 0)
			return error;
	}
	return 0;
}

int
writer_flush(struct writer *w)
{
	size_t size = (size_t)(w->next - w->buffer);

	if (w->fd < 0)
		return w->error;
	if (w->error == 0) {
		w->error = write_all(w->fd, w->buffer, size);
		if (w->error == 0)
			w->flushed += size;
	}
	w->next = w->buffer;
	return w->error;
}

void
writer_close(struct writer *w)
{
	free(w->buffer);
	w->buffer = w->next = w->end = NULL;
}

/* Doubles the buffer. When memory is short the error sticks and what is buffered is thrown away. */
static void
grow(struct writer *w)
{
	size_t used = (size_t)(w->next - w->buffer);
	size_t room = (size_t)(w->end - w->buffer);
	char *buffer = room <= SIZE_MAX / 2 ? malloc(2 * room) : NULL;

	if (buffer == NULL) {
		if (w->error == 0)
			w->error = ENOMEM;
		w->next = w->buffer;
		return;
	}
	memcpy(buffer, w->buffer, used);
	free(w->buffer);
	w->buffer = buffer;
	w->next = buffer + used;
	w->end = buffer + 2 * room;
}

char *
writer_make_room(struct writer *w, size_t size)
{
	assert(size <= WRITER_ROOM_MAX);
	if (w->fd >= 0)
		writer_flush(w);
	while ((size_t)(w->end - w->next) < size)
		grow(w);
	return w->next;
}

void
writer_put(struct writer *w, const void *bytes, size_t size)
{
	const char *from = bytes;

	while (size > 0) {
		size_t part = size < WRITER_ROOM_MAX ? size : WRITER_ROOM_MAX;
		char *to = writer_room(w, part);

		memcpy(to, from, part);
		writer_commit(w, to + part);
		from += part;
		size -= part;
	}
}
