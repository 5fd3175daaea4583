/*
 * inputs: descriptors, their limit, and named pipes. inputs_expand.c reads folders.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "atopdump/dump/inputs.h"
#include "rawlog/rawlog.h"

#define OPEN_ALREADY 16 /* standard descriptors, output, and what was inherited */

/* How many of the `wanted` files may be opened if `spare` further ones must be possible. Raises the limit as far as it can. */
static int
count_descriptors(int wanted, int spare)
{
	const rlim_t need = (rlim_t)wanted + (rlim_t)spare + OPEN_ALREADY;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 0;
	if (limit.rlim_cur < need) {
		limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
			getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= need)
		return wanted;
	return (int)limit.rlim_cur - spare - OPEN_ALREADY;
}

/*
 * As rawlog_descriptor, but does not wait until a named pipe has a writer, which may itself wait until the files before the
 * pipe are read.
 */
static int
open_at_once(const char *path)
{
	struct stat st;
	int fd;

	if (strcmp(path, "-") == 0 || stat(path, &st) < 0 || !S_ISFIFO(st.st_mode))
		return rawlog_descriptor(path, 0);
	fd = rawlog_descriptor(path, O_NONBLOCK);
	if (fd < 0)
		return fd;
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	return fd;
}

/* Waits for the first writer of a named pipe that was opened without one. */
static void
wait_for_writer(int fd)
{
	struct pollfd pipe = { .fd = fd, .events = POLLIN };
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode))
		while (poll(&pipe, 1, -1) < 0 && errno == EINTR)
			continue;
}

void
inputs_init(struct inputs *in, char **paths, int count)
{
	*in = (struct inputs){ .paths = paths, .count = count, .several = count > 1 };
}

void
inputs_open(struct inputs *in, int spare)
{
	const int most = count_descriptors(in->count, spare);
	int fd;

	in->fds = in->count > 0 ? calloc((size_t)in->count, sizeof *in->fds) : NULL;
	while (in->fds != NULL && in->nopened < in->count && in->nopened < most) {
		fd = open_at_once(in->paths[in->nopened]);
		if (fd == -EMFILE || fd == -ENFILE)
			break;
		in->fds[in->nopened++] = fd;
	}
}

int
inputs_take(struct inputs *in)
{
	const int i = in->next++;
	int fd;

	if (i < in->nopened) {
		fd = in->fds[i];
		in->fds[i] = -1;
	} else {
		fd = rawlog_descriptor(in->paths[i], 0);
	}
	if (in->takes != NULL)
		in->takes(in->watch.context, i, fd);
	if (in->follower != NULL)
		in->follower->take(in->follower->context, i, fd, &in->watch);
	if (i < in->nopened && fd >= 0)
		wait_for_writer(fd);
	return fd;
}

/* Looks at input number `i`. False: there is no such file, or it is taken. */
static bool
look_at(const struct inputs *in, int i, struct stat *st)
{
	if (i < in->nopened)
		return in->fds[i] >= 0 && fstat(in->fds[i], st) == 0;
	return (strcmp(in->paths[i], "-") == 0 ? fstat(STDIN_FILENO, st) : stat(in->paths[i], st)) == 0;
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	if ((a->st_mode & S_IFMT) != (b->st_mode & S_IFMT))
		return false;
	if (S_ISBLK(a->st_mode))
		return a->st_rdev == b->st_rdev;
	return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool
inputs_have(const struct inputs *in, const struct stat *st)
{
	struct stat own;

	for (int i = in->next; i < in->count; i++)
		if (look_at(in, i, &own) && is_same(&own, st))
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	const struct inputs_file *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

bool
inputs_remember(struct inputs_identity *identity, const struct inputs *in)
{
	struct stat st;

	*identity = (struct inputs_identity){ .files = calloc((size_t)in->count + 1, sizeof *identity->files) };
	if (identity->files == NULL)
		return false;
	for (int i = 0; i < in->count; i++)
		if (look_at(in, i, &st))
			identity->files[identity->count++] = (struct inputs_file){ st.st_dev, st.st_ino };
	qsort(identity->files, identity->count, sizeof *identity->files, compare);
	return true;
}

void
inputs_forget(struct inputs_identity *identity)
{
	free(identity->files);
	*identity = (struct inputs_identity){ NULL, 0 };
}

bool
inputs_identify(const struct inputs_identity *identity, const struct stat *st)
{
	const struct inputs_file file = { st->st_dev, st->st_ino };

	return identity->count > 0 &&
	    bsearch(&file, identity->files, identity->count, sizeof *identity->files, compare) != NULL;
}

bool
inputs_is_special(const struct inputs *in, int i)
{
	struct stat st;

	return look_at(in, i, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

void
inputs_close(struct inputs *in)
{
	for (int i = 0; i < in->nopened; i++)
		if (in->fds[i] > STDERR_FILENO)
			close(in->fds[i]);
	free(in->fds);
	in->fds = NULL;
	in->nopened = 0;
	if (!in->expanded)
		return;
	for (int i = 0; i < in->count; i++)
		if (in->folder_of[i] != 0)
			free(in->paths[i]);
	free(in->paths);
	free(in->folder_of);
	free(in->folders);
	*in = (struct inputs){ .count = 0 };
}
