/*
 * output: owns the names and descriptors of the files that are written.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/format/output.h"

#define TRIES 100         /* attempts to find a free temporary name */
#define PIECE (16u << 10) /* bytes that are read at once */

/* The path of the file to replace: the target, if `path` is a symbolic link. NULL, and errno. */
static char *
real_path(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL || errno != ENOENT ? real : strdup(path);
}

/*
 * Creates a new file beside o->path, opened for `access`. Returns its descriptor; or -1, and errno. The list of names is
 * locked.
 */
static int
create_temporary(struct output *o, int access)
{
	size_t size = strlen(o->path) + 64;
	int fd = -1, i, error;

	o->temporary = malloc(size);
	if (o->temporary == NULL)
		return -1;
	for (i = 0; i < TRIES && fd < 0; i++) {
		snprintf(o->temporary, size, "%s.%ld.%d.tmp", o->path, (long)getpid(), i);
		fd = open(o->temporary, access | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd >= 0) {
		unfinished_add(&o->unfinished, o->temporary, false);
		return fd;
	}
	error = errno;
	free(o->temporary);
	o->temporary = NULL;
	errno = error;
	return -1;
}

int
output_open_folder(const char *path)
{
	size_t size = strlen(path);
	char *folder;
	int fd;

	while (size > 1 && path[size - 1] == '/')
		size--;
	while (size > 0 && path[size - 1] != '/')
		size--;
	folder = malloc(size + 2);
	if (folder == NULL)
		return -1;
	memcpy(folder, path, size);
	memcpy(folder + size, size > 0 ? "" : ".", size > 0 ? 1 : 2);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	return fd;
}

int
output_sync(int fd)
{
	while (fsync(fd) < 0)
		if (errno != EINTR) /* some file systems and files cannot be synced */
			return errno == EINVAL || errno == ENOTSUP || errno == EROFS || errno == ENOSYS ? 0 : errno;
	return 0;
}

/* Opens an existing file that is not a regular file. 0, or an errno. */
static int
open_device(struct output *o, const char *path)
{
	struct stat st;

	o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (o->fd < 0)
		return errno;
	if (fstat(o->fd, &st) == 0 && !S_ISREG(st.st_mode))
		return 0;
	close(o->fd); /* it has become a regular file, or its type is unknown */
	return EEXIST;
}

/* Sets the descriptor and names up; a regular file is opened for `access`. 0, or an errno. */
static int
open_path(struct output *o, const char *path, int access)
{
	struct stat st;
	const bool exists = stat(path, &st) == 0;
	sigset_t before;
	int error = 0;

	if (!exists && errno != ENOENT)
		return errno;
	if (exists && !S_ISREG(st.st_mode))
		return open_device(o, path);
	if (!o->replaces && (exists || lstat(path, &st) == 0))
		return EEXIST;
	o->path = real_path(path);
	if (o->path == NULL)
		return errno;
	unfinished_lock(&before);
	o->fd = create_temporary(o, access);
	if (o->fd < 0)
		error = errno;
	unfinished_unlock(&before);
	return error;
}

/* Closes the descriptor, unless it is standard output. 0, or an errno. */
static int
close_descriptor(struct output *o)
{
	return o->fd > STDOUT_FILENO && close(o->fd) < 0 ? errno : 0;
}

/* Has the output followed, if somebody wants that. 0, or an errno. */
static int
begin_following(struct output *o, const struct output_follower *follower, const char *path)
{
	if (follower == NULL)
		return 0;
	o->shown = path != NULL ? strdup(path) : NULL;
	if (path != NULL && o->shown == NULL)
		return ENOMEM;
	o->followed = follower->begin(follower->context);
	if (o->followed == NULL)
		return ENOMEM;
	o->follower = follower;
	o->writer.tap = (struct tap){ follower->take, o->followed };
	return 0;
}

/* Tells the follower that the output ends. */
static void
end_following(struct output *o, bool kept)
{
	if (o->follower != NULL)
		o->follower->end(o->followed, o->shown, kept);
	free(o->shown);
	o->shown = NULL;
	o->follower = NULL;
}

/* Lets the follower read a file that was not written through the writer. 0, or an errno. */
static int
read_back(const struct output *o)
{
	char buffer[PIECE];
	off_t offset = 0;
	struct stat st;
	ssize_t n = 1;

	if (fstat(o->fd, &st) == 0 && st.st_size == 0)
		return 0;
	while (n > 0) {
		do
			n = pread(o->fd, buffer, sizeof buffer, offset);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return errno;
		o->follower->take(o->followed, buffer, (size_t)n);
		offset += n;
	}
	return 0;
}

static int
open_output(struct output *o, const struct output_place *place, const char *path, int access)
{
	sigset_t before;
	int error = 0;

	memset(o, 0, sizeof *o);
	o->fd = STDOUT_FILENO;
	o->folder = -1;
	o->replaces = place->force;
	if (path != NULL)
		error = open_path(o, path, access);
	if (error == 0) {
		error = writer_open(&o->writer, o->fd);
		if (error == 0) {
			error = begin_following(o, place->follower, path);
			if (error == 0)
				return 0;
			writer_close(&o->writer);
		}
		close_descriptor(o);
	}
	unfinished_lock(&before);
	output_release(o, false);
	unfinished_unlock(&before);
	return error;
}

int
output_open_in_folder(struct output *o, const struct output_place *place, const char *path)
{
	return open_output(o, place, path, O_WRONLY);
}

int
output_open(struct output *o, const struct output_place *place)
{
	const int error = open_output(o, place, place->path, O_RDWR);

	if (error == 0 && o->path != NULL)
		o->folder = output_open_folder(o->path);
	return error;
}

int
output_end(struct output *o, bool keep)
{
	int error = writer_flush(&o->writer), closing;
	const bool unseen = o->follower != NULL && o->path != NULL && o->writer.flushed == 0;

	writer_close(&o->writer);
	if (error == 0 && keep && unseen)
		error = read_back(o);
	if (error == 0 && keep && o->temporary != NULL)
		error = output_sync(o->fd);
	closing = close_descriptor(o);
	return error != 0 ? error : closing;
}

/* Whether `error` means that the file system does not support hard links. */
static bool
is_without_links(int error)
{
	return error == EPERM || error == ENOTSUP || error == ENOSYS;
}

/*
 * Gives the temporary file its name, which must be free. 0, or an errno: EEXIST if another file has got that name in the
 * meantime. Without hard links there is a race: a file that gets the name at the last moment is replaced.
 */
static int
name_new(struct output *o)
{
	struct stat st;

	if (link(o->temporary, o->path) == 0) {
		o->named = true;
		return unlink(o->temporary) < 0 ? errno : 0;
	}
	if (!is_without_links(errno))
		return errno;
	if (lstat(o->path, &st) == 0)
		return EEXIST;
	return rename(o->temporary, o->path) < 0 ? errno : 0;
}

int
output_move(struct output *o, char *path)
{
	char *shown = o->follower != NULL ? strdup(path) : NULL;

	free(o->path);
	o->path = path;
	if (o->follower != NULL && shown == NULL)
		return ENOMEM;
	free(o->shown);
	o->shown = shown;
	o->folder = output_open_folder(path);
	return o->folder < 0 ? errno : 0;
}

int
output_name(struct output *o)
{
	int error;

	if (o->temporary == NULL)
		return 0;
	if (o->replaces)
		error = rename(o->temporary, o->path) < 0 ? errno : 0;
	else
		error = name_new(o);
	if (error != 0)
		return error;
	o->named = true;
	unfinished_remove(&o->unfinished);
	free(o->temporary);
	o->temporary = NULL;
	return o->folder >= 0 ? output_sync(o->folder) : 0;
}

void
output_release(struct output *o, bool keep)
{
	if (!keep && o->temporary != NULL)
		unlink(o->temporary);
	if (!keep && o->named)
		unlink(o->path);
	unfinished_remove(&o->unfinished);
	end_following(o, keep || o->path == NULL);
	if (o->folder >= 0)
		close(o->folder);
	free(o->path);
	free(o->temporary);
	o->path = o->temporary = NULL;
}

int
output_finish(struct output *o, bool keep)
{
	int error = output_end(o, keep);
	sigset_t before;

	unfinished_lock(&before);
	if (error == 0 && keep)
		error = output_name(o);
	output_release(o, error == 0 && keep);
	unfinished_unlock(&before);
	return error;
}
