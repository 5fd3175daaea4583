/*
 * archive_library: the functions of libarchive that archive.c calls. If LIBARCHIVE_SONAME is defined, archive_library_load loads the
 * library of that name; else the program is linked with it.
 */
#ifndef ARCHIVE_LIBRARY_H
#define ARCHIVE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>

#define ARCHIVE_FUNCTIONS(X)                 \
	X(archive_version_number)            \
	X(archive_set_error)                 \
	X(archive_errno)                     \
	X(archive_format)                    \
	X(archive_read_new)                  \
	X(archive_filter_bytes)              \
	X(archive_read_data_skip)            \
	X(archive_read_free)                 \
	X(archive_read_open1)                \
	X(archive_read_data)                 \
	X(archive_read_next_header)          \
	X(archive_read_set_callback_data)    \
	X(archive_read_set_read_callback)    \
	X(archive_read_set_skip_callback)    \
	X(archive_read_set_seek_callback)    \
	X(archive_read_support_filter_gzip)  \
	X(archive_read_support_filter_xz)    \
	X(archive_read_support_filter_zstd)  \
	X(archive_read_support_filter_bzip2) \
	X(archive_read_support_filter_lz4)   \
	X(archive_read_support_format_tar)   \
	X(archive_read_support_format_zip)   \
	X(archive_read_support_format_raw)   \
	X(archive_read_support_format_empty) \
	X(archive_entry_pathname)            \
	X(archive_entry_pathname_utf8)       \
	X(archive_entry_filetype)            \
	X(archive_entry_hardlink)            \
	X(archive_entry_is_encrypted)

#define ARCHIVE_LIBRARY_MEMBER(name) __typeof__(name) *name;

struct archive_library {
	ARCHIVE_FUNCTIONS(ARCHIVE_LIBRARY_MEMBER)
};

/* Its pointers are NULL until the library is loaded. */
extern struct archive_library la;

/* Whether the library is loaded, now or before. It is loaded before other threads run, and before the sandbox is entered. */
bool archive_library_load(void);

#endif
