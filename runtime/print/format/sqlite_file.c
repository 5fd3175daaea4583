/*
 * sqlite_file: a file system for SQLite that has one file.
 */
#include "print/format/sqlite_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "print/format/sqlite_bytes.h"
#include "print/format/sqlite_library.h"

#define NAME          "output"
#define NAME_MAX_SIZE 64 /* SQLite adds an ending for a journal */
#define SECTOR_SIZE   4096
#define RUNS_MAX      2         /* files of a sort, open at a time */
#define CACHE_MAX     (1 << 20) /* bytes: pages that are not written yet */
#define RUNS_AHEAD    4         /* times the database: there the files of a sort begin */
#define RUNS_ALIGN    65536     /* bytes */
#define JULIAN_1970   2440587.5 /* the day of 1 January 1970 */

/*
 * What makes the file: a page size of its own, not the default of the library's build. The cache takes CACHE_MAX, in KiB here: rows
 * are appended and tables are read in order, so a larger one costs page faults and saves nothing. SQLite sorts
 * in as much memory, or in 250 pages if these are more.
 */
static const char settings[] = "PRAGMA page_size=8192; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE;"
			       "PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF;"
			       "PRAGMA temp_store=FILE; PRAGMA cache_size=-1024;";

struct sqlite_file {
	sqlite3_vfs vfs;
	sqlite3 *database;
	struct sqlite_bytes bytes;
	sqlite3_int64 end;   /* of what was written of the database */
	unsigned runs;       /* files of a sort that are open */
	sqlite3_int64 begin; /* of the first of them: the database ends before it */
	sqlite3_int64 last;  /* of the last of them: the others end before it */
	sqlite3_int64 top;   /* the end of all */
};

/* What SQLite takes for a file while it is open: the database, or a file of a sort. */
struct handle {
	sqlite3_file base;
	struct sqlite_file *file;
	bool is_run;
	sqlite3_int64 start; /* of its bytes in the file */
	sqlite3_int64 end;   /* of what was written of a file of a sort; sqlite_file has that of the database */
};

static struct handle *
handle_of(sqlite3_file *base)
{
	return (struct handle *)base;
}

static struct sqlite_file *
file_of(sqlite3_file *base)
{
	return handle_of(base)->file;
}

/* The offset in the file at which what was written ends. */
static sqlite3_int64
end_of(const struct handle *h)
{
	return h->is_run ? h->end : h->file->end;
}

/* The offset at which the next of them begins; the largest offset if none follows. */
static sqlite3_int64
limit_of(const struct handle *h)
{
	const struct sqlite_file *file = h->file;

	if (file->runs == 0 || (h->is_run && h->start == file->last))
		return INT64_MAX;
	return h->is_run ? file->last : file->begin;
}

/* --- the open file ------------------------------------------------------------------------------------------- */

/* When the last file of a sort is closed, the file is cut off behind the database: what SQLite skips there reads as zeros. */
static int
close_file(sqlite3_file *base)
{
	struct sqlite_file *file = file_of(base);

	if (!handle_of(base)->is_run || --file->runs > 0)
		return SQLITE_OK;
	return sqlite_bytes_truncate(&file->bytes, file->end) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

/* Bytes behind the end read as zeros. Those of the database are read ahead: indexes are made by reading a table in order. */
static int
read_file(sqlite3_file *base, void *bytes, int size, sqlite3_int64 offset)
{
	const struct handle *h = handle_of(base);
	const sqlite3_int64 at = h->start + offset, rest = end_of(h) - at;
	const sqlite3_int64 n = rest < 0 ? 0 : rest < size ? rest : size;

	if (!sqlite_bytes_read(&h->file->bytes, bytes, (size_t)n, at, h->is_run ? at : end_of(h)))
		return SQLITE_IOERR_READ;
	memset((char *)bytes + n, 0, (size_t)(size - n));
	return n < size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static void
note_end(struct handle *h, sqlite3_int64 end)
{
	sqlite3_int64 *to = h->is_run ? &h->end : &h->file->end;

	if (end > *to)
		*to = end;
	if (h->is_run && end > h->file->top)
		h->file->top = end;
}

/* Refuses to write beyond the beginning of the next of them. */
static int
write_file(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
	struct handle *h = handle_of(base);
	const sqlite3_int64 at = h->start + offset;

	if (at > limit_of(h) - size) {
		sqlite_bytes_fail(&h->file->bytes, EFBIG);
		return SQLITE_FULL;
	}
	if (!sqlite_bytes_write(&h->file->bytes, bytes, (size_t)size, at))
		return SQLITE_FULL;
	note_end(h, at + size);
	return SQLITE_OK;
}

static int
truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
	struct handle *h = handle_of(base);

	if (h->is_run)
		return SQLITE_OK;
	if (h->file->runs == 0 && !sqlite_bytes_truncate(&h->file->bytes, size))
		return SQLITE_IOERR_TRUNCATE;
	h->file->end = size;
	return SQLITE_OK;
}

/* The owner of the descriptor syncs it. */
static int
sync_file(sqlite3_file *base, int flags)
{
	(void)base;
	(void)flags;
	return SQLITE_OK;
}

static int
get_size(sqlite3_file *base, sqlite3_int64 *size)
{
	*size = end_of(handle_of(base)) - handle_of(base)->start;
	return SQLITE_OK;
}

/* Nobody else knows the file, so locks are always free. */
static int
lock_file(sqlite3_file *base, int level)
{
	(void)base;
	(void)level;
	return SQLITE_OK;
}

static int
check_lock(sqlite3_file *base, int *locked)
{
	(void)base;
	*locked = 0;
	return SQLITE_OK;
}

static int
control_file(sqlite3_file *base, int operation, void *argument)
{
	(void)base;
	(void)operation;
	(void)argument;
	return SQLITE_NOTFOUND;
}

static int
get_sector_size(sqlite3_file *base)
{
	(void)base;
	return SECTOR_SIZE;
}

static int
get_characteristics(sqlite3_file *base)
{
	(void)base;
	return 0;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = get_size,
	.xLock = lock_file,
	.xUnlock = lock_file,
	.xCheckReservedLock = check_lock,
	.xFileControl = control_file,
	.xSectorSize = get_sector_size,
	.xDeviceCharacteristics = get_characteristics,
};

/* --- the file system ------------------------------------------------------------------------------------------ */

/*
 * Finds a place for a file of a sort: behind the file of a sort before it, or behind the room that the database may need. It
 * grows by an index, which has less than twice the size of its table, and by the pages in the cache.
 */
static bool
place_run(struct sqlite_file *file, struct handle *h)
{
	if (file->runs == RUNS_MAX || file->end > INT64_MAX / (2 * RUNS_AHEAD) - CACHE_MAX)
		return false;
	if (file->runs == 0)
		file->begin = file->top = RUNS_AHEAD * (file->end + CACHE_MAX);
	file->runs++;
	file->last = (file->top + RUNS_ALIGN) / RUNS_ALIGN * RUNS_ALIGN;
	file->top = h->start = h->end = file->last;
	h->is_run = true;
	return true;
}

/* Opens the database, or what SQLite takes for a file of a sort; there are no other files. */
static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *flags_out)
{
	struct handle *h = handle_of(base);

	(void)name;
	*h = (struct handle){ .file = vfs->pAppData };
	if ((flags & SQLITE_OPEN_MAIN_DB) == 0 && ((flags & SQLITE_OPEN_TEMP_JOURNAL) == 0 || !place_run(h->file, h)))
		return SQLITE_CANTOPEN;
	base->pMethods = &methods;
	if (flags_out != NULL)
		*flags_out = flags;
	return SQLITE_OK;
}

static int
delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	(void)name;
	(void)sync;
	return SQLITE_OK;
}

static int
has_file(sqlite3_vfs *vfs, const char *name, int flags, int *has)
{
	(void)vfs;
	(void)name;
	(void)flags;
	*has = 0;
	return SQLITE_OK;
}

static int
get_full_name(sqlite3_vfs *vfs, const char *name, int size, char *full)
{
	(void)vfs;
	snprintf(full, (size_t)size, "%s", name);
	return SQLITE_OK;
}

static int
get_random_bytes(sqlite3_vfs *vfs, int size, char *bytes)
{
	(void)vfs;
	memset(bytes, 0, (size_t)size);
	return size;
}

static int
sleep_not(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	(void)microseconds;
	return 0;
}

static int
get_time(sqlite3_vfs *vfs, double *days)
{
	(void)vfs;
	*days = JULIAN_1970;
	return SQLITE_OK;
}

static int
get_last_error(sqlite3_vfs *vfs, int size, char *text)
{
	(void)size;
	(void)text;
	return ((struct sqlite_file *)vfs->pAppData)->bytes.error;
}

static const sqlite3_vfs file_system = {
	.iVersion = 1,
	.szOsFile = sizeof(struct handle),
	.mxPathname = NAME_MAX_SIZE,
	.zName = "atopdump",
	.xOpen = open_file,
	.xDelete = delete_file,
	.xAccess = has_file,
	.xFullPathname = get_full_name,
	.xRandomness = get_random_bytes,
	.xSleep = sleep_not,
	.xCurrentTime = get_time,
	.xGetLastError = get_last_error,
};

/* --- the database --------------------------------------------------------------------------------------------- */

int
sqlite_file_errno(const struct sqlite_file *file, int result)
{
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE: return 0;
	case SQLITE_NOMEM: return ENOMEM;
	default: return file->bytes.error != 0 ? file->bytes.error : EIO;
	}
}

/* Opens the database in the file system, which is registered. A result of SQLite. */
static int
open_database(struct sqlite_file *file)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	const int result = sqlite.sqlite3_open_v2(NAME, &file->database, flags, file->vfs.zName);

	return result == SQLITE_OK ? sqlite.sqlite3_exec(file->database, settings, NULL, NULL, NULL) : result;
}

/* SQLite does not report a failure to close a file of a sort. */
int
sqlite_file_commit(struct sqlite_file *file)
{
	const int error = sqlite_file_errno(file, sqlite.sqlite3_exec(file->database, "COMMIT", NULL, NULL, NULL));

	if (error == 0)
		sqlite_bytes_flush(&file->bytes);
	return error != 0 ? error : file->bytes.error;
}

struct sqlite_file *
sqlite_file_open(int fd, int *error)
{
	struct sqlite_file *file = calloc(1, sizeof *file);
	struct stat st;

	*error = file == NULL                        ? ENOMEM
	    : fstat(fd, &st) < 0                     ? errno
	    : S_ISREG(st.st_mode) && st.st_size == 0 ? 0
						     : ESPIPE;
	if (*error != 0) {
		free(file);
		return NULL;
	}
	file->vfs = file_system;
	file->vfs.pAppData = file;
	file->bytes.fd = fd;
	/* Without effect if SQLite was in use before. */
	sqlite.sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite.sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	*error = sqlite_file_errno(file, sqlite.sqlite3_vfs_register(&file->vfs, 0));
	if (*error == 0)
		*error = sqlite_file_errno(file, open_database(file));
	if (*error == 0)
		return file;
	sqlite_file_close(file);
	return NULL;
}

void
sqlite_file_close(struct sqlite_file *file)
{
	if (file == NULL)
		return;
	sqlite.sqlite3_close(file->database);
	sqlite.sqlite3_vfs_unregister(&file->vfs);
	free(file);
}

sqlite3 *
sqlite_file_database(const struct sqlite_file *file)
{
	return file->database;
}

const char *
sqlite_file_version(void)
{
	return sqlite.sqlite3_libversion();
}
