/*
 * output: see output.h. Owns names and descriptors of what is written.
 */
#define _XOPEN_SOURCE 700	/* realpath */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

#define TRIES	100		/* of a temporary name that is free */

/* A path that will be replaced: where a symbolic link leads to, if it is one. NULL, and errno. */
static char *
real_path(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL || errno != ENOENT ? real : strdup(path);
}

/* Creates a file beside `path` that no one else has. Its descriptor; or -1, and errno. */
static int
create_temporary(const char *path, char **name)
{
	size_t size = strlen(path) + 64;
	int fd = -1, i, error;

	*name = malloc(size);
	if (*name == NULL)
		return -1;
	for (i = 0; i < TRIES && fd < 0; i++) {
		snprintf(*name, size, "%s.%ld.%d.tmp", path, (long)getpid(), i);
		fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd < 0) {
		error = errno;
		free(*name);
		*name = NULL;
		errno = error;
	}
	return fd;
}

/* Sets the descriptor and names up. 0, or an errno. */
static int
open_path(struct output *o, const char *path)
{
	struct stat st;
	const bool exists = stat(path, &st) == 0;

	if (!exists && errno != ENOENT)
		return errno;
	if (exists && !S_ISREG(st.st_mode)) {
		o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return o->fd < 0 ? errno : 0;
	}
	o->path = real_path(path);
	if (o->path == NULL)
		return errno;
	o->fd = create_temporary(o->path, &o->temporary);
	return o->fd < 0 ? errno : 0;
}

/* Closes the descriptor, unless it is standard output. 0, or an errno. */
static int
close_descriptor(struct output *o)
{
	return o->fd > STDOUT_FILENO && close(o->fd) < 0 ? errno : 0;
}

static void
forget_names(struct output *o)
{
	free(o->path);
	free(o->temporary);
	o->path = o->temporary = NULL;
}

int
output_open(struct output *o, const char *path)
{
	int error = 0;

	memset(o, 0, sizeof *o);
	o->fd = STDOUT_FILENO;
	if (path != NULL)
		error = open_path(o, path);
	if (error == 0) {
		error = writer_open(&o->writer, o->fd);
		if (error == 0)
			return 0;
		close_descriptor(o);
		if (o->temporary != NULL)
			unlink(o->temporary);
	}
	forget_names(o);
	return error;
}

int
output_end(struct output *o)
{
	int error = writer_flush(&o->writer), closing;

	writer_close(&o->writer);
	closing = close_descriptor(o);
	return error != 0 ? error : closing;
}

int
output_name(struct output *o)
{
	if (o->temporary == NULL)
		return 0;
	if (rename(o->temporary, o->path) < 0)
		return errno;
	free(o->temporary);
	o->temporary = NULL;
	return 0;
}

void
output_release(struct output *o, bool keep)
{
	if (o->path != NULL && !keep)
		unlink(o->temporary != NULL ? o->temporary : o->path);
	forget_names(o);
}

int
output_finish(struct output *o, bool keep)
{
	int error = output_end(o);

	if (error == 0 && keep)
		error = output_name(o);
	output_release(o, error == 0 && keep);
	return error;
}
