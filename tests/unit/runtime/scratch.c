/*
 * scratch: makes and removes the folder, and reads and writes files in it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>
#include <zlib.h>

#include "scratch.h"

static char folder[64];

const char *
scratch_path(const char *name)
{
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];

	if (folder[0] == '\0') {
		const char *tmp = getenv("TMPDIR");

		snprintf(folder, sizeof folder, "%.40s/runtime.XXXXXX", tmp != NULL ? tmp : "/tmp");
		ck_assert_ptr_nonnull(mkdtemp(folder));
	}
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static void
remove_all(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char inner[512];

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(inner, sizeof inner, "%.200s/%.200s", path, entry->d_name);
		if (unlink(inner) < 0)
			remove_all(inner);
	}
	if (dir != NULL)
		closedir(dir);
	rmdir(path);
}

void
scratch_remove(void)
{
	if (folder[0] != '\0')
		remove_all(folder);
	folder[0] = '\0';
}

const char *
scratch_file(const char *name, const void *bytes, size_t size)
{
	const char *path = scratch_path(name);
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
	return path;
}

const char *
scratch_read(const char *path)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return NULL;
	n = fread(bytes, 1, sizeof bytes - 1, f);
	bytes[n] = '\0';
	fclose(f);
	return bytes;
}

bool
scratch_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

void
scratch_gzip(const void *bytes, size_t size, unsigned char *out, size_t room, size_t *used)
{
	z_stream z;

	memset(&z, 0, sizeof z);
	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (z_const Bytef *)bytes;
	z.avail_in = (uInt)size;
	z.next_out = out + *used;
	z.avail_out = (uInt)(room - *used);
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	*used = room - z.avail_out;
	deflateEnd(&z);
}

int
scratch_pipe(const void *bytes, size_t size)
{
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq((int)write(fds[1], bytes, size), (int)size);
	close(fds[1]);
	return fds[0];
}

const char *
scratch_expand(const char *text, const char *path)
{
	static char expanded[16384];
	size_t used = 0;

	expanded[0] = '\0';
	for (; *text != '\0'; text++)
		used += (size_t)snprintf(expanded + used, sizeof expanded - used, *text == '~' ? "%s" : "%.1s",
		    *text == '~' ? path : text);
	ck_assert_uint_lt(used, sizeof expanded);
	return expanded;
}
