/*
 * left: moves the files of a folder into memory and back, and compares such lists.
 */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "left.h"

#define PATH_SIZE 1024 /* the pages of a stack are copied in each run */

static _Noreturn void
die(const char *what, const char *path)
{
	fprintf(stderr, "faults: %s: %s: %s\n", path, what, strerror(errno));
	exit(2);
}

static void *
must(void *p)
{
	if (p == NULL)
		die("not enough memory", "malloc");
	return p;
}

/* Puts `name` behind `folder`; with an empty one of the two the other. */
static void
join(char *path, const char *folder, const char *name)
{
	const char *between = *folder != '\0' && *name != '\0' ? "/" : "";

	if (snprintf(path, PATH_SIZE, "%s%s%s", folder, between, name) >= PATH_SIZE)
		die("a path is too long", folder);
}

/* --- taking --------------------------------------------------------------------------------------------- */

static struct left_file *
add(struct left *l, const char *path)
{
	struct left_file *file;

	l->files = must(realloc(l->files, (l->count + 1) * sizeof *l->files));
	file = &l->files[l->count++];
	*file = (struct left_file){ .path = must(strdup(path)) };
	return file;
}

static void
read_link(struct left_file *file, const char *path)
{
	char target[PATH_SIZE];
	ssize_t size = readlink(path, target, sizeof target - 1);

	if (size < 0)
		die("a link cannot be read", path);
	target[size] = '\0';
	file->is_link = true;
	file->size = (size_t)size;
	file->bytes = must(strdup(target));
}

static void
read_file(struct left_file *file, const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");

	file->bytes = must(malloc(size + 1));
	file->size = size;
	if (f == NULL || fread(file->bytes, 1, size, f) != size)
		die("a file cannot be read", path);
	fclose(f);
}

static void take(struct left *l, const char *folder, const char *below);

/* Takes what stands at `path`, `name` below the folder. */
static void
take_one(struct left *l, const char *folder, const char *name)
{
	char path[PATH_SIZE];
	struct stat st;

	join(path, folder, name);
	if (lstat(path, &st) != 0)
		die("what is it", path);
	if (S_ISDIR(st.st_mode)) {
		add(l, name);
		take(l, folder, name);
		if (rmdir(path) != 0)
			die("a folder cannot be removed", path);
		return;
	}
	if (S_ISLNK(st.st_mode))
		read_link(add(l, name), path);
	else
		read_file(add(l, name), path, (size_t)st.st_size);
	if (unlink(path) != 0)
		die("a file cannot be removed", path);
}

static void
take(struct left *l, const char *folder, const char *below)
{
	char path[PATH_SIZE], name[PATH_SIZE];
	const struct dirent *entry;
	DIR *dir;

	join(path, folder, below);
	dir = opendir(path);
	if (dir == NULL)
		die("a folder cannot be read", path);
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			join(name, below, entry->d_name);
			take_one(l, folder, name);
		}
	closedir(dir);
}

void
left_take(struct left *l, const char *folder)
{
	*l = (struct left){ 0 };
	take(l, folder, "");
}

void
left_free(struct left *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->files[i].path);
		free(l->files[i].bytes);
	}
	free(l->files);
	*l = (struct left){ 0 };
}

/* --- putting -------------------------------------------------------------------------------------------- */

static void
put_file(const struct left_file *file, const char *path)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(file->bytes, 1, file->size, f) != file->size || fclose(f) != 0)
		die("a file cannot be written", path);
}

void
left_put(const struct left *l, const char *folder)
{
	char path[PATH_SIZE];

	for (size_t i = 0; i < l->count; i++) {
		const struct left_file *file = &l->files[i];

		join(path, folder, file->path);
		if (file->bytes == NULL && mkdir(path, 0777) != 0)
			die("a folder cannot be made", path);
		if (file->is_link && symlink(file->bytes, path) != 0)
			die("a link cannot be made", path);
		if (file->bytes != NULL && !file->is_link)
			put_file(file, path);
	}
}

/* --- comparing ------------------------------------------------------------------------------------------ */

static bool
have(const struct left *l, const struct left_file *file)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct left_file *own = &l->files[i];

		if (strcmp(own->path, file->path) == 0)
			return (own->bytes == NULL) == (file->bytes == NULL) && own->is_link == file->is_link &&
			    own->size == file->size &&
			    (own->size == 0 || memcmp(own->bytes, file->bytes, own->size) == 0);
	}
	return false;
}

bool
left_equal(const struct left *a, const struct left *b)
{
	return a->count == b->count && left_stranger(a, b, NULL) == NULL;
}

const struct left_file *
left_stranger(const struct left *l, const struct left *a, const struct left *b)
{
	for (size_t i = 0; i < l->count; i++)
		if (!have(a, &l->files[i]) && (b == NULL || !have(b, &l->files[i])))
			return &l->files[i];
	return NULL;
}
