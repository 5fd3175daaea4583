/*
 * writer: the buffer, the loop around write(2), and parts whose bytes are appended to another writer.
 */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/io/writer.h"

#define SPARE_MAX (8u << 20) /* a larger buffer is freed when it is empty */

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

int
writer_open_part(struct writer *w, struct writer *output, struct writer_order *order)
{
	int error = writer_open(w, -1);

	w->output = output;
	w->order = order;
	return error;
}

/* Waits until a non-blocking descriptor can be written to. 0, or an errno. */
static int
wait_writable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, -1) < 0 && errno != EINTR ? errno : 0;
}

/* Writes all of `bytes` to the descriptor. 0, or an errno. */
static int
write_all(const struct writer *w, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(w->fd, bytes, size);
		int error = 0;

		if (n >= 0) {
			tap_bytes(&w->tap, bytes, (size_t)n);
			bytes += n;
			size -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			error = wait_writable(w->fd);
		} else if (errno != EINTR) {
			error = errno;
		}
		if (error != 0)
			return error;
	}
	return 0;
}

/* Writes `bytes` to the descriptor, unless there was an error before. */
static void
hand_over(struct writer *w, const char *bytes, size_t size)
{
	if (w->error == 0) {
		w->error = write_all(w, bytes, size);
		if (w->error == 0)
			w->flushed += size;
	}
}

int
writer_flush(struct writer *w)
{
	if (w->fd < 0)
		return w->error;
	hand_over(w, w->buffer, (size_t)(w->next - w->buffer));
	w->next = w->buffer;
	return w->error;
}

void
writer_close(struct writer *w)
{
	free(w->buffer);
	w->buffer = w->next = w->end = NULL;
}

/* Doubles the buffer. False: out of memory. */
static bool
grow(struct writer *w)
{
	size_t used = (size_t)(w->next - w->buffer);
	size_t room = (size_t)(w->end - w->buffer);
	char *buffer = room <= SIZE_MAX / 2 ? realloc(w->buffer, 2 * room) : NULL;

	if (buffer == NULL)
		return false;
	w->buffer = buffer;
	w->next = buffer + used;
	w->end = buffer + 2 * room;
	return true;
}

/* Replaces a large buffer, which must be empty, by one of the usual size. */
static void
shrink(struct writer *w)
{
	char *buffer;

	if ((size_t)(w->end - w->buffer) <= SPARE_MAX)
		return;
	buffer = malloc(WRITER_ROOM_MAX);
	if (buffer == NULL)
		return;
	free(w->buffer);
	w->buffer = w->next = buffer;
	w->end = buffer + WRITER_ROOM_MAX;
}

void
writer_discard(struct writer *part)
{
	part->next = part->buffer;
	shrink(part);
}

void
writer_append(struct writer *part)
{
	if (part->error != 0 && part->output->error == 0)
		part->output->error = part->error;
	writer_put(part->output, part->buffer, (size_t)(part->next - part->buffer));
	writer_discard(part);
}

/* Whether the buffer may grow. A part that is next does not grow: its bytes are written while they are in a cache. */
static bool
may_grow(const struct writer *w)
{
	return w->output == NULL ||
	    ((size_t)(w->end - w->buffer) < w->order->kept_max && !w->order->is_next(w->order->context));
}

/* Makes a buffer in memory larger, or empties it. */
static void
find_room(struct writer *w)
{
	if (may_grow(w) && grow(w))
		return;
	if (w->output == NULL && w->error == 0)
		w->error = ENOMEM;
	if (w->output != NULL && w->order->wait(w->order->context))
		writer_append(w);
	w->next = w->buffer;
}

char *
writer_make_room(struct writer *w, size_t size)
{
	assert(size <= WRITER_ROOM_MAX);
	if (w->fd >= 0)
		writer_flush(w);
	while ((size_t)(w->end - w->next) < size)
		find_room(w);
	return w->next;
}

void
writer_put_much(struct writer *w, const void *bytes, size_t size)
{
	const char *from = bytes;

	if (size >= WRITER_DIRECT_MIN && w->fd >= 0) {
		writer_flush(w);
		hand_over(w, from, size);
		return;
	}
	while (size > 0) {
		size_t part = size < WRITER_ROOM_MAX ? size : WRITER_ROOM_MAX;
		char *to = writer_room(w, part);

		memcpy(to, from, part);
		writer_commit(w, to + part);
		from += part;
		size -= part;
	}
}
