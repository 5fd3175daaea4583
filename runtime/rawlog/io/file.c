/*
 * The window grows by doubling, and only when a read has filled it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/io/file.h"

#define WINDOW_MIN (64u << 10)
#define LEAP_MIN   (4u << 10) /* a gap of so many bytes is skipped, a smaller one is read; systems read pages */

/* Allocates the window. `opened`: the errno of opening the source, or 0. After failure the source is closed. */
static int
begin(struct file *f, int opened)
{
	if (opened != 0)
		return opened;
	f->window = malloc(WINDOW_MIN);
	if (f->window == NULL) {
		source_close(&f->source);
		return ENOMEM;
	}
	f->room = WINDOW_MIN;
	return 0;
}

int
file_open_fd(struct file *f, int fd)
{
	memset(f, 0, sizeof *f);
	return begin(f, source_open_fd(&f->source, fd));
}

int
file_open_begun(struct file *f, int fd, const void *start, size_t size, const struct watch *watch)
{
	memset(f, 0, sizeof *f);
	return begin(f, source_open_begun(&f->source, fd, start, size, watch));
}

int
file_open_feed(struct file *f, const struct feed *feed)
{
	memset(f, 0, sizeof *f);
	return begin(f, source_open_feed(&f->source, feed));
}

int
file_open_memory(struct file *f, const void *bytes, size_t size)
{
	memset(f, 0, sizeof *f);
	return begin(f, source_open_memory(&f->source, bytes, size));
}

int
file_open_part(struct file *f)
{
	memset(f, 0, sizeof *f);
	source_open_part(&f->source, NULL, 0, 0);
	return begin(f, 0);
}

void
file_set_part(struct file *f, const void *bytes, size_t size, uint64_t offset)
{
	source_open_part(&f->source, bytes, size, offset);
	f->base = offset;
	f->have = f->left_size = 0;
	f->holds = false;
	f->error = 0;
}

void
file_close(struct file *f)
{
	source_close(&f->source);
	free(f->window);
	f->window = NULL;
}

/*
 * Appends what one read gives to the window, which must have room. False if that is nothing. Who leaps from record to
 * record needs little of each place: after a leap no more is read than the `wanted` bytes, and a few.
 */
static bool
read_more(struct file *f, size_t wanted)
{
	const size_t least = f->leapt ? FILE_GLANCE : WINDOW_MIN, limit = wanted > least ? wanted : least;
	size_t size = f->room - f->have, n;

	if (f->have == 0 && source_is_seekable(&f->source) && size > limit)
		size = limit;
	n = source_read(&f->source, f->window + f->have, size, f->base + f->have);
	f->have += n;
	if (f->error == 0)
		f->error = f->source.error;
	return n > 0;
}

/* Doubles a window that is full. */
static bool
grow(struct file *f)
{
	size_t room = f->room <= SIZE_MAX / 2 ? 2 * f->room : 0;
	unsigned char *window = room > 0 ? realloc(f->window, room) : NULL;

	if (window == NULL) {
		f->error = ENOMEM;
		return false;
	}
	f->window = window;
	f->room = room;
	return true;
}

/* Drops the bytes before `offset`, which is in the window or at its end, except those that are held. */
static void
drop_before(struct file *f, uint64_t offset)
{
	size_t gone;

	if (f->holds && offset > f->held)
		offset = f->held;
	gone = (size_t)(offset - f->base);
	f->have -= gone;
	memmove(f->window, f->window + gone, f->have);
	f->base = offset;
}

/* Keeps what was viewed last, before the window goes elsewhere. */
static void
keep_view(struct file *f)
{
	const uint64_t end = f->base + f->have;

	if (f->viewed < f->base || f->viewed >= end)
		return;
	f->left_at = f->viewed;
	f->left_size = end - f->viewed < FILE_GLANCE ? (size_t)(end - f->viewed) : FILE_GLANCE;
	memcpy(f->left, f->window + (f->viewed - f->base), f->left_size);
}

/* The bytes at `offset` if all of them were kept, and the window would have to leap for them; else NULL. */
static const unsigned char *
find_kept(const struct file *f, uint64_t offset, size_t length)
{
	if (offset < f->left_at || offset - f->left_at > f->left_size ||
	    f->left_size - (size_t)(offset - f->left_at) < length || (offset >= f->base && offset - f->base <= f->have))
		return NULL;
	return f->left + (offset - f->left_at);
}

/* Brings `offset` into the window or to its end. False if the log ends before it or lies behind. */
static bool
go_to(struct file *f, uint64_t offset)
{
	bool inside = offset >= f->base && offset - f->base <= f->have;

	f->leapt = false;
	if (inside)
		return true;
	if (source_is_seekable(&f->source)) {
		keep_view(f);
		f->leapt = offset < f->base || offset - f->base - f->have >= LEAP_MIN;
		f->base = offset;
		f->have = 0;
		return true;
	}
	if (offset < f->base) {
		if (f->error == 0)
			f->error = ESPIPE;
		return false;
	}
	while (offset - f->base > f->have) {
		drop_before(f, f->base + f->have);
		if (f->have == f->room && !grow(f))
			return false;
		if (!read_more(f, 0))
			return false;
	}
	return true;
}

const unsigned char *
file_at_other(struct file *f, uint64_t offset, size_t length, size_t *got)
{
	const unsigned char *kept = find_kept(f, offset, length);
	size_t have;

	*got = length;
	if (kept != NULL)
		return kept;
	*got = 0;
	if (!go_to(f, offset))
		return f->window;
	f->viewed = offset;
	while (f->base + f->have - offset < length) {
		if (f->room - (size_t)(offset - f->base) < length)
			drop_before(f, offset);
		if (f->have == f->room && !grow(f))
			break;
		if (!read_more(f, length))
			break;
	}
	have = (size_t)(f->base + f->have - offset);
	*got = have < length ? have : length;
	return f->window + (offset - f->base);
}

bool
file_is_packed(const struct file *f)
{
	return f->source.gunzip != NULL;
}

bool
file_is_there(struct file *f, uint64_t offset, size_t length)
{
	size_t got;

	if (!source_is_live(&f->source))
		return true;
	f->source.hasty = true;
	file_at(f, offset, length, &got);
	f->source.hasty = false;
	return got == length || !f->source.dry;
}

void
file_on_wait(struct file *f, void (*waits)(void *context), void *context)
{
	f->source.waits = waits;
	f->source.context = context;
}

void
file_hold(struct file *f, uint64_t offset)
{
	f->holds = !source_is_seekable(&f->source) && offset >= f->base;
	f->held = offset;
}

void
file_release(struct file *f)
{
	f->holds = false;
}

uint64_t
file_end(struct file *f)
{
	uint64_t size;

	if (source_size(&f->source, &size))
		return size;
	file_release(f);
	do
		drop_before(f, f->base + f->have);
	while (read_more(f, 0));
	return f->base + f->have;
}

uint64_t
file_lost(const struct file *f)
{
	return source_lost(&f->source);
}

const char *
file_flaw(const struct file *f)
{
	return f->source.flaw;
}
