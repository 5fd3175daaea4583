/*
 * format_atopdump: --format=atopdump: the lines that the script of that name prints, byte for byte. Driven by the
 * field dictionary alone: nothing here knows a struct of a release.
 */
#include <string.h>

#include "print/format/formats.h"
#include "print/text/put_text.h"
#include "rawlog/catalog/array.h"
#include "rawlog/catalog/host.h"

static void put_members(struct writer *out, const struct definition *of, const unsigned char *host, bool nested);

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
	return nested && f->ndims > 0 && (strcmp(field_name(f), "name") == 0 || strcmp(field_name(f), "cmdline") == 0);
}

/* One element, or a text, of `size` bytes in the host struct. */
static void
put_element(struct writer *out, const struct field *f, const unsigned char *p, size_t size, bool nested)
{
	char *w;

	switch (f->type) {
	case FIELD_STRUCT: put_members(out, field_of(f), p, true); return;
	case FIELD_CHAR:
		if (is_text(f, nested))
			put_text(out, p, size);
		else
			put_hex(out, p, size);
		return;
	case FIELD_SIGNED:
	case FIELD_UNSIGNED:
	case FIELD_FLOAT: break;
	}
	w = writer_room(out, PUT_FLOAT_MAX + PUT_SLACK);
	if (f->type == FIELD_FLOAT)
		w = put_float(w, p, size);
	else if (f->type == FIELD_SIGNED && strcmp(field_ctype(f), "time_t") != 0)
		w = put_i64(w, host_int(p, (struct field_place){ 0, (uint8_t)size, true }));
	else if (f->type == FIELD_SIGNED)
		w = put_u64(w, (uint64_t)host_int(p, (struct field_place){ 0, (uint8_t)size, true }));
	else
		w = put_u64(w, (uint64_t)host_int(p, (struct field_place){ 0, (uint8_t)size, false }));
	writer_commit(out, w);
}

/* --- arrays and structs --------------------------------------------------------------------------------- */

/* The array from dimension `k` inwards; `live` elements of the outermost are shown. */
static void
put_array(struct writer *out, const struct field *f, const unsigned char *p, uint32_t k, uint64_t live, bool nested)
{
	size_t size = array_stride(f, k + 1);
	uint64_t i, count;

	if (k == array_dims(f)) {
		put_element(out, f, p, array_stride(f, k), nested);
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
		writer_put(out, field_key(f), strlen(field_key(f)));
		writer_put(out, "\": ", 3);
		put_array(out, f, p, 0, array_dims(f) > 0 ? array_used(f, host) : 0, nested);
	}
	writer_put(out, "}", 1);
}

/* --- the format ----------------------------------------------------------------------------------------- */

static bool
shows(const struct formatter *f, const struct catalog_struct *s)
{
	static const char *const roles[] = { "rawheader", "rawrecord", "tstat" };

	(void)f;
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (strcmp(s->role, roles[i]) == 0)
			return true;
	return false;
}

static void
row(struct formatter *f, const struct row *row)
{
	struct writer *out = outputs_whole(&f->outputs);

	writer_put(out, "{\"", 2);
	writer_put(out, row->of->role, strlen(row->of->role));
	writer_put(out, "\": ", 3);
	put_members(out, row->of->definition, row->host, false);
	writer_put(out, "}\n", 2);
}

/* The script prints nothing about damage, gaps and cgroups. */
const struct format format_atopdump = {
	.name = "atopdump",
	.summary = "the lines of the script atopdump.py",
	.size = sizeof(struct formatter),
	.as_stored = true,
	.print = PRINT_RESERVED,
	.shows = shows,
	.row = row,
};
