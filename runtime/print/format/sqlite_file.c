/*
 * sqlite_file: a file system for SQLite that has one file.
 */
#include "print/format/sqlite_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#define NAME          "output"
#define NAME_MAX_SIZE 64 /* SQLite adds an ending for a journal */
#define SECTOR_SIZE   4096
#define JULIAN_1970   2440587.5 /* the day of 1 January 1970 */

/*
 * What makes the file: a page size of its own, not the default of the library's build. The cache is the memory that it
 * takes, in KiB.
 */
static const char settings[] = "PRAGMA page_size=8192; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE;"
			       "PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF;"
			       "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;";

struct sqlite_file {
	sqlite3_vfs vfs;
	sqlite3 *database;
	int fd;
	int error; /* the errno of the first call that failed; 0 */
};

/* What SQLite has of the file while it is open. */
struct handle {
	sqlite3_file base;
	struct sqlite_file *file;
};

static struct sqlite_file *
file_of(sqlite3_file *base)
{
	return ((struct handle *)base)->file;
}

static int
fail(struct sqlite_file *file, int error, int result)
{
	if (file->error == 0)
		file->error = error;
	return result;
}

/* --- the open file ------------------------------------------------------------------------------------------- */

static int
close_file(sqlite3_file *base)
{
	(void)base;
	return SQLITE_OK;
}

/* Bytes behind the end read as zeros. */
static int
read_file(sqlite3_file *base, void *bytes, int size, sqlite3_int64 offset)
{
	char *to = bytes;
	size_t left = (size_t)size;

	while (left > 0) {
		const ssize_t n = pread(file_of(base)->fd, to, left, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(file_of(base), errno, SQLITE_IOERR_READ);
		if (n == 0) {
			memset(to, 0, left);
			return SQLITE_IOERR_SHORT_READ;
		}
		to += n;
		left -= (size_t)n;
		offset += n;
	}
	return SQLITE_OK;
}

static int
write_file(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
	const char *from = bytes;
	size_t left = (size_t)size;

	while (left > 0) {
		const ssize_t n = pwrite(file_of(base)->fd, from, left, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(file_of(base), errno, SQLITE_FULL);
		from += n;
		left -= (size_t)n;
		offset += n;
	}
	return SQLITE_OK;
}

static int
truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
	return ftruncate(file_of(base)->fd, size) == 0 ? SQLITE_OK : fail(file_of(base), errno, SQLITE_IOERR_TRUNCATE);
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
	struct stat st;

	if (fstat(file_of(base)->fd, &st) < 0)
		return fail(file_of(base), errno, SQLITE_IOERR_FSTAT);
	*size = st.st_size;
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

/* Opens the database; there are no other files. */
static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *flags_out)
{
	(void)name;
	base->pMethods = NULL;
	if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
		return SQLITE_CANTOPEN;
	((struct handle *)base)->file = vfs->pAppData;
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
	return ((struct sqlite_file *)vfs->pAppData)->error;
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
	default: return file->error != 0 ? file->error : EIO;
	}
}

/* Opens the database in the file system, which is registered. A result of SQLite. */
static int
open_database(struct sqlite_file *file)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	const int result = sqlite3_open_v2(NAME, &file->database, flags, file->vfs.zName);

	return result == SQLITE_OK ? sqlite3_exec(file->database, settings, NULL, NULL, NULL) : result;
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
	file->fd = fd;
	/* Without effect if SQLite was in use before. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	*error = sqlite_file_errno(file, sqlite3_vfs_register(&file->vfs, 0));
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
	sqlite3_close(file->database);
	sqlite3_vfs_unregister(&file->vfs);
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
	return sqlite3_libversion();
}
