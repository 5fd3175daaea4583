/*
 * inside: preloaded into atopdump, it makes system calls from there before a log is read, and says what became of each; so
 * that it is seen what a run is really left with. It must not judge. Reads of up to LOOKED_AT bytes of a regular file come
 * earlier: they find out whether it is packed.
 *
 * INSIDE_FOLDER is a folder with the files "own", "old", "unwanted" and the folder "empty"; INSIDE_LOG a descriptor for a
 * line for each call, "NAME OUTCOME", as probe writes them.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOKED_AT 512

ssize_t pread64(int fd, void *buffer, size_t size, off64_t offset);

static const char *
inner(const char *name)
{
	static char path[512];
	const char *folder = getenv("INSIDE_FOLDER");

	snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : ".", name);
	return path;
}

static int
call_open_read(void)
{
	return open(inner("own"), O_RDONLY);
}

static int
call_open_folder(void)
{
	return open(inner("empty"), O_RDONLY | O_DIRECTORY);
}

static int
call_open_write(void)
{
	return open(inner("own"), O_WRONLY);
}

static int
call_create(void)
{
	return open(inner("made"), O_WRONLY | O_CREAT | O_EXCL, 0600);
}

static int
call_stat(void)
{
	struct stat st;

	return stat(inner("own"), &st);
}

static int
call_rename(void)
{
	char from[512];

	strcpy(from, inner("old"));
	return rename(from, inner("new"));
}

static int
call_link(void)
{
	char from[512];

	strcpy(from, inner("own"));
	return link(from, inner("second"));
}

static int
call_unlink(void)
{
	return unlink(inner("unwanted"));
}

static int
call_rmdir(void)
{
	return rmdir(inner("empty"));
}

static int
call_fsync(void)
{
	return fsync(atoi(getenv("INSIDE_LOG")));
}

static int
call_mkdir(void)
{
	return mkdir(inner("folder"), 0700);
}

static const struct call {
	const char *name;
	int (*make)(void);
} calls[] = { { "open-read", call_open_read }, { "open-folder", call_open_folder }, { "open-write", call_open_write },
	{ "create", call_create }, { "stat", call_stat }, { "rename", call_rename }, { "link", call_link },
	{ "unlink", call_unlink }, { "rmdir", call_rmdir }, { "fsync", call_fsync }, { "mkdir", call_mkdir } };

/* Makes all calls, the first time that it is called. */
static void
look_around(void)
{
	static int done;
	const char *log = getenv("INSIDE_LOG");

	if (done++ != 0 || log == NULL)
		return;
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		const int saved = errno, result = calls[i].make();

		if (result >= 0)
			dprintf(atoi(log), "%s allowed\n", calls[i].name);
		else if (errno == ENOSYS)
			dprintf(atoi(log), "%s ENOSYS\n", calls[i].name);
		else
			dprintf(atoi(log), "%s errno %d\n", calls[i].name, errno);
		errno = saved;
	}
}

ssize_t
read(int fd, void *buffer, size_t size)
{
	static ssize_t (*real)(int, void *, size_t);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "read");
	look_around();
	return real(fd, buffer, size);
}

ssize_t
pread64(int fd, void *buffer, size_t size, off64_t offset)
{
	static ssize_t (*real)(int, void *, size_t, off64_t);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "pread64");
	if (size > LOOKED_AT)
		look_around();
	return real(fd, buffer, size, offset);
}
