/*
 * archive: what is in a compressed file or an archive, one member after the other, by libarchive: xz, zstd, bzip2, lz4, tar
 * (also compressed by one of these or by gzip), zip. Nothing is written to files and no program is run. Knows nothing of
 * logs. In a build without libarchive no file is an archive.
 *
 * Memory is what one decoder takes. What is read may be at most ARCHIVE_RATIO times as large as the file, so that no small
 * file keeps a program busy: more is a flaw of the data.
 */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdbool.h>

#include "rawlog/rawlog_source.h"

#define ARCHIVE_RATIO     1100 /* deflate makes 1032 bytes of one at most */
#define ARCHIVE_NAME_MAX  4096 /* bytes of a member's name that are kept */
#define ARCHIVE_WORDS_MAX 64

struct archive_reader;

enum archive_result {
	ARCHIVE_READER_OK,
	ARCHIVE_READER_END,
	ARCHIVE_READER_NONE,   /* the file is no archive that this build reads; its descriptor is as before */
	ARCHIVE_READER_BROKEN, /* the rest, or all of it, is corrupt or cut: archive_flaw says why */
	ARCHIVE_READER_FAILED  /* input or memory failed: archive_error says how */
};

/*
 * Loads libarchive, unless it is loaded; opens files for that, so it is called before the sandbox is entered. False: this build
 * reads no archives, or libarchive is not installed; then no file is an archive.
 */
bool archive_load(void);

/* Whether it is loaded. */
bool archive_is_loaded(void);

/* Loads it, and describes it: "libarchive 3.6.2", or "no libarchive". */
void archive_describe(char words[ARCHIVE_WORDS_MAX]);

/*
 * Begins to read what is at descriptor `fd`, which stays the caller's and is not closed; of a regular file from where it
 * stands. Its first `size` bytes are at `start`, which have been read already if it is no regular file; they make it of
 * `kind`; in gzip there is a tar archive. `watch` follows the reads. Only ARCHIVE_READER_OK sets `reader`; ARCHIVE_READER_FAILED sets
 * `error`, an errno.
 */
enum archive_result archive_open(struct archive_reader **reader, int fd, const struct filekind *kind, const void *start,
    size_t size, const struct watch *watch, int *error);
void archive_close(struct archive_reader *reader);

/* Whether it has members with names, as an archive has; else it is one compressed file. */
bool archive_has_names(const struct archive_reader *reader);

/* Goes to the next member that is a regular file. Its name: bytes of the archive, shown as they are. */
enum archive_result archive_next(struct archive_reader *reader);
const char *archive_name(const struct archive_reader *reader);

/* Why the current member cannot be read although the archive can, such as a password; NULL: it can. */
const char *archive_hindrance(const struct archive_reader *reader);

/* Why reading ended early; NULL: it did not. */
const char *archive_flaw(const struct archive_reader *reader);

/* The errno with which input or memory failed; 0: they did not. */
int archive_error(const struct archive_reader *reader);

/* The current member's bytes, valid until the next one. */
struct feed archive_feed(struct archive_reader *reader);

#endif
