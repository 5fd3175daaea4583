/*
 * csv_columns: the name of a column is the path from the row's struct to the value: "gen.name", "cpu.3.stime". A text has a
 * second column for its exact bytes, "gen.name_hex".
 */
#include <string.h>

#include "print/format/csv_columns.h"
#include "print/text/put.h"

/* A path, from its end: a member, or an element of an array. */
struct way {
	const struct way *before; /* NULL: the member is one of the row's struct */
	const char *key;          /* NULL: it is the element `index` */
	uint64_t index;
};

static void put_members(struct writer *out, const struct definition *of, const struct way *before, bool reserved);

static void
put_way(struct writer *out, const struct way *way)
{
	char *w;

	if (way->before != NULL) {
		put_way(out, way->before);
		writer_put(out, ".", 1);
	}
	if (way->key != NULL) {
		writer_put(out, way->key, strlen(way->key));
	} else {
		w = writer_room(out, PUT_INTEGER_MAX + PUT_SLACK);
		writer_commit(out, put_u64(w, way->index));
	}
}

static void
put_name(struct writer *out, const struct way *way, const char *ending)
{
	writer_put(out, ",", 1);
	put_way(out, way);
	writer_put(out, ending, strlen(ending));
}

static void
put_value(struct writer *out, const struct field *f, const struct way *way, bool reserved)
{
	if (f->of != NULL) {
		put_members(out, f->of, way, reserved);
		return;
	}
	put_name(out, way, "");
	if (f->show == FIELD_TEXT || f->show == FIELD_LETTER)
		put_name(out, way, "_hex");
}

/* The elements from dimension `k` inwards. A text is one value. */
static void
put_elements(struct writer *out, const struct field *f, uint32_t k, const struct way *way, bool reserved)
{
	if (k == f->ndims || f->type == FIELD_CHAR) {
		put_value(out, f, way, reserved);
		return;
	}
	for (uint64_t i = 0; i < f->dims[k]; i++) {
		const struct way element = { way, NULL, i };

		put_elements(out, f, k + 1, &element, reserved);
	}
}

/* An array of structs is a table of its own. */
static bool
is_table(const struct field *f)
{
	return f->of != NULL && f->ndims > 0;
}

static void
put_members(struct writer *out, const struct definition *of, const struct way *before, bool reserved)
{
	for (uint32_t i = 0; i < of->nfields; i++) {
		const struct field *f = &of->fields[i];
		const struct way way = { before, f->key, 0 };

		if (!is_table(f) && (reserved || (f->flags & FIELD_RESERVED) == 0))
			put_elements(out, f, 0, &way, reserved);
	}
}

/* The struct at the path `name`, "cpu.cpu", in `of`. */
static const struct definition *
follow(const struct definition *of, const char *name)
{
	while (*name != '\0') {
		const size_t size = strcspn(name, ".");
		uint32_t i = 0;

		while (i + 1 < of->nfields &&
		    (strncmp(of->fields[i].key, name, size) != 0 || of->fields[i].key[size] != '\0'))
			i++;
		of = of->fields[i].of;
		name += size + (name[size] == '.');
	}
	return of;
}

void
csv_columns_put(struct writer *out, const struct catalog_struct *s, const struct table *table, bool reserved)
{
	const char *dot = strchr(table->name, '.');

	if (dot != NULL)
		writer_put(out, ",index", strlen(",index"));
	put_members(out, follow(s->definition, dot != NULL ? dot + 1 : ""), NULL, reserved);
}
