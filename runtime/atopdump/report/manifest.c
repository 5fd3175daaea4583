/*
 * manifest: inputs as they are taken; outputs as they end, sorted.
 */
#include "atopdump/report/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "print/text/put.h"

#define STREAM     "-"
#define NANOS_MAX  16 /* bytes of ".123456789Z" */
#define NANOS_LAST 999999999

/* An output that has ended. */
struct manifest_product {
	char *path;
	uint64_t size;
	char sha256[DIGEST_SIZE];
};

/* An output that is being written. */
struct product_begun {
	struct manifest *manifest;
	struct digest *digest;
	uint64_t size;
};

static void
fail(struct manifest *m, int error)
{
	if (m->error == 0)
		m->error = error;
}

/* The same of an input. */
static void
fail_at(struct manifest *m, int number, int error)
{
	if (m->error == 0)
		m->culprit = m->in->paths[number];
	fail(m, error);
}

/* --- files ------------------------------------------------------------------------------------------------------ */

void
manifest_put_path(struct json_out *j, const char *path)
{
	json_bytes(j, "path", path, strlen(path));
}

/* The time of change, to the nanosecond; null outside the years that have a form. */
static void
put_modified(struct json_out *j, const struct stat *st)
{
	char text[PUT_UTC_MAX + PUT_SLACK + NANOS_MAX], *end = put_utc(text, (int64_t)st->st_mtim.tv_sec);
	const long nanos = st->st_mtim.tv_nsec;

	if (end == text || nanos < 0 || nanos > NANOS_LAST)
		json_null(j, "modified");
	else {
		snprintf(end - 1, NANOS_MAX, ".%09ldZ", nanos); /* over the Z */
		json_text(j, "modified", text);
	}
}

int
manifest_put_file(struct json_out *j, struct digest *digest, int fd, uint64_t *end)
{
	const off_t start = lseek(fd, 0, SEEK_CUR);
	char hex[DIGEST_SIZE];
	struct stat st;
	int error;

	if (start < 0 || fstat(fd, &st) < 0)
		return errno;
	if (*end > (uint64_t)st.st_size)
		*end = (uint64_t)st.st_size;
	error = digest_of_file(digest, fd, (uint64_t)start, end, hex);
	if (error != 0)
		return error;
	json_natural(j, "size", *end > (uint64_t)start ? *end - (uint64_t)start : 0);
	put_modified(j, &st);
	json_text(j, "sha256", hex);
	return 0;
}

/* --- inputs ----------------------------------------------------------------------------------------------------- */

/* Adds what is not known of an input that is no regular file. */
static void
put_unsurveyed(struct json_out *j, const char *status)
{
	json_null(j, "logs");
	json_null(j, "damage");
	json_null(j, "unread");
	json_text(j, "status", status);
	json_null(j, "reason");
}

/* Ends the input that was read as a stream. */
static void
end_stream(struct manifest *m)
{
	char hex[DIGEST_SIZE];

	if (!m->streaming)
		return;
	digest_end(m->streams, hex);
	json_natural(&m->json, "size", m->stream_size);
	json_null(&m->json, "modified");
	json_text(&m->json, "sha256", hex);
	put_unsurveyed(&m->json, "read once");
	json_close_object(&m->json);
	m->streaming = false;
}

static void
tap_stream(void *context, const void *bytes, size_t size)
{
	struct manifest *m = context;

	digest_add(m->streams, bytes, size);
	m->stream_size += size;
}

/* Adds a regular file: its digest and its survey. */
static void
put_input(struct manifest *m, int number, int fd, struct watch *watch)
{
	struct survey_file file = { .path = m->in->paths[number],
		.found = inputs_folder_of(m->in, number) != NULL,
		.watch = { .ends = true, .end = UINT64_MAX } };
	int error = manifest_put_file(&m->json, m->digest, fd, &file.watch.end);

	*watch = file.watch;
	file.fd = error == 0 ? dup(fd) : -1;
	if (error == 0 && file.fd < 0)
		error = errno;
	if (error == 0)
		error = survey_write(&m->json, &file, &m->survey);
	if (error != 0)
		fail_at(m, number, error);
}

static void
take_input(void *context, int number, int fd, struct watch *watch)
{
	struct manifest *m = context;
	struct watch bounds = { .ends = false };
	struct stat st;

	end_stream(m);
	if (fd >= 0 && m->error == 0 && m->json.out->error == 0) {
		json_open_object(&m->json, NULL);
		manifest_put_path(&m->json, m->in->paths[number]);
		if (fstat(fd, &st) < 0) {
			fail_at(m, number, errno);
		} else if (S_ISREG(st.st_mode)) {
			put_input(m, number, fd, &bounds);
			json_close_object(&m->json);
		} else {
			digest_begin(m->streams);
			m->stream_size = 0;
			m->streaming = true;
			bounds.tap = (struct tap){ tap_stream, m };
		}
	}
	bounds.at = watch->at;
	bounds.context = watch->context;
	*watch = bounds;
}

void
manifest_begin_inputs(struct manifest *m, struct inputs *in, const struct survey_options *options)
{
	m->in = in;
	m->survey = *options;
	m->inputs = (struct inputs_follower){ take_input, m };
	in->follower = &m->inputs;
	json_open_array(&m->json, "inputs");
}

void
manifest_end_inputs(struct manifest *m, struct inputs *in)
{
	int fd;

	end_stream(m);
	while (in->next < in->count && m->error == 0)
		if (inputs_is_special(in, in->next)) {
			json_open_object(&m->json, NULL);
			manifest_put_path(&m->json, in->paths[in->next++]);
			json_null(&m->json, "size");
			json_null(&m->json, "modified");
			json_null(&m->json, "sha256");
			put_unsurveyed(&m->json, "not read");
			json_close_object(&m->json);
		} else {
			fd = inputs_take(in);
			if (fd < 0)
				fail_at(m, in->next - 1, -fd);
			else if (fd > STDERR_FILENO)
				close(fd);
		}
	json_close_array(&m->json);
	in->follower = NULL;
}

/* --- outputs ---------------------------------------------------------------------------------------------------- */

static void *
begin_product(void *context)
{
	struct product_begun *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	p->manifest = context;
	p->digest = digest_new();
	if (p->digest == NULL) {
		free(p);
		return NULL;
	}
	digest_begin(p->digest);
	return p;
}

static void
add_to_product(void *object, const void *bytes, size_t size)
{
	struct product_begun *p = object;

	digest_add(p->digest, bytes, size);
	p->size += size;
}

/* Adds an output to the list. False: out of memory. */
static bool
add_product(struct manifest *m, const struct product_begun *begun, const char *path)
{
	struct manifest_product *list = realloc(m->products, (m->nproducts + 1) * sizeof *list), *p;

	if (list == NULL)
		return false;
	m->products = list;
	p = &list[m->nproducts];
	*p = (struct manifest_product){ .path = strdup(path != NULL ? path : STREAM), .size = begun->size };
	if (p->path == NULL)
		return false;
	digest_end(begun->digest, p->sha256);
	m->nproducts++;
	return true;
}

static void
end_product(void *object, const char *path, bool kept)
{
	struct product_begun *p = object;

	if (kept && !add_product(p->manifest, p, path))
		fail(p->manifest, ENOMEM);
	digest_delete(p->digest);
	free(p);
}

static int
compare_products(const void *a, const void *b)
{
	const struct manifest_product *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static void
put_products(struct manifest *m)
{
	struct json_out *j = &m->json;

	if (m->nproducts > 0)
		qsort(m->products, m->nproducts, sizeof *m->products, compare_products);
	json_open_array(j, "outputs");
	for (size_t i = 0; i < m->nproducts; i++) {
		json_open_object(j, NULL);
		manifest_put_path(j, m->products[i].path);
		json_natural(j, "size", m->products[i].size);
		json_text(j, "sha256", m->products[i].sha256);
		json_close_object(j);
	}
	json_close_array(j);
}

/* --- the document ----------------------------------------------------------------------------------------------- */

int
manifest_open(struct manifest *m, struct writer *out)
{
	*m = (struct manifest){ .json = { .out = out, .pretty = true },
		.digest = digest_new(),
		.streams = digest_new(),
		.outputs = { begin_product, add_to_product, end_product, m } };
	if (m->digest == NULL || m->streams == NULL) {
		manifest_close(m);
		return ENOMEM;
	}
	json_open_object(&m->json, NULL);
	json_natural(&m->json, MANIFEST_KEY, MANIFEST_VERSION);
	return 0;
}

int
manifest_end(struct manifest *m, int status)
{
	put_products(m);
	json_integer(&m->json, "status", status);
	json_close_object(&m->json);
	json_end(&m->json);
	return m->error;
}

void
manifest_close(struct manifest *m)
{
	for (size_t i = 0; i < m->nproducts; i++)
		free(m->products[i].path);
	free(m->products);
	digest_delete(m->digest);
	digest_delete(m->streams);
	m->products = NULL;
	m->nproducts = 0;
	m->digest = m->streams = NULL;
}
