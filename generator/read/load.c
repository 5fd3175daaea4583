/*
 * load: files to schemas. No other file of the compiler opens input. A file is read once, also if several paths lead to it.
 */
#include "read/load.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "read/document.h"
#include "read/schema.h"
#include "read/schema_label.h"

#define FILE_SIZE_MAX ((size_t)1 << 20) /* of a schema, in bytes */
#define FILES_MAX     128               /* that one run reads */

struct file {
	dev_t dev;
	ino_t ino;
	struct source source;
	struct schema *schema; /* NULL: unreadable, abi.yaml, or no schema */
	bool named;
	bool open; /* its base is being loaded */
};

struct loader {
	struct arena *arena;
	struct diag *diag;
	struct file **files; /* in the order of reading */
	size_t nfiles;
	struct file **sorted; /* schemas, a base before what extends it */
	size_t nsorted;
	const char *abi_path; /* the last one tried */
	struct file *abi_file;
	struct abi *abi;
	struct label **labels;
	size_t nlabels;
	struct label_common *common;
	const struct view **views;
	size_t nviews;
	struct suspects suspects;
	const struct source *hints; /* the file that has them; NULL: none */
};

/* --- reading ------------------------------------------------------------------------------------------- */

/* The whole file into `source`; false with errno set. */
static bool
read_all(struct arena *a, int fd, struct source *source)
{
	size_t size = 4096, length = 0;
	char *text = arena_alloc(a, size);

	for (;;) {
		ssize_t n;

		if (length == size) {
			char *larger = arena_alloc(a, 2 * size);

			memcpy(larger, text, length);
			text = larger;
			size *= 2;
		}
		n = read(fd, text + length, size - length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		length += (size_t)n;
		if (length > FILE_SIZE_MAX) {
			errno = EFBIG;
			return false;
		}
	}
	source->text = text;
	source->length = length;
	return true;
}

static struct file *
add_file(struct loader *l, const char *path)
{
	struct file *file = arena_alloc(l->arena, sizeof(*file));

	file->source.name = path;
	file->source.text = "";
	file->source.order = l->diag->nsources++;
	l->files = arena_grow(l->arena, l->files, l->nfiles, sizeof(struct file *));
	l->files[l->nfiles++] = file;
	return file;
}

static struct file *
find_file(const struct loader *l, const struct stat *st)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (l->files[i]->dev == st->st_dev && l->files[i]->ino == st->st_ino)
			return l->files[i];
	return NULL;
}

/* The position of an error about a file: `from`, where another file names it; NULL: the command line names it. */
static struct position
asked_at(struct loader *l, const char *path, const struct position *from)
{
	return from != NULL ? *from : (struct position){ .source = &add_file(l, path)->source };
}

static void
refuse_many(struct loader *l, const char *path, const struct position *from)
{
	diag_error(l->diag, asked_at(l, path, from), "'%s' is one more than the %d files that one run reads", path,
	    FILES_MAX);
}

/*
 * The file at `path`. `*known`: it was read before. NULL after reporting that it cannot be read, at `from` if another file
 * names it.
 */
static struct file *
open_file(struct loader *l, const char *path, const struct position *from, bool *known)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct file *file = NULL;
	struct stat st;
	bool ok;

	*known = false;
	ok = fd >= 0 && fstat(fd, &st) == 0;
	if (ok) {
		file = find_file(l, &st);
		*known = file != NULL;
	}
	if (ok && file == NULL && l->nfiles >= FILES_MAX) {
		refuse_many(l, path, from);
		close(fd);
		return NULL;
	}
	if (ok && file == NULL) {
		file = add_file(l, path);
		file->dev = st.st_dev;
		file->ino = st.st_ino;
		ok = read_all(l->arena, fd, &file->source);
	}
	if (!ok) {
		const int error = errno;

		diag_error(l->diag, asked_at(l, path, from), "cannot read '%s': %s", path, strerror(error));
		file = NULL;
	}
	if (fd >= 0)
		close(fd);
	return file;
}

const char *
load_beside(struct arena *a, const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	const int length = slash != NULL ? (int)(slash - path) + 1 : 0;

	return arena_printf(a, "%.*s%s", length, path, name);
}

const struct source *
load_text(struct arena *a, struct diag *d, const char *path, bool optional)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct source *source = arena_alloc(a, sizeof(*source));
	int error;

	*source = (struct source){ .name = path, .text = "", .order = d->nsources++ };
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR) && optional)
		return NULL;
	if (fd >= 0 && read_all(a, fd, source)) {
		close(fd);
		return source;
	}
	error = errno;
	if (fd >= 0)
		close(fd);
	diag_error(d, (struct position){ .source = source }, "cannot read '%s': %s", path, strerror(error));
	return NULL;
}

/* --- labels -------------------------------------------------------------------------------------------- */

/* What labels share is in one file. */
static void
keep_common(struct loader *l, struct label_common *common)
{
	if (l->common != NULL)
		diag_error(l->diag, common->at, "'%s' has what labels share already", l->common->source->name);
	l->common = common;
}

/* Reads a file that is no schema. False: it is one. */
static bool
load_label(struct loader *l, const struct node *root)
{
	if (schema_is_label(root)) {
		l->labels = arena_grow(l->arena, l->labels, l->nlabels, sizeof(struct label *));
		l->labels[l->nlabels++] = schema_read_label(l->arena, l->diag, root);
	} else if (schema_is_common(root)) {
		keep_common(l, schema_read_common(l->arena, l->diag, root));
	} else {
		return false;
	}
	return true;
}

bool
load_has_schema(struct arena *a, const struct source *source, const char *version)
{
	return access(load_beside(a, source->name, arena_printf(a, "atop-%s.yaml", version)), R_OK) == 0;
}

/* --- schemas ------------------------------------------------------------------------------------------- */

/* Reads abi.yaml of the schema's folder, unless it is the one that was read before. */
static void
load_abi(struct loader *l, const struct file *schema)
{
	const char *path = load_beside(l->arena, schema->source.name, "abi.yaml");
	struct file *file;
	struct node *root;
	bool known;

	if (l->abi_path != NULL && strcmp(l->abi_path, path) == 0)
		return;
	l->abi_path = path;
	file = open_file(l, path, NULL, &known);
	if (file == NULL || file == l->abi_file)
		return;
	if (l->abi_file != NULL) {
		diag_error(l->diag, (struct position){ .source = &schema->source },
		    "one run has one abi.yaml: this file's is '%s', an earlier one's '%s'", path,
		    l->abi_file->source.name);
		return;
	}
	l->abi_file = file;
	root = document_parse(l->arena, l->diag, &file->source);
	if (root != NULL)
		l->abi = schema_read_abi(l->arena, l->diag, root);
}

static void
refuse_same_version(struct loader *l, const struct file *file)
{
	const struct word *version = &file->schema->version;

	for (size_t i = 0; i < l->nsorted; i++)
		if (strcmp(l->sorted[i]->schema->version.text, version->text) == 0)
			diag_error(l->diag, version->at, "'%s' has version '%s' already", l->sorted[i]->source.name,
			    version->text);
}

static struct file *load_file(struct loader *l, const char *path, const struct position *from);

/* Loads what `file` extends. */
static void
load_base(struct loader *l, const struct file *file)
{
	const struct word *extends = &file->schema->extends;
	const char *name = arena_printf(l->arena, "atop-%s.yaml", extends->text);
	const struct file *base = load_file(l, load_beside(l->arena, file->source.name, name), &extends->at);
	const struct word *version;

	if (base == NULL || base->schema == NULL || base->schema->version.text == NULL)
		return;
	version = &base->schema->version;
	if (base->open)
		diag_error(l->diag, extends->at, "'%s' extends itself", version->text);
	else if (strcmp(version->text, extends->text) != 0)
		diag_error(l->diag, version->at, "version '%s' in a file that is named for '%s'", version->text,
		    extends->text);
}

/* Reads a view. False: the file is none. */
static bool
load_view(struct loader *l, const struct node *root)
{
	const struct view *view;

	if (root->kind != NODE_MAPPING || root->nitems == 0 || strcmp(root->keys[0].text, "view") != 0)
		return false;
	view = schema_read_view(l->arena, l->diag, root);
	if (view != NULL) {
		l->views = arena_grow(l->arena, l->views, l->nviews, sizeof(*l->views));
		l->views[l->nviews++] = view;
	}
	return true;
}

/* Reads the hints, which are in one file. False: the file has none. */
static bool
load_suspects(struct loader *l, const struct node *root)
{
	if (!schema_is_suspect(root))
		return false;
	if (l->hints != NULL)
		diag_error(l->diag, root->at, "'%s' has hints already", l->hints->name);
	l->hints = root->at.source;
	schema_read_suspect(l->arena, l->diag, root, &l->suspects);
	return true;
}

/* Reads one schema. What it extends is read first, and stands before it in the list. NULL if the file does not exist. */
static struct file *
load_file(struct loader *l, const char *path, const struct position *from)
{
	bool known;
	struct file *file = open_file(l, path, from, &known);
	struct node *root;

	if (file == NULL || known)
		return file;
	root = document_parse(l->arena, l->diag, &file->source);
	if (root != NULL && (load_label(l, root) || load_view(l, root) || load_suspects(l, root)))
		return file;
	load_abi(l, file);
	if (root == NULL)
		return file;
	file->schema = schema_read(l->arena, l->diag, root);
	if (file->schema->extends.text != NULL) {
		file->open = true;
		load_base(l, file);
		file->open = false;
	}
	if (file->schema->version.text == NULL)
		return file;
	refuse_same_version(l, file);
	l->sorted = arena_grow(l->arena, l->sorted, l->nsorted, sizeof(struct file *));
	l->sorted[l->nsorted++] = file;
	return file;
}

bool
load_schemas(struct arena *a, struct diag *d, const char *const *paths, size_t npaths, struct loaded *out)
{
	struct loader l = { .arena = a, .diag = d };

	for (size_t i = 0; i < npaths; i++) {
		struct file *file = load_file(&l, paths[i], NULL);

		if (file != NULL)
			file->named = true;
	}
	if (d->nerrors == 0 && l.nsorted == 0 && l.nfiles > 0)
		diag_error(d, (struct position){ .source = &l.files[0]->source },
		    "labels, views and hints are compiled for releases: name their schemas too");
	if (d->nerrors > 0 || l.nsorted == 0)
		return false;
	out->abi = l.abi;
	out->schemas = arena_alloc(a, l.nsorted * sizeof(struct schema *));
	out->named = arena_alloc(a, l.nsorted * sizeof(bool));
	out->nschemas = l.nsorted;
	out->labels = l.labels;
	out->nlabels = l.nlabels;
	out->common = l.common;
	out->views = l.views;
	out->nviews = l.nviews;
	out->suspects = l.suspects;
	for (size_t i = 0; i < l.nsorted; i++) {
		out->schemas[i] = l.sorted[i]->schema;
		out->named[i] = l.sorted[i]->named;
	}
	return true;
}
