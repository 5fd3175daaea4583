/*
 * archives: calls of libarchive that allocate. What it allocates is bound inside a shared library, so the calls fail as a whole.
 * Compiled where it is used.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stddef.h>

#include "fault.h"

struct archive *__real_archive_read_new(void);
int __real_archive_read_open1(struct archive *a);
int __real_archive_read_next_header(struct archive *a, struct archive_entry **entry);
la_ssize_t __real_archive_read_data(struct archive *a, void *buffer, size_t size);

struct archive *__wrap_archive_read_new(void);
int __wrap_archive_read_open1(struct archive *a);
int __wrap_archive_read_next_header(struct archive *a, struct archive_entry **entry);
la_ssize_t __wrap_archive_read_data(struct archive *a, void *buffer, size_t size);

/* Whether the call fails, for want of memory. */
static bool
fails(struct archive *a)
{
	if (!fault_fails(FAULT_MEMORY))
		return false;
	archive_set_error(a, ENOMEM, "out of memory");
	return true;
}

struct archive *
__wrap_archive_read_new(void)
{
	return fault_fails(FAULT_MEMORY) ? NULL : __real_archive_read_new();
}

int
__wrap_archive_read_open1(struct archive *a)
{
	return fails(a) ? ARCHIVE_FATAL : __real_archive_read_open1(a);
}

int
__wrap_archive_read_next_header(struct archive *a, struct archive_entry **entry)
{
	return fails(a) ? ARCHIVE_FATAL : __real_archive_read_next_header(a, entry);
}

la_ssize_t
__wrap_archive_read_data(struct archive *a, void *buffer, size_t size)
{
	return fails(a) ? ARCHIVE_FATAL : __real_archive_read_data(a, buffer, size);
}
