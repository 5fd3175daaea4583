/*
 * partition_stale: locks a folder before it removes anything in it.
 */
#include "atopdump/dump/partition_stale.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
ends_as_temporary(const char *name)
{
	const size_t size = strlen(name), end = strlen(PARTITION_STALE_END);

	return size > end && strcmp(name + size - end, PARTITION_STALE_END) == 0;
}

/* Removes the temporary files in a folder, whose descriptor is closed. */
static void
empty(int fd, const struct inputs_identity *inputs)
{
	DIR *folder = fdopendir(fd);
	struct dirent *entry;
	struct stat st;

	if (folder == NULL) {
		close(fd);
		return;
	}
	while ((entry = readdir(folder)) != NULL)
		if (ends_as_temporary(entry->d_name) && fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && !inputs_identify(inputs, &st))
			unlinkat(fd, entry->d_name, 0);
	closedir(folder);
}

void
partition_remove_stale(const char *path, const struct inputs_identity *inputs)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int fd;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (strncmp(entry->d_name, PARTITION_STALE_BEGIN, strlen(PARTITION_STALE_BEGIN)) != 0 ||
		    !ends_as_temporary(entry->d_name))
			continue;
		fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0)
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			/* the lock is held until the folder is removed */
			const int inside = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

			if (inside >= 0)
				empty(inside, inputs);
			unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR);
		}
		close(fd);
	}
	if (folder != NULL)
		closedir(folder);
}
