/*
 * calls: the system calls that the programs make, wrapped, and what they need for threads. On the C library
 * of GNU, with offsets of 64 bits, some have other names.
 */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"

#ifdef __GLIBC__
#define NAME_OPEN(prefix)      prefix##open64
#define NAME_PREAD(prefix)     prefix##pread64
#define NAME_PWRITE(prefix)    prefix##pwrite64
#define NAME_FTRUNCATE(prefix) prefix##ftruncate64
#define NAME_OPENAT(prefix)    prefix##openat64
#define NAME_FSTATAT(prefix)   prefix##fstatat64
#define NAME_READDIR(prefix)   prefix##readdir64
#define NAME_LSEEK(prefix)     prefix##lseek64
#define NAME_STAT(prefix)      prefix##stat64
#define NAME_LSTAT(prefix)     prefix##lstat64
#define NAME_FSTAT(prefix)     prefix##fstat64
#define NAME_FCNTL(prefix)     prefix##fcntl64
#define NAME_GETRLIMIT(prefix) prefix##getrlimit64
#define NAME_SETRLIMIT(prefix) prefix##setrlimit64
#else
#define NAME_OPEN(prefix)      prefix##open
#define NAME_PREAD(prefix)     prefix##pread
#define NAME_PWRITE(prefix)    prefix##pwrite
#define NAME_FTRUNCATE(prefix) prefix##ftruncate
#define NAME_OPENAT(prefix)    prefix##openat
#define NAME_FSTATAT(prefix)   prefix##fstatat
#define NAME_READDIR(prefix)   prefix##readdir
#define NAME_LSEEK(prefix)     prefix##lseek
#define NAME_STAT(prefix)      prefix##stat
#define NAME_LSTAT(prefix)     prefix##lstat
#define NAME_FSTAT(prefix)     prefix##fstat
#define NAME_FCNTL(prefix)     prefix##fcntl
#define NAME_GETRLIMIT(prefix) prefix##getrlimit
#define NAME_SETRLIMIT(prefix) prefix##setrlimit
#endif

int __real_dup(int fd);
int NAME_OPEN(__real_)(const char *path, int flags, ...);
ssize_t NAME_PREAD(__real_)(int fd, void *buffer, size_t size, off_t offset);
ssize_t NAME_PWRITE(__real_)(int fd, const void *bytes, size_t size, off_t offset);
int NAME_FTRUNCATE(__real_)(int fd, off_t size);
int NAME_OPENAT(__real_)(int folder, const char *name, int flags, ...);
int NAME_FSTATAT(__real_)(int folder, const char *name, struct stat *st, int flags);
struct dirent *NAME_READDIR(__real_)(DIR *folder);
off_t NAME_LSEEK(__real_)(int fd, off_t offset, int whence);
int NAME_STAT(__real_)(const char *path, struct stat *st);
int NAME_LSTAT(__real_)(const char *path, struct stat *st);
int NAME_FSTAT(__real_)(int fd, struct stat *st);
int NAME_FCNTL(__real_)(int fd, int command, ...);
int NAME_GETRLIMIT(__real_)(int resource, struct rlimit *limit);
int NAME_SETRLIMIT(__real_)(int resource, const struct rlimit *limit);
ssize_t __real_read(int fd, void *buffer, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_close(int fd);
int __real_poll(struct pollfd *fds, nfds_t n, int timeout);
int __real_mkdir(const char *path, mode_t mode);
int __real_rmdir(const char *path);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_link(const char *from, const char *to);
int __real_unlinkat(int folder, const char *name, int flags);
int __real_flock(int fd, int operation);
DIR *__real_opendir(const char *path);
DIR *__real_fdopendir(int fd);
int __real_closedir(DIR *folder);
int __real_fsync(int fd);
long __real_sysconf(int name);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *told);
int __real_pthread_attr_init(pthread_attr_t *attributes);
int __real_pthread_mutex_init(pthread_mutex_t *lock, const pthread_mutexattr_t *attributes);
int __real_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes);

int NAME_OPEN(__wrap_)(const char *path, int flags, ...);
ssize_t NAME_PREAD(__wrap_)(int fd, void *buffer, size_t size, off_t offset);
ssize_t NAME_PWRITE(__wrap_)(int fd, const void *bytes, size_t size, off_t offset);
int NAME_FTRUNCATE(__wrap_)(int fd, off_t size);
int NAME_OPENAT(__wrap_)(int folder, const char *name, int flags, ...);
int NAME_FSTATAT(__wrap_)(int folder, const char *name, struct stat *st, int flags);
struct dirent *NAME_READDIR(__wrap_)(DIR *folder);
off_t NAME_LSEEK(__wrap_)(int fd, off_t offset, int whence);
int NAME_STAT(__wrap_)(const char *path, struct stat *st);
int NAME_LSTAT(__wrap_)(const char *path, struct stat *st);
int NAME_FSTAT(__wrap_)(int fd, struct stat *st);
int NAME_FCNTL(__wrap_)(int fd, int command, ...);
int NAME_GETRLIMIT(__wrap_)(int resource, struct rlimit *limit);
int NAME_SETRLIMIT(__wrap_)(int resource, const struct rlimit *limit);
ssize_t __wrap_read(int fd, void *buffer, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_close(int fd);
int __wrap_dup(int fd);
int __wrap_poll(struct pollfd *fds, nfds_t n, int timeout);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rmdir(const char *path);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_link(const char *from, const char *to);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __wrap_flock(int fd, int operation);
DIR *__wrap_opendir(const char *path);
DIR *__wrap_fdopendir(int fd);
int __wrap_closedir(DIR *folder);
int __wrap_fsync(int fd);
long __wrap_sysconf(int name);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *told);
int __wrap_pthread_attr_init(pthread_attr_t *attributes);
int __wrap_pthread_mutex_init(pthread_mutex_t *lock, const pthread_mutexattr_t *attributes);
int __wrap_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes);

/* --- descriptors ---------------------------------------------------------------------------------------- */

static void
set_open(int fd, bool open)
{
	if (fault_report() != NULL && fd >= 0 && fd < FAULT_FILES_MAX)
		atomic_store(&fault_report()->open[fd], open);
}

int
NAME_OPEN(__wrap_)(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;
	int fd;

	if (fault_fails(FAULT_OPEN))
		return -1;
	if (flags & O_CREAT) {
		va_start(args, flags);
		mode = (mode_t)va_arg(args, unsigned);
		va_end(args);
	}
	fd = NAME_OPEN(__real_)(path, flags, mode);
	set_open(fd, true);
	return fd;
}

int
__wrap_dup(int fd)
{
	const int again = fault_fails(FAULT_OPEN) ? -1 : __real_dup(fd);

	set_open(again, true);
	return again;
}

int
__wrap_close(int fd)
{
	const bool fails = fault_fails(FAULT_CHANGE);
	const int error = errno, result = __real_close(fd);

	set_open(fd, false);
	if (!fails)
		return result;
	errno = error; /* it is closed nevertheless */
	return -1;
}

ssize_t
NAME_PREAD(__wrap_)(int fd, void *buffer, size_t size, off_t offset)
{
	const enum fault_way way = fault_call(FAULT_READ);

	return way == FAULT_FAIL ? -1 : NAME_PREAD(__real_)(fd, buffer, fault_size(way, size), offset);
}

ssize_t
__wrap_read(int fd, void *buffer, size_t size)
{
	const enum fault_way way = fault_call(FAULT_READ);

	return way == FAULT_FAIL ? -1 : __real_read(fd, buffer, fault_size(way, size));
}

ssize_t
__wrap_write(int fd, const void *bytes, size_t size)
{
	const enum fault_way way = fault_call(FAULT_WRITE);

	if (way == FAULT_FAIL)
		return -1;
	size = fault_size(way, size);
	if (fault_report() == NULL || fd != STDOUT_FILENO)
		return __real_write(fd, bytes, size);
	fault_keep(&fault_report()->out, bytes, size);
	return (ssize_t)size;
}

/* A regular file never asks for a later attempt. */
ssize_t
NAME_PWRITE(__wrap_)(int fd, const void *bytes, size_t size, off_t offset)
{
	const enum fault_way way = fault_call(FAULT_WRITE);

	if (way == FAULT_FAIL && errno != EAGAIN)
		return -1;
	return NAME_PWRITE(__real_)(fd, bytes, fault_size(way, size), offset);
}

int
NAME_FTRUNCATE(__wrap_)(int fd, off_t size)
{
	return fault_fails(FAULT_CHANGE) ? -1 : NAME_FTRUNCATE(__real_)(fd, size);
}

int
__wrap_poll(struct pollfd *fds, nfds_t n, int timeout)
{
	return fault_fails(FAULT_WAIT) ? -1 : __real_poll(fds, n, timeout);
}

/* --- questions ------------------------------------------------------------------------------------------ */

off_t
NAME_LSEEK(__wrap_)(int fd, off_t offset, int whence)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_LSEEK(__real_)(fd, offset, whence);
}

int
NAME_STAT(__wrap_)(const char *path, struct stat *st)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_STAT(__real_)(path, st);
}

int
NAME_LSTAT(__wrap_)(const char *path, struct stat *st)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_LSTAT(__real_)(path, st);
}

int
NAME_FSTAT(__wrap_)(int fd, struct stat *st)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_FSTAT(__real_)(fd, st);
}

/* For commands that take a number or nothing. */
int
NAME_FCNTL(__wrap_)(int fd, int command, ...)
{
	int number = 0;
	va_list args;

	if (command == F_SETFL || command == F_SETFD) {
		va_start(args, command);
		number = va_arg(args, int);
		va_end(args);
	}
	return fault_fails(FAULT_LOOK) ? -1 : NAME_FCNTL(__real_)(fd, command, number);
}

int
NAME_GETRLIMIT(__wrap_)(int resource, struct rlimit *limit)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_GETRLIMIT(__real_)(resource, limit);
}

int
NAME_SETRLIMIT(__wrap_)(int resource, const struct rlimit *limit)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_SETRLIMIT(__real_)(resource, limit);
}

long
__wrap_sysconf(int name)
{
	return fault_fails(FAULT_LOOK) ? -1 : __real_sysconf(name);
}

int
NAME_FSTATAT(__wrap_)(int folder, const char *name, struct stat *st, int flags)
{
	return fault_fails(FAULT_LOOK) ? -1 : NAME_FSTATAT(__real_)(folder, name, st, flags);
}

int
__wrap_flock(int fd, int operation)
{
	return fault_fails(FAULT_LOOK) ? -1 : __real_flock(fd, operation);
}

/* --- folders -------------------------------------------------------------------------------------------- */

/* For opening without creating. */
int
NAME_OPENAT(__wrap_)(int folder, const char *name, int flags, ...)
{
	const int fd = fault_fails(FAULT_OPEN) ? -1 : NAME_OPENAT(__real_)(folder, name, flags);

	set_open(fd, true);
	return fd;
}

DIR *
__wrap_opendir(const char *path)
{
	DIR *folder = fault_fails(FAULT_OPEN) ? NULL : __real_opendir(path);

	if (folder != NULL)
		set_open(dirfd(folder), true);
	return folder;
}

DIR *
__wrap_fdopendir(int fd)
{
	return fault_fails(FAULT_OPEN) ? NULL : __real_fdopendir(fd);
}

struct dirent *
NAME_READDIR(__wrap_)(DIR *folder)
{
	return fault_fails(FAULT_LOOK) ? NULL : NAME_READDIR(__real_)(folder);
}

int
__wrap_closedir(DIR *folder)
{
	set_open(dirfd(folder), false);
	return __real_closedir(folder);
}

/* --- names ---------------------------------------------------------------------------------------------- */

int
__wrap_mkdir(const char *path, mode_t mode)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_mkdir(path, mode);
}

int
__wrap_rmdir(const char *path)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_rmdir(path);
}

int
__wrap_rename(const char *from, const char *to)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_rename(from, to);
}

int
__wrap_unlink(const char *path)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_unlink(path);
}

int
__wrap_unlinkat(int folder, const char *name, int flags)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_unlinkat(folder, name, flags);
}

int
__wrap_link(const char *from, const char *to)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_link(from, to);
}

int
__wrap_fsync(int fd)
{
	return fault_fails(FAULT_CHANGE) ? -1 : __real_fsync(fd);
}

/* --- threads -------------------------------------------------------------------------------------------- */

int
__wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *told)
{
	return fault_fails(FAULT_THREAD) ? errno : __real_pthread_create(thread, attributes, run, told);
}

int
__wrap_pthread_attr_init(pthread_attr_t *attributes)
{
	return fault_fails(FAULT_THREAD) ? errno : __real_pthread_attr_init(attributes);
}

/* Of the following two, one that fails leaves something behind that must not be used. */
int
__wrap_pthread_mutex_init(pthread_mutex_t *lock, const pthread_mutexattr_t *attributes)
{
	if (!fault_fails(FAULT_THREAD))
		return __real_pthread_mutex_init(lock, attributes);
	memset(lock, 0xff, sizeof *lock);
	return EAGAIN;
}

int
__wrap_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes)
{
	if (!fault_fails(FAULT_THREAD))
		return __real_pthread_cond_init(cond, attributes);
	memset(cond, 0xff, sizeof *cond);
	return EAGAIN;
}
