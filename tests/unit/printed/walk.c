/*
 * walk: see walk.h. Prints by the field dictionary what generated printers print by their code.
 */
#include "walk.h"

#include <stdio.h>
#include <string.h>

#include "print/text/put_text.h"
#include "rawlog/catalog/host.h"

static void walk_object(struct writer *out, const struct definition *d, const unsigned char *host, unsigned print,
    uint64_t nulls);

/* One element of the field, which lies at `p`. */
static int64_t
integer_at(const unsigned char *p, const struct field *f, bool is_signed)
{
	return host_int(p, (struct field_place){ 0, (uint8_t)f->size, is_signed });
}

static char *
number(char *w, const struct field *f, const unsigned char *p)
{
	float value;

	switch (f->type) {
	case FIELD_SIGNED: return put_i64(w, integer_at(p, f, true));
	case FIELD_FLOAT: memcpy(&value, p, sizeof value); return put_f32(w, value);
	default: return put_u64(w, (uint64_t)integer_at(p, f, false));
	}
}

/* One value that is no struct. `size` bytes at `p`: an integer, a float, or all of a text. */
static void
walk_value(struct writer *out, const struct field *f, const unsigned char *p, size_t size)
{
	char hex_key[128];
	char *w = writer_room(out, PUT_JSON_TEXT_MAX(size) + sizeof hex_key + PUT_FLOAT_MAX + PUT_SLACK);

	snprintf(hex_key, sizeof hex_key, ",\"%s_hex\":", field_key(f));
	if (f->type != FIELD_FLOAT && (f->flags & FIELD_ABSENT) && integer_at(p, f, true) == f->absent)
		w = PUT(w, "null");
	else if (f->show == FIELD_FLAG)
		w = put_flag(w, integer_at(p, f, true));
	else if (f->show == FIELD_TEXT || f->show == FIELD_LETTER)
		w = put_json_text(w, (const char *)p, size, hex_key);
	else if (f->show == FIELD_HEX && f->type == FIELD_CHAR && f->ndims > 0)
		w = put_json_hex(w, (const char *)p, size);
	else
		w = number(w, f, p);
	writer_commit(out, w);
}

/* How many elements of the first dimension are live. */
static uint64_t
live_elements(const struct field *f, const unsigned char *host)
{
	const unsigned char *array = host + f->offset;
	int64_t count;
	uint64_t n = 0;

	switch (f->count_rule) {
	case FIELD_ALL: break;
	case FIELD_COUNTED:
		count = host_int(host, f->count);
		return count < (int64_t)f->dims[0] ? (uint64_t)count : f->dims[0];
	case FIELD_UNTIL:
		while (n < f->dims[0] && array[n * f->size + f->count.offset] != '\0')
			n++;
		return n;
	}
	return f->dims[0];
}

/* The elements of dimension `k` that begin at `p`. */
static void
walk_array(struct writer *out, const struct field *f, size_t k, const unsigned char *p, uint64_t count, unsigned print,
    uint64_t nulls)
{
	size_t stride = f->size;
	bool first = true;

	for (size_t i = k + 1; i < f->ndims; i++)
		stride *= f->dims[i];
	writer_put(out, "[", 1);
	for (uint64_t i = 0; i < count; i++, p += stride) {
		if (k + 1 == f->ndims && !(print & PRINT_RESERVED) && !field_shows(f, p, i))
			continue;
		if (!first)
			writer_put(out, ",", 1);
		first = false;
		if (k + 1 < f->ndims)
			walk_array(out, f, k + 1, p, f->dims[k + 1], print, nulls);
		else if (f->type == FIELD_STRUCT)
			walk_object(out, field_of(f), p, print, nulls >> f->base);
		else
			walk_value(out, f, p, f->size);
	}
	writer_put(out, "]", 1);
}

static void
walk_member(struct writer *out, const struct field *f, const unsigned char *host, unsigned print, uint64_t nulls)
{
	const unsigned char *p = host + f->offset;

	writer_put(out, "\"", 1);
	writer_put(out, field_key(f), strlen(field_key(f)));
	writer_put(out, "\":", 2);
	if ((nulls & f->guards) != 0 || (!(print & PRINT_RESERVED) && !field_means(f, host)))
		writer_put(out, "null", 4);
	else if (f->type == FIELD_CHAR && f->ndims == 1)
		walk_value(out, f, p, f->dims[0]);
	else if (f->ndims > 0)
		walk_array(out, f, 0, p, live_elements(f, host), print, nulls);
	else if (f->type == FIELD_STRUCT)
		walk_object(out, field_of(f), p, print, nulls >> f->base);
	else
		walk_value(out, f, p, f->size);
}

static void
walk_object(struct writer *out, const struct definition *d, const unsigned char *host, unsigned print, uint64_t nulls)
{
	bool first = true;

	writer_put(out, "{", 1);
	for (uint32_t i = 0; i < d->nfields; i++) {
		if ((d->fields[i].flags & FIELD_RESERVED) && !(print & PRINT_RESERVED))
			continue;
		if (!first)
			writer_put(out, ",", 1);
		first = false;
		walk_member(out, &d->fields[i], host, print, nulls);
	}
	writer_put(out, "}", 1);
}

void
walk_json(struct writer *out, const struct definition *d, const void *host, unsigned print, uint64_t nulls)
{
	walk_object(out, d, host, print, nulls);
}
