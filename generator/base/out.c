/*
 * out: buffers of text, and writing them to files. No other file of the compiler writes to disk.
 */
#include "base/out.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define COMMENT_WIDTH 110

/* --- text ---------------------------------------------------------------------------------------------- */

static void
append(struct out *o, const char *text, size_t length)
{
	if (o->capacity - o->length <= length) {
		const size_t capacity = 2 * (o->capacity + length) + 64;
		char *larger = arena_alloc(o->arena, capacity);

		if (o->length > 0)
			memcpy(larger, o->text, o->length);
		o->text = larger;
		o->capacity = capacity;
	}
	memcpy(o->text + o->length, text, length);
	o->length += length;
	o->text[o->length] = '\0';
}

/* Appends part of a line; indents if it is the first. */
static void
append_part(struct out *o, const char *text, size_t length)
{
	if (length == 0)
		return;
	for (unsigned i = 0; !o->line_open && i < o->indent; i++)
		append(o, "\t", 1);
	o->line_open = true;
	append(o, text, length);
}

static void
append_lines(struct out *o, const char *text)
{
	const char *end;

	while ((end = strchr(text, '\n')) != NULL) {
		append_part(o, text, (size_t)(end - text));
		append(o, "\n", 1);
		o->line_open = false;
		text = end + 1;
	}
	append_part(o, text, strlen(text));
}

void
out_printf(struct out *o, const char *format, ...)
{
	char small[512]; /* most texts are short, and need nothing of the arena */
	va_list args, again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(small, sizeof(small), format, args);
	append_lines(o, length >= 0 && (size_t)length < sizeof(small) ? small : arena_vprintf(o->arena, format, again));
	va_end(again);
	va_end(args);
}

unsigned
out_line(const struct out *o)
{
	unsigned line = 1;

	for (size_t i = 0; i < o->length; i++)
		line += o->text[i] == '\n';
	return line;
}

void
out_c_string(struct out *o, const char *text)
{
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			out_printf(o, "\\%c", c);
		else if (c >= 0x20 && c < 0x7f && !(c == '?' && text[1] == '?'))
			out_printf(o, "%c", c);
		else
			out_printf(o, "\\%03o", c);
	}
}

/* Columns that the open line takes, tabs reaching to the next multiple of 8. */
static size_t
line_width(const struct out *o)
{
	size_t start = o->length, width = 0;

	while (start > 0 && o->text[start - 1] != '\n')
		start--;
	for (; start < o->length; start++) {
		if (o->text[start] == '\t')
			width = (width / 8 + 1) * 8;
		else if (((unsigned char)o->text[start] & 0xc0) != 0x80)
			width++;
	}
	return width;
}

static size_t
characters(const char *text, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

void
out_c_comment(struct out *o, const char *text, const char *prefix)
{
	bool first = true;

	for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
		const size_t length = strcspn(text, " ");

		if (!first && line_width(o) + 1 + characters(text, length) > COMMENT_WIDTH)
			out_printf(o, "\n%s", prefix);
		else if (!first)
			out_printf(o, " ");
		out_printf(o, "%.*s", (int)length, text);
		text += length;
		first = false;
	}
}

/* --- files --------------------------------------------------------------------------------------------- */

struct out *
out_file(struct out_set *set, const char *name)
{
	struct out_file *file = arena_alloc(set->arena, sizeof(*file));

	file->name = name;
	file->out.arena = set->arena;
	file->out.text = arena_alloc(set->arena, 1);
	file->out.capacity = 1;
	set->files = arena_grow(set->arena, set->files, set->nfiles, sizeof(struct out_file *));
	set->files[set->nfiles++] = file;
	return &file->out;
}

/* Folders that a run made, each after the one it is in. */
struct folders {
	struct arena *arena;
	const char **list;
	size_t n;
};

/* A file to be written. */
struct write {
	const struct out *out;
	const char *target;
	const char *beside; /* the temporary file */
	struct folders *made;
	bool changed;
	bool written;
};

/* Makes all folders of the path, which ends in a file's name; false with errno set. */
static bool
make_folders(struct folders *made, const char *file)
{
	for (const char *slash = file; (slash = strchr(slash + 1, '/')) != NULL;) {
		const char *folder = arena_strndup(made->arena, file, (size_t)(slash - file));

		if (mkdir(folder, 0777) != 0) {
			if (errno != EEXIST)
				return false;
			continue;
		}
		made->list = arena_grow(made->arena, made->list, made->n, sizeof(*made->list));
		made->list[made->n++] = folder;
	}
	return true;
}

static void
remove_folders(const struct folders *made)
{
	for (size_t i = made->n; i-- > 0;)
		rmdir(made->list[i]);
}

/* Whether the content of the file equals the text. */
static bool
has_text(int fd, const struct out *o)
{
	char buffer[16384];
	size_t at = 0;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0) {
		if ((size_t)n > o->length - at || memcmp(o->text + at, buffer, (size_t)n) != 0)
			return false;
		at += (size_t)n;
	}
	return n == 0 && at == o->length;
}

/* Makes the target's folder and finds out whether the file must be written; false with errno set if it cannot be. */
static bool
compare(struct write *w)
{
	struct stat st;
	bool ok;
	int fd;

	w->changed = true;
	if (!make_folders(w->made, w->target))
		return false;
	fd = open(w->target, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT;
	ok = fstat(fd, &st) == 0;
	if (ok && !S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		ok = false;
	}
	if (ok)
		w->changed = !has_text(fd, w->out);
	close(fd);
	return ok;
}

/* Writes the text to a file that must not exist yet. False with errno set; then no file is left. */
static bool
write_new(const char *path, const struct out *o)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	size_t at = 0;
	int error = 0;

	if (fd < 0)
		return false;
	while (at < o->length && error == 0) {
		const ssize_t n = write(fd, o->text + at, o->length - at);

		if (n >= 0)
			at += (size_t)n;
		else if (errno != EINTR)
			error = errno;
	}
	if (close(fd) != 0 && error == 0)
		error = errno;
	if (error != 0)
		unlink(path);
	errno = error;
	return error == 0;
}

static bool
write_beside(struct write *w)
{
	w->written = write_new(w->beside, w->out);
	return w->written;
}

static bool
put_in_place(struct write *w)
{
	if (rename(w->beside, w->target) != 0)
		return false;
	w->written = false;
	return true;
}

/* Applies `step` to each changed file. Stops at the first failure, whose file is stored in `*failed`. */
static bool
for_changed(struct write *writes, size_t n, bool (*step)(struct write *w), const char **failed)
{
	for (size_t i = 0; i < n; i++)
		if (writes[i].changed && !step(&writes[i])) {
			*failed = writes[i].target;
			return false;
		}
	return true;
}

int
out_write(struct out_set *set, const char *folder, char *error, size_t size)
{
	struct write *writes = arena_alloc(set->arena, (set->nfiles + 1) * sizeof(*writes));
	struct folders made = { .arena = set->arena };
	const char *failed = folder;
	bool ok;

	for (size_t i = 0; i < set->nfiles; i++) {
		const char *name = set->files[i]->name, *slash = strrchr(name, '/');
		const int length = slash != NULL ? (int)(slash + 1 - name) : 0;

		writes[i].out = &set->files[i]->out;
		writes[i].target = arena_printf(set->arena, "%s/%s", folder, name);
		writes[i].beside = arena_printf(set->arena, "%s/%.*s.%s.%ld", folder, length, name, name + length,
		    (long)getpid());
		writes[i].made = &made;
		writes[i].changed = true;
	}
	ok = for_changed(writes, set->nfiles, compare, &failed) &&
	    for_changed(writes, set->nfiles, write_beside, &failed) &&
	    for_changed(writes, set->nfiles, put_in_place, &failed);
	if (ok)
		return 0;
	snprintf(error, size, "cannot write '%s': %s", failed, strerror(errno));
	for (size_t i = 0; i < set->nfiles; i++)
		if (writes[i].written)
			unlink(writes[i].beside);
	remove_folders(&made);
	return -1;
}

int
out_write_new(const struct out *o, const char *path, char *error, size_t size)
{
	if (write_new(path, o))
		return 0;
	snprintf(error, size, "cannot write '%s': %s", path, strerror(errno));
	return -1;
}
