/*
 * The dictionary of rawlog.h, and access to members by path. A type is what the catalog calls a definition.
 */
#include <string.h>

#include "rawlog/catalog/array.h"
#include "rawlog/catalog/host.h"
#include "rawlog/log/header.h"
#include "rawlog/rawlog.h"

_Static_assert(RAWLOG_DIMS_MAX == CATALOG_DIMS_MAX, "dimensions fit");

/* Where a path has led to: a member of a struct, or an element of it. */
struct cursor {
	const struct field *field;
	const unsigned char *host; /* the struct that it is a member of */
	const unsigned char *p;    /* the member, or the element */
	uint64_t nulls;            /* of that struct */
	size_t depth;              /* dimensions that the path has an index for */
	bool is_null;              /* the path leads through something that means nothing */
};

static const struct definition *
definition_of(const struct rawlog_type *type)
{
	return (const struct definition *)type;
}

static enum rawlog_kind
kind_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_CHAR:
		if (f->show == FIELD_TEXT || f->show == FIELD_LETTER)
			return RAWLOG_TEXT;
		return f->ndims > 0 ? RAWLOG_BYTES : RAWLOG_SIGNED;
	case FIELD_SIGNED: return RAWLOG_SIGNED;
	case FIELD_UNSIGNED: return RAWLOG_UNSIGNED;
	case FIELD_FLOAT: return RAWLOG_FLOAT;
	default: return RAWLOG_STRUCT;
	}
}

/* --- the dictionary ----------------------------------------------------------------------------------------- */

const char *
rawlog_type_name(const struct rawlog_type *type)
{
	return definition_of(type)->name;
}

size_t
rawlog_type_size(const struct rawlog_type *type)
{
	return definition_of(type)->size;
}

size_t
rawlog_nfields(const struct rawlog_type *type)
{
	return definition_of(type)->nfields;
}

void
rawlog_field(const struct rawlog_type *type, size_t i, struct rawlog_field *field)
{
	const struct field *f = &definition_of(type)->fields[i];

	*field = (struct rawlog_field){
		.key = field_key(f),
		.name = field_name(f),
		.ctype = field_ctype(f),
		.kind = kind_of(f),
		.offset = f->offset,
		.size = f->size,
		.ndims = array_dims(f),
		.type = (const struct rawlog_type *)field_of(f),
		.unit = field_unit(f),
		.doc = field_doc(f),
		.is_delta = (f->flags & FIELD_DELTA) != 0,
		.is_reserved = (f->flags & FIELD_RESERVED) != 0,
	};
	for (size_t k = 0; k < field->ndims; k++)
		field->dims[k] = f->dims[k];
	if (f->type == FIELD_CHAR && f->ndims > 0)
		field->size = (size_t)f->size * f->dims[f->ndims - 1];
}

/* --- following a path --------------------------------------------------------------------------------------- */

/* Goes to the member of `d` whose key is the `size` bytes at `key`. */
static bool
enter(struct cursor *c, const struct definition *d, const unsigned char *host, uint64_t nulls, const char *key,
    size_t size)
{
	for (uint32_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (strncmp(field_key(f), key, size) != 0 || field_key(f)[size] != '\0')
			continue;
		c->field = f;
		c->host = host;
		c->p = host + f->offset;
		c->nulls = nulls;
		c->depth = 0;
		c->is_null = c->is_null || (nulls & f->guards) != 0 || !field_means(f, host);
		return true;
	}
	return false;
}

/* Reads "12]" at `*path`, and moves on behind it. */
static bool
read_index(const char **path, uint64_t *index)
{
	const char *at = *path;

	for (*index = 0; *at >= '0' && *at <= '9' && *index <= UINT32_MAX; at++)
		*index = 10 * *index + (uint64_t)(*at - '0');
	if (at == *path || *at != ']')
		return false;
	*path = at + 1;
	return true;
}

/* Goes to an element of the array that the cursor is at. */
static bool
step_into(struct cursor *c, uint64_t index)
{
	const struct field *f = c->field;

	if (c->depth >= array_dims(f) || index >= f->dims[c->depth])
		return false;
	if (c->depth == 0 && index >= array_used(f, c->host))
		c->is_null = true;
	c->depth++;
	c->p += index * array_stride(f, c->depth);
	if (c->depth == f->ndims && !c->is_null && !field_shows(f, c->p, index))
		c->is_null = true;
	return true;
}

static bool
follow(struct cursor *c, const struct definition *d, const void *host, uint64_t nulls, const char *path)
{
	const unsigned char *at = host;
	uint64_t index;

	for (;;) {
		const size_t size = strcspn(path, ".[");

		if (!enter(c, d, at, nulls, path, size))
			return false;
		path += size;
		while (*path == '[') {
			path++;
			if (!read_index(&path, &index) || !step_into(c, index))
				return false;
		}
		if (*path == '\0')
			return true;
		if (*path != '.' || c->field->type != FIELD_STRUCT || c->depth < c->field->ndims)
			return false;
		path++;
		d = field_of(c->field);
		at = c->p;
		nulls = c->nulls >> c->field->base;
	}
}

/* --- values ------------------------------------------------------------------------------------------------- */

static int64_t
integer_at(const struct cursor *c, bool is_signed)
{
	return host_int(c->p, (struct field_place){ .size = (uint8_t)c->field->size, .is_signed = is_signed });
}

static double
real_at(const struct cursor *c)
{
	float narrow;
	double wide;

	if (c->field->size == sizeof wide) {
		memcpy(&wide, c->p, sizeof wide);
		return wide;
	}
	memcpy(&narrow, c->p, sizeof narrow);
	return (double)narrow;
}

/* The size of a text or of bytes at the cursor. */
static size_t
size_at(const struct cursor *c, enum rawlog_kind kind)
{
	const size_t room = c->field->ndims > 0 ? c->field->dims[c->field->ndims - 1] : 1;

	return kind == RAWLOG_TEXT ? strnlen((const char *)c->p, room) : room;
}

static void
read_value(const struct cursor *c, struct rawlog_value *value)
{
	const struct field *f = c->field;

	value->kind = c->depth < array_dims(f) ? RAWLOG_ARRAY : kind_of(f);
	if (c->is_null ||
	    (value->kind <= RAWLOG_UNSIGNED && (f->flags & FIELD_ABSENT) && integer_at(c, true) == f->absent)) {
		value->kind = RAWLOG_NULL;
		return;
	}
	switch (value->kind) {
	case RAWLOG_SIGNED: value->integer = integer_at(c, true); break;
	case RAWLOG_UNSIGNED: value->natural = (uint64_t)integer_at(c, false); break;
	case RAWLOG_FLOAT: value->real = real_at(c); break;
	case RAWLOG_TEXT:
	case RAWLOG_BYTES:
		value->bytes = (const char *)c->p;
		value->size = size_at(c, value->kind);
		break;
	case RAWLOG_ARRAY: value->size = c->depth == 0 ? (size_t)array_used(f, c->host) : f->dims[c->depth]; break;
	default:
		value->type = (const struct rawlog_type *)field_of(f);
		value->host = c->p;
		value->nulls = c->nulls >> f->base;
		break;
	}
}

bool
rawlog_value(const struct rawlog_type *type, const void *host, uint64_t nulls, const char *path,
    struct rawlog_value *value)
{
	struct cursor c = { .is_null = false };

	if (!follow(&c, definition_of(type), host, nulls, path))
		return false;
	*value = (struct rawlog_value){ .kind = RAWLOG_NULL };
	read_value(&c, value);
	return true;
}
