/*
 * partition: makes folders, and gives files their names.
 */
#include "atopdump/dump/partition.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/dump/partition_stale.h"

#define TRIES 1000 /* attempts to find a free name */

/* --- names -------------------------------------------------------------------------------------------------- */

/* Makes a folder, if there is none, and writes its name to disk. 0, or an errno. */
static int
make_folder(const char *path)
{
	int parent, error;

	if (mkdir(path, 0777) < 0)
		return errno == EEXIST ? 0 : errno;
	parent = output_open_folder(path);
	if (parent < 0)
		return errno;
	error = output_sync(parent);
	close(parent);
	return error;
}

/* Makes the folders of `path` below the tree. 0, or an errno. */
static int
make_folders(const struct partition *p, char *path)
{
	char *slash = path + strlen(p->folder);
	int error = 0;

	while (error == 0 && (slash = strchr(slash + 1, '/')) != NULL) {
		*slash = '\0';
		error = make_folder(path);
		*slash = '/';
	}
	return error;
}

/* Whether the file at `path` is one of the inputs. */
static bool
is_input(const struct partition *p, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && inputs_identify(p->inputs, &st);
}

static char *
name_file(void *context, const char *table, const char *ending)
{
	struct partition *p = context;
	char *path = partition_path(p->folder, &p->log, table, ending);
	int error;

	if (path == NULL)
		return NULL;
	if (is_input(p, path)) {
		free(p->refused);
		p->refused = path;
		errno = EEXIST;
		return NULL;
	}
	error = make_folders(p, path);
	if (error == 0)
		return path;
	free(path);
	errno = error;
	return NULL;
}

struct output_place
partition_place(struct partition *p)
{
	p->names = (struct output_names){ name_file, p };
	free(p->refused);
	p->refused = NULL;
	return (struct output_place){ .path = p->temporary, .folder = true, .force = true, .names = &p->names };
}

/* --- the temporary folder ------------------------------------------------------------------------------------- */

/*
 * 0: `path` is still the folder that is open. EEXIST: it is not; another run has taken the folder for a stale one and removed it.
 * Else the errno of a call that failed.
 */
static int
check_there(const char *path, int fd)
{
	struct stat here, opened;

	if (stat(path, &here) < 0)
		return errno == ENOENT ? EEXIST : errno;
	if (fstat(fd, &opened) < 0)
		return errno;
	return here.st_dev == opened.st_dev && here.st_ino == opened.st_ino ? 0 : EEXIST;
}

/* Makes and locks the folder at p->temporary. 0, or an errno; EEXIST: another name must be tried. */
static int
make_temporary(struct partition *p)
{
	int fd, error;

	if (mkdir(p->temporary, 0777) < 0)
		return errno;
	fd = open(p->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		error = errno == ENOENT ? EEXIST : errno;
		rmdir(p->temporary);
		return error;
	}
	/* where there are no locks, nobody removes the folder */
	error = flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK ? EEXIST : check_there(p->temporary, fd);
	if (error != 0) {
		if (error != EEXIST)
			rmdir(p->temporary);
		close(fd);
		return error;
	}
	p->lock = fd;
	unfinished_add(&p->unfinished, p->temporary, true);
	return 0;
}

static int
find_temporary(struct partition *p)
{
	const size_t size = strlen(p->folder) + sizeof PARTITION_STALE_BEGIN + 64;
	int error = EEXIST;
	sigset_t before;

	p->temporary = malloc(size);
	if (p->temporary == NULL)
		return ENOMEM;
	unfinished_lock(&before);
	for (int i = 0; i < TRIES && error == EEXIST; i++) {
		snprintf(p->temporary, size, "%s/%s%ld.%d%s", p->folder, PARTITION_STALE_BEGIN, (long)getpid(), i,
		    PARTITION_STALE_END);
		error = make_temporary(p);
	}
	unfinished_unlock(&before);
	if (error != 0)
		free(p->temporary);
	return error;
}

int
partition_open(struct partition *p, const char *folder, const struct inputs_identity *inputs)
{
	int error;

	*p = (struct partition){ .folder = folder, .inputs = inputs, .lock = -1 };
	error = make_folder(folder);
	if (error != 0)
		return error;
	partition_remove_stale(folder, inputs);
	return find_temporary(p);
}

/* Removes the temporary folder. A file may be in it that could not be removed before; that is tried again. 0, or an errno. */
static int
remove_temporary(const struct partition *p)
{
	struct stat st;
	const int error = rmdir(p->temporary) < 0 ? errno : 0;

	close(p->lock); /* from now on the folder is a stale one */
	if (error == 0)
		return 0;
	partition_remove_stale(p->folder, p->inputs);
	return lstat(p->temporary, &st) < 0 && errno == ENOENT ? 0 : error;
}

int
partition_close(struct partition *p)
{
	sigset_t before;
	int error;

	unfinished_lock(&before);
	error = remove_temporary(p);
	unfinished_remove(&p->unfinished);
	unfinished_unlock(&before);
	free(p->temporary);
	free(p->refused);
	return error;
}
