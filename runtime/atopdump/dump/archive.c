/*
 * archive: calls libarchive, and bounds what it makes of its input.
 */
#include "atopdump/dump/archive.h"

#include <stdio.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/dump/archive_library.h"

#define BUFFER_SIZE (64u << 10)
#define SLACK       (16u << 20) /* bytes that may be made of any file */

struct archive_reader {
	struct archive *archive;
	struct archive_reader *twin; /* reads the same file again, for archive_again; NULL */
	int fd;
	struct watch watch;
	const struct filekind *kind;
	bool regular;
	uint64_t at;                        /* of a regular file: where the next read is */
	unsigned char start[FILEKIND_SIZE]; /* of any other: what had been read */
	size_t nstart;
	int error;        /* errno of the first read or allocation that failed; 0 */
	uint64_t taken;   /* compressed bytes so far */
	uint64_t made;    /* bytes of members so far */
	uint64_t number;  /* of the current member, from 1 */
	bool ended;       /* the current member */
	const char *flaw; /* why the current member ends early; NULL: it does not */
	bool fatal;       /* nothing behind the current member can be read either */
	char name[ARCHIVE_NAME_MAX];
	const char *hindrance;
	unsigned char buffer[BUFFER_SIZE];
};

bool
archive_load(void)
{
	return archive_library_load();
}

bool
archive_is_loaded(void)
{
	return la.archive_read_new != NULL;
}

void
archive_describe(char words[ARCHIVE_WORDS_MAX])
{
	int v;

	if (!archive_library_load()) {
		snprintf(words, ARCHIVE_WORDS_MAX, "no libarchive: it is not installed");
		return;
	}
	v = la.archive_version_number();
	snprintf(words, ARCHIVE_WORDS_MAX, "libarchive %d.%d.%d", v / 1000000, v / 1000 % 1000, v % 1000);
}

/* --- what libarchive calls ---------------------------------------------------------------------------------- */

static la_ssize_t
read_input(struct archive *a, void *context, const void **buffer)
{
	struct archive_reader *r = context;
	ssize_t n;

	*buffer = r->buffer;
	if (r->nstart > 0) {
		memcpy(r->buffer, r->start, r->nstart);
		n = (ssize_t)r->nstart;
		r->nstart = 0;
		r->taken += (uint64_t)n;
		return n;
	}
	do
		n = r->regular
		    ? pread(r->fd, r->buffer, (size_t)watch_size(&r->watch, r->at, BUFFER_SIZE), (off_t)r->at)
		    : read(r->fd, r->buffer, BUFFER_SIZE);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		r->error = errno;
		la.archive_set_error(a, errno, "cannot be read");
		return ARCHIVE_FATAL;
	}
	if (!r->regular)
		tap_bytes(&r->watch.tap, r->buffer, (size_t)n);
	r->at += (uint64_t)n;
	r->taken += (uint64_t)n;
	if (r->watch.at != NULL)
		r->watch.at(r->watch.context, r->at);
	return n;
}

static la_int64_t
skip_input(struct archive *a, void *context, la_int64_t size)
{
	struct archive_reader *r = context;

	(void)a;
	if (!r->regular)
		return 0;
	r->at += (uint64_t)size;
	r->taken += (uint64_t)size;
	return size;
}

static la_int64_t
seek_input(struct archive *a, void *context, la_int64_t offset, int whence)
{
	struct archive_reader *r = context;
	struct stat st;

	(void)a;
	if (whence == SEEK_END && fstat(r->fd, &st) < 0) {
		r->error = errno;
		return ARCHIVE_FATAL;
	}
	offset += whence == SEEK_CUR ? (la_int64_t)r->at
	    : whence == SEEK_END     ? (la_int64_t)watch_size(&r->watch, 0, (uint64_t)st.st_size)
				     : 0;
	if (offset < 0)
		return ARCHIVE_FATAL;
	r->at = (uint64_t)offset;
	return offset;
}

/* --- opening ------------------------------------------------------------------------------------------------ */

/* Allows what the kind of file needs, and nothing that libarchive would leave to a program. False: it cannot. */
static bool
allow(struct archive *a, const char *kind)
{
	const struct {
		const char *kind;
		int (*filter)(struct archive *a);
	} filters[] = {
		{ "gzip", la.archive_read_support_filter_gzip },
		{ "xz", la.archive_read_support_filter_xz },
		{ "zstd", la.archive_read_support_filter_zstd },
		{ "bzip2", la.archive_read_support_filter_bzip2 },
		{ "lz4", la.archive_read_support_filter_lz4 },
	};

	if (strcmp(kind, "zip") == 0)
		return la.archive_read_support_format_zip(a) == ARCHIVE_OK;
	if (la.archive_read_support_format_tar(a) != ARCHIVE_OK)
		return false;
	if (strcmp(kind, "tar") == 0)
		return true;
	if (strcmp(kind, "gzip") != 0 &&
	    (la.archive_read_support_format_raw(a) != ARCHIVE_OK ||
		la.archive_read_support_format_empty(a) != ARCHIVE_OK))
		return false;
	for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
		if (strcmp(filters[i].kind, kind) == 0)
			return filters[i].filter(a) == ARCHIVE_OK; /* ARCHIVE_WARN: a program would do it */
	return false;
}

/* Keeps why reading failed. */
static void
fail(struct archive_reader *r, bool fatal)
{
	r->fatal = r->fatal || fatal;
	if (r->error == 0 && la.archive_errno(r->archive) == ENOMEM)
		r->error = ENOMEM;
	if (r->flaw == NULL)
		r->flaw = "the archive or its compression is corrupt or ends early";
}

/* The result of reading that has failed. */
static enum archive_result
end_of(const struct archive_reader *r)
{
	return r->error != 0 ? ARCHIVE_READER_FAILED : ARCHIVE_READER_BROKEN;
}

/* Begins to read from where r->at or r->start are. */
static enum archive_result
begin(struct archive_reader *r)
{
	r->archive = la.archive_read_new();
	if (r->archive == NULL) {
		r->error = ENOMEM;
		return ARCHIVE_READER_FAILED;
	}
	if (!allow(r->archive, r->kind->name))
		return ARCHIVE_READER_NONE;
	la.archive_read_set_callback_data(r->archive, r);
	la.archive_read_set_read_callback(r->archive, read_input);
	la.archive_read_set_skip_callback(r->archive, skip_input);
	if (r->regular)
		la.archive_read_set_seek_callback(r->archive, seek_input);
	if (la.archive_read_open1(r->archive) >= ARCHIVE_WARN)
		return ARCHIVE_READER_OK;
	fail(r, true);
	return end_of(r);
}

/* Makes a reader. NULL: it cannot be made, because of the errno `error`. */
static struct archive_reader *
new_reader(int fd, const struct filekind *kind, const void *start, size_t size, int *error)
{
	struct archive_reader *r = calloc(1, sizeof *r);
	struct stat st;
	off_t at = 0;

	*error = ENOMEM;
	if (r == NULL)
		return NULL;
	r->fd = fd;
	r->kind = kind;
	if (fstat(fd, &st) < 0 || (S_ISREG(st.st_mode) && (at = lseek(fd, 0, SEEK_CUR)) < 0)) {
		*error = errno;
		free(r);
		return NULL;
	}
	r->regular = S_ISREG(st.st_mode);
	r->at = (uint64_t)at;
	if (!r->regular && size > 0) {
		memcpy(r->start, start, size);
		r->nstart = size;
	}
	return r;
}

enum archive_result
archive_open(struct archive_reader **reader, int fd, const struct filekind *kind, const void *start, size_t size,
    const struct watch *watch, int *error)
{
	struct archive_reader *r;
	enum archive_result result;

	if (kind->packing == FILEKIND_PLAIN || la.archive_read_new == NULL)
		return ARCHIVE_READER_NONE;
	r = new_reader(fd, kind, start, size, error);
	if (r == NULL)
		return ARCHIVE_READER_FAILED;
	r->watch = *watch;
	result = begin(r);
	*error = r->error;
	if (result == ARCHIVE_READER_OK)
		*reader = r;
	else
		archive_close(r);
	return result;
}

void
archive_close(struct archive_reader *r)
{
	if (r == NULL)
		return;
	archive_close(r->twin);
	la.archive_read_free(r->archive);
	free(r);
}

/* --- members ------------------------------------------------------------------------------------------------ */

/* Whether more has been made of the input than any log gives reason for. */
static bool
is_bomb(const struct archive_reader *r)
{
	return r->made > SLACK && (r->made - SLACK) / ARCHIVE_RATIO > r->taken;
}

/* Reads and counts bytes of the current member. */
static size_t
read_member(void *context, void *buffer, size_t size)
{
	struct archive_reader *r = context;
	la_ssize_t n;

	if (r->error != 0 || r->flaw != NULL || r->ended || r->hindrance != NULL)
		return 0;
	n = la.archive_read_data(r->archive, buffer, size);
	if (n < 0) {
		fail(r, n == ARCHIVE_FATAL);
		return 0;
	}
	r->made += (uint64_t)n;
	if (is_bomb(r)) {
		r->flaw = "it expands to more than 1100 times its size, as no log does";
		r->fatal = true;
		return 0;
	}
	r->ended = n == 0;
	return (size_t)n;
}

static int
member_error(void *context)
{
	const struct archive_reader *r = context;

	return r->error;
}

static const char *
member_flaw(void *context)
{
	const struct archive_reader *r = context;

	return r->flaw;
}

/* Reads the rest of the current member, as libarchive would, but within the bound on what is made of the input. */
static void
leave_member(struct archive_reader *r)
{
	unsigned char *waste;

	if ((r->kind->packing == FILEKIND_ARCHIVE && r->regular) || r->number == 0)
		return;
	waste = malloc(BUFFER_SIZE);
	while (waste != NULL && read_member(r, waste, BUFFER_SIZE) > 0)
		continue;
	free(waste);
}

static void
set_name(struct archive_reader *r, struct archive_entry *entry)
{
	const char *name = la.archive_entry_pathname(entry);

	if (name == NULL)
		name = la.archive_entry_pathname_utf8(entry);
	snprintf(r->name, sizeof r->name, "%s", name != NULL ? name : "(a name that cannot be read)");
}

static bool
is_tar(const struct archive_reader *r)
{
	return (la.archive_format(r->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
}

/* Goes to the header of the next member that is no folder and no hard link. A result of libarchive. */
static int
next_header(struct archive_reader *r, struct archive_entry **entry)
{
	la_int64_t at;
	int result;

	do {
		result = r->number > 0 ? la.archive_read_data_skip(r->archive) : ARCHIVE_OK;
		if (result < ARCHIVE_WARN)
			return ARCHIVE_FATAL;
		at = la.archive_filter_bytes(r->archive, 0);
		result = la.archive_read_next_header(r->archive, entry);
		if (result == ARCHIVE_EOF && is_tar(r) && la.archive_filter_bytes(r->archive, 0) == at) {
			r->flaw = "the archive ends early: its end mark is missing";
			return ARCHIVE_FATAL;
		}
	} while (result >= ARCHIVE_WARN && result != ARCHIVE_EOF &&
	    (la.archive_entry_filetype(*entry) == AE_IFDIR || la.archive_entry_hardlink(*entry) != NULL));
	return result;
}

enum archive_result
archive_next(struct archive_reader *r)
{
	struct archive_entry *entry;
	int result;

	leave_member(r);
	if (!r->fatal)
		r->flaw = NULL;
	result = r->fatal || r->error != 0 ? ARCHIVE_FATAL : next_header(r, &entry);
	if (result == ARCHIVE_EOF)
		return ARCHIVE_READER_END;
	if (result < ARCHIVE_WARN) {
		fail(r, true);
		return end_of(r);
	}
	r->number++;
	r->ended = false;
	r->hindrance = la.archive_entry_is_encrypted(entry)       ? "it is encrypted"
	    : la.archive_entry_filetype(entry) == AE_IFREG        ? NULL
	    : la.archive_format(r->archive) == ARCHIVE_FORMAT_RAW ? NULL
								  : "not a regular file";
	set_name(r, entry);
	return ARCHIVE_READER_OK;
}

bool
archive_has_names(const struct archive_reader *r)
{
	return la.archive_format(r->archive) != ARCHIVE_FORMAT_RAW &&
	    la.archive_format(r->archive) != ARCHIVE_FORMAT_EMPTY;
}

const char *
archive_name(const struct archive_reader *r)
{
	return r->name;
}

const char *
archive_hindrance(const struct archive_reader *r)
{
	return r->hindrance;
}

const char *
archive_flaw(const struct archive_reader *r)
{
	return r->flaw;
}

int
archive_error(const struct archive_reader *r)
{
	return r->error;
}

/* Begins the current member anew, by the twin, which goes through the file once as well. */
static int
again(void *context, struct feed *feed)
{
	struct archive_reader *r = context;
	int error;

	if (!r->regular)
		return ESPIPE;
	if (r->twin == NULL) {
		r->twin = new_reader(r->fd, r->kind, NULL, 0, &error);
		if (r->twin == NULL)
			return error;
		r->twin->watch = (struct watch){ .ends = r->watch.ends, .end = r->watch.end };
		if (begin(r->twin) != ARCHIVE_READER_OK)
			return r->twin->error != 0 ? r->twin->error : EIO;
	}
	while (r->twin->number < r->number)
		if (archive_next(r->twin) != ARCHIVE_READER_OK)
			return EIO;
	*feed = archive_feed(r->twin);
	return 0;
}

struct feed
archive_feed(struct archive_reader *r)
{
	return (struct feed){ read_member, member_error, member_flaw, again, r };
}
