/*
 * dump_seed: --format=atopdump: the lines that the script of that name prints, byte for byte. Driven by the
 * field dictionary alone: nothing here knows a struct of a release.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/dump.h"
#include "print/format/output.h"
#include "print/text/put.h"
#include "rawlog/catalog/place.h"

struct dump_seed {
	struct dump	 dump;
	struct output	 output;
};

static void	put_members(struct writer *out, const struct definition *of, const unsigned char *host,
		    bool nested);

/* --- values --------------------------------------------------------------------------------------------- */

static char *
put_float(char *w, const unsigned char *p, size_t size)
{
	float f;
	double d;

	if (size == sizeof f) {
		memcpy(&f, p, sizeof f);
		d = (double)f;
	} else {
		memcpy(&d, p, sizeof d);
	}
	return put_f64(w, d);
}

/* ASCII without the NULs at either end; what is above 0x7f by its value. */
static void
put_text(struct writer *out, const unsigned char *p, size_t size)
{
	size_t i;
	char *w;

	while (size > 0 && p[size - 1] == '\0')
		size--;
	while (size > 0 && *p == '\0') {
		p++;
		size--;
	}
	writer_put(out, "\"", 1);
	for (i = 0; i < size; i++) {
		w = writer_room(out, PUT_JSON_TEXT_MAX(1) + PUT_SLACK);
		writer_commit(out, put_json_byte(w, p[i]));
	}
	writer_put(out, "\"", 1);
}

static void
put_hex(struct writer *out, const unsigned char *p, size_t size)
{
	size_t part;
	char *w;

	writer_put(out, "\"", 1);
	for (; size > 0; p += part, size -= part) {
		part = size < 1024 ? size : 1024;
		w = writer_room(out, PUT_HEX_MAX(part) + PUT_SLACK);
		writer_commit(out, put_csv_hex(w, (const char *)p, part));
	}
	writer_put(out, "\"", 1);
}

/* Whether a char array is shown as text, by its name. */
static bool
is_text(const struct field *f, bool nested)
{
	return nested && f->ndims > 0 && (strcmp(f->name, "name") == 0 || strcmp(f->name, "cmdline") == 0);
}

/* One element, or a text, of `size` bytes in the host struct. */
static void
put_element(struct writer *out, const struct field *f, const unsigned char *p, size_t size, bool nested)
{
	char *w;

	switch (f->type) {
	case FIELD_STRUCT:
		put_members(out, f->of, p, true);
		return;
	case FIELD_CHAR:
		if (is_text(f, nested))
			put_text(out, p, size);
		else
			put_hex(out, p, size);
		return;
	case FIELD_SIGNED:
	case FIELD_UNSIGNED:
	case FIELD_FLOAT:
		break;
	}
	w = writer_room(out, PUT_FLOAT_MAX + PUT_SLACK);
	if (f->type == FIELD_FLOAT)
		w = put_float(w, p, size);
	else if (f->type == FIELD_SIGNED && strcmp(f->ctype, "time_t") != 0)
		w = put_i64(w, place_read(p, (struct field_place){0, (uint8_t)size, true}));
	else if (f->type == FIELD_SIGNED)
		w = put_u64(w, (uint64_t)place_read(p, (struct field_place){0, (uint8_t)size, true}));
	else
		w = put_u64(w, (uint64_t)place_read(p, (struct field_place){0, (uint8_t)size, false}));
	writer_commit(out, w);
}

/* --- arrays and structs --------------------------------------------------------------------------------- */

/* The elements of the outermost dimension that are live; `host` is the struct that holds the array at `p`. */
static uint64_t
live_elements(const struct field *f, const unsigned char *host, const unsigned char *p)
{
	uint64_t i = 0, count;

	switch (f->count_rule) {
	case FIELD_COUNTED:
		count = (uint64_t)place_read(host, f->count);
		return count < f->dims[0] ? count : f->dims[0];
	case FIELD_UNTIL:
		while (i < f->dims[0] && p[i * f->size + f->count.offset] != '\0')
			i++;
		return i;
	default:
		return f->dims[0];
	}
}

/* Dimensions that make a list; the last one of chars makes a text instead. */
static uint32_t
listed_dims(const struct field *f)
{
	return f->type == FIELD_CHAR && f->ndims > 0 ? f->ndims - 1 : f->ndims;
}

/* The bytes of everything within dimension `k` - 1. */
static size_t
size_within(const struct field *f, uint32_t k)
{
	size_t size = f->size;

	for (; k < f->ndims; k++)
		size *= f->dims[k];
	return size;
}

/* The array from dimension `k` inwards; `live` elements of the outermost are shown. */
static void
put_array(struct writer *out, const struct field *f, const unsigned char *p, uint32_t k, uint64_t live,
    bool nested)
{
	size_t size = size_within(f, k + 1);
	uint64_t i, count;

	if (k == listed_dims(f)) {
		put_element(out, f, p, size_within(f, k), nested);
		return;
	}
	count = k == 0 ? live : f->dims[k];
	writer_put(out, "[", 1);
	for (i = 0; i < count; i++) {
		if (i > 0)
			writer_put(out, ", ", 2);
		put_array(out, f, p + i * size, k + 1, live, nested);
	}
	writer_put(out, "]", 1);
}

/* A struct as an object; `nested` if it is within another. */
static void
put_members(struct writer *out, const struct definition *of, const unsigned char *host, bool nested)
{
	uint32_t i;

	for (i = 0; i < of->nfields; i++) {
		const struct field *f = &of->fields[i];
		const unsigned char *p = host + f->offset;

		writer_put(out, i == 0 ? "{\"" : ", \"", i == 0 ? 2 : 3);
		writer_put(out, f->key, strlen(f->key));
		writer_put(out, "\": ", 3);
		put_array(out, f, p, 0, listed_dims(f) > 0 ? live_elements(f, host, p) : 0, nested);
	}
	writer_put(out, "}", 1);
}

/* --- the format ----------------------------------------------------------------------------------------- */

static bool
begin(struct dump *d, const struct dump_log *log, char *why)
{
	(void)d;
	(void)log;
	(void)why;
	return true;
}

static bool
wants(const struct dump *d, const struct catalog_struct *s)
{
	static const char *const roles[] = {"rawheader", "rawrecord", "tstat"};
	size_t i;

	(void)d;
	for (i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (strcmp(s->role, roles[i]) == 0)
			return true;
	return false;
}

static void
sample(struct dump *d, const struct rawlog_sample *sample)
{
	(void)d;
	(void)sample;
}

static void
put(struct dump *d, const struct catalog_struct *s, const void *host, const struct rawlog_sample *sample)
{
	struct writer *out = &((struct dump_seed *)d)->output.writer;

	(void)sample;
	writer_put(out, "{\"", 2);
	writer_put(out, s->role, strlen(s->role));
	writer_put(out, "\": ", 3);
	put_members(out, s->definition, host, false);
	writer_put(out, "}\n", 2);
}

/* The script has no word for damage. */
static void
damage(struct dump *d, const struct rawlog_damage *damage)
{
	(void)d;
	(void)damage;
}

static struct dump *
branch(struct dump *d, struct writer_turn *turn)
{
	struct dump_seed *trunk = (struct dump_seed *)d, *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	s->dump = trunk->dump;
	if (writer_branch(&s->output.writer, &trunk->output.writer, turn) == 0)
		return &s->dump;
	free(s);
	return NULL;
}

static void
join(struct dump *branch)
{
	writer_join(&((struct dump_seed *)branch)->output.writer);
}

static void
prune(struct dump *branch)
{
	writer_close(&((struct dump_seed *)branch)->output.writer);
	free(branch);
}

static void
drop(struct dump *branch)
{
	writer_drop(&((struct dump_seed *)branch)->output.writer);
}

static int
error(const struct dump *d)
{
	return d->failure != 0 ? d->failure : ((const struct dump_seed *)d)->output.writer.error;
}

static void
flush(struct dump *d)
{
	writer_flush(&((struct dump_seed *)d)->output.writer);
}

static int
finish(struct dump *d, bool keep)
{
	const int failure = error(d);
	const int closing = output_finish(&((struct dump_seed *)d)->output, keep && failure == 0);

	free(d);
	return failure != 0 ? failure : closing;
}

static const struct dump_format format = {
	.begin = begin, .wants = wants, .sample = sample, .put = put, .damage = damage, .as_stored = true,
	.branch = branch, .join = join, .drop = drop, .prune = prune, .flush = flush, .error = error, .finish = finish,
	.groups = false, .unverified = false,
};

int
dump_seed_open(struct dump **d, const struct dump_options *options)
{
	struct dump_seed *s = calloc(1, sizeof *s);
	int failure;

	if (s == NULL)
		return ENOMEM;
	s->dump = (struct dump){&format, options, 0};
	failure = output_open(&s->output, options->path, options->force);
	if (failure != 0) {
		free(s);
		return failure;
	}
	*d = &s->dump;
	return 0;
}
